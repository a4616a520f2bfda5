"""What machines ask: is it up, can it work, how much of everything is there."""

from aiohttp import web
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from handlers.console.desk import DESK
from handlers.console.metrics import Counted


async def healthz(request: web.Request) -> web.Response:
    """This process answers; it says nothing of the others."""
    return web.json_response({"status": "ok"})


async def readyz(request: web.Request) -> web.Response:
    """200 when main can be read and has every table; whether `post` lives is told beside it."""
    desk = request.app[DESK]
    pulse = desk.pulse()
    alive = pulse is not None and pulse.is_alive(desk.clock.now())
    told = {"post": "alive" if alive else "silent"}
    try:
        figures = await desk.count()
    except Exception as error:
        told |= {"database": type(error).__name__, "migrations": "unknown"}
        return web.json_response(told, status=503)
    told |= {"database": "ok", "migrations": "ok" if figures.at_head else "behind"}
    return web.json_response(told, status=200 if figures.at_head else 503)


async def metrics(request: web.Request) -> web.Response:
    desk = request.app[DESK]
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Counted(await desk.count(), desk.pulse(), desk.clock.now()))
    response = web.Response(body=generate_latest(registry))
    response.headers["Content-Type"] = CONTENT_TYPE_LATEST
    return response
