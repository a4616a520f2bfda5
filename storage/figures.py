"""Counts for the console, `/metrics` and the doctor: rows are counted, nobody is named."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from domain.model.broadcast import BroadcastState
from domain.model.chat import ChatState
from domain.model.delivery import OPEN_STATES, EntryState
from domain.model.opinion import OPEN_CASES, OpinionState
from storage.engine import READING, place_of
from storage.errors import trouble_with
from storage.revisions import Which, current_revision, head_revision
from storage.tables.cases import OpinionRow
from storage.tables.news import BroadcastRow
from storage.tables.offices import ChatRow
from storage.tables.outbox import OutboxRow
from storage.tables.record import ProcessedRow


@dataclass(frozen=True, slots=True)
class Figures:
    """How much there is of everything; a state without rows is 0, never missing."""

    deliveries: dict[str, int]
    """Sends that came to an end, by outcome."""
    outbox: dict[str, int]
    """All entries, by state."""
    updates: dict[str, int]
    """Updates whose effect is in main; what waits or was parked only the vault knows."""
    opinions: dict[str, int]
    chats: dict[str, int]
    queues: dict[str, int]
    """What waits: entries to be sent, occurrences to be released, cases to be answered."""
    migration: str
    at_head: bool
    """Whether every migration that this code knows has been run."""


async def figures(main: AsyncEngine) -> Figures:
    """Count everything at one moment."""
    with trouble_with(place_of(main)):
        async with main.connect() as plain:
            connection = await plain.execution_options(**READING)
            outbox = await _by_state(connection, OutboxRow.state, EntryState)
            opinions = await _by_state(connection, OpinionRow.state, OpinionState)
            chats = await _by_state(connection, ChatRow.state, ChatState)
            broadcasts = await _by_state(connection, BroadcastRow.state, BroadcastState)
            processed = await connection.scalar(select(func.count()).select_from(ProcessedRow))
    migration = await current_revision(main) or ""
    return Figures(
        deliveries={state.value: outbox[state] for state in EntryState if state not in OPEN_STATES},
        outbox=outbox,
        updates={"processed": processed or 0},
        opinions=opinions,
        chats=chats,
        queues={
            "outbox": sum(outbox[state] for state in OPEN_STATES),
            "broadcasts": broadcasts[BroadcastState.PLANNED],
            "cases": sum(opinions[state] for state in OPEN_CASES),
        },
        migration=migration,
        at_head=migration == head_revision(Which.MAIN),
    )


async def _by_state(
    connection: AsyncConnection, state: Any, states: type[StrEnum]
) -> dict[str, int]:
    found = await connection.execute(select(state, func.count()).group_by(state))
    counted = {row[0]: row[1] for row in found}
    return {one.value: counted.get(one.value, 0) for one in states}
