"""Registered people, their grants, and the invites that bring them in."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from sqlalchemy import Row, and_, bindparam, func, update
from sqlalchemy import select as columns
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from domain.clock import LOCAL_ZONE, Clock
from domain.errors import LostRace
from domain.model.access import EVERYWHERE, PERMISSIONS, Grant, Permission, Person, Role
from domain.model.invite import Invite
from domain.model.unit import Lineage
from storage import rows
from storage.tables.offices import GrantRow, InviteRow, PersonRow
from storage.terms import in_force, still_held


@dataclass(frozen=True, slots=True)
class SqlPeople:
    """People in SQL."""

    session: AsyncSession
    clock: Clock

    async def get(self, person_id: str) -> Person:
        statement = select(PersonRow).where(PersonRow.id == person_id)
        row = await rows.get(self.session, statement, person_id)
        return (await self._with_grants([row]))[0]

    async def by_account(self, account: str) -> Person | None:
        return (await registered(await self.session.connection(), [account], self._today()))[0]

    async def holding(self, permission: Permission, lineage: Lineage) -> tuple[Person, ...]:
        here = col(GrantRow.unit_id).in_((*lineage.unit_ids, EVERYWHERE))
        holders = self._able(permission).where(here)
        return await self._people(
            select(PersonRow)
            .where(col(PersonRow.id).in_(holders), col(PersonRow.account).is_not(None))
            .order_by(PersonRow.name, PersonRow.id)
        )

    async def able_at(self, permission: Permission, unit_ids: Sequence[str]) -> int:
        able = self._able(permission).where(col(GrantRow.unit_id).in_(unit_ids))
        there = col(PersonRow.account).is_not(None)
        counted = select(func.count()).select_from(PersonRow)
        return (await self.session.exec(counted.where(there, col(PersonRow.id).in_(able)))).one()

    async def add(self, person: Person) -> None:
        row = PersonRow(id=person.id, name=person.name, account=person.account)
        await rows.add(self.session, row)
        grants = [GrantRow(person_id=person.id, **asdict(grant)) for grant in person.grants]
        await rows.add(self.session, *grants)

    async def grant(self, person_id: str, role: Role, unit_id: str) -> None:
        held = (await self.get(person_id)).grants
        if Grant(role, unit_id) not in held:
            row = GrantRow(person_id=person_id, role=role, unit_id=unit_id)
            await rows.add(self.session, row)

    async def at(self, unit_id: str) -> tuple[Person, ...]:
        there = select(GrantRow.person_id).where(GrantRow.unit_id == unit_id)
        return await self._people(
            select(PersonRow)
            .where(col(PersonRow.id).in_(there))
            .order_by(PersonRow.name, PersonRow.id)
        )

    async def bind(self, person_id: str, account: str) -> None:
        statement = (
            update(PersonRow)
            .where(col(PersonRow.id) == person_id, col(PersonRow.account).is_(None))
            .values(account=account)
        )
        if not await rows.change(self.session, statement):
            raise LostRace("invite.joined")

    async def add_invite(self, invite: Invite) -> None:
        await rows.add(self.session, InviteRow(**asdict(invite)))

    async def invite(self, invite_id: str) -> Invite:
        statement = select(InviteRow).where(InviteRow.id == invite_id)
        return _invite(await rows.get(self.session, statement, invite_id))

    async def invite_by_token(self, token_hash: str) -> Invite | None:
        statement = select(InviteRow).where(InviteRow.token_hash == token_hash)
        found = await rows.find(self.session, statement)
        return _invite(found) if found else None

    async def open_invites(self, unit_id: str) -> tuple[Invite, ...]:
        statement = (
            select(InviteRow)
            .where(InviteRow.unit_id == unit_id)
            .where(col(InviteRow.used_at).is_(None), col(InviteRow.revoked_at).is_(None))
            .order_by(InviteRow.id)
        )
        return tuple(_invite(row) for row in await self.session.exec(statement))

    async def save_invite(self, invite: Invite, used_before: bool) -> None:
        used = col(InviteRow.used_at).is_not(None)
        statement = (
            update(InviteRow)
            .where(col(InviteRow.id) == invite.id, used.is_(used_before))
            .values(asdict(invite))
        )
        if not await rows.change(self.session, statement):
            raise LostRace("invite.used")

    def _able(self, permission: Permission) -> SelectOfScalar[str]:
        """Those whose grants give it today, wherever."""
        return (
            select(GrantRow.person_id)
            .where(col(GrantRow.role).in_(_roles_with(permission)))
            .where(*in_force(self._today()))
        )

    async def _people(self, statement: SelectOfScalar[PersonRow]) -> tuple[Person, ...]:
        return await self._with_grants((await self.session.exec(statement)).all())

    async def _with_grants(self, people: Sequence[PersonRow]) -> tuple[Person, ...]:
        wanted = col(GrantRow.person_id).in_([row.id for row in people])
        held = still_held(self._today())
        statement = select(GrantRow).where(wanted, held).order_by(col(GrantRow.id))
        grants: dict[str, list[Grant]] = {row.id: [] for row in people}
        for row in await self.session.exec(statement):
            grants[row.person_id].append(grant_of(row))
        return tuple(Person(p.id, p.name, p.account, tuple(grants[p.id])) for p in people)

    def _today(self) -> date:
        return self.clock.now().astimezone(LOCAL_ZONE).date()


async def registered(
    connection: AsyncConnection, accounts: Sequence[str], today: date
) -> list[Person | None]:
    """Of each account whoever has it, with their grants."""
    people: dict[str, Person] = {}
    for row in await connection.execute(_REGISTERED, {"accounts": accounts, "today": today}):
        known = people.get(row.account) or Person(row.id, row.name, row.account, ())
        grants = (*known.grants, grant_of(row)) if row.role else ()
        people[row.account] = replace(known, grants=grants)
    return [people.get(account) for account in accounts]


def _roles_with(permission: Permission) -> list[Role]:
    return [role for role, given in PERMISSIONS.items() if permission in given]


def grant_of(row: GrantRow | Row[Any]) -> Grant:
    return Grant(Role(row.role), *(getattr(row, name) for name in _GRANTED))


_GRANTED = [field.name for field in fields(Grant) if field.name != "role"]


def _invite(row: InviteRow) -> Invite:
    return Invite(**row.model_dump(exclude={"role"}), role=Role(row.role))


_PERSON = PersonRow.metadata.tables["person"]
_GRANT = GrantRow.metadata.tables["role_grant"]
# Made once and on the bare tables: every update asks it.
_REGISTERED = (
    columns(_PERSON, *(_GRANT.c[name] for name in ("role", *_GRANTED)))
    .select_from(_PERSON)
    .outerjoin(_GRANT, and_(_GRANT.c.person_id == _PERSON.c.id, still_held(bindparam("today"))))
    .where(_PERSON.c.account.in_(bindparam("accounts", expanding=True)))
    .order_by(_GRANT.c.id)
)
