"""Our release of a due broadcast: one outbox row for each group that was approved."""

from pathlib import Path

from sqlalchemy import update

from handlers.telegram.rooms import Rooms
from storage.engine import transaction
from storage.tables.news import BroadcastRow
from storage.unit_of_work import SqlMemory
from tests.bench.answering import Stopwatch, answer
from tests.bench.ours.office import due_office
from tests.bench.ours.premises import Premises
from tests.bench.ours.rooms import opened

ROWS = "SELECT count(*) FROM outbox"


async def expand(url: str, folder: str, server: str, chats: int) -> dict[str, float]:
    """Seconds until every row is committed, and how many rows a second run adds."""
    first = Premises(Path(folder) / f"due_{chats}", server)
    await due_office(first, url, chats)
    premises = await first.copied_to("expanded")
    async with opened(premises, url) as rooms, premises.asking() as ask:
        watch = Stopwatch()
        await rooms.release.release_due()
        await rooms.line_up.line_up_released()
        measured = watch.per(chats)
        if await ask(ROWS) != chats:
            raise RuntimeError("not every group got its row")
        await _forget_how_far(rooms)
        await rooms.line_up.line_up_released()
        return measured | {"added again": (await ask(ROWS) or 0) - chats}


async def _forget_how_far(rooms: Rooms) -> None:
    """As if it had never begun, though every row is there."""
    assert isinstance(rooms.memory, SqlMemory)
    async with transaction(rooms.memory.engine) as session:
        await session.exec(update(BroadcastRow).values(lined_up_to=""))
        await session.commit()


if __name__ == "__main__":
    answer(expand)
