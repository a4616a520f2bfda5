"""One week of the plan: what went out, what comes, and the ways to stop it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import takewhile

from domain.clock import LOCAL_ZONE, Clock
from domain.errors import Forbidden, Tampered
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.broadcast import Broadcast, BroadcastState
from domain.model.bulletin import Bulletin, BulletinState
from domain.model.button import GOOD_FOR, Button, offer
from domain.model.delivery import to_person
from domain.model.frozen import FrozenText
from domain.model.office_days import OfficeDays
from domain.model.template import with_choices
from domain.model.withdrawal import WITHDRAWABLE
from domain.ports import Cause, Memory, Work
from domain.usecases.announce import root_of
from domain.usecases.correct import CORRECTABLE
from domain.usecases.drafting import next_fires
from domain.usecases.resume import is_stopped
from domain.usecases.schedule import UNDER_WAY

LINES_SHOWN = 20
RECURRING_READ = 200
"""Of what recurs, so many bulletins are looked through for one week."""
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One time at which something went or goes out."""

    at: datetime
    bulletin_id: str
    frozen: FrozenText | None
    """None when what is stored is no longer what was approved."""
    broadcast: Broadcast | None = None
    """None for a later time of what recurs, which is not planned yet."""
    sent: int = 0
    ways: tuple[str, ...] = ()
    """What can be done about it: to let it go on where it was stopped, to take it back."""
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Week:
    """The plan of seven days (lịch tuần)."""

    first_day: date
    lines: tuple[PlanLine, ...]
    left_out: int
    """How many more lines there are."""
    buttons: tuple[Button, ...]

    @property
    def last_day(self) -> date:
        return self.first_day + WEEK - timedelta(days=1)

    def number_of(self, bulletin_id: str) -> int:
        """The number of the first line about a bulletin, counted from 1."""
        return [line.bulletin_id for line in self.lines].index(bulletin_id) + 1


