"""Attendance in SQL: who can say that they are there, and who did."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, delete, func
from sqlalchemy import select as columns
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.clock import LOCAL_ZONE, Clock
from domain.model.access import FIELD_ROLES
from domain.model.activity import Gathered
from domain.model.conference import OPENS_BEFORE, Conference, ConferenceState
from domain.model.guest import Attender, Came
from domain.model.hall_code import Tries
from storage import rows
from storage.activity import by_places
from storage.conferences import conference_of, turnout_conditions
from storage.engine import connection_of
from storage.tables.conferences import ConferenceRow, GuestRow, WrongCodeRow
from storage.tables.offices import GrantRow, PersonRow, UnitClosureRow, UnitRow
from storage.terms import in_force


@dataclass(frozen=True, slots=True)
class SqlAttendance:
    """Attendance in SQL."""

    session: AsyncSession
    clock: Clock

    async def open_to(self, person_id: str, now: datetime) -> tuple[tuple[Conference, str], ...]:
        statement = (
            select(ConferenceRow, GrantRow.unit_id)
            .join(UnitClosureRow, col(UnitClosureRow.ancestor_id) == ConferenceRow.unit_id)
            .join(GrantRow, col(GrantRow.unit_id) == UnitClosureRow.descendant_id)
            .where(GrantRow.person_id == person_id, col(GrantRow.role).in_(FIELD_ROLES))
            .where(*in_force(self._today()))
            .where(ConferenceRow.state == ConferenceState.CALLED)
            .where(col(ConferenceRow.start_at) <= now + OPENS_BEFORE)
            .order_by(col(ConferenceRow.start_at), ConferenceRow.id, col(GrantRow.id))
        )
        found: dict[str, tuple[Conference, str]] = {}
        for row, unit_id in await self.session.exec(statement):
            found.setdefault(row.id, (conference_of(row), unit_id))
        return tuple(each for each in found.values() if each[0].is_open_at(now))

    async def come(self, conference_id: str, person_id: str, unit_id: str, how: Came) -> bool:
        uncalled = rows.insert(self.session, GuestRow).values(
            conference_id=conference_id,
            person_id=person_id,
            unit_id=unit_id,
            invited=False,
            reply="",
            came=how,
        )
        there = uncalled.on_conflict_do_update(
            index_elements=["conference_id", "person_id"],
            set_={"came": how},
            where=col(GuestRow.came) == Came.NOT,
        )
        return await rows.change(self.session, there) > 0

    async def of_unit(self, conference: Conference) -> tuple[Attender, ...]:
        here = (col(GuestRow.conference_id) == conference.id) & (
            col(GuestRow.person_id) == PersonRow.id
        )
        statement = (
            columns(
                col(PersonRow.id),
                col(PersonRow.name),
                col(GrantRow.unit_id),
                col(UnitRow.name),
                func.coalesce(GuestRow.came, ""),
            )
            .join(GrantRow, col(GrantRow.person_id) == PersonRow.id)
            .join(UnitRow, col(UnitRow.id) == GrantRow.unit_id)
            .join(UnitClosureRow, col(UnitClosureRow.descendant_id) == GrantRow.unit_id)
            .outerjoin(GuestRow, here)
            .where(col(UnitClosureRow.ancestor_id) == conference.unit_id)
            .where(col(GrantRow.role).in_(FIELD_ROLES), *in_force(self._today()))
            .order_by(PersonRow.name, PersonRow.id, col(GrantRow.id))
        )
        people: dict[str, Attender] = {}
        for person_id, name, unit_id, place, came in await connection_of(self.session).execute(
            statement
        ):
            people.setdefault(person_id, Attender(person_id, name, unit_id, place, Came(came)))
        return tuple(people.values())

    async def tries(self, person_id: str) -> Tries:
        statement = select(WrongCodeRow).where(WrongCodeRow.person_id == person_id)
        found = await rows.find(self.session, statement)
        return Tries(found.count, found.since) if found else Tries()

    async def save_tries(self, person_id: str, tries: Tries) -> None:
        mine = delete(WrongCodeRow).where(col(WrongCodeRow.person_id) == person_id)
        await rows.change(self.session, mine)
        if tries.since is not None:
            row = WrongCodeRow(person_id=person_id, count=tries.count, since=tries.since)
            await rows.add(self.session, row)

    async def attended(self, person_id: str, begin: datetime, end: datetime) -> int:
        statement = (
            columns(func.count())
            .select_from(GuestRow)
            .join(ConferenceRow, col(ConferenceRow.id) == GuestRow.conference_id)
            .where(col(GuestRow.person_id) == person_id, col(GuestRow.came) != Came.NOT)
            .where(col(ConferenceRow.start_at) >= begin, col(ConferenceRow.start_at) < end)
        )
        return int((await connection_of(self.session).execute(statement)).scalar_one())

    async def by_place(
        self, unit_id: str, begin: datetime, end: datetime
    ) -> Mapping[str, Gathered]:
        held = (
            col(ConferenceRow.state) == ConferenceState.HELD,
            col(ConferenceRow.start_at) >= begin,
            col(ConferenceRow.start_at) < end,
        )
        counted = columns(col(UnitRow.id), func.count()).select_from(ConferenceRow)
        connection = connection_of(self.session)
        own = by_places(counted, ConferenceRow.unit_id, unit_id).where(*held)
        times = {place: int(count) for place, count in await connection.execute(own)}
        called, yes, came, _ = turnout_conditions()
        people = (
            columns(
                col(UnitRow.id),
                *(func.count(case((condition, 1))) for condition in (called, yes, came)),
            )
            .select_from(GuestRow)
            .join(ConferenceRow, col(ConferenceRow.id) == GuestRow.conference_id)
        )
        theirs = by_places(people, GuestRow.unit_id, unit_id).where(*held)
        found = {
            place: Gathered(times.pop(place, 0), *map(int, counts))
            for place, *counts in await connection.execute(theirs)
        }
        return found | {place: Gathered(count) for place, count in times.items()}

    def _today(self) -> date:
        return self.clock.now().astimezone(LOCAL_ZONE).date()
