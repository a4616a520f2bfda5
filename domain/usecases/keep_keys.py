"""What the operator does with the vault's keys: sees, makes, changes, ends and keeps them safe."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from domain.clock import Clock
from domain.errors import Refusal
from domain.model.access import OPERATOR, Permission
from domain.model.audit import AuditEvent
from domain.model.key_share import joined, read_share
from domain.model.month_key import KeyStanding, KeyState, is_epoch, month_after, month_of
from domain.model.unit import Lineage
from domain.ports import KeyChest, Memory

SETTLED = timedelta(minutes=10)
"""After so long nobody is still writing what was begun under the key before."""
ADDRESSES = "address"
NamedText = tuple[str, str]
"""Where a text was read from, and what it says."""
READABLE = frozenset({KeyState.IN_USE, KeyState.KEPT, KeyState.MADE_AHEAD})


@dataclass(frozen=True, slots=True)
class HeldKey:
    """A key and what needs it (khóa và phần đang cần nó)."""

    standing: KeyStanding
    held: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class KeepKeys:
    """Keeping the keys (giữ khóa)."""

    memory: Memory
    chest: KeyChest
    clock: Clock

    async def list_keys(self) -> tuple[HeldKey, ...]:
        standings = await self.chest.standings()
        return tuple([HeldKey(one, await self.chest.held_by(one.epoch)) for one in standings])

    async def make(self, month: str = "") -> str:
        """A key before it is needed: of this month or the next, if there is none; its name."""
        _require(Permission.KEY_MAKE)
        now = self.clock.now()
        month = month or month_of(now)
        if month not in (month_of(now), month_after(month_of(now))):
            raise Refusal(
                "cli.keys_which_month", now=month_of(now), next=month_after(month_of(now))
            )
        there = [one.epoch for one in await self.chest.standings() if one.epoch[:7] == month]
        if there:
            raise Refusal("cli.keys_there_already", epoch=there[-1])
        return await self._make(Permission.KEY_MAKE, month)

    async def rotate(self) -> str:
        """One more key of this month, in use from now on; its name."""
        _require(Permission.KEY_ROTATE)
        return await self._make(Permission.KEY_ROTATE, month_of(self.clock.now()))

    async def destroy(self, epoch: str, given_up: int | None = None) -> int:
        """End a key; how many addresses can be delivered to no more.

        While something needs it, only for whoever names the number of those addresses.
        """
        _require(Permission.KEY_DESTROY)
        standing = await self._standing(epoch)
        _require_idle(standing)
        held = await self.chest.held_by(epoch)
        lost = held.get(ADDRESSES, 0)
        if held and given_up is None:
            needing = " ".join(f"{noun}={count}" for noun, count in held.items())
            raise Refusal("cli.keys_needed", epoch=epoch, rows=needing, addresses=lost)
        if given_up is not None and given_up != lost:
            raise Refusal("cli.keys_other_count", given=given_up, addresses=lost)
        if not held:
            self._require_settled(standing)
        rows = sum(held.values())
        facts = f"fingerprint={standing.fingerprint} addresses={lost} rows={rows}"
        await self._record(Permission.KEY_DESTROY, epoch, facts)
        await self.chest.destroy(epoch)
        await self.chest.forget_unreadable()
        return lost

    async def split(self, epoch: str) -> tuple[str, str]:
        """Two shares of a key, for two officers; on record, without a word of what is in them."""
        _require(Permission.KEY_SPLIT)
        standing = await self._standing(epoch)
        if standing.state not in READABLE:
            raise Refusal("cli.keys_not_there", epoch=epoch)
        await self._record(Permission.KEY_SPLIT, epoch, f"fingerprint={standing.fingerprint}")
        return await self.chest.split(epoch)

    async def join(self, *shares: NamedText) -> str:
        """The key of two shares in its place again; its month."""
        _require(Permission.KEY_JOIN)
        one, other = (read_share(text, name) for name, text in shares)
        secret = joined(one, other)
        await self.chest.require_room(one.epoch, secret, one.fingerprint)
        await self._record(Permission.KEY_JOIN, one.epoch, f"fingerprint={one.fingerprint}")
        await self.chest.put_back(one.epoch, secret)
        return one.epoch

    def _require_settled(self, standing: KeyStanding) -> None:
        since = standing.superseded_at
        if since is not None and self.clock.now() - since < SETTLED:
            minutes = SETTLED.seconds // 60
            raise Refusal("cli.keys_too_fresh", epoch=standing.epoch, minutes=minutes)

    async def _make(self, action: Permission, month: str) -> str:
        epoch = await self.chest.make(month)
        await self._record(action, epoch, "")
        return epoch

    async def _standing(self, epoch: str) -> KeyStanding:
        found = [one for one in await self.chest.standings() if one.epoch == epoch]
        if not is_epoch(epoch) or not found:
            raise Refusal("cli.keys_unknown", epoch=epoch)
        return found[0]

    async def _record(self, action: Permission, epoch: str, facts: str) -> None:
        async with self.memory.begin() as work:
            event = AuditEvent(self.clock.now(), OPERATOR.id, action, epoch, facts)
            await work.audit.append(event)
            await work.commit()


def _require(permission: Permission) -> None:
    OPERATOR.require(permission, Lineage(()))


def _require_idle(standing: KeyStanding) -> None:
    if standing.state is KeyState.DESTROYED:
        raise Refusal("cli.keys_gone_already", epoch=standing.epoch)
    if standing.state is KeyState.IN_USE:
        raise Refusal("cli.keys_in_use", epoch=standing.epoch)
