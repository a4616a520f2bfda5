"""Which cases somebody stands behind: found by opening every address, and written down nowhere."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.model.chat import Address
from storage.engine import transaction
from storage.errors import SealBroken
from storage.vault import forms
from storage.vault.keys import KeyRing
from storage.vault.tables import AddressRow, bound_to

PAGE = 1000
"""Addresses that are opened before others have their turn: some milliseconds' work."""


@dataclass(eq=False, slots=True)
class OwnHandles:
    """The search through all addresses (tìm ý kiến của chính mình).

    An index from a person to cases would be faster, and would be the link that is promised not to
    be there. This takes as long for whoever has no case as for whoever has ten.
    """

    engine: AsyncEngine
    keys: KeyRing
    one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)
    """However many ask at once, only one search takes the processor."""

    async def of(self, who: Address) -> tuple[str, ...]:
        found, after = list[str](), ""
        async with self.one_at_a_time:
            while page := await self._page(after):
                found += await asyncio.to_thread(self._mine, page, who)
                after = page[-1].handle
        return tuple(found)

    async def among(self, who: Address, handles: Sequence[str]) -> tuple[str, ...]:
        """The same, where only these can be meant."""
        found = list[str]()
        for start in range(0, len(handles), PAGE):
            async with transaction(self.engine, crowded=True) as session:
                connection = await session.connection()
                those = {"handles": handles[start : start + PAGE]}
                page: Sequence[Row[Any]] = list(await connection.execute(_THOSE, those))
            found += await asyncio.to_thread(self._mine, page, who)
        return tuple(found)

    async def _page(self, after: str) -> Sequence[Row[Any]]:
        async with transaction(self.engine, crowded=True) as session:
            connection = await session.connection()
            return list(await connection.execute(_NEXT, {"after": after}))

    def _mine(self, page: Sequence[Row[Any]], who: Address) -> list[str]:
        account, chat = forms.account(who), who.chat.encode()
        mine = []
        for row in page:
            plain = self._opened(row)
            # Reading what was written costs more than opening it, and nearly none is theirs.
            if chat in plain and forms.account(forms.read_address(plain)) == account:
                mine.append(row.handle)
        return mine

    def _opened(self, row: Row[Any]) -> bytes:
        try:
            bound = bound_to("address", row.handle, row.epoch)
            return self.keys.unseal(row.epoch, row.sealed, bound)
        except SealBroken:
            return b""  # nobody can deliver to it either


_ADDRESS = AddressRow.metadata.tables["address"]
_NEXT = (
    select(_ADDRESS.c.handle, _ADDRESS.c.epoch, _ADDRESS.c.sealed)
    .where(_ADDRESS.c.handle > bindparam("after"))
    .order_by(_ADDRESS.c.handle)
    .limit(PAGE)
)
_THOSE = select(_ADDRESS.c.handle, _ADDRESS.c.epoch, _ADDRESS.c.sealed).where(
    _ADDRESS.c.handle.in_(bindparam("handles", expanding=True))
)
