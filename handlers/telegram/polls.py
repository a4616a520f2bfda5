"""The polls' door: their length and kind while they are written, and what follows their end."""

from dataclasses import dataclass, replace
from datetime import timedelta

from telegram import Update

from domain.errors import LostRace
from domain.model.button import Button
from domain.model.poll import Poll, PollKind
from domain.model.poll_copy import Closed
from domain.ports import Cause
from handlers.schedules import span
from handlers.telegram.compose import ComposeDoor
from handlers.telegram.presses import Route
from handlers.telegram.residents import ResidentsDoor
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn


@dataclass(frozen=True, slots=True)
class PollsDoor:
    """Asking groups, and telling them what came of it (thăm dò)."""

    rooms: Rooms
    speak: Speak
    compose: ComposeDoor
    residents: ResidentsDoor

    def presses(self) -> dict[str, Route]:
        """The buttons, by the action that their rows name."""
        return {
            "compose:poll_open": self.choose_length,
            "compose:poll_kind": self.choose_kind,
            "compose:no_poll": self.leave_out,
            "poll:publish": self.follow,
            "poll:follow": self.follow,
        }

    async def choose_length(self, turn: Turn, button: Button) -> None:
        length = timedelta(days=int(button.choice))
        poll = replace(await self._asked(turn, button), open_for=length, closes_at=None)
        await self._change(turn, button, poll, span(self.rooms.words, length))

    async def choose_kind(self, turn: Turn, button: Button) -> None:
        poll = replace(await self._asked(turn, button), kind=PollKind(button.choice), correct=None)
        words = {language: replace(one, explanation="") for language, one in poll.words.items()}
        name = self.rooms.words.text(f"poll_kind.{poll.kind}")
        await self._change(turn, button, replace(poll, words=words), name)

    async def leave_out(self, turn: Turn, button: Button) -> None:
        preview = await self.rooms.compose.change_by_button(
            turn.actor, button, turn.cause, poll=None
        )
        await self.speak.close_press(turn, "poll.left_out")
        await self.compose.show(turn, preview)

    async def follow(self, turn: Turn, button: Button) -> None:
        """A draft with the result, or an empty one for what was done."""
        draft = await self.rooms.follow_poll.start(turn.actor, button, turn.cause)
        await self.speak.close_press(turn, "poll.draft_begun")
        preview = await self.rooms.compose.preview_bulletin(turn.actor, draft)
        await self.compose.show(turn, preview)

    async def vote(self, turn: Turn, bulletin_id: str) -> None:
        """/start from the link under a poll: the poll itself, shared with a group."""
        await self.rooms.share_poll.forward_to(turn.who, bulletin_id)
        await self.speak.reply(turn, "poll.shared")

    async def comment(self, turn: Turn, bulletin_id: str) -> None:
        """/start from the other link: an opinion about what was asked."""
        field = await self.rooms.share_poll.field_of(bulletin_id)
        intake = await self.rooms.receive.begin_opinion(turn.visit, poll_field=field)
        await self.residents.show(turn, intake)

    async def ended(self, update: Update, _: object) -> None:
        """Telegram tells how a poll ended, which no answer may have told."""
        poll = update.poll
        if poll is None or not poll.is_closed:
            return
        counts = tuple(option.voter_count for option in poll.options)
        found = Closed("", counts=counts, voters=poll.total_voter_count)
        cause = Cause(self.rooms.bot.id, update.update_id)
        await self.rooms.close_polls.hear_end(poll.id, found, cause)

    async def _asked(self, turn: Turn, button: Button) -> Poll:
        poll = (await self.rooms.compose.draft_of(turn.actor, button.subject)).poll
        if poll is None:
            raise LostRace("button.stale")
        return poll

    async def _change(self, turn: Turn, button: Button, poll: Poll, choice: str) -> None:
        preview = await self.rooms.compose.change_by_button(
            turn.actor, button, turn.cause, poll=poll
        )
        await self.speak.close_press(turn, "compose.chosen", choice=choice)
        await self.compose.show(turn, preview)
