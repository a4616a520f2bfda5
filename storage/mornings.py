"""Mornings: what goes out on a day, who is told when, and how many have read it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import delete, func, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.model.access import PERMISSIONS, Permission
from domain.model.broadcast import Broadcast
from domain.model.delivery import OutboxEntry
from domain.model.morning import GOES_OUT, STANDS, USUAL_HOUR, Reader, Wish
from domain.model.unit import Unit
from storage import rows
from storage.broadcasts import broadcast_of
from storage.entries import row_of
from storage.tables.mornings import (
    MorningRoundRow,
    MorningWishRow,
    ReadCountRow,
    ReadingDayRow,
    ReadMarkRow,
)
from storage.tables.news import BroadcastRow, BulletinRow, RevisionRow
from storage.tables.offices import GrantRow, PersonRow, UnitClosureRow, UnitRow
from storage.tables.outbox import OutboxRow
from storage.terms import in_force
from storage.units import unit_of

READING_ROLES = [role for role, may in PERMISSIONS.items() if Permission.MORNING_READ in may]


@dataclass(frozen=True, slots=True)
class SqlMornings:
    """Mornings in SQL."""

    session: AsyncSession

    async def going_out(
        self, unit_ids: Sequence[str], begin: datetime, end: datetime
    ) -> tuple[tuple[Broadcast, Unit], ...]:
        statement = (
            select(BroadcastRow, UnitRow)
            .join(BulletinRow, col(BulletinRow.id) == BroadcastRow.bulletin_id)
            .join(RevisionRow, col(RevisionRow.id) == BroadcastRow.revision_id)
            .join(UnitRow, col(UnitRow.id) == RevisionRow.audience_unit_id)
            .where(col(BroadcastRow.planned_at) >= begin, col(BroadcastRow.planned_at) < end)
            .where(col(BroadcastRow.state).in_(GOES_OUT), ~col(BroadcastRow.awaits_word))
            .where(col(BulletinRow.state).in_(STANDS))
            .where(rows.near(RevisionRow.audience_unit_id, unit_ids))
            .order_by(col(BroadcastRow.planned_at), BroadcastRow.id)
        )
        found = (await self.session.exec(statement)).all()
        return tuple((broadcast_of(row), unit_of(unit)) for row, unit in found)

    async def related(self, unit_ids: Sequence[str]) -> Mapping[str, frozenset[str]]:
        above, below = col(UnitClosureRow.ancestor_id), col(UnitClosureRow.descendant_id)
        linked = select(above, below).where(or_(above.in_(unit_ids), below.in_(unit_ids)))
        near: defaultdict[str, set[str]] = defaultdict(set)
        for ancestor, descendant in await self.session.exec(linked):
            near[ancestor].add(descendant)
            near[descendant].add(ancestor)
        return {unit_id: frozenset(near[unit_id]) for unit_id in unit_ids}

    async def wish(self, person_id: str) -> Wish:
        statement = select(MorningWishRow).where(MorningWishRow.person_id == person_id)
        found = await rows.find(self.session, statement)
        return Wish(_hour(found.minutes), found.language) if found else Wish()

    async def save_wish(self, person_id: str, wish: Wish) -> None:
        mine = delete(MorningWishRow).where(col(MorningWishRow.person_id) == person_id)
        await rows.change(self.session, mine)
        minutes = _minutes(wish.hour) if wish.hour else None
        row = MorningWishRow(person_id=person_id, minutes=minutes, language=wish.language)
        await rows.add(self.session, row)

    async def rounds(self, day: date) -> frozenset[time]:
        statement = select(MorningRoundRow.minutes).where(MorningRoundRow.day == day)
        return frozenset(_clock(minutes) for minutes in await self.session.exec(statement))

    async def begin_round(self, day: date, hour: time) -> bool:
        return await rows.add_if_new(self.session, MorningRoundRow(day=day, minutes=_minutes(hour)))

    async def readers(self, day: date, hour: time) -> tuple[Reader, ...]:
        chosen = col(MorningWishRow.minutes) == _minutes(hour)
        unchosen = col(MorningWishRow.person_id).is_(None)
        statement = (
            select(PersonRow.id, PersonRow.languages, MorningWishRow.language, GrantRow.unit_id)
            .join(GrantRow, col(GrantRow.person_id) == PersonRow.id)
            .outerjoin(MorningWishRow, col(MorningWishRow.person_id) == PersonRow.id)
            .where(col(PersonRow.account).is_not(None), col(GrantRow.role).in_(READING_ROLES))
            .where(*in_force(day))
            .where(or_(chosen, unchosen) if hour == USUAL_HOUR else chosen)
            .order_by(PersonRow.id, col(GrantRow.id))
        )
        people: dict[str, Reader] = {}
        for person_id, spoken, wished, unit_id in await self.session.exec(statement):
            known = people.get(person_id)
            unit_ids = (*(known.unit_ids if known else ()), unit_id)
            languages = tuple(one for one in (wished or "", *spoken.split(",")) if one)
            people[person_id] = Reader(person_id, languages, tuple(dict.fromkeys(unit_ids)))
        return tuple(people.values())

    async def owe(self, entries: Sequence[OutboxEntry]) -> None:
        if entries:
            # Every row with the same columns: then it is one statement, however many there are.
            values = [row_of(entry).model_dump(exclude={"seq"}) for entry in entries]
            statement = rows.insert(self.session, OutboxRow).on_conflict_do_nothing()
            await self.session.exec(statement, params=values)

    async def salt(self, day: date, fresh: str) -> str:
        await rows.add_if_new(self.session, ReadingDayRow(day=day, salt=fresh))
        statement = select(ReadingDayRow).where(ReadingDayRow.day == day)
        return (await rows.get(self.session, statement, day.isoformat())).salt

    async def has_mark(self, mark: str) -> bool:
        statement = select(ReadMarkRow).where(ReadMarkRow.mark == mark)
        return await rows.find(self.session, statement) is not None

    async def count_reader(self, unit_id: str, day: date, mark: str) -> bool:
        if not await rows.add_if_new(self.session, ReadMarkRow(mark=mark, day=day)):
            return False
        first = rows.insert(self.session, ReadCountRow).values(unit_id=unit_id, day=day, readers=1)
        more = {"readers": col(ReadCountRow.readers) + 1}
        counted = first.on_conflict_do_update(index_elements=["unit_id", "day"], set_=more)
        await rows.change(self.session, counted)
        return True

    async def read_below(self, unit_ids: Sequence[str], day: date) -> int:
        counted = select(func.coalesce(func.sum(ReadCountRow.readers), 0))
        here = counted.where(ReadCountRow.day == day)
        below = here.where(rows.in_subtrees(ReadCountRow.unit_id, unit_ids))
        return int((await self.session.exec(below)).one())

    async def forget_counts(self, before: date) -> int:
        rounds = delete(MorningRoundRow).where(col(MorningRoundRow.day) < before)
        counts = delete(ReadCountRow).where(col(ReadCountRow.day) < before)
        await rows.change(self.session, rounds)
        return await rows.change(self.session, counts)

    async def forget_marks(self, before: date) -> int:
        marks = delete(ReadMarkRow).where(col(ReadMarkRow.day) < before)
        salts = delete(ReadingDayRow).where(col(ReadingDayRow.day) < before)
        await rows.change(self.session, marks)
        return await rows.change(self.session, salts)


def _minutes(hour: time) -> int:
    return hour.hour * 60 + hour.minute


def _clock(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


def _hour(minutes: int | None) -> time | None:
    return None if minutes is None else _clock(minutes)
