"""aiogram's webhook, each update stored by one insert of its own before it is accepted."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from pathlib import Path

import aiosqlite
import asyncpg
from aiogram import Dispatcher
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web
from sqlmodel import Field, SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from tests.bench.answering import answer
from tests.bench.peers.aiogram_send import open_bot
from tests.bench.peers.durable import careful_engine
from tests.bench.places import plain
from tests.bench.posting import SECRET

Store = Callable[[int, str], Awaitable[object]]
INSERT = "INSERT INTO incoming (message_id, body) VALUES ({})"
CREATE = "CREATE TABLE incoming (id {} PRIMARY KEY, message_id BIGINT, body TEXT)"


class Incoming(SQLModel, table=True):
    """An update as it came."""

    id: int | None = Field(default=None, primary_key=True)
    message_id: int
    body: str


async def by_sqlmodel(url: str) -> Store:
    engine = careful_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(Incoming.metadata.tables["incoming"].create)

    async def store(message_id: int, body: str) -> None:
        async with AsyncSession(engine) as session:
            session.add(Incoming(message_id=message_id, body=body))
            await session.commit()

    return store


async def by_aiosqlite(url: str, one_by_one: bool) -> Store:
    """One connection for all; without a lock, a commit may carry other updates' inserts along."""
    turn = asyncio.Lock() if one_by_one else nullcontext()
    connection = await aiosqlite.connect(Path(url.partition(":///")[2]))
    for pragma in ("journal_mode = WAL", "synchronous = FULL"):
        await connection.execute(f"PRAGMA {pragma}")
    await connection.execute(CREATE.format("INTEGER"))

    async def store(message_id: int, body: str) -> None:
        async with turn:
            await connection.execute(INSERT.format("?, ?"), (message_id, body))
            await connection.commit()

    return store


async def by_asyncpg(url: str) -> Store:
    pool = await asyncpg.create_pool(plain(url))
    await pool.execute(CREATE.format("BIGSERIAL"))

    async def store(message_id: int, body: str) -> None:
        await pool.execute(INSERT.format("$1, $2"), message_id, body)

    return store


async def store_by(by: str, database: str) -> Store:
    if by == "sqlmodel":
        return await by_sqlmodel(database)
    if database.startswith("postgresql"):
        return await by_asyncpg(database)
    return await by_aiosqlite(database, one_by_one=by == "driver")


async def serve(database: str, by: str) -> dict[str, float]:
    """Start such a server beside those that run already; gives its port."""
    store = await store_by(by, database)
    dispatcher = Dispatcher()

    async def keep(message: Message) -> None:
        await store(message.message_id, message.model_dump_json(exclude_none=True))

    dispatcher.message.register(keep)
    app = web.Application()
    handler = SimpleRequestHandler(
        dispatcher, open_bot("http://127.0.0.1:1"), handle_in_background=False, secret_token=SECRET
    )
    handler.register(app, path="/webhook")
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    return {"port": runner.addresses[0][1]}


if __name__ == "__main__":
    answer(serve)
