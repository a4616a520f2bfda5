"""`receive`: updates accepted over 40 connections, each on the disk before its 200."""

from functools import partial

from tests.bench.bulletin import TOKEN
from tests.bench.lines import Goal, Line, line
from tests.bench.participants import Measured, Participant, alternate, participants
from tests.bench.places import folder
from tests.bench.responder import responder

CONNECTIONS = 40
SECONDS = 3.0
CAST = {"ours": "ours.webhook", "aiogram": "peers.aiogram_webhook", "posting": "posting"}
BY = {
    "aiogram, SQLModel": "sqlmodel",
    "aiogram, driver": "driver",
    "aiogram, driver, commits shared by chance": "shared",
}
GOALS = {
    "aiogram, SQLModel": Goal("ratio", "≥", 20),
    "aiogram, driver": Goal("ratio", "≥", 7),
}
OF_CEILING = {"SQLite": Goal("share", "≥", 0.6), "PostgreSQL": Goal("share", "≥", 0.8)}
P99 = Goal("value", "≤", 15)
PATH = f"/{TOKEN.partition(':')[0]}"


async def figures() -> list[Line]:
    lines: list[Line] = []
    with folder() as place:
        async with responder() as url, participants(CAST) as cast:
            posting = cast["posting"]
            ours = partial(cast["ours"].ask, url=url)
            servers = {
                "ours": await ours(folder=str(place / "ours"), stored=True),
                "ceiling": await ours(folder=str(place / "nowhere"), stored=False),
            }
            for name, by in BY.items():
                database = f"sqlite+aiosqlite:///{place}/{by}.db"
                servers[name] = await cast["aiogram"].ask(database=database, by=by)
            lines += compared("SQLite", await heard(posting, servers))
    return lines


async def heard(posting: Participant, servers: dict[str, Measured]) -> dict[str, Measured]:
    """All servers in turn, each idle while another one works."""
    return await alternate(
        {
            name: partial(
                posting.ask,
                url=f"http://127.0.0.1:{int(server['port'])}{path_of(name)}",
                connections=CONNECTIONS,
                seconds=SECONDS,
            )
            for name, server in servers.items()
        }
    )


def path_of(name: str) -> str:
    return "/webhook" if name.startswith("aiogram") else PATH


def compared(database: str, measured: dict[str, Measured]) -> list[Line]:
    """How many, beside each peer and the ceiling; and how long the slowest hundredth waited."""
    ours, ceiling = measured.pop("ours"), measured.pop("ceiling")["rate"]
    rate, variant = (ours["rate"], "updates/s"), f"{database}, {CONNECTIONS} connections"
    lines = [
        line("receive", variant, rate, peer=(name, peer["rate"]), goal=GOALS.get(name))
        for name, peer in measured.items()
    ]
    lines.append(line("receive", variant, rate, ceiling=ceiling, goal=OF_CEILING[database]))
    lines += [
        line(
            "receive",
            variant,
            (ours["p99"], "ms, p99"),
            peer=(name, peer["p99"]),
            less_is_better=True,
            goal=P99 if name == "aiogram, SQLModel" else None,
        )
        for name, peer in measured.items()
    ]
    return lines
