"""`queue`: a year's opinions listed, searched, counted and filed, in files and on a server.

A million opinions, made by a seeded generator (`tests/bench/opinions.py`), in a city of 103
communes with their hamlets. `OPINIONS=50000` makes fewer, for a try-out. What is listed is the
newest fifty. Beside each search stands the same one by LIKE, in the same run, twice. A scan goes
through all texts, as the goal says it, and no index helps it. Let alone, a database goes along the
cases from the newest on and ends with the fiftieth, or takes the index on unit and field: of common
words it is soon done, of rare ones it reads all. So words of three kinds are looked for
(`tests/bench/bands.py`). The texts come in
by bulk; the index and the figures are made by the code that makes them anew after a move, and a
sample is compared with what filing makes. What the machine does by itself stands before and after.
Ours are asked round after round, and what counts is the median of the rounds.
"""

import os
import sys
from itertools import product

from tests.bench.bands import Band
from tests.bench.lines import Goal, Line, line
from tests.bench.own_pace import own_pace
from tests.bench.participants import Measured, Participant, medians, participant, repeats
from tests.bench.places import cluster, folder

OPINIONS, FEWEST = 1_000_000, 20_000
FILES, SERVER = "files", "server"
"""`ONLY=files` or `ONLY=server` measures one of them."""
LOOKS, SCANS, WHOLE_SCANS, FILED, SEARCHERS, SAMPLE = 300, 20, 5, 500, 20, 20
AT_A_TIME = 25_000
SOON, AT_ONCE, WITHIN = Goal("value", "≤", 5), Goal("value", "≤", 10), Goal("value", "≤", 20)
FAR_FASTER, FILING = Goal("ratio", "≥", 20), Goal("value", "≤", 50)
NONE, SIZE, FLAT = Goal("value", "=", 0), Goal("value", "≤", 1.5), Goal("ratio", "≥", 0.9)
KINDS = {
    "words": "two words",
    "unit": "two words, with unit",
    "field": "two words, with unit and field",
    "phrase": "a two-syllable phrase",
}
MS, MEDIAN = "ms, p95", "ms, median"
Took = tuple[float, str]
Peer = tuple[str, float]


async def figures() -> list[Line]:
    lines, only = list[Line](), os.environ.get("ONLY")
    if only != SERVER:
        with folder() as place:
            lines += await of(str(place), "", "SQLite")
    if only != FILES:
        async with cluster() as server:
            if server is not None:
                with folder() as place:
                    lines += await of(str(place), server, "PostgreSQL")
    return lines


def asked_for() -> int:
    """How many opinions; of too few, a commune's list would have nothing to show."""
    count = int(os.environ.get("OPINIONS") or OPINIONS)
    if count < FEWEST:
        sys.exit(f"OPINIONS={count} is too few to ask anything of: there must be {FEWEST:,}.")
    return count


async def of(place: str, server: str, name: str) -> list[Line]:
    count = asked_for()
    async with participant("ours.queue") as ours:
        await ours.ask(act="open", folder=place, server=server, count=count)
        sizes = await filled(ours, count, f"{name}, {count:,}")
        lines = [
            *sizes,
            own_pace("queue", f"{name}, {count:,}, the machine by itself, before"),
            *await lists(ours, f"{name}, {count:,}"),
            *await searches(ours, f"{name}, {count:,}"),
            *await totals(ours, f"{name}, {count:,}"),
            await files(ours, f"{name}, {count:,}"),
            own_pace("queue", f"{name}, {count:,}, the machine by itself, after"),
            await memory(ours, f"{name}, {count:,}"),
            *await sample(ours, f"{name}, {count:,}"),
        ]
        await ours.ask(act="close")
    return lines


async def filled(ours: Participant, count: int, name: str) -> list[Line]:
    """All opinions, then all their words, so that one can be told from the other."""
    text = 0.0
    for _ in range(0, count, AT_A_TIME):
        text += (await ours.ask(act="fill", most=AT_A_TIME))["text"]
    before = await ours.ask(act="size")
    seconds = (await ours.ask(act="index"))["seconds"]
    after = await ours.ask(act="size")
    await ours.ask(act="count")
    lines = [line("queue", f"{name}, made anew", (seconds, "s"))]
    share = (after["whole"] - before["whole"]) / text
    return [*lines, line("queue", f"{name}, index", (share, "of the text"), goal=SIZE)]


