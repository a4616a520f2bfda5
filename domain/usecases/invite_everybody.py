"""Everybody on a unit's roster who never joined gets an invite, for a sheet to be handed out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.clock import LOCAL_ZONE, Clock
from domain.errors import Refusal
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.audit import AuditEvent
from domain.model.button import GOOD_FOR
from domain.model.invite import INVITE_DAYS, Invite
from domain.model.roster import Newcomer
from domain.model.unit import Unit
from domain.ports import Memory
from domain.usecases.manage_access import token_hash


@dataclass(frozen=True, slots=True)
class Slip:
    """One person's invite on paper (phiếu mời)."""

    person: Newcomer
    token: str
    """What the link carries; it is nowhere else but on this paper."""


@dataclass(frozen=True, slots=True)
class SlipSheet:
    """The slips of a unit and all below it (tờ phiếu mời)."""

    unit: Unit
    slips: tuple[Slip, ...]
    expires_at: datetime
    revoked: int
    """How many earlier links died."""


@dataclass(frozen=True, slots=True)
class InviteEverybody:
    """Inviting in bulk (mời cả đơn vị)."""

    memory: Memory
    clock: Clock
    ids: Ids

    async def invite_everybody(self, actor: Actor, unit_code: str) -> SlipSheet:
        """New links for all who never joined; earlier unused links of theirs are revoked."""
        now = self.clock.now()
        expires_at = now + timedelta(days=INVITE_DAYS)
        async with self.memory.begin() as work:
            unit = await work.units.by_code(unit_code)
            if unit is None:
                raise Refusal("invite.no_such_unit", code=unit_code)
            actor.require(Permission.PERSON_INVITE, await work.units.lineage(unit.id))
            today = now.astimezone(LOCAL_ZONE).date()
            people = await work.roster.newcomers(unit.id, today, now - GOOD_FOR)
            slips = tuple(Slip(person, self.ids.token()) for person in people)
            if not slips:
                return SlipSheet(unit, (), expires_at, 0)
            invites = [self._invite(slip, expires_at) for slip in slips]
            revoked = await work.roster.invite(invites, now)
            counts = f"invites={len(slips)} revoked={revoked}"
            action = Permission.PERSON_INVITE
            await work.audit.append(AuditEvent(now, actor.id, action, unit.id, counts))
            await work.commit()
        return SlipSheet(unit, slips, expires_at, revoked)

    def _invite(self, slip: Slip, expires_at: datetime) -> Invite:
        person = slip.person
        return Invite(
            id=self.ids.new(),
            token_hash=token_hash(slip.token),
            name=person.name,
            role=person.role,
            unit_id=person.unit_id,
            expires_at=expires_at,
            meant_for=person.id,
        )
