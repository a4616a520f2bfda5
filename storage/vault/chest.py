"""Re-sealing: what is still needed moves under the key in use, so that older keys can go."""

import logging
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, false, func, true, update
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.orm import InstrumentedAttribute
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.errors import Refusal
from domain.model import key_share
from domain.model.month_key import KeyStanding, KeyState
from domain.ports import Steps
from storage import rows
from storage.engine import transaction, truncate_wal
from storage.errors import SealBroken, StorageUnusable
from storage.vault import held_pictures
from storage.vault.check import wrong_keys
from storage.vault.fence import WAITING
from storage.vault.keys import KeyRing
from storage.vault.sealing import MonthKey
from storage.vault.tables import (
    SEALED,
    AddressRow,
    HeldPictureRow,
    InboxRow,
    OpinionDraftRow,
    PublicReplyRow,
    ResidentRow,
    SealedRow,
)
from storage.vault.unfiled import draft_names, hour_of, reply_names, resident_names

log = logging.getLogger(__name__)

PARKED = "parked"
LINES = "lines"
"""Not a table: places in line that have their name under a key."""


@dataclass(frozen=True, slots=True)
class Move:
    """How the rows of a table get under another key (cách niêm phong lại)."""

    table: type[SealedRow]
    known_by: str
    """The column by which a row is told from others while it moves."""
    names: Callable[[MonthKey, bytes], Mapping[str, str] | None] | None = None
    """Its columns that are blind indexes; the function gives None for what cannot be named."""
    state: str = ""
    """Of the inbox: only rows in this state."""

    @property
    def noun(self) -> str:
        return str(self.table.__tablename__)

    @property
    def name(self) -> InstrumentedAttribute[Any]:
        name: InstrumentedAttribute[Any] = getattr(self.table, self.known_by)
        return name

    @property
    def which(self) -> ColumnElement[bool]:
        return col(InboxRow.state) == self.state if self.state else true()


MOVES = (
    Move(AddressRow, "handle"),
    Move(ResidentRow, "who", resident_names),
    Move(OpinionDraftRow, "name", draft_names),
    Move(PublicReplyRow, "name", reply_names),
    Move(HeldPictureRow, "name", held_pictures.names),
    Move(InboxRow, "id", state=WAITING),
    Move(InboxRow, "id", state=PARKED),
)
"""Every table with a seal in it; what is handled in the inbox is blank and needs no key."""


_UNREADABLE: dict[str, object] = {
    "sealed": b"",
    "line": "",
    "state": PARKED,
    "reason": "unreadable",
}


