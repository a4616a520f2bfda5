"""`receive`: updates accepted over 40 connections, each on the disk before its 200."""

from functools import partial
from pathlib import Path

from tests.bench.bulletin import TOKEN
from tests.bench.lines import Goal, Line, line
from tests.bench.participants import Measured, Participant, alternate, participants
from tests.bench.places import cluster, folder, fresh_database
from tests.bench.responder import responder

CONNECTIONS = 40
SECONDS = 3.0
CAST = {"ours": "ours.webhook", "aiogram": "peers.aiogram_webhook", "posting": "posting"}
ORM, DRIVER = "aiogram, SQLModel", "aiogram, driver"
BY = {
    "SQLite": {
        ORM: "sqlmodel",
        DRIVER: "driver",
        "aiogram, driver, commits shared by chance": "shared",
    },
    "PostgreSQL": {ORM: "sqlmodel", DRIVER: "driver"},
}
GOALS = {
    ORM: Goal("ratio", "≥", 20),
    DRIVER: Goal("ratio", "≥", 7),
}
OF_CEILING = {"SQLite": Goal("share", "≥", 0.6), "PostgreSQL": Goal("share", "≥", 0.8)}
P99 = Goal("value", "≤", 15)
PATH = f"/{TOKEN.partition(':')[0]}"


async def figures() -> list[Line]:
    with folder() as place:
        async with cluster() as server, responder() as url, participants(CAST) as cast:
            lines = await on("SQLite", url, place, cast)
            if server:
                lines += await on("PostgreSQL", url, place, cast, server)
    return lines


async def on(
    kind: str, url: str, place: Path, cast: dict[str, Participant], server: str = ""
) -> list[Line]:
    """Ours, the peers and the ceiling, all on one kind of database."""
    ours = partial(cast["ours"].ask, url=url, server=server)
    servers = {
        "ours": await ours(folder=str(place / f"ours_{kind}"), stored=True),
        "ceiling": await ours(folder=str(place / f"nowhere_{kind}"), stored=False),
    }
    for name, by in BY[kind].items():
        database = f"sqlite+aiosqlite:///{place}/{by}.db"
        if server:
            database = await fresh_database(server, by)
        servers[name] = await cast["aiogram"].ask(database=database, by=by)
    return compared(kind, await heard(cast["posting"], servers))


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
            goal=P99 if name == ORM else None,
        )
        for name, peer in measured.items()
    ]
    return lines
