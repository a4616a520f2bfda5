"""What an account did in the last hour: sealed, found by a blind index, gone when it is over."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col, select

from domain.model.allowance import AN_HOUR, Act, Done, Spent
from domain.model.chat import Address
from storage import rows
from storage.engine import connection_of, transaction
from storage.errors import SealBroken
from storage.vault import forms
from storage.vault.fence import at_hand, require_waiting
from storage.vault.keys import KeyRing
from storage.vault.tables import TallyRow, bound_to

TALLY = "tally"
"""The kind of blind index."""
PADDED_TO = 8192
"""Bytes: more than all that can be counted, so that the length tells nothing of how much it is."""
TEN_MINUTES = 600


@dataclass(frozen=True, slots=True)
class Tallies:
    """Counters of the last hour (bộ đếm một giờ)."""

    engine: AsyncEngine
    keys: KeyRing

    async def read(self, who: Address, now: datetime) -> Spent:
        mine = col(TallyRow.who).in_(self._names(who))
        async with transaction(self.engine, crowded=True) as session:
            found = (await session.exec(select(TallyRow).where(mine))).all()
        fresh = [row for row in found if row.expires_at > now]
        return self._opened(fresh[0]) if fresh else Spent()

    async def save(self, who: Address, spent: Spent, now: datetime) -> None:
        name, key = self._names(who)[0], self.keys.current()
        bound = bound_to(TALLY, name, key.epoch)
        row = TallyRow(
            who=name,
            expires_at=_ending(now + AN_HOUR),
            epoch=key.epoch,
            sealed=key.seal(_written(spent), bound),
        )
        async with transaction(self.engine) as session:
            await require_waiting(connection_of(session), at_hand())
            old = delete(TallyRow).where(col(TallyRow.who).in_(self._names(who)))
            await rows.change(session, old)
            await rows.add(session, row)
            await session.commit()

    async def purge(self, now: datetime) -> None:
        async with transaction(self.engine) as session:
            await rows.change(session, delete(TallyRow).where(col(TallyRow.expires_at) <= now))
            await session.commit()

    def _names(self, who: Address) -> list[str]:
        return self.keys.indexes(TALLY, forms.account(who))

    def _opened(self, row: TallyRow) -> Spent:
        bound = bound_to(TALLY, row.who, row.epoch)
        try:
            return _read(self.keys.unseal(row.epoch, row.sealed, bound))
        except SealBroken:
            return Spent()  # its month's key is gone: it begins anew


def _ending(moment: datetime) -> datetime:
    """No moment that could be matched with that of a filing: the next full ten minutes."""
    return datetime.fromtimestamp(-(-moment.timestamp() // TEN_MINUTES) * TEN_MINUTES, UTC)


def _written(spent: Spent) -> bytes:
    done = [[one.act, one.name, one.at.isoformat()] for one in spent.done]
    plain = json.dumps({"done": done, "told": list(spent.told)}).encode()
    return plain.ljust(-(-len(plain) // PADDED_TO) * PADDED_TO)


def _read(plain: bytes) -> Spent:
    fields = json.loads(plain)
    done = (Done(Act(a), name, datetime.fromisoformat(at)) for a, name, at in fields["done"])
    return Spent(tuple(done), tuple(Act(act) for act in fields["told"]))
