"""The databases of one `post`, seen from outside it: what is owed, and what became of it."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import asyncpg
from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.clock import SystemClock
from domain.ids import RandomIds
from domain.model.approval import Approval
from domain.model.broadcast import Broadcast, BroadcastState
from domain.model.bulletin import BulletinState
from domain.model.chat import Address, Chat
from domain.model.duty import STILL
from domain.model.frozen import freeze
from domain.ports import Work
from storage.engine import READING
from storage.migrate import bring_up_to_date
from storage.open import open_main, open_vault
from storage.revisions import Which
from storage.unit_of_work import SqlMemory
from storage.vault.residents import SqlVault
from tests.chaos.scene import bot_of, title
from tests.integration.storage.cast import (
    AN,
    BINH,
    BOT,
    BULLETIN,
    CITY,
    DRAFT,
    GIANG,
    HANH,
    OTHER_WARD,
    QUARTER,
    QUARTER_GROUP,
    REVISION,
    WARD,
)
from tests.postgres import Cluster

CLOCK = SystemClock()
MIGRATING: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock] = WeakKeyDictionary()
"""Migrations know one database at a time in each process: a lock for whatever loop runs there."""
DUE, GOOD_FOR = timedelta(), timedelta(hours=12)
IN_LINE = """
    SELECT (SELECT count(*) FROM outbox WHERE origin_kind = 'broadcast' AND state = 'queued')
    + (SELECT count(*) FROM broadcast WHERE state = 'planned') * :groups