@dataclass(frozen=True, slots=True)
class ListWeek:
    """Looking at the plan (xem lịch phát tin)."""

    memory: Memory
    clock: Clock
    ids: Ids

    async def show_week(self, actor: Actor, ahead: int = 0, cause: Cause | None = None) -> Week:
        """The plan of the actor's units for seven days from today, or so many weeks from that."""
        if not actor.units_for(Permission.BULLETIN_READ):
            raise Forbidden("errors.forbidden")
        today = self.clock.now().astimezone(LOCAL_ZONE).date()
        first_day = today + ahead * WEEK
        begin = datetime.combine(first_day, time(), LOCAL_ZONE)
        async with self.memory.begin(cause) as work:
            lines = await self._lines(work, actor, begin, begin + WEEK)
            shown = lines[:LINES_SHOWN]
            buttons = await self._buttons(work, actor, shown, ahead)
            await work.buttons.add(buttons)
            await work.commit()
        return Week(first_day, tuple(shown), len(lines) - len(shown), buttons)

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

    async def _lines(
        self, work: Work, actor: Actor, begin: datetime, end: datetime
    ) -> list[PlanLine]:
        """What was or is planned for these days, and the later times of what recurs."""
        places = actor.units_for(Permission.BULLETIN_READ)
        planned = await work.broadcasts.between(places, begin, end)
        lines = [line for one in planned if (line := await self._line(work, actor, one))]
        known = {(line.bulletin_id, line.at) for line in lines}
        office = await work.calendar.office_days()
        for frozen in await work.bulletins.recurring(places, RECURRING_READ):
            name = frozen.revision.bulletin_id
            later = [
                at for at in self._fires(frozen, office, begin, end) if (name, at) not in known
            ]
            lines += [PlanLine(at, name, frozen) for at in later]
        return sorted(lines, key=lambda line: (line.at, line.bulletin_id))

    def _fires(
        self, frozen: FrozenText, office: OfficeDays, begin: datetime, end: datetime
    ) -> Iterator[datetime]:
        if frozen.revision.recurrence is None:
            return iter(())
        after = max(self.clock.now(), begin - timedelta(seconds=1))
        return takewhile(lambda at: at < end, frozen.revision.recurrence.next_fires(after, office))

    async def _line(self, work: Work, actor: Actor, broadcast: Broadcast) -> PlanLine | None:
        """None for a time that gave way to another when the calendar changed."""
        try:
            approved = await work.bulletins.frozen_text(broadcast.revision_id)
            frozen = with_choices(approved, await work.broadcasts.chosen(broadcast.id))
        except Tampered:
            frozen = None
        bulletin = await work.bulletins.get(broadcast.bulletin_id)
        recurs = frozen is not None and frozen.revision.recurrence is not None
        stopped = frozen is not None and is_stopped(bulletin, frozen, broadcast)
        in_time = recurs or self.clock.now() < broadcast.not_after
        corrected = await work.bulletins.is_corrected(broadcast.revision_id)
        can_go_on = stopped and in_time and not corrected
        tally = await work.broadcasts.tally(broadcast.id)
        gave_way = broadcast.state is BroadcastState.STOPPED and recurs and not stopped
        if gave_way and not tally.total:
            return None
        ways: list[str] = [Permission.BULLETIN_RESUME] if can_go_on else []
        if bulletin.state in WITHDRAWABLE and tally.sent + tally.uncertain:
            ways.append("withdraw:ask")
        written_anew = frozen is not None and not frozen.revision.is_template
        may_correct = written_anew and tally.sent and not corrected
        if may_correct and await self._may_correct(work, actor, bulletin):
            ways.append("correct:start")
        at, withdrawn = broadcast.planned_at, bulletin.state is BulletinState.WITHDRAWN
        return PlanLine(at, bulletin.id, frozen, broadcast, tally.sent, tuple(ways), withdrawn)

    async def _may_correct(self, work: Work, actor: Actor, bulletin: Bulletin) -> bool:
        lineage = await work.units.lineage(bulletin.unit_id)
        return bulletin.state in CORRECTABLE and actor.may(Permission.BULLETIN_COMPOSE, lineage)

    async def _buttons(
        self, work: Work, actor: Actor, lines: Sequence[PlanLine], ahead: int
    ) -> tuple[Button, ...]:
        """To the weeks around, to stop, to see the next times, and to the calendar."""
        buttons: list[Button] = []
        for bulletin_id, line in {line.bulletin_id: line for line in reversed(lines)}.items():
            recurs = line.frozen is not None and line.frozen.revision.recurrence is not None
            asked = [("plan:fires", "")] if recurs else []
            if any(_goes_on(one) for one in lines if one.bulletin_id == bulletin_id):
                asked.append((Permission.BULLETIN_STOP, ""))
            ways = [way for one in lines if one.bulletin_id == bulletin_id for way in one.ways]
            asked += [(way, "") for way in dict.fromkeys(ways)]
            buttons += self._offered(actor, asked, bulletin_id)
        weeks = [("plan:week", str(ahead - 1)), ("plan:week", str(ahead + 1))]
        if actor.units_for(Permission.EMERGENCY_RELEASE):
            weeks.append(("emergency:open", ""))
        root = await root_of(work)
        if actor.may(Permission.CALENDAR_DECIDE, await work.units.lineage(root.id)):
            weeks.append(("calendar:open", ""))
        if await work.broadcasts.doubts(actor.units_for(Permission.DELIVERY_SETTLE), 1):
            weeks.append(("doubts:open", ""))
        return (*reversed(buttons), *self._offered(actor, weeks, "plan"))

    def _offered(
        self, actor: Actor, asked: Sequence[tuple[str, str]], subject: str
    ) -> tuple[Button, ...]:
        return offer(
            self.ids,
            asked,
            subject=subject,
            version=1,
            holder=to_person(actor.id),
            expires_at=self.clock.now() + GOOD_FOR,
        )


def _goes_on(line: PlanLine) -> bool:
    return line.broadcast is None or line.broadcast.state in UNDER_WAY
