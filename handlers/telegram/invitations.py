"""The door of those who are called: their invitations, their answers, the code of the hall."""

from dataclasses import dataclass

from markupsafe import Markup

from domain.model.button import Button
from domain.model.delivery import ButtonFace, Payload
from domain.usecases.answer_invitation import InvitationView, MyInvitations
from domain.usecases.conference_screen import ANSWER, ARRIVE, MINE, SEE
from handlers.conference_papers import faces, invitation, line
from handlers.faces import label, shortened
from handlers.telegram.presses import Route
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn

LONGEST_LABEL = 40
HALL = "dd_"
"""Before the code in the link that a picture in the hall leads to."""


@dataclass(frozen=True, slots=True)
class InvitationsDoor:
    """Invitations in the chat (giấy mời, điểm danh)."""

    rooms: Rooms
    speak: Speak

    def presses(self) -> dict[str, Route]:
        """The buttons of invitations and reminders."""
        return {
            MINE: self.show_mine,
            SEE: self.see,
            ANSWER: self.answer,
            ARRIVE: self.ask_code,
        }

    async def start(self, turn: Turn) -> None:
        """/hoinghi"""
        if turn.arguments:
            await self.check_in(turn, turn.arguments)
            return
        mine = await self.rooms.invitations.list_mine(turn.actor, turn.cause)
        await self._show_mine(turn, mine)

    async def show_mine(self, turn: Turn, _: Button) -> None:
        mine = await self.rooms.invitations.list_mine(turn.actor, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self._show_mine(turn, mine)

    async def see(self, turn: Turn, button: Button) -> None:
        """What somebody is called to, then what was sent about it."""
        view = await self.rooms.invitations.see(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        page = self._page(turn, view)
        await self.speak.show(turn, page.markup, page.buttons)
        for text in view.materials:  # each by itself: five of the longest fit into no message
            await self.speak.reply(turn, "conference.sent", text=text)

    async def answer(self, turn: Turn, button: Button) -> None:
        """The same message, with the answer that stands now."""
        view = await self.rooms.invitations.answer(turn.actor, button, turn.cause)
        noted = self.rooms.words.text(f"conference_reply.noted_{button.choice}", turn.language)
        await self.rooms.gateway.acknowledge(turn.press_id, noted)
        await self.rooms.gateway.edit(turn.chat, turn.message_id, self._page(turn, view))

    async def ask_code(self, turn: Turn, _: Button) -> None:
        await self.rooms.attend.ask_code(turn.actor, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self.speak.reply(turn, "conference.ask_code")

    async def check_in(self, turn: Turn, typed: str) -> None:
        conference, is_new = await self.rooms.attend.check_in(turn.actor, typed, turn.cause)
        key = "conference.checked_in" if is_new else "conference.checked_in_before"
        await self.speak.reply(turn, key, title=conference.title)

    async def _show_mine(self, turn: Turn, mine: MyInvitations) -> None:
        words, language = self.rooms.words, turn.language
        titles = {one.id: one.title for one, _ in mine.lines}
        head = words.html("conference.mine" if titles else "conference.mine_empty", language)
        lines = []
        for one, guest in mine.lines:
            reply = "came" if guest.came else guest.reply or "none"
            answer = words.html(f"conference_reply.{reply}", language)
            lines.append(Markup("{} – {}").format(line(words, one, language), answer))
        rows = []
        for button in mine.buttons:
            name = titles.get(button.subject) or label(words, button, language)
            rows.append((ButtonFace(shortened(name, LONGEST_LABEL), press=button.id),))
        await self.speak.show(turn, Markup("\n").join([head, *lines]), tuple(rows))

    def _page(self, turn: Turn, view: InvitationView) -> Payload:
        words, language = self.rooms.words, turn.language
        return Payload(invitation(words, view, language), faces(words, view.buttons, language))
