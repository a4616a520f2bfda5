"""`broadcast`: a bulletin to 10,000 groups, every mark and receipt on the disk when it counts."""

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from tests.bench.bulletin import GROUPS
from tests.bench.lines import Goal, Line, line
from tests.bench.participants import Measured, Run, alternate, participants
from tests.bench.places import folder
from tests.bench.responder import responder

SECONDS = 3.0
"""How long a peer's loop is measured; ours goes through all groups, to the last commit."""
CAST = {
    "ours": "ours.broadcast",
    "PTB": "peers.ptb_broadcast",
    "aiogram": "peers.aiogram_broadcast",
    "ceiling": "raw",
}
IN_FLIGHT = {0: 16, 50: 256}
"""By latency in ms: one that uses the link, for us and for the loops that send several at once."""
GOALS = {
    ("PTB, durable", 0): Goal("ratio", "≥", 25),
    ("aiogram, durable", 0): Goal("ratio", "≥", 15),
    ("PTB, not durable", 0): Goal("ratio", "≥", 7),
    ("aiogram, not durable", 0): Goal("ratio", "≥", 1.2),
    ("PTB, durable", 50): Goal("value", "≥", 2000),
}


async def figures() -> list[Line]:
    """Without latency and with 50 ms."""
    lines: list[Line] = []
    with folder() as place:
        async with responder() as url, participants(CAST) as cast:
            for latency, in_flight in IN_FLIGHT.items():
                at = f"{url}/latency/{latency}"
                runs: dict[str, Run] = {
                    "ours": partial(
                        cast["ours"].ask,
                        url=at, folder=str(place), chats=GROUPS, in_flight=in_flight,
                    ),
                    "ceiling": partial(
                        cast["ceiling"].ask, url=at, in_flight=in_flight, seconds=SECONDS
                    ),
                }  # fmt: skip
                for name in ("PTB", "aiogram"):
                    loop = partial(cast[name].ask, url=at, seconds=SECONDS)
                    runs |= loops(name, loop, place, in_flight)
                lines += compared(latency, await alternate(runs))
    return lines


def loops(
    name: str, loop: Callable[..., Awaitable[Measured]], place: Path, in_flight: int
) -> dict[str, Run]:
    """One after another in a session, as people write it; several at once; and no file at all."""
    file = str(place / f"{name}.db")
    return {
        f"{name}, durable": partial(loop, file=file, in_flight=1),
        f"{name}, durable, {in_flight} at once": partial(loop, file=file, in_flight=in_flight),
        f"{name}, not durable": partial(loop, file="", in_flight=in_flight),
    }


def compared(latency: int, heard: dict[str, Measured]) -> list[Line]:
    """One line for each loop."""
    ours, ceiling = heard.pop("ours"), heard.pop("ceiling")
    return [
        line(
            "broadcast",
            f"{GROUPS:,} groups, {latency} ms, {IN_FLIGHT[latency]} in flight",
            (ours["rate"], "messages/s"),
            peer=(name, peer["rate"]),
            ceiling=ceiling["rate"],
            goal=GOALS.get((name, latency)),
        )
        for name, peer in heard.items()
    ]