async def in_rounds(ours: Participant, **task: object) -> Measured:
    return medians([await ours.ask(**task) for _ in range(repeats())])


async def lists(ours: Participant, name: str) -> list[Line]:
    first = await in_rounds(ours, act="list", looks=LOOKS, deep=False, narrow=False)
    deep = await in_rounds(ours, act="list", looks=LOOKS, deep=True, narrow=False)
    narrow = await in_rounds(ours, act="list", looks=LOOKS, deep=False, narrow=True)
    due = await in_rounds(ours, act="due", looks=LOOKS)
    return [
        line("queue", f"{name}, newest 50, field and state", (narrow["p95"], MS), goal=SOON),
        line("queue", f"{name}, newest 50 of the city", (first["p95"], MS), goal=SOON),
        line(
            "queue",
            f"{name}, its 10,000th page",
            (deep["p95"], MS),
            peer=("ours, first page", first["p95"]),
            less_is_better=True,
            goal=SOON,
        ),
        line("queue", f"{name}, open, due first", (due["p95"], MS), goal=SOON),
    ]


async def searches(ours: Participant, name: str) -> list[Line]:
    return [
        one
        for kind, band in product(KINDS, Band)
        for one in await searches_of(ours, name, kind, band)
    ]


async def searches_of(ours: Participant, name: str, kind: str, band: Band) -> list[Line]:
    lines = []
    like = await ours.ask(act="scan", kind=kind, band=band, looks=SCANS, whole=False)
    scan = await ours.ask(act="scan", kind=kind, band=band, looks=WHOLE_SCANS, whole=True)
    for level in ("folded", "sounded"):
        asked = {"act": "search", "kind": kind, "band": band, "level": level}
        await ours.ask(**asked, looks=10)
        ours_took = await in_rounds(ours, **asked, looks=LOOKS)
        about = f"{name}, {KINDS[kind]}, {band}, {level}"
        took = (ours_took["p95"], MS)
        lines.append(line("queue", about, took, goal=AT_ONCE))
        median = (ours_took["median"], MEDIAN)
        peers: list[tuple[Took, Peer, Goal | None]] = [
            (took, ("a LIKE scan, median", scan["median"]), FAR_FASTER),
            (took, ("LIKE to the fiftieth, p95", like["p95"]), None),
            (median, ("LIKE to the fiftieth, median", like["median"]), None),
        ]
        for value, peer, goal in peers:
            compared = line("queue", about, value, peer=peer, less_is_better=True, goal=goal)
            lines.append(compared)
    return lines


async def totals(ours: Participant, name: str) -> list[Line]:
    raw = await ours.ask(act="raw", looks=3)
    lines = []
    for place in ("city", "commune", "communes"):
        took = await in_rounds(ours, act="figures", place=place, looks=50)
        lines.append(
            line(
                "queue",
                f"{name}, a year of the {place}",
                (took["p95"], MS),
                peer=("counting the cases", raw["median"]),
                less_is_better=True,
                goal=WITHIN,
            )
        )
    return lines


async def files(ours: Participant, name: str) -> Line:
    took = await in_rounds(ours, act="file", count=FILED, searchers=SEARCHERS)
    about = f"{name}, filed while {SEARCHERS} search"
    return line("queue", about, (took["p99"], "ms, p99"), goal=FILING)


async def sample(ours: Participant, name: str) -> list[Line]:
    """Whether what was measured is what the product would have made, case by case."""
    off = await ours.ask(act="check", sample=SAMPLE)
    called = {"off": f"of {SAMPLE} not indexed as if filed", "figures": "figures not as counted"}
    return [line("queue", name, (off[one], unit), goal=NONE) for one, unit in called.items()]


async def memory(ours: Participant, name: str) -> Line:
    before = (await ours.ask(act="held"))["megabytes"]
    for level in ("folded", "sounded"):
        asked = {"act": "search", "kind": "words", "band": Band.MIDDLING, "level": level}
        await ours.ask(**asked, looks=5 * LOOKS)
    after = (await ours.ask(act="held"))["megabytes"]
    peer = ("before 3,000 searches", before)
    return line("queue", name, (after, "MB"), peer=peer, less_is_better=True, goal=FLAT)
