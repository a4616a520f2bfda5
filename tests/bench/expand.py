"""`expand`: one broadcast to 100,000 groups becomes outbox rows."""

from functools import partial

from tests.bench.lines import Goal, Line, line
from tests.bench.participants import Measured, alternate, participants
from tests.bench.places import cluster, folder
from tests.bench.responder import responder

GROUPS = 100_000
CAST = {"ours": "ours.expand", "add_all": "peers.add_all"}
GOALS = {"SQLite": Goal("ratio", "≥", 50), "PostgreSQL": Goal("ratio", "≥", 12)}
NOTHING = Goal("value", "=", 0)


async def figures() -> list[Line]:
    lines: list[Line] = []
    with folder() as place:
        async with cluster() as server, responder() as url, participants(CAST) as cast:
            for kind, at in (("SQLite", ""), ("PostgreSQL", server)):
                if at is None:
                    continue
                inside = place / kind
                inside.mkdir()
                task = {"folder": str(inside), "server": at, "chats": GROUPS}
                heard = await alternate(
                    {
                        "ours": partial(cast["ours"].ask, url=url, **task),
                        "add_all": partial(cast["add_all"].ask, **task),
                    }
                )
                lines += compared(kind, heard["ours"], heard["add_all"])
    return lines


def compared(kind: str, mine: Measured, theirs: Measured) -> list[Line]:
    variant, peer = f"{kind}, {GROUPS:,} groups", ("ORM add_all", theirs["seconds"])
    seconds, again = (mine["seconds"], "s"), (mine["added again"], "rows added by a second run")
    return [
        line("expand", variant, seconds, peer=peer, less_is_better=True, goal=GOALS[kind]),
        line("expand", variant, again, goal=NOTHING),
    ]
