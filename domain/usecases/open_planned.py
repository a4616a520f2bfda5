"""One line of the plan by itself: who wrote it and who agreed, how it stands, what can be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.clock import LOCAL_ZONE, Clock
from domain.errors import Tampered
from domain.ids import Ids
from domain.model.access import Actor, Permission, Person
from domain.model.approval import Approval
from domain.model.broadcast import Broadcast
from domain.model.bulletin import Bulletin, BulletinState
from domain.model.button import Button
from domain.model.chat import GROUPS_NAMED
from domain.model.delivery import ReceiptLine, Tally
from domain.model.frozen import FrozenText
from domain.model.morning import local_day
from domain.model.plan import Fire, Meeting
from domain.model.template import with_choices
from domain.model.withdrawal import WITHDRAWABLE
from domain.ports import Cause, Memory, Work
from domain.usecases.correct import CORRECTABLE
from domain.usecases.decisions import SHOW_GROUPS, still_to_decide
from domain.usecases.drafting import next_fires
from domain.usecases.find_clashes import clashes_of, named
from domain.usecases.own_buttons import own_buttons
from domain.usecases.resume import is_stopped
from domain.usecases.schedule import UNDER_WAY
from domain.usecases.show_plan import DAY

FIRES, RECEIPTS = "plan:fires", "plan:receipts"
COPY, NEXT_PART = "compose:copy", "series:next"
"""Answered by copy_bulletin.py."""
NO_TALLY = Tally({})


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """One entry of the plan (trang một mục lịch)."""

    at: datetime
    bulletin: Bulletin
    frozen: FrozenText | None
    """None when what is stored is no longer what was approved."""
    broadcast: Broadcast | None
    """None for a later time of what recurs, and for what nobody has approved."""
    tally: Tally
    author: Person
    submitted_at: datetime
    agreed: tuple[tuple[Person, datetime], ...]
    """Who approved it, and when."""
    asked: tuple[Person, ...]
    """Who still may, while it waits."""
    place: str
    """The audience's unit by name."""
    met: tuple[Meeting, ...]
    """What else comes to its groups within the hour."""
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class OpenPlanned:
    """Looking at one entry (xem một mục lịch)."""

    memory: Memory
    clock: Clock
    ids: Ids

    async def open(self, actor: Actor, button: Button, cause: Cause | None = None) -> PlannedPage:
        at = datetime.fromisoformat(button.choice)
        async with self.memory.begin(cause) as work:
            bulletin = await work.bulletins.get(button.subject)
            actor.require(Permission.BULLETIN_READ, await work.units.lineage(bulletin.unit_id))
            page = await self._page(work, actor, bulletin, at)
            await work.commit()
        return page

    async def show_fires(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> tuple[FrozenText, tuple[datetime, ...]]:
        """The next ten times of one bulletin that recurs."""
        async with self.memory.begin(cause) as work:
            bulletin = await work.bulletins.get(button.subject)
            actor.require(Permission.BULLETIN_READ, await work.units.lineage(bulletin.unit_id))
            frozen = await work.bulletins.newest_revision(bulletin.id)
            fires = await next_fires(work, frozen.revision.recurrence, self.clock.now())
        return frozen, fires

    async def show_receipts(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> tuple[Tally, tuple[ReceiptLine, ...]]:
        """How each group's send of one time stands, trouble first."""
        async with self.memory.begin(cause) as work:
            broadcast = await work.broadcasts.get(button.choice)
            bulletin = await work.bulletins.get(broadcast.bulletin_id)
            actor.require(Permission.BULLETIN_READ, await work.units.lineage(bulletin.unit_id))
            tally = await work.broadcasts.tally(broadcast.id)
            lines = await work.broadcasts.receipts(broadcast.id, GROUPS_NAMED)
        return tally, lines

    async def _page(
        self, work: Work, actor: Actor, bulletin: Bulletin, at: datetime
    ) -> PlannedPage:
        broadcast = await _broadcast_at(work, bulletin, at)
        revision_id = broadcast.revision_id if broadcast else await work.plan.newest(bulletin.id)
        frozen = await _sound(work, revision_id, broadcast)
        approval = await work.bulletins.approval(revision_id)
        tally = await work.broadcasts.tally(broadcast.id) if broadcast else NO_TALLY
        waits = bulletin.state is BulletinState.IN_REVIEW and approval is None
        today = local_day(self.clock.now())
        asked = await still_to_decide(work, frozen, today) if waits and frozen else []
        mine = [Fire(at, bulletin.id, revision_id)]
        met = await clashes_of(work, mine, self.clock.now())
        ways = await self._ways(work, actor, bulletin, frozen, broadcast, tally)
        return PlannedPage(
            at,
            bulletin,
            frozen,
            broadcast,
            tally,
            await work.people.get(bulletin.author_id),
            await work.plan.submitted_at(revision_id),
            await _agreed(work, revision_id, approval),
            tuple(asked),
            await _place(work, frozen, bulletin),
            await named(work, met, bulletin.unit_id),
            await self._offer(work, actor, bulletin, at, ways, revision_id),
        )

    async def _ways(
        self,
        work: Work,
        actor: Actor,
        bulletin: Bulletin,
        frozen: FrozenText | None,
        broadcast: Broadcast | None,
        tally: Tally,
    ) -> list[tuple[str, str]]:
        """What can be done about it, as (action, choice)."""
        ways = _to_halt(bulletin, broadcast)
        if frozen is None:
            return ways
        recurs = frozen.revision.recurrence is not None
        corrected = await work.bulletins.is_corrected(frozen.revision.id)
        if broadcast and is_stopped(bulletin, frozen, broadcast):
            in_time = recurs or self.clock.now() < broadcast.not_after
            ways += [(Permission.BULLETIN_RESUME, "")] if in_time and not corrected else []
        if bulletin.state in WITHDRAWABLE and tally.sent + tally.uncertain:
            ways.append(("withdraw:ask", ""))
        lineage = await work.units.lineage(bulletin.unit_id)
        writes = actor.may(Permission.BULLETIN_COMPOSE, lineage)
        may_correct = bulletin.state in CORRECTABLE and not frozen.revision.is_template
        if writes and may_correct and tally.sent and not corrected:
            ways.append(("correct:start", ""))
        ways += [(FIRES, "")] if recurs else []
        ways += [(RECEIPTS, broadcast.id)] if broadcast and tally.counts else []
        if writes and not frozen.revision.is_template:
            ways += [(NEXT_PART, "")] if frozen.revision.series else []
            ways.append((COPY, ""))
        return ways

    async def _offer(
        self,
        work: Work,
        actor: Actor,
        bulletin: Bulletin,
        at: datetime,
        ways: Sequence[tuple[str, str]],
        revision_id: str,
    ) -> tuple[Button, ...]:
        day = at.astimezone(LOCAL_ZONE).date()
        asked = [
            *((bulletin.id, way) for way in ways),
            (revision_id, (SHOW_GROUPS, "0")),
            ("plan", (DAY, f"{day}/0")),
        ]
        buttons = tuple(
            button
            for subject, way in asked
            for button in own_buttons(self, actor.id, [way], subject)
        )
        await work.buttons.add(buttons)
        return buttons


def _to_halt(bulletin: Bulletin, broadcast: Broadcast | None) -> list[tuple[str, str]]:
    """To stop what goes on or is still to come."""
    comes = (
        bulletin.state is BulletinState.APPROVED
        if broadcast is None
        else (broadcast.state in UNDER_WAY)
    )
    return [(Permission.BULLETIN_STOP, "")] if comes else []


async def _broadcast_at(work: Work, bulletin: Bulletin, at: datetime) -> Broadcast | None:
    found = [one for one in await work.broadcasts.of_bulletin(bulletin.id) if one.planned_at == at]
    return found[-1] if found else None


async def _sound(work: Work, revision_id: str, broadcast: Broadcast | None) -> FrozenText | None:
    """The words as they were frozen, with what was chosen for this time; None if they differ."""
    try:
        frozen = await work.bulletins.frozen_text(revision_id)
        return with_choices(frozen, await work.broadcasts.chosen(broadcast.id) if broadcast else ())
    except Tampered:
        return None


async def _agreed(
    work: Work, revision_id: str, approval: Approval | None
) -> tuple[tuple[Person, datetime], ...]:
    both = (await work.reviews.first_approval(revision_id), approval)
    return tuple([(await work.people.get(one.approver_id), one.approved_at) for one in both if one])


async def _place(work: Work, frozen: FrozenText | None, bulletin: Bulletin) -> str:
    unit_id = frozen.revision.audience_unit_id if frozen else bulletin.unit_id
    return (await work.units.get(unit_id)).name
