"""Conferences in SQL: what they are, and whoever is called to them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, delete, exists, func, or_, update
from sqlalchemy import select as columns
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from domain.clock import LOCAL_ZONE, Clock
from domain.errors import LostRace
from domain.model.access import FIELD_ROLES
from domain.model.conference import (
    DRAFT_KEPT,
    Conference,
    ConferenceKind,
    ConferenceState,
    Reminder,
)
from domain.model.guest import Came, Guest, Invitee, Reply, Turnout
from domain.model.hall_code import PAUSE
from storage import rows
from storage.engine import connection_of
from storage.tables.conferences import (
    ConferenceMaterialRow,
    ConferenceReminderRow,
    ConferenceRow,
    GuestRow,
    WrongCodeRow,
)
from storage.tables.mornings import MorningWishRow
from storage.tables.offices import GrantRow, PersonRow, UnitClosureRow
from storage.terms import in_force

COUNTS = {"invited", "yes", "declined", "came", "forgotten_at"}
_STANDING = (ConferenceState.CALLED, ConferenceState.HELD)


@dataclass(frozen=True, slots=True)
class SqlConferences:
    """Conferences in SQL."""

    session: AsyncSession
    clock: Clock

    async def add(self, conference: Conference) -> None:
        await rows.add(self.session, ConferenceRow(**_columns(conference)))

    async def get(self, conference_id: str) -> Conference:
        statement = select(ConferenceRow).where(ConferenceRow.id == conference_id)
        return conference_of(await rows.get(self.session, statement, conference_id))

    async def save(self, conference: Conference, was: Conference) -> None:
        unchanged = col(ConferenceRow.version) == was.version
        this = update(ConferenceRow).where(col(ConferenceRow.id) == was.id, unchanged)
        if not await rows.change(self.session, this.values(_columns(conference))):
            raise LostRace("conference.moved_on")

    async def discard(self, draft: Conference) -> None:
        this = delete(ConferenceRow).where(
            col(ConferenceRow.id) == draft.id, col(ConferenceRow.state) == ConferenceState.DRAFT
        )
        if not await rows.change(self.session, this):
            raise LostRace("conference.moved_on")

    async def listed(
        self, unit_ids: Sequence[str], maker: str, since: datetime, limit: int
    ) -> tuple[Conference, ...]:
        own_draft = (col(ConferenceRow.state) == ConferenceState.DRAFT) & (
            col(ConferenceRow.made_by) == maker
        )
        recent = col(ConferenceRow.state).in_(_STANDING) & (col(ConferenceRow.start_at) >= since)
        return await self._all(
            select(ConferenceRow)
            .where(rows.in_subtrees(ConferenceRow.unit_id, unit_ids), or_(own_draft, recent))
            .order_by(col(ConferenceRow.start_at).desc().nulls_first(), ConferenceRow.id)
            .limit(limit)
        )

    async def running(self, before: datetime) -> tuple[Conference, ...]:
        return await self._all(
            select(ConferenceRow)
            .where(ConferenceRow.state == ConferenceState.CALLED)
            .where(col(ConferenceRow.start_at) < before)
            .order_by(col(ConferenceRow.start_at), ConferenceRow.id)
        )

    async def callable(self, unit_id: str, roles: frozenset[str]) -> tuple[Invitee, ...]:
        reachable = _people(unit_id, roles, self._today()).where(
            col(PersonRow.account).is_not(None)
        )
        people: dict[str, Invitee] = {}
        for person_id, spoken, wished, held_at in await self._run(reachable):
            people.setdefault(person_id, _invitee(person_id, spoken, wished, held_at))
        return tuple(people.values())

    async def out_of_reach(self, unit_id: str, roles: frozenset[str]) -> int:
        away = _people(unit_id, roles, self._today()).where(col(PersonRow.account).is_(None))
        return len({person_id for person_id, *_ in await self._run(away)})

    async def invite(self, conference_id: str, people: Sequence[Invitee]) -> None:
        if people:
            values = [
                GuestRow(
                    conference_id=conference_id,
                    person_id=one.person_id,
                    unit_id=one.unit_id,
                    invited=True,
                ).model_dump()
                for one in people
            ]
            statement = rows.insert(self.session, GuestRow).on_conflict_do_nothing()
            await self.session.exec(statement, params=values)

    async def guest(self, conference_id: str, person_id: str) -> Guest | None:
        this = select(GuestRow).where(GuestRow.conference_id == conference_id)
        found = await rows.find(self.session, this.where(GuestRow.person_id == person_id))
        return _guest(found) if found else None

    async def reply(self, conference_id: str, person_id: str, reply: Reply) -> None:
        this = update(GuestRow).where(
            col(GuestRow.conference_id) == conference_id,
            col(GuestRow.person_id) == person_id,
            col(GuestRow.invited),
        )
        if not await rows.change(self.session, this.values(reply=reply)):
            raise LostRace("conference.moved_on")

    async def ask_anew(self, conference_id: str) -> None:
        here = col(GuestRow.conference_id) == conference_id
        await rows.change(self.session, delete(GuestRow).where(here, ~col(GuestRow.invited)))
        anew = {"reply": Reply.NONE, "came": Came.NOT}
        await rows.change(self.session, update(GuestRow).where(here).values(anew))

    async def called(self, conference_id: str, replies: Sequence[Reply]) -> tuple[Invitee, ...]:
        carries_on = exists().where(
            col(GrantRow.person_id) == PersonRow.id,
            col(GrantRow.role).in_(FIELD_ROLES),
            *in_force(self._today()),
        )
        statement = (
            columns(
                col(PersonRow.id),
                col(PersonRow.languages),
                col(MorningWishRow.language),
                col(GuestRow.unit_id),
            )
            .join(GuestRow, col(GuestRow.person_id) == PersonRow.id)
            .outerjoin(MorningWishRow, col(MorningWishRow.person_id) == PersonRow.id)
            .where(col(GuestRow.conference_id) == conference_id)
            .where(col(GuestRow.reply).in_(replies))
            .where(col(PersonRow.account).is_not(None), carries_on)
            .order_by(PersonRow.id)
        )
        return tuple(_invitee(*row) for row in await self._run(statement))

    async def invitations(
        self, person_id: str, since: datetime
    ) -> tuple[tuple[Conference, Guest], ...]:
        statement = (
            select(ConferenceRow, GuestRow)
            .join(GuestRow, col(GuestRow.conference_id) == ConferenceRow.id)
            .where(GuestRow.person_id == person_id, col(GuestRow.invited))
            .where(col(ConferenceRow.state).in_(_STANDING))
            .where(col(ConferenceRow.start_at) >= since)
            .order_by(col(ConferenceRow.start_at), ConferenceRow.id)
        )
        found = await self.session.exec(statement)
        return tuple((conference_of(row), _guest(guest)) for row, guest in found)

    async def turnout(self, conference_id: str) -> Turnout:
        here = select(ConferenceRow).where(ConferenceRow.id == conference_id)
        kept = await rows.get(self.session, here, conference_id)
        if kept.forgotten_at is not None:
            return Turnout(kept.invited, kept.yes, kept.declined, kept.came)
        counted = columns(
            *(func.count(case((condition, 1))) for condition in turnout_conditions())
        ).where(col(GuestRow.conference_id) == conference_id)
        (row,) = await self._run(counted)
        invited, yes, came = map(int, row[:3])
        return Turnout(invited, yes, int(row[3]), came)

    async def begin_reminder(self, conference: Conference, reminder: Reminder) -> bool:
        row = ConferenceReminderRow(
            conference_id=conference.id, asked=conference.asked, reminder=reminder
        )
        return await rows.add_if_new(self.session, row)

    async def add_material(self, conference_id: str, number: int, text: str, now: datetime) -> None:
        row = ConferenceMaterialRow(
            conference_id=conference_id, number=number, text=text, sent_at=now
        )
        if not await rows.add_if_new(self.session, row):
            raise LostRace("conference.moved_on")

    async def materials(self, conference_id: str) -> tuple[str, ...]:
        sent = select(ConferenceMaterialRow.text).where(
            ConferenceMaterialRow.conference_id == conference_id
        )
        return tuple(await self.session.exec(sent.order_by(col(ConferenceMaterialRow.number))))

    async def forget(self, begun_before: datetime, now: datetime) -> int:
        left_lying = delete(ConferenceRow).where(
            col(ConferenceRow.state) == ConferenceState.DRAFT,
            col(ConferenceRow.made_at) < now - DRAFT_KEPT,
        )
        await rows.change(self.session, left_lying)
        old_tries = delete(WrongCodeRow).where(col(WrongCodeRow.since) < now - PAUSE)
        await rows.change(self.session, old_tries)
        over = await self.session.exec(
            select(ConferenceRow.id)
            .where(
                col(ConferenceRow.start_at) < begun_before,
                ConferenceRow.state != ConferenceState.DRAFT,
            )
            .where(col(ConferenceRow.forgotten_at).is_(None))
        )
        gone = tuple(over)
        for conference_id in gone:
            await self._count_and_forget(conference_id, now)
        return len(gone)

    async def _count_and_forget(self, conference_id: str, now: datetime) -> None:
        kept = await self.turnout(conference_id)
        counts = {"invited": kept.invited, "yes": kept.yes, "declined": kept.no, "came": kept.came}
        this = update(ConferenceRow).where(col(ConferenceRow.id) == conference_id)
        await rows.change(self.session, this.values(counts | {"forgotten_at": now}))
        guests = delete(GuestRow).where(col(GuestRow.conference_id) == conference_id)
        await rows.change(self.session, guests)

    async def _all(self, statement: SelectOfScalar[ConferenceRow]) -> tuple[Conference, ...]:
        return tuple(conference_of(row) for row in await self.session.exec(statement))

    async def _run(self, statement: Select[*tuple[Any, ...]]) -> Sequence[Any]:
        found: Sequence[Any] = (await connection_of(self.session).execute(statement)).all()
        return found

    def _today(self) -> date:
        return self.clock.now().astimezone(LOCAL_ZONE).date()


def turnout_conditions() -> tuple[ColumnElement[bool], ...]:
    """Called, said yes, came, said no: of one guest."""
    replied, came = col(GuestRow.reply), col(GuestRow.came)
    invited = col(GuestRow.invited).is_(True)
    return (invited, replied == Reply.YES, came != Came.NOT, replied == Reply.NO)


def _people(unit_id: str, roles: frozenset[str], today: date) -> Select[*tuple[Any, ...]]:
    """Whoever is one of these today in the unit or below it, once for each grant."""
    return (
        columns(
            col(PersonRow.id),
            col(PersonRow.languages),
            col(MorningWishRow.language),
            col(GrantRow.unit_id),
        )
        .join(GrantRow, col(GrantRow.person_id) == PersonRow.id)
        .join(UnitClosureRow, col(UnitClosureRow.descendant_id) == GrantRow.unit_id)
        .outerjoin(MorningWishRow, col(MorningWishRow.person_id) == PersonRow.id)
        .where(col(UnitClosureRow.ancestor_id) == unit_id, col(GrantRow.role).in_(roles))
        .where(*in_force(today))
        .order_by(PersonRow.id, col(GrantRow.id))
    )


def _invitee(person_id: str, spoken: str, wished: str | None, unit_id: str) -> Invitee:
    languages = tuple(one for one in (wished or "", *spoken.split(",")) if one)
    return Invitee(person_id, languages, unit_id)


def _guest(row: GuestRow) -> Guest:
    return Guest(row.person_id, row.unit_id, row.invited, Reply(row.reply), Came(row.came))


def _columns(conference: Conference) -> dict[str, Any]:
    return asdict(conference) | {"kind": conference.kind or ""}


def conference_of(row: ConferenceRow) -> Conference:
    """The conference of a row that may leave this room."""
    kept = row.model_dump(exclude=COUNTS)
    kind = ConferenceKind(row.kind) if row.kind else None
    return Conference(**kept | {"kind": kind, "state": ConferenceState(row.state)})
