"""The door for answers to bulletins and polls in their groups: public words, private consent."""

from dataclasses import dataclass, field, replace

from markupsafe import Markup

from domain.errors import Refusal, Repeated
from domain.model.button import Button
from domain.model.chat import Chat
from domain.model.delivery import ButtonFace, ButtonRows, Payload
from domain.model.public_reply import MOST_HELD, PublicReply, text_of
from domain.model.resident import Known, Resident, Written
from domain.usecases.claim_replies import AGREE, DECLINE, FORMAL, SPEAK, OwnReplies
from domain.usecases.take_reply import Taken
from domain.usecases.visit import Visit
from handlers.faces import face
from handlers.telegram.presses import Route
from handlers.telegram.residents import ResidentsDoor
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn

REPLY, OPINION = "nhom", "gopy"
"""What the links in a group bring along: to what was said there, or to new words."""
QUIET = 300.0
"""Seconds in which one person's replies are answered in public once."""
ONE_MINUTE = 60.0
MOST_LINES = 6
"""Public lines to a group in a minute: bulletins need the rest of its twenty."""
RECEIVED = (Taken.HELD, Taken.FILED)


@dataclass(frozen=True, slots=True)
class PublicLine:
    """The one line that the bot says in a group to whoever answered (lời đáp trong nhóm)."""

    rooms: Rooms
    speak: Speak
    said: dict[tuple[str, str, bool], float] = field(default_factory=dict)
    """When somebody was answered in a group, and whether that it was received."""

    async def say(self, turn: Turn, chat: Chat, key: str, **values: object) -> None:
        """In the group's language, below what was said; silent while there was enough of it."""
        received = key.removeprefix("reply.") in RECEIVED
        if not self._may_say(turn, received):
            return
        words = self.rooms.words.html(key, chat.language, **values)
        rows = ((self._way(key, chat.language),),)
        await self.speak.put(turn, Payload(words, rows, answers=turn.message_id))

    def _way(self, key: str, language: str) -> ButtonFace:
        """To the private chat: to what waits there, or to write."""
        waits = key in ("reply.held", "reply.full", "reply.resumed")
        label = "button.reply_open" if waits else "button.write_privately"
        front = self.rooms.first or self.rooms
        link = front.gateway.deep_link(REPLY if waits else OPINION)
        return ButtonFace(self.rooms.words.text(label, language), url=link)

    def _may_say(self, turn: Turn, received: bool) -> bool:
        now, here, who = self.rooms.clock.monotonic(), turn.chat.chat, turn.who.chat
        for old in [told for told, at in self.said.items() if at <= now - QUIET]:
            del self.said[old]
        lately = [
            told for told, at in self.said.items() if told[0] == here and at > now - ONE_MINUTE
        ]
        # That it was received is said once, also after a word on something else.
        enough = [(here, who, True)] if received else [(here, who, True), (here, who, False)]
        if len(lately) >= MOST_LINES or any(told in self.said for told in enough):
            return False
        self.said[here, who, received] = now
        return True


