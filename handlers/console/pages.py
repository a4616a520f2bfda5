"""The public pages: what this is, how much of it there is, and what it promises."""

from collections.abc import Mapping

from aiohttp import web

from domain.model.chat import ChatState
from domain.model.delivery import EntryState
from domain.model.opinion import OPEN_CASES, OpinionState
from handlers.console.desk import DESK, language_of, page
from handlers.console.figures import Figures, published

PROMISES = 10
ANSWERED = (OpinionState.ANSWERED, OpinionState.CLOSED)


async def home(request: web.Request) -> web.Response:
    desk = request.app[DESK]
    return page(
        request,
        "home.html",
        office=await _office(request),
        shown=_shown(await desk.count()),
        counted_at=desk.words.moment(desk.clock.now(), language_of(request)),
    )


async def rights(request: web.Request) -> web.Response:
    numbers = range(1, PROMISES + 1)
    return page(request, "rights.html", office=await _office(request), numbers=numbers)


def _shown(figures: Figures) -> dict[str, int | None]:
    """What anybody may see; numbers of letters are rounded, and not shown while they are small."""
    opinions = figures.opinions
    return {
        "groups": figures.chats[ChatState.ACTIVE],
        "sent": figures.deliveries[EntryState.SENT],
        "opinions": published(sum(opinions.values()) - opinions[OpinionState.WITHDRAWN]),
        "open": published(_sum(opinions, OPEN_CASES)),
        "answered": published(_sum(opinions, ANSWERED)),
    }


def _sum(
    counts: Mapping[str, int], states: frozenset[OpinionState] | tuple[OpinionState, ...]
) -> int:
    return sum(counts[state] for state in states)


async def _office(request: web.Request) -> str:
    """The body that runs this; empty before the first unit was made."""
    async with request.app[DESK].memory.begin() as work:
        root = await work.units.root()
    return root.issuing_body if root else ""