"""
CARDS = "SELECT count(*) FROM outbox WHERE origin_kind = 'card' AND state IN ('queued', 'sending')"
UNDER_WAY = "SELECT count(*) FROM outbox WHERE origin_kind = 'broadcast' AND state = 'sending'"
OPEN = """
    SELECT (SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending'))
    + (SELECT count(*) FROM broadcast WHERE state IN ('planned', 'released'))
"""
WAITING = "SELECT count(*) FROM inbox WHERE state = 'waiting'"
ENTRIES = "SELECT origin_kind, origin_id, destination, state, message_id FROM outbox"
ARRIVED = f"SELECT update_id, state FROM inbox WHERE bot_id = {BOT}"
OPINIONS = "SELECT text FROM opinion"
DRAFTS = "SELECT count(*) FROM bulletin WHERE revision = 0"


def sha256(words: str) -> str:
    """By which receipts tell a text."""
    return hashlib.sha256(words.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Place:
    """Where one post keeps its things, and what is beside it."""

    folder: Path
    main: Path | str
    vault: Path | str

    @classmethod
    def in_files(cls, folder: Path) -> "Place":
        return cls(folder, folder / "data" / "main.db", folder / "data" / "vault.db")

    @classmethod
    async def on_server(cls, folder: Path, cluster: Cluster, name: str) -> "Place":
        """Two new databases on this server."""
        connection = await asyncpg.connect(cluster.url("postgres"))
        for which in Which:
            await connection.execute(f'CREATE DATABASE "{name}_{which}" TEMPLATE template0')
        await connection.close()
        return cls(folder, cluster.url(f"{name}_main"), cluster.url(f"{name}_vault"))

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def database(self) -> str:
        return "sqlite" if isinstance(self.main, Path) else "postgresql"

    @property
    def settings(self) -> dict[str, str]:
        urls = {"DATABASE_URL": self.main, "VAULT_URL": self.vault, "KEYS_DIR": self.keys}
        on_server = {name: str(url) for name, url in urls.items()}
        return {"DATA_DIR": str(self.data)} | (on_server if self.waits else {})

    @property
    def keys(self) -> Path:
        return self.data / "keys"

    @property
    def waits(self) -> float:
        """Seconds until a dead process is replaced: on a server it may only have been quiet."""
        return 0.0 if self.database == "sqlite" else STILL + 1


@dataclass(slots=True)
class Office:
    """Writes approved bulletins as fast as they are sent, and counts."""

    memory: SqlMemory
    vault: SqlVault
    chats: tuple[Chat, ...]
    written: dict[str, str] = field(default_factory=dict)
    """Of each broadcast the SHA-256 of its words, by which receipts tell it."""
    called_off: set[str] = field(default_factory=set)
    """Broadcasts that were stopped, or came too late: what is owed of them may stay unsent."""

    async def announce(self, due_in: timedelta = DUE, good_for: timedelta = GOOD_FOR) -> str:
        """One more bulletin that is approved for all groups; returns its words."""
        number = len(self.written) + 1
        words, now = f"Bản tin số {number}.", CLOCK.now()
        due = now + due_in
        bulletin_id, revision_id = f"b{number}", f"r{number}"
        frozen = freeze(
            replace(REVISION, id=revision_id, bulletin_id=bulletin_id, text=words),
            {"vi": words},
            [chat.id for chat in self.chats],
        )
        state = BulletinState.APPROVED
        async with self.memory.begin() as work:
            await work.bulletins.add(
                replace(BULLETIN, id=bulletin_id, state=state, revision=1),
                replace(DRAFT, bulletin_id=bulletin_id, text=words),
            )
            await work.bulletins.add_revision(frozen, now)
            approval = Approval(f"a{number}", revision_id, frozen.hash, AN.id, BINH.id, now)
            await work.bulletins.add_approval(approval)
            await work.broadcasts.add(
                Broadcast(
                    f"bc{number}", bulletin_id, revision_id, frozen.hash, approval.id,
                    due, due + good_for, BroadcastState.PLANNED,
                )
            )  # fmt: skip
            await work.commit()
        self.written[f"bc{number}"] = sha256(words)
        return words

    async def keep_in_line(self, entries: int) -> None:
        """See to it that there is so much to send."""
        groups = {"groups": len(self.chats)}
        while await self.count(IN_LINE, **groups) < entries:
            await self.announce()

    async def count(self, statement: str, **values: object) -> int:
        return int((await self.rows(statement, **values))[0][0])

    async def rows(self, statement: str, **values: object) -> Sequence[Row[Any]]:
        return await _read(self.memory.engine, statement, values)

    async def vault_rows(self, statement: str) -> Sequence[Row[Any]]:
        return await _read(self.vault.engine, statement, {})

    async def waiting(self) -> int:
        """Updates that were stored and not handled."""
        return int((await self.vault_rows(WAITING))[0][0])


async def migrated(place: Place) -> None:
    """Make the databases."""
    async with MIGRATING.setdefault(asyncio.get_running_loop(), asyncio.Lock()):
        for which, path in ((Which.MAIN, place.main), (Which.VAULT, place.vault)):
            await bring_up_to_date(path, which)


@asynccontextmanager
async def opened(place: Place, groups: Sequence[int]) -> AsyncIterator[Office]:
    """Make the databases and let everybody move in."""
    await migrated(place)
    memory = await open_main(place.main, CLOCK)
    vault, _ = await open_vault(place.vault, place.keys, CLOCK, RandomIds())
    try:
        office = Office(memory, vault, tuple(_chat(number) for number in groups))
        async with memory.begin() as work:
            await _move_in(work, office.chats)
            await work.commit()
        yield office
    finally:
        await vault.close()
        await memory.close()


async def _move_in(work: Work, chats: Sequence[Chat]) -> None:
    for unit in (CITY, WARD, QUARTER, OTHER_WARD):
        await work.units.add(unit)
    for person in (AN, BINH, GIANG, HANH):
        await work.people.add(person)
    for chat in chats:
        await work.chats.add(chat)


def _chat(number: int) -> Chat:
    """A group of a quarter that keeps no quiet hours."""
    address = Address("telegram", bot_of(number), str(number), is_group=True)
    return replace(QUARTER_GROUP, id=f"n{number}", title=title(number), address=address)


async def _read(engine: AsyncEngine, statement: str, values: dict[str, object]) -> Sequence[Any]:
    async with engine.connect() as connection:
        await connection.execution_options(**READING)
        return (await connection.execute(text(statement), values)).all()
