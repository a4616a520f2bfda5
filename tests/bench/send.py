"""`send`: messages through our door, and what each costs, beside other clients."""

from functools import partial

from tests.bench.lines import Goal, Line, line
from tests.bench.participants import Measured, Participant, alternate, participants
from tests.bench.responder import responder

SECONDS = 1.5
"""How long each is measured, each time."""
LOADS = ((1, 0), (16, 0), (64, 0), (256, 50))
"""Messages in flight, and the server's latency in ms."""
CLIENTS = {
    "ours": "ours.send",
    "PTB": "peers.ptb_send",
    "aiogram": "peers.aiogram_send",
    "aiohttp, ready payload": "peers.aiohttp_send",
    "ceiling": "raw",
}
PTB_TRIES = (2, 4, 8, 16, 24)
"""Its client gets slower with more in flight: the best of these counts as its best."""
RATE, COST = "messages/s", "CPU-µs/message"
GOALS = {
    (16, "PTB", RATE): Goal("ratio", "≥", 10),
    (16, "aiogram", RATE): Goal("ratio", "≥", 1.8),
    (16, "PTB", COST): Goal("value", "≤", 200),
}


async def figures() -> list[Line]:
    """Every load, everybody in turn."""
    async with responder() as url, participants(CLIENTS) as clients:
        best = await best_of_ptb(clients["PTB"], url)
        lines = []
        for in_flight, latency in LOADS:
            at = f"{url}/latency/{latency}" if latency else url
            runs = {
                name: partial(client.ask, url=at, in_flight=in_flight, seconds=SECONDS)
                for name, client in clients.items()
            }
            if not latency:
                runs[f"PTB at its best ({best})"] = partial(
                    clients["PTB"].ask, url=at, in_flight=best, seconds=SECONDS
                )
            heard = await alternate(runs)
            lines += compared(in_flight, latency, heard)
        return lines


async def best_of_ptb(client: Participant, url: str) -> int:
    """The number in flight at which it is fastest, tried once each."""
    rates = {
        in_flight: (await client.ask(url=url, in_flight=in_flight, seconds=1.0))["rate"]
        for in_flight in PTB_TRIES
    }
    return max(rates, key=rates.__getitem__)


def compared(in_flight: int, latency: int, heard: dict[str, Measured]) -> list[Line]:
    """Two lines for each peer: how many, and at what cost."""
    variant = f"{in_flight} in flight" + (f", {latency} ms" if latency else "")
    ours, ceiling = heard.pop("ours"), heard.pop("ceiling")
    lines = []
    for name, peer in heard.items():
        rate = line(
            "send",
            variant,
            (ours["rate"], RATE),
            peer=(name, peer["rate"]),
            ceiling=ceiling["rate"],
            goal=GOALS.get((in_flight, name, RATE)),
        )
        cost = line(
            "send",
            variant,
            (ours["cpu"], COST),
            peer=(name, peer["cpu"]),
            less_is_better=True,
            goal=GOALS.get((in_flight, name, COST)),
        )
        lines += [rate, cost]
    return lines
