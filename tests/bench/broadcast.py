"""`broadcast`: a bulletin to 10,000 groups, every mark and receipt on the disk when it counts."""

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from tests.bench.bulletin import GROUPS
from tests.bench.lines import Goal, Line, line
from tests.bench.participants import Measured, Run, alternate, participants
from tests.bench.places import cluster, folder
from tests.bench.responder import responder

SECONDS = 3.0
"""How long a peer's loop is measured; ours goes through all groups, to the last commit."""
CAST = {
    "ours": "ours.broadcast",
    "PTB": "peers.ptb_broadcast",
    "aiogram": "peers.aiogram_broadcast",
    "ceiling": "raw",
}
LOADS = ((0, (16, 256)), (50, (256,)))
"""Latency in ms, and how many sends we have in flight; 16 is what `post` has unless it is set."""
AT_ONCE = {0: 16, 50: 256}
"""How many the other loops have in flight where they send several at once."""
GOALS = {
    ("PTB, durable", 0): Goal("ratio", "≥", 25),
    ("aiogram, durable", 0): Goal("ratio", "≥", 15),
    ("PTB, not durable", 0): Goal("ratio", "≥", 7),
    ("aiogram, not durable", 0): Goal("ratio", "≥", 1.2),
    ("PTB, durable", 50): Goal("value", "≥", 2000),
}


async def figures() -> list[Line]:
    """Without latency and with 50 ms; ours also on PostgreSQL, if there is one."""
    lines: list[Line] = []
    with folder() as place:
        async with cluster() as server, responder() as url, participants(CAST) as cast:
            for latency, loads in LOADS:
                at = f"{url}/latency/{latency}"
                ours = partial(cast["ours"].ask, url=at, folder=str(place), chats=GROUPS)
                runs: dict[str, Run] = {
                    f"SQLite, {load} in flight": partial(ours, server="", in_flight=load)
                    for load in loads
                }
                if server:
                    runs[f"PostgreSQL, {loads[-1]} in flight"] = partial(
                        ours, server=server, folder=str(place / "server"), in_flight=loads[-1]
                    )
                mine = list(runs)
                runs["ceiling"] = partial(
                    cast["ceiling"].ask, url=at, in_flight=loads[-1], seconds=SECONDS
                )
                for name in ("PTB", "aiogram"):
                    loop = partial(cast[name].ask, url=at, seconds=SECONDS)
                    runs |= loops(name, loop, place, AT_ONCE[latency])
                lines += compared(latency, mine, await alternate(runs))
    return lines


def loops(
    name: str, loop: Callable[..., Awaitable[Measured]], place: Path, at_once: int
) -> dict[str, Run]:
    """One after another in a session, as people write it; several at once; and no file at all."""
    file = str(place / f"{name}.db")
    return {
        f"{name}, durable": partial(loop, file=file, in_flight=1),
        f"{name}, durable, {at_once} at once": partial(loop, file=file, in_flight=at_once),
        f"{name}, not durable": partial(loop, file="", in_flight=at_once),
    }


def compared(latency: int, mine: list[str], heard: dict[str, Measured]) -> list[Line]:
    """One line for each way of ours and each loop."""
    ceiling = heard.pop("ceiling")
    ours = {name: heard.pop(name) for name in mine}
    lines = []
    for name, measured in ours.items():
        for other, peer in heard.items():
            variant = f"{GROUPS:,} groups, {latency} ms, {name}"
            rate = line(
                "broadcast",
                variant,
                (measured["rate"], "messages/s"),
                peer=(other, peer["rate"]),
                ceiling=ceiling["rate"],
                goal=GOALS.get((other, latency)),
            )
            cost = line(
                "broadcast",
                variant,
                (measured["cpu"], "CPU-µs/message"),
                peer=(other, peer["cpu"]),
                less_is_better=True,
            )
            lines += [rate, cost]
    return lines
