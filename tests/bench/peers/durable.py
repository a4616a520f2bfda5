"""The loop that people write around a bot library: mark, send, mark, in an ORM session."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel import Field, SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from tests.bench.answering import closed_loop
from tests.bench.bulletin import GROUPS, group

SendTo = Callable[[int], Awaitable[int]]
"""Sends the bulletin to one group; gives the message's number."""


class Delivery(SQLModel, table=True):
    """One group's copy."""

    id: int = Field(primary_key=True)
    chat_id: int
    state: str = "queued"
    message_id: int | None = None


def careful_engine(url: str) -> AsyncEngine:
    """An engine whose commits are on the disk when they return, as ours are."""
    engine = create_async_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine.sync_engine, "connect", _careful)
    return engine


def _careful(connection: DBAPIConnection, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "busy_timeout = 30000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


async def loop(send_to: SendTo, file: str, in_flight: int, seconds: float) -> dict[str, float]:
    """The bulletin to one group after another, or to several at once; durable if there is a file.

    What is counted is messages whose last mark is committed.
    """
    numbers = itertools.count()
    if not file:
        return await closed_loop(
            lambda _: send_to(group(next(numbers) % GROUPS)), in_flight, seconds
        )
    await asyncio.to_thread(Path(file).unlink, missing_ok=True)
    engine = careful_engine(f"sqlite+aiosqlite:///{file}")
    await _queue(engine)

    async def one(_: int) -> None:
        async with AsyncSession(engine, expire_on_commit=False) as session:
            delivery = await session.get_one(Delivery, next(numbers) % GROUPS)
            delivery.state = "sending"
            await session.commit()
            delivery.message_id = await send_to(delivery.chat_id)
            delivery.state = "sent"
            await session.commit()

    try:
        return await closed_loop(one, in_flight, seconds)
    finally:
        await engine.dispose()


async def _queue(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.run_sync(SQLModel.metadata.create_all)
    async with AsyncSession(engine) as session:
        session.add_all(Delivery(id=number, chat_id=group(number)) for number in range(GROUPS))
        await session.commit()