@dataclass(frozen=True, slots=True)
class SqlKeyChest:
    """The keys, and what is sealed under each (rương khóa); see ports.KeyChest."""

    engine: AsyncEngine
    keys: KeyRing

    async def reseal(self, limit: int) -> int:
        key, moved = self.keys.current(), 0
        for move in MOVES:
            moved += await self._reseal(move, key, limit - moved) if moved < limit else 0
        if moved:
            await truncate_wal(self.engine)
        return moved

    async def due(self, now: datetime) -> Sequence[KeyStanding]:
        return [one for one in self.keys.standings() if one.may_go(now)]

    async def standings(self) -> Sequence[KeyStanding]:
        """See ports.KeyChest; one whose file opens nothing that names it is a wrong one."""
        wrong = await wrong_keys(self.engine, self.keys)
        return [
            replace(one, state=KeyState.WRONG) if one.epoch in wrong else one
            for one in self.keys.standings(await self._needed())
        ]

    async def held_by(self, epoch: str) -> Mapping[str, int]:
        held: dict[str, int] = {}
        async with transaction(self.engine, crowded=True) as session:
            for move in MOVES:
                of = move.which, col(move.table.epoch) == epoch, col(move.table.sealed) != b""
                count = (await session.exec(select(func.count()).where(*of))).one()
                held[move.noun] = held.get(move.noun, 0) + count
            held[LINES] = (await session.exec(select(func.count()).where(*_in_line(epoch)))).one()
        return {noun: count for noun, count in held.items() if count}

    async def make(self, month: str) -> str:
        return self.keys.make(month, await self._needed()).epoch

    async def split(self, epoch: str) -> tuple[str, str]:
        secret = self.keys.files.read(epoch)
        fingerprint = MonthKey(epoch, secret).fingerprint
        pad, pair = os.urandom(len(secret)), os.urandom(4).hex()
        one, other = key_share.split(secret, epoch, fingerprint, pad, pair)
        return one.text, other.text

    async def require_room(self, epoch: str, secret: bytes, fingerprint: str) -> None:
        if MonthKey(epoch, secret).fingerprint != fingerprint:
            raise Refusal("cli.keys_joined_to_another", fingerprint=fingerprint)
        if epoch in self.keys.gone:
            raise Refusal("cli.keys_was_destroyed", epoch=epoch)
        if epoch in self.keys.wrong or self.keys.other_than(epoch, fingerprint):
            raise Refusal("cli.keys_another_lies_there", epoch=epoch)

    async def put_back(self, epoch: str, secret: bytes) -> None:
        self.keys.files.write(epoch, secret, self.keys.clock.now())

    async def destroy(self, epoch: str, steps: Steps | None = None) -> None:
        self.keys.destroy(epoch, steps)

    async def forget_unreadable(self) -> Mapping[str, int]:
        for epoch in self.keys.half_destroyed():
            self.keys.destroy(epoch)
        gone = sorted(self.keys.gone)
        dropped: dict[str, int] = {}
        async with transaction(self.engine) as session:
            for table in SEALED if gone else ():
                sealed = col(table.epoch).in_(gone) & (col(table.sealed) != b"")
                if table is InboxRow:
                    now = hour_of(self.keys.clock.now())
                    blank = update(table).where(sealed).values(_UNREADABLE | {"done_at": now})
                    count = await rows.change(session, blank)
                else:
                    count = await rows.change(session, delete(table).where(sealed))
                dropped |= {str(table.__tablename__): count} if count else {}
            await session.commit()
        return dropped

    async def _needed(self) -> frozenset[str]:
        """Every epoch under which something is sealed."""
        found: set[str] = set()
        for move in MOVES:
            found |= await self._epochs(move)
        return frozenset(found)

    async def _epochs(self, move: Move) -> set[str]:
        there = select(move.table.epoch).where(move.which, col(move.table.sealed) != b"")
        async with transaction(self.engine, crowded=True) as session:
            return set((await session.exec(there.distinct())).all())

    async def _reseal(self, move: Move, key: MonthKey, limit: int) -> int:
        """So many rows of one table; what cannot be opened stays, and is said in the log."""
        older = [one.epoch for one in self.keys.newest_first() if one.epoch < key.epoch]
        moved, last = 0, None
        while moved < limit:
            async with transaction(self.engine) as session:
                found = await self._behind(session, move, older, last, limit - moved)
                for row in found:
                    moved += await self._move(session, move, row, key)
                await session.commit()
            if not found:
                break
            last = getattr(found[-1], move.known_by)
        return moved

    async def _behind(
        self,
        session: AsyncSession,
        move: Move,
        older: Sequence[str],
        last: object,
        limit: int,
    ) -> list[SealedRow]:
        after = true() if last is None else move.name > last
        behind = col(move.table.epoch).in_(older) if older else false()
        sealed = col(move.table.sealed) != b""
        asked = select(move.table).where(move.which, behind, sealed, after).order_by(move.name)
        return list((await session.exec(asked.limit(limit))).all())

    async def _move(self, session: AsyncSession, move: Move, row: SealedRow, key: MonthKey) -> bool:
        """One row under the key; only if it still is what was read."""
        try:
            plain = self.keys.open(row)
        except (SealBroken, StorageUnusable) as error:
            log.error("a row of %r cannot be sealed anew: %s", move.noun, type(error).__name__)
            return False
        as_read = (
            move.name == getattr(row, move.known_by),
            col(move.table.sealed) == row.sealed,
            move.which,
        )
        if move.names is None:
            sealed = key.seal(plain, _under(row, key).bound_to())
            changed = update(move.table).where(*as_read)
            values = {"epoch": key.epoch, "sealed": sealed}
            return await rows.change(session, changed.values(values)) > 0
        if not await rows.change(session, delete(move.table).where(*as_read)):
            return False
        names = move.names(key, plain)
        if names is not None:
            again = _under(row, key, **names)
            again.sealed = key.seal(plain, again.bound_to())
            insert = rows.insert(session, move.table).values(**again.model_dump())
            await rows.change(session, insert.on_conflict_do_nothing())
        return True


def _under(row: SealedRow, key: MonthKey, **changed: str) -> SealedRow:
    """The row as it is to be under that key; a copy, which the session knows nothing of."""
    return type(row)(**row.model_dump() | {"epoch": key.epoch} | changed)


def _in_line(epoch: str) -> tuple[ColumnElement[bool], ...]:
    """What waits in a line that is named under that key."""
    line = col(InboxRow.line)
    return col(InboxRow.state) == WAITING, line >= f"{epoch}:", line < f"{epoch};"
