"""Month after month: what is still needed gets under the key in use, and the older keys go."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.clock import Clock
from domain.model.access import CLOCKWORK, Permission
from domain.model.audit import AuditEvent
from domain.model.unit import Lineage
from domain.ports import KeyChest, Memory, NoSteps, Steps

AT_A_TIME = 200
"""Rows in one commit: others write to the vault in between."""


@dataclass(frozen=True, slots=True)
class Resealed:
    """What one round did."""

    moved: int
    unreadable: int
    """Rows whose key had been destroyed: brought back by a backup, or given up on purpose."""
    destroyed: tuple[str, ...]
    """The months whose keys went."""


@dataclass(frozen=True, slots=True)
class Reseal:
    """Re-sealing (niêm phong lại) and the end of keys; every round may be cut short anywhere."""

    memory: Memory
    chest: KeyChest
    clock: Clock
    steps: Steps = field(default_factory=NoSteps)

    async def reseal_all(self) -> Resealed:
        """One round: afterwards nothing that can be opened is left under an older key."""
        CLOCKWORK.require(Permission.KEY_RESEAL, Lineage(()))
        moved = 0
        while batch := await self.chest.reseal(AT_A_TIME):
            moved += batch
            self.steps.reached("resealed")
        dropped = sum((await self.chest.forget_unreadable()).values())
        destroyed = await self._let_keys_go()
        if moved or dropped:
            await self._record(Permission.KEY_RESEAL, "vault", {"rows": moved, "gone": dropped})
        return Resealed(moved, dropped, destroyed)

    async def _let_keys_go(self) -> tuple[str, ...]:
        """Destroy each key whose time has come, and under which nothing is sealed."""
        gone: list[str] = []
        for standing in await self.chest.due(self.clock.now()):
            if not await self.chest.held_by(standing.epoch):
                # On record first: cut short in between, the next round records it once more.
                about = {"fingerprint": standing.fingerprint}
                await self._record(Permission.KEY_DESTROY, standing.epoch, about)
                await self.chest.destroy(standing.epoch, self.steps)
                self.steps.reached("key destroyed")
                gone.append(standing.epoch)
        return tuple(gone)

    async def _record(self, action: Permission, subject: str, facts: Mapping[str, object]) -> None:
        detail = " ".join(f"{name}={value}" for name, value in facts.items())
        async with self.memory.begin() as work:
            event = AuditEvent(self.clock.now(), CLOCKWORK.id, action, subject, detail)
            await work.audit.append(event)
            await work.commit()