@dataclass(frozen=True, slots=True)
class RepliesDoor:
    """Public replies, and the consent to them (trả lời công khai)."""

    rooms: Rooms
    speak: Speak
    residents: ResidentsDoor
    line: PublicLine

    def presses(self) -> dict[str, Route]:
        """The buttons, by the action that their rows name."""
        return {
            AGREE: self.agree,
            DECLINE: self.decline,
            FORMAL: self.lead_elsewhere,
            SPEAK: self.choose_language,
        }

    async def take(self, turn: Turn) -> bool:
        """A reply in a group; False if it answers no bulletin and no poll of ours."""
        if not turn.answers or turn.faceless or turn.actor.is_staff or turn.text.startswith("/"):
            return False
        taking = self.rooms.take_reply
        chat = await taking.bound(turn.chat)
        if chat is None:
            return False
        words = turn.text or (turn.file.caption if turn.file else "")
        written = Written(int(turn.message_id or 0), words, turn.edited_at)
        visit = await self._visit(turn)
        reply = await taking.answered(visit, chat, turn.answers, written)
        if reply is None:
            return False
        await self._take(turn, chat, visit, reply)
        return True

    async def _take(self, turn: Turn, chat: Chat, visit: Visit, reply: PublicReply) -> None:
        try:
            taken = await self.rooms.take_reply.take(visit, reply)
        except Repeated:
            return
        except Refusal as refusal:
            await self.line.say(turn, chat, refusal.key, **refusal.values)
            return
        if taken is not Taken.CORRECTED:
            limit = {"limit": MOST_HELD} if taken is Taken.FULL else {}
            await self.line.say(turn, chat, f"reply.{taken}", **limit)

    async def edited(self, turn: Turn) -> None:
        """An edit in a group: of a reply that waits the newest words count."""
        if turn.edited_at:
            await self.take(turn)

    async def in_its_language(self, turn: Turn) -> Turn:
        """The turn, speaking the language of the group."""
        async with self.rooms.memory.begin() as work:
            chat = await work.chats.by_address(turn.chat)
        return replace(turn, known=Known(Resident(chat.language))) if chat else turn

    async def open(self, turn: Turn) -> None:
        """/start from the link in a group: what was said there, and the notice."""
        own = await self.rooms.claim_replies.open(turn.visit)
        if own.shown:
            await self._ask(turn, own)
        else:
            await self.speak.show(turn, self._words("reply.none_waiting", own))
            await self.residents.begin(replace(turn, text=""))

    async def choose_language(self, turn: Turn, button: Button) -> None:
        own = await self.rooms.claim_replies.choose_language(turn.visit, button)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self._ask(turn, own)

    async def agree(self, turn: Turn, button: Button) -> None:
        own = await self.rooms.claim_replies.agree(turn.visit, button)
        turn = replace(turn, known=Known(Resident(own.language)))
        await self.speak.close_press(turn, "reply.agreed", self._next(own.more, own.language))

    async def decline(self, turn: Turn, button: Button) -> None:
        more = await self.rooms.claim_replies.decline(turn.visit, button)
        await self.speak.close_press(turn, "reply.declined", self._next(more, turn.language))

    async def lead_elsewhere(self, turn: Turn, button: Button) -> None:
        """A complaint or a denunciation: where it is filed, and that nothing is kept here."""
        matter = await self.rooms.claim_replies.lead_elsewhere(turn.visit, button)
        await self.speak.replace_pressed(turn)
        await self.speak.reply(turn, f"formal.{matter}")

    def _next(self, more: int, language: str) -> ButtonRows:
        """To what else waits: it is shown before it can be agreed to."""
        link = self.rooms.gateway.deep_link(REPLY)
        label = self.rooms.words.text("button.reply_next", language, count=more)
        return ((ButtonFace(label, url=link),),) if more else ()

    async def _ask(self, turn: Turn, own: OwnReplies) -> None:
        first = own.shown[0]
        words = {"group": first.group, "about": first.replied_to, "text": text_of(own.shown)}
        lines = [self._words("reply.line", own, **words)]
        lines += [self._words("reply.more", own, count=own.more)] if own.more else []
        lines += [self._words("reply.formal", own)] if own.names_formal_matter else []
        said = self._words("reply.yours", own, lines=Markup("\n").join(lines))
        if own.has_consented:
            await self.speak.show(turn, said, self._rows(own))
            return
        notice = self._words("intake.notice", own, body=await self.residents.office())
        await self.speak.show(turn, said)
        await self.speak.show(turn, notice, self._rows(own))

    def _rows(self, own: OwnReplies) -> ButtonRows:
        words = self.rooms.words
        below = tuple(
            (face(words, button, own.language),) for button in own.buttons if button.action != SPEAK
        )
        tongues = tuple(
            ButtonFace(words.text(f"button.language_choose_{b.choice}"), press=b.id)
            for b in own.buttons
            if b.action == SPEAK
        )
        return (*below, tongues)

    def _words(self, key: str, own: OwnReplies, **values: object) -> Markup:
        return self.rooms.words.html(key, own.language, **values)

    async def _visit(self, turn: Turn) -> Visit:
        """By whoever spoke, as the bot that people talk to in private knows them."""
        front = self.rooms.first or self.rooms
        who = replace(turn.who, bot_id=front.bot.id)
        known = await self.rooms.vault.known(who, self.rooms.clock.now())
        return Visit(who, turn.cause, turn.handle, known)
