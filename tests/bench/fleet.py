"""`fleet`: 1,000 messages a second over 34 bots in one process, each at its own pace."""

from functools import partial

from tests.bench.lines import Goal, Line, line
from tests.bench.participants import alternate, participants
from tests.bench.responder import responder

BOTS, RATE, LATENCY = 34, 1000.0, 50
SECONDS = 10.0
VARIANT = f"{BOTS} bots, {RATE:g}/s wanted, {LATENCY} ms"


async def figures() -> list[Line]:
    async with responder() as url, participants({"ours": "ours.fleet", "raw": "raw"}) as cast:
        at = f"{url}/latency/{LATENCY}"
        runs = {
            "ours": partial(cast["ours"].ask, url=at, bots=BOTS, rate=RATE, seconds=SECONDS),
            "raw": partial(cast["raw"].ask, url=at, in_flight=256, seconds=1.0),
        }
        heard = await alternate(runs)
    ours, ceiling = heard["ours"], heard["raw"]["rate"]
    held, core = Goal("value", "≥", 0.97), Goal("value", "≤", 0.5)
    return [
        line("fleet", VARIANT, (ours["rate"], "messages/s"), ceiling=ceiling),
        line("fleet", VARIANT, (ours["rate"] / RATE, "share of the rate"), goal=held),
        line("fleet", VARIANT, (ours["share"], "share of a core"), goal=core),
    ]
