"""Everybody on the roster, read at once and written some thousands at a time."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from sqlalchemy import bindparam, insert, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.model.access import Grant, Role
from domain.model.roster import Book, Change, Language, Member
from domain.ports.roster import Tell
from storage.engine import connection_of
from storage.tables.offices import GrantRow, PersonRow, UnitRow
from storage.units import unit_of

AT_ONCE = 1000
_PERSON = PersonRow.metadata.tables["person"]
_GRANT = GrantRow.metadata.tables["role_grant"]
_UNIT = UnitRow.metadata.tables["unit"]
One = TypeVar("One")


@dataclass(frozen=True, slots=True)
class SqlRoster:
    """The roster in SQL."""

    session: AsyncSession

    async def book(self) -> Book:
        connection = connection_of(self.session)
        grants: defaultdict[str, list[Grant]] = defaultdict(list)
        for row in await connection.execute(select(_GRANT).order_by(_GRANT.c.id)):
            held = Grant(Role(row.role), row.unit_id, row.valid_from, row.valid_until)
            grants[row.person_id].append(held)
        people = await connection.execute(select(_PERSON).order_by(_PERSON.c.id))
        units = await connection.execute(select(_UNIT).order_by(_UNIT.c.code))
        return Book(
            tuple(unit_of(row) for row in units),
            tuple(
                Member(
                    row.id,
                    row.name,
                    row.account is not None,
                    tuple(Language(one) for one in row.languages.split(",") if one),
                    tuple(grants[row.id]),
                )
                for row in people
            ),
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
                | {"start": new.valid_from, "end": new.valid_until}
                for c in some
                for old, new in c.redated
            ]
            await self._many(_REDATE, redated)
            spoken = [
                {"person": c.member.id, "spoken": ",".join(c.languages)}
                for c in some
                if c.languages is not None
            ]
            await self._many(_SPEAK, spoken)
            tell(len(some))

    async def _give(self, grants: Sequence[tuple[str, Grant]]) -> None:
        await self._many(insert(_GRANT), [{"person_id": who} | asdict(g) for who, g in grants])

    async def _many(self, statement: Any, values: Sequence[dict[str, Any]]) -> None:
        if values:
            await connection_of(self.session).execute(statement, values)


def _portions(all_of_them: Sequence[One]) -> Iterator[Sequence[One]]:
    for start in range(0, len(all_of_them), AT_ONCE):
        yield all_of_them[start : start + AT_ONCE]


def _renamed(prefix: str, person_id: str, grant: Grant) -> dict[str, Any]:
    known = {"person_id": person_id} | asdict(grant)
    return {f"{prefix}_{name}": value for name, value in known.items()}


# Of several rows that say the same all are changed, which changes what they say only once.
_REDATE = (
    update(_GRANT)
    .where(
        *(_GRANT.c[name] == bindparam(f"old_{name}") for name in ("person_id", "role", "unit_id")),
        *(
            _GRANT.c[name].is_not_distinct_from(bindparam(f"old_{name}"))
            for name in ("valid_from", "valid_until")
        ),
    )
    .values(valid_from=bindparam("start"), valid_until=bindparam("end"))
)
_SPEAK = (
    update(_PERSON).where(_PERSON.c.id == bindparam("person")).values(languages=bindparam("spoken"))
)
