"""`handle`: residents' first words, from the inbox through door and use case to the commit."""

from functools import partial

from tests.bench.lines import Goal, Line, line
from tests.bench.participants import alternate, participants
from tests.bench.places import folder
from tests.bench.responder import responder

UPDATES = 500
SIDE_BY_SIDE = 64
"""As many as our pump handles at once."""
CAST = {"ours": "ours.handle", "aiogram": "peers.aiogram_handle"}


async def figures() -> list[Line]:
    with folder() as place:
        async with responder() as url, participants(CAST) as cast:
            ours = partial(cast["ours"].ask, url=url, folder=str(place), updates=UPDATES)
            peer = partial(cast["aiogram"].ask, url=url, folder=str(place), updates=UPDATES)
            heard = await alternate(
                {"ours": ours, "aiogram": partial(peer, side_by_side=SIDE_BY_SIDE)}
            )
    mine, theirs = heard["ours"], heard["aiogram"]
    variant, name = f"{UPDATES} residents, {SIDE_BY_SIDE} side by side", "aiogram, the same writes"
    return [
        line(
            "handle",
            variant,
            (mine["rate"], "updates/s"),
            peer=(name, theirs["rate"]),
            goal=Goal("ratio", "≥", 3),
        ),
        line(
            "handle",
            variant,
            (mine["cpu"], "CPU-µs/update"),
            peer=(name, theirs["cpu"]),
            less_is_better=True,
        ),
    ]
