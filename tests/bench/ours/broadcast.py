"""Our sender on a bulletin that is due for many groups: claim, re-hash, send, settle."""

from pathlib import Path

from tests.bench.answering import Stopwatch, answer
from tests.bench.ours.office import lined_up_office
from tests.bench.ours.premises import Premises
from tests.bench.ours.rooms import opened
from tests.bench.ours.sending import sending, until

ALL_SETTLED = """
    SELECT CASE WHEN EXISTS (SELECT 1 FROM outbox WHERE state IN ('queued', 'sending'))
    THEN 0 ELSE 1 END
"""
SENT = "SELECT count(*) FROM outbox WHERE state = 'sent'"


async def broadcast(
    url: str, folder: str, server: str, chats: int, in_flight: int
) -> dict[str, float]:
    """From the first claim until the last receipt is committed."""
    first = Premises(Path(folder) / f"broadcast_{chats}", server)
    await lined_up_office(first, url, chats, schedules=0)
    premises = await first.copied_to("broadcast")
    async with opened(premises, url, in_flight) as rooms, premises.asking() as ask:
        watch = Stopwatch()
        async with sending(rooms) as task:
            await until(ask, ALL_SETTLED, 1, task)
            measured = watch.per(chats)
        if await ask(SENT) != chats:
            raise RuntimeError("not everything was sent")
    return measured


if __name__ == "__main__":
    answer(broadcast)
