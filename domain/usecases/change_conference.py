"""After people were called: another time or place, or none at all; everybody is told."""

from dataclasses import dataclass
from datetime import datetime

from domain.clock import Clock
from domain.ids import Ids
from domain.model.access import Actor
from domain.model.audit import AuditEvent
from domain.model.button import Button, require_version
from domain.model.conference import Conference, Notice
from domain.model.dialog import Awaited, Dialog
from domain.model.guest import Reply
from domain.model.typed_conference import read_start, read_text
from domain.model.unit import Unit
from domain.ports import Cause, Letterhead, Memory, Work
from domain.usecases.conference_cards import ConferenceCards
from domain.usecases.conference_screen import (
    CALL,
    CANCEL,
    CHANGE,
    Asked,
    ConferenceView,
    led,
    offered,
    screen,
)

MOVE = {"start": "move_start", "place": "move_place"}
"""What the next message will be, by the choice of the button that asks for it."""
NOT_DECLINED = (Reply.NONE, Reply.YES)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is looked at once more before everybody is told of it (xem lại)."""

    conference: Conference
    """As it would be."""
    unit: Unit
    what: str
    """`start`, `place`, `cancel` or `material`."""
    people: int
    """How many would be told."""
    buttons: tuple[Button, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class ChangeConference:
    """Changing what people were called to (đổi giờ, đổi nơi, hủy)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def ask(self, actor: Actor, button: Button, cause: Cause | None = None) -> str:
        """Take the next message as the new time or place; returns which."""
        async with self.memory.begin(cause) as work:
            conference = await led(work, actor, button.subject)
            conference.require_ahead(self.clock.now())
            note = MOVE[button.choice]
            await work.dialogs.open(Dialog(actor.id, Awaited.CONFERENCE, conference.id, note))
            await work.commit()
        return button.choice

    async def propose(
        self, actor: Actor, conference_id: str, note: str, typed: str, cause: Cause | None = None
    ) -> Proposal:
        """What was typed, as it would be told; it can be typed again."""
        now = self.clock.now()
        async with self.memory.begin(cause) as work:
            was = await led(work, actor, conference_id)
            if note == MOVE["start"]:
                moved = was.at_another_time(read_start(typed, now), now)
                what, choice, replies = "start", moved.begins.isoformat(), tuple(Reply)
            else:
                moved = was.at_another_place(read_text("place", typed), now)
                what, choice, replies = "place", moved.place, NOT_DECLINED
            people = len(await work.conferences.called(was.id, replies))
            buttons = await self._offer(work, actor, was, [(CHANGE, f"{what}:{choice}")])
            unit = await work.units.get(was.unit_id)
            await work.commit()
        return Proposal(moved, unit, what, people, buttons)

    async def ask_cancel(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> Proposal:
        """A thumb slips: cancelling is asked twice."""
        async with self.memory.begin(cause) as work:
            was = await led(work, actor, button.subject)
            cancelled = was.cancelled(self.clock.now())
            people = len(await work.conferences.called(was.id, NOT_DECLINED))
            buttons = await self._offer(work, actor, was, [(CANCEL, "")])
            unit = await work.units.get(was.unit_id)
            await work.commit()
        return Proposal(cancelled, unit, "cancel", people, buttons)

    async def change(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> ConferenceView:
        """Another time, for which everybody is asked anew; or another place."""
        what, _, value = button.choice.partition(":")
        now = self.clock.now()
        async with self.memory.begin(cause) as work:
            was = await led(work, actor, button.subject)
            if what == "start":
                moved = was.at_another_time(datetime.fromisoformat(value), now)
                await work.conferences.ask_anew(was.id)
                await self._tell(work, moved, Notice.MOVED, tuple(Reply), moved.begins)
            else:
                moved = was.at_another_place(value, now)
                await self._tell(work, moved, Notice.ELSEWHERE, NOT_DECLINED, moved.begins)
            view = await self._keep(work, actor, button, was, moved)
            await work.commit()
        return view

    async def cancel(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> ConferenceView:
        """It is not held: whoever has not said no is told."""
        async with self.memory.begin(cause) as work:
            was = await led(work, actor, button.subject)
            cancelled = was.cancelled(self.clock.now())
            await self._tell(work, was, Notice.CANCELLED, NOT_DECLINED, was.ends)
            view = await self._keep(work, actor, button, was, cancelled)
            await work.commit()
        return view

    async def _tell(
        self,
        work: Work,
        conference: Conference,
        notice: Notice,
        replies: tuple[Reply, ...],
        until: datetime,
    ) -> None:
        people = await work.conferences.called(conference.id, replies)
        cards = ConferenceCards(self.clock, self.ids, self.letterhead)
        await cards.owe_notice(work, conference, people, notice, until)

    async def _keep(
        self, work: Work, actor: Actor, button: Button, was: Conference, now_is: Conference
    ) -> ConferenceView:
        """If it is still as it was looked at; on record."""
        require_version(button.version, was.version)
        now = self.clock.now()
        await work.conferences.save(now_is, was)
        what = button.choice.partition(":")[0] or now_is.state
        await work.audit.append(AuditEvent(now, actor.id, CALL, was.id, what))
        await work.buttons.use(button.id, now)
        await work.dialogs.close(actor.id)
        return await screen(work, self.ids, now, actor, now_is)

    async def _offer(
        self, work: Work, actor: Actor, was: Conference, asked: Asked
    ) -> tuple[Button, ...]:
        buttons = offered(self.ids, self.clock.now(), actor, asked, was)
        await work.buttons.add(buttons)
        return buttons
