"""One office with as many groups as wanted, and a bulletin that was approved for all of them."""

import asyncio
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import insert

from domain.model.approval import Approval
from domain.model.broadcast import Broadcast, BroadcastState
from domain.model.chat import Address, Chat
from domain.model.frozen import FrozenRevision, freeze
from domain.model.recurrence import Cadence, Recurrence
from storage.engine import transaction
from storage.tables.offices import ChatRow
from storage.unit_of_work import SqlMemory
from tests.bench.bulletin import TEXT, group
from tests.bench.ours.premises import Premises
from tests.bench.ours.rooms import opened
from tests.integration.storage.cast import (
    AN,
    BINH,
    BULLETIN,
    DRAFT,
    QUARTER_GROUP,
    REVISION,
    move_in,
)

BEFORE = datetime(2026, 1, 1, tzinfo=UTC)
"""When it was approved, and due."""
AFTER = BEFORE + timedelta(days=36_500)
BOT_ID = 4242


def residents(count: int) -> list[Chat]:
    """Groups of residents, all of one quarter, which keeps no quiet hours."""
    return [
        replace(
            QUARTER_GROUP,
            id=f"n{number}",
            title=f"Tổ {number}",
            address=Address("telegram", BOT_ID, str(group(number)), is_group=True),
        )
        for number in range(count)
    ]


def frozen_for(chats: Sequence[Chat]) -> FrozenRevision:
    return freeze(REVISION, {"vi": TEXT}, [chat.id for chat in chats])


async def open_office(memory: SqlMemory, count: int) -> None:
    """Everybody moves in, An writes, Bình approves; the broadcast is due."""
    chats = residents(count)
    frozen = frozen_for(chats)
    async with memory.begin() as work:
        await move_in(work)
        await work.commit()
    await bind(memory, chats)
    async with memory.begin() as work:
        await work.bulletins.add(BULLETIN, DRAFT)
        await work.bulletins.add_revision(frozen, BEFORE)
        await work.bulletins.add_approval(
            Approval("a1", REVISION.id, frozen.hash, AN.id, BINH.id, BEFORE)
        )
        await work.broadcasts.add(
            Broadcast(
                "bc1", BULLETIN.id, REVISION.id, frozen.hash, "a1", BEFORE, AFTER,
                BroadcastState.PLANNED,
            )
        )  # fmt: skip
        await work.commit()


async def bind(memory: SqlMemory, chats: Sequence[Chat]) -> None:
    """Many groups in one statement: binding is a person's act, and nothing that is measured."""
    flat = [asdict(chat) for chat in chats]
    rows = [chat.pop("address") | chat for chat in flat]
    async with transaction(memory.engine) as session:
        await session.exec(insert(ChatRow), params=rows)
        await session.commit()


async def plan(memory: SqlMemory, schedules: int) -> None:
    """Bulletins that go out every day, each approved, each with its next occurrence ahead."""
    daily = Recurrence(Cadence.DAILY, time(8), BEFORE.date())
    async with memory.begin() as work:
        for number in range(schedules):
            bulletin = replace(BULLETIN, id=f"s{number}")
            frozen = freeze(
                replace(REVISION, id=f"s{number}", bulletin_id=bulletin.id, recurrence=daily),
                {"vi": TEXT},
                [QUARTER_GROUP.id],
            )
            approval = Approval(f"s{number}", f"s{number}", frozen.hash, AN.id, BINH.id, BEFORE)
            await work.bulletins.add(bulletin, replace(DRAFT, bulletin_id=bulletin.id))
            await work.bulletins.add_revision(frozen, BEFORE)
            await work.bulletins.add_approval(approval)
            await work.broadcasts.add(_ahead(frozen, approval))
        await work.commit()


def _ahead(frozen: FrozenRevision, approval: Approval) -> Broadcast:
    revision = frozen.revision
    return Broadcast(
        revision.id, revision.bulletin_id, revision.id, frozen.hash, approval.id, AFTER,
        AFTER + timedelta(days=1), BroadcastState.PLANNED,
    )  # fmt: skip


async def due_office(premises: Premises, url: str, chats: int, schedules: int = 0) -> Premises:
    """An office whose broadcast to so many groups is due; made once, and kept."""
    if not await asyncio.to_thread(premises.folder.exists):
        async with opened(await premises.migrated(), url) as rooms:
            assert isinstance(rooms.memory, SqlMemory)
            await open_office(rooms.memory, chats)
            await plan(rooms.memory, schedules)
    return premises


async def lined_up_office(premises: Premises, url: str, chats: int, schedules: int) -> Premises:
    """An office in which every group's copy waits to be sent; made once, and kept."""
    if not await asyncio.to_thread(premises.folder.exists):
        await due_office(premises, url, chats, schedules)
        async with opened(premises, url) as rooms:
            await rooms.release.release_due()
            await rooms.line_up.line_up_released()
    return premises
