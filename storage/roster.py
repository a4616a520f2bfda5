"""Everybody on the roster, read at once and written some thousands at a time."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Row, Update, bindparam, delete, exists, insert, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.model.access import FIELD_ROLES, INVITABLE_ROLES, Grant, Role
from domain.model.field_work import Service
from domain.model.invite import Invite
from domain.model.roster import Book, Change, Language, Member, Newcomer, Seat, TeamRole
from domain.model.text import folded_name
from domain.ports.roster import Tell
from storage.engine import connection_of
from storage.people import grant_of
from storage.tables.checks import SeenRow
from storage.tables.offices import GrantRow, InviteRow, PersonRow, SeatRow, UnitClosureRow, UnitRow
from storage.terms import stands
from storage.units import unit_of

AT_ONCE = 1000
_PERSON = PersonRow.metadata.tables["person"]
_GRANT = GrantRow.metadata.tables["role_grant"]
_SEEN = SeenRow.metadata.tables["person_seen"]
_SEAT = SeatRow.metadata.tables["seat"]
_INVITE = InviteRow.metadata.tables["invite"]
_CLOSURE = UnitClosureRow.metadata.tables["unit_closure"]
_UNIT = UnitRow.metadata.tables["unit"]
_IN_ORDER = select(_UNIT).order_by(_UNIT.c.code)
One = TypeVar("One")


@dataclass(frozen=True, slots=True)
class SqlRoster:
    """The roster in SQL."""

    session: AsyncSession

    async def book(self) -> Book:
        connection = connection_of(self.session)
        grants: defaultdict[str, list[Grant]] = defaultdict(list)
        for row in await connection.execute(select(_GRANT).order_by(_GRANT.c.id)):
            grants[row.person_id].append(grant_of(row))
        seats: defaultdict[str, list[Seat]] = defaultdict(list)
        for row in await connection.execute(select(_SEAT).order_by(*_SEAT.primary_key)):
            seats[row.person_id].append(_seat(row))
        people = await connection.execute(select(_PERSON).order_by(_PERSON.c.id))
        units = [unit_of(row) for row in await connection.execute(_IN_ORDER)]
        return Book(
            tuple(unit for unit in units if not unit.is_over),
            tuple(
                Member(
                    row.id,
                    row.name,
                    row.account is not None,
                    spoken(row.languages),
                    tuple(grants[row.id]),
                    tuple(seats[row.id]),
                )
                for row in people
            ),
            frozenset(unit.code for unit in units if unit.is_over),
        )

    async def add(self, members: Sequence[Member], tell: Tell) -> None:
        for some in _portions(members):
            people = [
                {"id": one.id, "name": one.name, "languages": ",".join(one.languages)}
                for one in some
            ]
            await self._many(insert(_PERSON), people)
            await self._give([(one.id, grant) for one in some for grant in one.grants])
            tell(len(some))

    async def change(self, changes: Sequence[Change], tell: Tell) -> None:
        for some in _portions(changes):
            await self._give([(c.member.id, grant) for c in some for grant in c.added])
            redated = [
                _renamed("old", c.member.id, old)
                | {f"new_{name}": getattr(new, name) for name in _TERM}
                for c in some
                for old, new in c.redated
            ]
            await self._many(_REDATE, redated)
            speaking = [
                {"person": c.member.id, "spoken": ",".join(c.languages)}
                for c in some
                if c.languages is not None
            ]
            await self._many(_SPEAK, speaking)
            tell(len(some))

    async def seat(self, taken: Sequence[tuple[str, Seat]]) -> None:
        # All that changes goes first, so that no team has two leaders for a moment.
        rows = [_seat_row(who, seat) for who, seat in taken]
        keys = [{f"the_{name}": row[name] for name in _SEATED} for row in rows]
        await self._many(_RISE, keys)
        await self._many(insert(_SEAT), rows)

    async def unseat(self, person_id: str, unit_id: str) -> None:
        mine = (_SEAT.c.person_id == person_id, _SEAT.c.unit_id == unit_id)
        await connection_of(self.session).execute(delete(_SEAT).where(*mine))

    async def seats(self, person_id: str) -> tuple[Seat, ...]:
        mine = select(_SEAT).where(_SEAT.c.person_id == person_id).order_by(*_SEAT.primary_key)
        return tuple(_seat(row) for row in await connection_of(self.session).execute(mine))

    async def services(self, unit_id: str, today: date) -> tuple[Service, ...]:
        asked = {"top": unit_id, "today": today}
        return tuple(
            Service(
                person_id=row.id,
                name=row.name,
                role=Role(row.role),
                unit_id=row.unit_id,
                unit_name=row.unit_name,
                joined=row.account is not None,
                invited=row.invited,
                rests=row.suspended_on is not None,
                valid_until=row.valid_until,
                seen_on=row.seen_on,
            )
            for row in await connection_of(self.session).execute(_SERVICES, asked)
        )

    async def newcomers(
        self, unit_id: str, today: date, asked_since: datetime
    ) -> tuple[Newcomer, ...]:
        asked = {"top": unit_id, "today": today, "since": asked_since}
        found: dict[str, Newcomer] = {}
        for row in await connection_of(self.session).execute(_NEWCOMERS, asked):
            one = Newcomer(
                row.id, row.name, spoken(row.languages), Role(row.role), row.unit_id, row.unit_name
            )
            found.setdefault(one.id, one)
        return tuple(found.values())

    async def invite(self, invites: Sequence[Invite], now: datetime) -> int:
        revoked = 0
        for some in _portions(invites):
            people = [invite.meant_for for invite in some]
            dead = await connection_of(self.session).execute(_REVOKE, {"now": now, "of": people})
            revoked += dead.rowcount
            await self._many(insert(_INVITE), [asdict(invite) for invite in some])
        return revoked

    async def revoke_invites(self, person_id: str, unit_id: str, now: datetime) -> None:
        dead = {"revoked_at": now, "account": None}
        await connection_of(self.session).execute(_still_good(person_id, unit_id).values(dead))

    async def move_invites(self, person_id: str, unit_id: str, to: str) -> None:
        moved = _still_good(person_id, unit_id).values(unit_id=to)
        await connection_of(self.session).execute(moved)

    async def _give(self, grants: Sequence[tuple[str, Grant]]) -> None:
        await self._many(insert(_GRANT), [{"person_id": who} | asdict(g) for who, g in grants])

    async def _many(self, statement: Any, values: Sequence[dict[str, Any]]) -> None:
        if values:
            await connection_of(self.session).execute(statement, values)


def _still_good(person_id: str, unit_id: str) -> Update:
    """Somebody's invites to work in the field of a unit, neither revoked nor confirmed."""
    theirs = (_INVITE.c.meant_for == person_id, _INVITE.c.unit_id == unit_id)
    open_still = (_INVITE.c.revoked_at.is_(None), _INVITE.c.confirmed_at.is_(None))
    return update(_INVITE).where(*theirs, *open_still, _INVITE.c.role.in_(sorted(FIELD_ROLES)))


