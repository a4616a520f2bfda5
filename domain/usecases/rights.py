"""A resident's rights over what is kept: seeing it, and taking consent back."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.model.access import RESIDENT, Permission
from domain.model.audit import AuditEvent
from domain.model.chat import Address
from domain.ports import Cause, Memory, Vault


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept about one account, apart from cases, which only their codes can find."""

    has_consented: bool
    has_draft: bool


@dataclass(frozen=True, slots=True)
class Rights:
    """Seeing and withdrawing (quyền của người dân)."""

    memory: Memory
    vault: Vault
    clock: Clock

    async def view_kept(self, who: Address) -> Kept:
        known = await self.vault.known(who, self.clock.now())
        return Kept(known.resident.has_consented, known.draft is not None)

    async def withdraw_consent(self, who: Address, cause: Cause | None = None) -> None:
        """Erase language, consent and draft; nothing is taken in again before a new consent."""
        await self.vault.forget_resident(who)
        async with self.memory.begin(cause) as work:
            action, now = Permission.OPINION_ERASE, self.clock.now()
            await work.audit.append(AuditEvent(now, RESIDENT.id, action, "consent"))
            await work.commit()
