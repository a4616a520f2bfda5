"""Our sender and clock in an office that has grown: many groups, many schedules."""

from pathlib import Path

from tests.bench.answering import Stopwatch, answer
from tests.bench.memory import resident
from tests.bench.ours.broadcast import SENT
from tests.bench.ours.office import lined_up_office
from tests.bench.ours.premises import Premises
from tests.bench.ours.rooms import opened
from tests.bench.ours.sending import sending, until

TICKS = 20
IN_FLIGHT = 64


async def grown(url: str, folder: str, chats: int, schedules: int, sends: int) -> dict[str, float]:
    """What a message and a tick cost there, and the memory held afterwards."""
    first = Premises(Path(folder) / f"grown_{chats}_{schedules}")
    await lined_up_office(first, url, chats, schedules)
    premises = await first.copied_to("grown")
    async with opened(premises, url, IN_FLIGHT) as rooms, premises.asking() as ask:
        watch = Stopwatch()
        for _ in range(TICKS):
            await rooms.release.release_due()
        tick = watch.per(TICKS)["seconds"] / TICKS * 1e6
        watch.start()
        async with sending(rooms) as task:
            measured = watch.per(await until(ask, SENT, sends, task))
    return measured | {"tick": tick, "megabytes": resident()}


if __name__ == "__main__":
    answer(grown)