def _seat(row: Row[Any]) -> Seat:
    return Seat(row.unit_id, row.team, TeamRole(row.role))


def _seat_row(person_id: str, seat: Seat) -> dict[str, Any]:
    return {"person_id": person_id, "team_key": folded_name(seat.team)} | asdict(seat)


def spoken(languages: str) -> tuple[Language, ...]:
    """What a column such as `vi,km` says."""
    return tuple(Language(one) for one in languages.split(",") if one)


def _portions(all_of_them: Sequence[One]) -> Iterator[Sequence[One]]:
    for start in range(0, len(all_of_them), AT_ONCE):
        yield all_of_them[start : start + AT_ONCE]


def _renamed(prefix: str, person_id: str, grant: Grant) -> dict[str, Any]:
    known = {"person_id": person_id} | asdict(grant)
    return {f"{prefix}_{name}": value for name, value in known.items()}


_TERM = ("valid_from", "valid_until", "decision", "decided_on", "suspended_on", "left_on")
_SAME = (*_TERM, "deputy_of")
# Of several rows that say the same all are changed, which changes what they say only once.
_REDATE = (
    update(_GRANT)
    .where(
        *(_GRANT.c[name] == bindparam(f"old_{name}") for name in ("person_id", "role", "unit_id")),
        *(_GRANT.c[name].is_not_distinct_from(bindparam(f"old_{name}")) for name in _SAME),
    )
    .values({name: bindparam(f"new_{name}") for name in _TERM})
)
_SPEAK = (
    update(_PERSON).where(_PERSON.c.id == bindparam("person")).values(languages=bindparam("spoken"))
)
_SEATED = ("person_id", "unit_id", "team_key")
_RISE = delete(_SEAT).where(*(_SEAT.c[name] == bindparam(f"the_{name}") for name in _SEATED))
_OPEN = (_INVITE.c.used_at.is_(None), _INVITE.c.revoked_at.is_(None))
_REVOKE = (
    update(_INVITE)
    .where(_INVITE.c.meant_for.in_(bindparam("of", expanding=True)), *_OPEN)
    .values(revoked_at=bindparam("now"))
)
_WAITS = exists().where(
    _INVITE.c.meant_for == _PERSON.c.id,
    _INVITE.c.used_at >= bindparam("since"),
    _INVITE.c.revoked_at.is_(None),
)
_INVITED = exists().where(_INVITE.c.meant_for == _PERSON.c.id)
_BELOW = (
    select(
        _PERSON,
        *(_GRANT.c[name] for name in ("role", "suspended_on", "valid_until")),
        _UNIT.c.id.label("unit_id"),
        _UNIT.c.name.label("unit_name"),
        _INVITED.label("invited"),
        _SEEN.c.seen_on,
    )
    .join(_GRANT, _GRANT.c.person_id == _PERSON.c.id)
    .outerjoin(_SEEN, _SEEN.c.person_id == _PERSON.c.id)
    .join(_CLOSURE, _CLOSURE.c.descendant_id == _GRANT.c.unit_id)
    .join(_UNIT, _UNIT.c.id == _GRANT.c.unit_id)
    .where(_CLOSURE.c.ancestor_id == bindparam("top"), *stands(bindparam("today")))
    .order_by(_UNIT.c.code, _PERSON.c.name, _PERSON.c.id, _GRANT.c.id)
)
"""Whoever is anything in a subtree, a row for each role."""
_SERVICES = _BELOW.where(_GRANT.c.role.in_(sorted(FIELD_ROLES)))
_NEWCOMERS = _BELOW.where(_PERSON.c.account.is_(None), ~_WAITS).where(
    _GRANT.c.role.in_(sorted(INVITABLE_ROLES))
)
