"""Offices, people and groups come in: founding, inviting, confirming, binding."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from domain.clock import Clock
from domain.errors import LostRace, Refusal
from domain.ids import Ids
from domain.model.access import (
    INVITABLE_ROLES,
    INVITE_DAYS,
    Actor,
    Invite,
    Permission,
    Person,
    Role,
)
from domain.model.audit import AuditEvent
from domain.model.button import GOOD_FOR, Button, offer
from domain.model.delivery import card, to_person
from domain.model.text import has_words, normalised
from domain.model.unit import Lineage, Unit
from domain.ports import Cause, Letterhead, Memory, Work


@dataclass(frozen=True, slots=True)
class ManageAccess:
    """Letting people and groups in (quản lý truy cập)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def found_offices(self, actor: Actor, units: Sequence[Unit]) -> None:
        """Add units, parents first; codes that are there already are left as they are."""
        async with self.memory.begin() as work:
            for unit in units:
                if await work.units.by_code(unit.code) is None:
                    actor.require(Permission.UNIT_CREATE, Lineage((unit.id,)))
                    await work.units.add(unit)
                    await self._audit(work, actor, Permission.UNIT_CREATE, unit.id)
            await work.commit()

    async def invite_person(self, actor: Actor, unit_code: str, name: str, role: Role) -> str:
        """A new single-use invite; returns the word that its link carries, shown this once."""
        if role not in INVITABLE_ROLES:
            raise Refusal("invite.role", role=role)
        if not has_words(name):
            raise Refusal("invite.name_missing")
        token, now = self.ids.token(), self.clock.now()
        async with self.memory.begin() as work:
            unit = await work.units.by_code(unit_code)
            if unit is None:
                raise Refusal("invite.no_such_unit", code=unit_code)
            actor.require(Permission.PERSON_INVITE, await work.units.lineage(unit.id))
            invite = Invite(
                id=self.ids.new(),
                token_hash=token_hash(token),
                name=normalised(name),
                role=role,
                unit_id=unit.id,
                expires_at=now + timedelta(days=INVITE_DAYS),
            )
            await work.people.add_invite(invite)
            await self._audit(work, actor, Permission.PERSON_INVITE, invite.id, role)
            await work.commit()
        return token

    async def accept_invite(self, account: str, token: str, cause: Cause | None) -> bool:
        """Use an invite; True if it is active at once, False if a supervisor must confirm it.

        Only a unit's first supervisor needs no confirmation: nobody is there to give it.
        """
        now = self.clock.now()
        async with self.memory.begin(cause) as work:
            invite = await work.people.invite_by_token(token_hash(token))
            if invite is None or invite.used_at is not None or invite.revoked_at is not None:
                raise Refusal("invite.not_valid")
            if now >= invite.expires_at:
                raise Refusal("invite.expired")
            person = await self._person(work, account, invite.name)
            lineage = await work.units.lineage(invite.unit_id)
            supervisors = await work.people.holding(Permission.PERSON_CONFIRM, lineage)
            first = invite.role is Role.SUPERVISOR and not supervisors
            others = [one for one in supervisors if one.id != person.id]
            if not first and not others:
                raise Refusal("invite.no_supervisor")
            used = replace(
                invite, used_at=now, person_id=person.id, confirmed_at=now if first else None
            )
            await work.people.save_invite(used, used_before=False)
            if first:
                await work.people.grant(person.id, invite.role, invite.unit_id)
                await self._audit(
                    work,
                    person.actor_on(now.date()),
                    Permission.PERSON_CONFIRM,
                    person.id,
                    invite.role,
                )
            else:
                await self._ask_supervisors(work, used, others)
            await work.commit()
        return first

    async def confirm_person(self, actor: Actor, button: Button, cause: Cause | None) -> Invite:
        """A supervisor says that the account behind a used invite is the right person's."""
        now, yes = self.clock.now(), button.choice == "yes"
        async with self.memory.begin(cause) as work:
            invite = await work.people.invite(button.subject)
            actor.require(Permission.PERSON_CONFIRM, await work.units.lineage(invite.unit_id))
            if invite.person_id is None or invite.confirmed_at or invite.revoked_at:
                raise LostRace("button.used")
            if invite.person_id == actor.id:
                raise Refusal("invite.own")
            decided = replace(invite, confirmed_at=now) if yes else replace(invite, revoked_at=now)
            await work.people.save_invite(decided, used_before=True)
            if yes:
                await work.people.grant(invite.person_id, invite.role, invite.unit_id)
                await self._welcome(work, invite, invite.person_id)
            await self._audit(
                work, actor, Permission.PERSON_CONFIRM, invite.person_id, button.choice
            )
            await work.buttons.use(button.id, now)
            await work.commit()
        return decided

    async def _person(self, work: Work, account: str, name: str) -> Person:
        """The person of this account; known by the invite's name if the account is new."""
        known = await work.people.by_account(account)
        if known is not None:
            return known
        person = Person(self.ids.new(), name, account)
        await work.people.add(person)
        return person

    async def _ask_supervisors(
        self, work: Work, invite: Invite, supervisors: Sequence[Person]
    ) -> None:
        unit = await work.units.get(invite.unit_id)
        for person in supervisors:
            buttons = offer(
                self.ids,
                [(Permission.PERSON_CONFIRM, "yes"), (Permission.PERSON_CONFIRM, "no")],
                subject=invite.id,
                version=1,
                holder=to_person(person.id),
                expires_at=self.clock.now() + GOOD_FOR,
            )
            await work.buttons.add(buttons)
            payload = self.letterhead.invite_card(invite, unit, buttons)
            about = f"joined:{invite.id}"
            await work.outbox.add([card(self.ids.new(), about, to_person(person.id), payload)])

    async def _welcome(self, work: Work, invite: Invite, person_id: str) -> None:
        unit, person = await work.units.get(invite.unit_id), await work.people.get(person_id)
        payload = self.letterhead.welcome_card(person, invite.role, unit)
        about = f"welcome:{invite.id}"
        await work.outbox.add([card(self.ids.new(), about, to_person(person_id), payload)])

    async def _audit(
        self, work: Work, actor: Actor, action: Permission, subject: str, detail: str = ""
    ) -> None:
        await work.audit.append(AuditEvent(self.clock.now(), actor.id, action, subject, detail))


def token_hash(token: str) -> str:
    """What is stored of a link's secret: its SHA-256."""
    return hashlib.sha256(token.encode()).hexdigest()
