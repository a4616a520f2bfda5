"""`growth`: does a message cost more where there are more groups, schedules or bots?"""

from functools import partial
from pathlib import Path

from tests.bench.lines import Goal, Line, line
from tests.bench.participants import Measured, alternate, participant
from tests.bench.places import folder
from tests.bench.responder import responder

SENDS = 1000
"""Messages measured, whatever the number of groups."""
GROUPS, SCHEDULES, BOTS = (1_000, 10_000, 100_000), (10, 1_000, 10_000), (1, 2, 4)
WANTED = 40.0
"""Messages a second asked of each bot: more than its pace, so that the pace is what is seen."""
PACED_SECONDS = 6.0
FLAT = Goal("ratio", "≥", 0.9)
UNITS = {"wall": "µs/message", "cpu": "CPU-µs/message", "tick": "µs/tick", "megabytes": "MB"}


async def figures() -> list[Line]:
    with folder() as place:
        async with responder() as url:
            sizes = {f"{n:,} groups": (n, SCHEDULES[0]) for n in GROUPS}
            lines = compared(await offices(url, place, sizes))
            sizes = {f"{n:,} schedules": (GROUPS[0], n) for n in SCHEDULES}
            lines += compared(await offices(url, place, sizes))
            return lines + await fleets(url)


async def offices(url: str, place: Path, sizes: dict[str, tuple[int, int]]) -> dict[str, Measured]:
    """Each size in turn, each time in a new process, so that its memory is its own."""

    async def one(groups: int, schedules: int) -> Measured:
        task = {"folder": str(place), "chats": groups, "schedules": schedules, "sends": SENDS}
        async with participant("ours.growth") as ours:
            await ours.ask(url=url, **(task | {"sends": 1}))
            measured = await ours.ask(url=url, **task)
        return measured | {"wall": 1e6 / measured["rate"]}

    return await alternate({name: partial(one, *size) for name, size in sizes.items()})


def compared(heard: dict[str, Measured]) -> list[Line]:
    """Every size beside the smallest."""
    (smallest, at_first), *grown = heard.items()
    return [
        line(
            "growth",
            name,
            (measured[what], unit),
            peer=(f"ours, {smallest}", at_first[what]),
            less_is_better=True,
            goal=FLAT,
        )
        for name, measured in grown
        for what, unit in UNITS.items()
    ]


async def fleets(url: str) -> list[Line]:
    """What one, two and four bots send a second, each at its pace."""
    async with participant("ours.fleet") as ours:
        runs = {
            bots: partial(ours.ask, url=url, bots=bots, rate=WANTED * bots, seconds=PACED_SECONDS)
            for bots in BOTS
        }
        heard = await alternate({str(bots): run for bots, run in runs.items()})
    one = ("ours, 1 bot", heard["1"]["rate"])
    return [
        line(
            "growth",
            f"{bots} bots, paced",
            (heard[str(bots)]["rate"], "messages/s"),
            peer=one,
            goal=Goal("ratio", "≥", 0.95 * bots),
        )
        for bots in BOTS[1:]
    ]
