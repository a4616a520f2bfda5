"""Offices, people and groups come in: founding, inviting, confirming, binding."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.clock import LOCAL_ZONE, Clock
from domain.errors import LostRace, Refusal
from domain.ids import Ids
from domain.model.access import INVITABLE_ROLES, Actor, Permission, Person, Role
from domain.model.audit import AuditEvent
from domain.model.button import Button
from domain.model.delivery import card, to_person
from domain.model.invite import INVITE_DAYS, Invite
from domain.model.text import folded_name, has_words, normalised
from domain.model.unit import Lineage, Unit
from domain.ports import Cause, Letterhead, Memory, Work
from domain.usecases.own_buttons import put_own_buttons


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
        token = self.ids.token()
        async with self.memory.begin() as work:
            unit = await self._unit(work, unit_code)
            actor.require(Permission.PERSON_INVITE, await work.units.lineage(unit.id))
            meant = _meant(await work.people.at(unit.id), name, role)
            if meant is not None:
                await self._revoke(work, actor, unit.id, meant.name)
            invite = Invite(
                id=self.ids.new(),
                token_hash=token_hash(token),
                name=meant.name if meant else normalised(name),
                role=role,
                unit_id=unit.id,
                expires_at=self.clock.now() + timedelta(days=INVITE_DAYS),
                meant_for=meant.id if meant else None,
            )
            await work.people.add_invite(invite)
            await self._audit(work, actor, Permission.PERSON_INVITE, invite.id, role)
            await work.commit()
        return token

    async def revoke_invites(self, actor: Actor, unit_code: str, name: str) -> int:
        """Make the unused invites of this name at this unit useless; how many there were."""
        async with self.memory.begin() as work:
            unit = await self._unit(work, unit_code)
            actor.require(Permission.INVITE_REVOKE, await work.units.lineage(unit.id))
            count = await self._revoke(work, actor, unit.id, name)
            await work.commit()
        return count

    async def accept_invite(self, account: str, token: str, cause: Cause | None) -> bool:
        """Use an invite; True if it is active at once, False if a supervisor must confirm it.

        Only a unit's first supervisor needs no confirmation: nobody is there to give it.
        """
        now = self.clock.now()
        async with self.memory.begin(cause) as work:
            invite = await work.people.invite_by_token(token_hash(token))
            if invite is None or not invite.is_open:
                raise Refusal("invite.not_valid")
            if now >= invite.expires_at:
                raise Refusal("invite.expired")
            person = await self._person(work, account, invite)
            deciders = await self._deciders(work, invite, person)
            others = [one for one in deciders if one.id != person.id]
            first = invite.role is Role.SUPERVISOR and not deciders
            if not first and not others:
                raise Refusal("invite.no_supervisor")
            used = replace(invite, used_at=now, person_id=person.id, account=account)
            stored = replace(used, confirmed_at=now, account=None) if first else used
            await work.people.save_invite(stored, used_before=False)
            if first:
                await self._let_in(work, used)
                me, action = person.actor_on(self._today()), Permission.PERSON_CONFIRM
                await self._audit(work, me, action, person.id, invite.role)
            else:
                await self._ask_supervisors(work, used, person, others)
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
            person = await work.people.get(invite.person_id)
            for unit_id in self._places(invite, person):
                actor.require(Permission.PERSON_CONFIRM, await work.units.lineage(unit_id))
            decided = replace(invite, confirmed_at=now) if yes else replace(invite, revoked_at=now)
            decided = replace(decided, account=None)
            await work.people.save_invite(decided, used_before=True)
            if yes:
                await self._let_in(work, invite)
                await self._welcome(work, invite, person)
            await self._audit(
                work, actor, Permission.PERSON_CONFIRM, invite.person_id, button.choice
            )
            await work.buttons.use(button.id, now)
            await work.commit()
        return decided

    async def _unit(self, work: Work, code: str) -> Unit:
        unit = await work.units.by_code(code)
        if unit is None or unit.is_over:
            raise Refusal("invite.no_such_unit", code=code)
        return unit

    async def _revoke(self, work: Work, actor: Actor, unit_id: str, name: str) -> int:
        named = folded_name(name)
        invites = await work.people.open_invites(unit_id)
        found = [one for one in invites if folded_name(one.name) == named]
        for one in found:
            dead = replace(one, revoked_at=self.clock.now())
            await work.people.save_invite(dead, used_before=False)
            await self._audit(work, actor, Permission.INVITE_REVOKE, one.id)
        return len(found)

    async def _person(self, work: Work, account: str, invite: Invite) -> Person:
        """Whoever comes in: the one on the roster whom it means, or whoever has the account."""
        known = await work.people.by_account(account)
        if invite.meant_for is not None:
            if known is not None:
                raise Refusal("invite.account_known", name=known.name)
            meant = await work.people.get(invite.meant_for)
            if meant.account is not None:
                raise Refusal("invite.joined")
            return meant
        if known is not None:
            return known
        person = Person(self.ids.new(), invite.name, account)
        await work.people.add(person)
        return person

    def _places(self, invite: Invite, person: Person) -> list[str]:
        """Where the invite makes somebody anything: nobody decides that for another unit."""
        if invite.meant_for is None:
            return [invite.unit_id]
        held = (grant.unit_id for grant in person.stands_on(self._today()))
        return list(dict.fromkeys([invite.unit_id, *held]))

    async def _deciders(self, work: Work, invite: Invite, person: Person) -> list[Person]:
        """The supervisors of every place that the invite is about."""
        found: list[tuple[Person, ...]] = []
        for unit_id in self._places(invite, person):
            lineage = await work.units.lineage(unit_id)
            found.append(await work.people.holding(Permission.PERSON_CONFIRM, lineage))
        return [one for one in found[0] if all(one in others for others in found)]

    async def _let_in(self, work: Work, invite: Invite) -> None:
        """The account is theirs; of what the roster says already nothing is added."""
        if invite.person_id is None:
            raise LostRace("button.used")
        if invite.meant_for is not None:
            if await work.people.by_account(invite.account or "") is not None:
                raise Refusal("invite.account_taken")
            await work.people.bind(invite.meant_for, invite.account or "")
        await work.checks.saw(invite.person_id, self._today())
        person = await work.people.get(invite.person_id)
        listed = invite.meant_for is not None and any(
            (grant.role, grant.unit_id) == (invite.role, invite.unit_id)
            for grant in person.stands_on(self._today())
        )
        if not listed:
            await work.people.grant(invite.person_id, invite.role, invite.unit_id)

    async def _ask_supervisors(
        self, work: Work, invite: Invite, invited: Person, supervisors: Sequence[Person]
    ) -> None:
        unit = await work.units.get(invite.unit_id)
        held = (grant.role for grant in invited.stands_on(self._today()))
        roles = tuple(dict.fromkeys([invite.role, *(held if invite.meant_for else ())]))
        for person in supervisors:
            buttons = await put_own_buttons(
                work,
                self,
                person.id,
                [(Permission.PERSON_CONFIRM, "yes"), (Permission.PERSON_CONFIRM, "no")],
                invite.id,
            )
            payload = self.letterhead.invite_card(invite, roles, unit, buttons)
            about = f"joined:{invite.id}"
            await work.outbox.add([card(self.ids.new(), about, to_person(person.id), payload)])

    async def _welcome(self, work: Work, invite: Invite, person: Person) -> None:
        unit = await work.units.get(invite.unit_id)
        payload = self.letterhead.welcome_card(person, invite.role, unit)
        about = f"welcome:{invite.id}"
        await work.outbox.add([card(self.ids.new(), about, to_person(person.id), payload)])

    def _today(self) -> date:
        return self.clock.now().astimezone(LOCAL_ZONE).date()

    async def _audit(
        self, work: Work, actor: Actor, action: Permission, subject: str, detail: str = ""
    ) -> None:
        await work.audit.append(AuditEvent(self.clock.now(), actor.id, action, subject, detail))


def _meant(there: Sequence[Person], name: str, role: Role) -> Person | None:
    """Whom of a unit's people who never joined a name means; None if that is nobody."""
    named = folded_name(name)
    found = [one for one in there if one.account is None and folded_name(one.name) == named]
    if len(found) > 1:
        found = [one for one in found if any(grant.role is role for grant in one.grants)]
    if len(found) > 1:
        raise Refusal("invite.ambiguous", name=name, count=len(found))
    return found[0] if found else None


def token_hash(token: str) -> str:
    """What is stored of a link's secret: its SHA-256."""
    return hashlib.sha256(token.encode()).hexdigest()
