"""The `desk` role: a small web server without a token, without keys and without a script."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from aiohttp import web

from handlers.console import health, pages, publication_feeds, publication_shown, publications
from handlers.console.desk import BASE, DESK, FOLDER, TEMPLATES, Desk, page, templates
from handlers.settings import Bind
from handlers.trouble import CannotStart

log = logging.getLogger(__name__)

GRACE = 5.0
"""Seconds that answers under way may take after a stop was asked for."""
ROUTES = (
    web.get("/", pages.home),
    web.get("/quyen-rieng-tu", pages.rights),
    web.get(publication_shown.LIST, publications.show_list),
    web.get(publication_shown.LIST + "/{id}", publications.show_one),
    web.get(publication_shown.LIST + "/{id}/{number:[1-9][0-9]?}", publications.show_file),
    web.get(publication_feeds.ATOM, publication_feeds.atom),
    web.get(publication_feeds.JSON, publication_feeds.json_feed),
    web.get("/healthz", health.healthz),
    web.get("/readyz", health.readyz),
    web.get("/metrics", health.metrics),
)
SHOWN_WHERE = "Cross-Origin-Resource-Policy"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    SHOWN_WHERE: "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "Server": "haichieu",
    "X-Content-Type-Options": "nosniff",
}

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


def make_app(desk: Desk, base: str | None = None) -> web.Application:
    """The console; `base` is where it is reached from outside, if it stands behind a proxy."""
    app = web.Application(middlewares=[_in_plain_words])
    app[DESK] = desk
    app[BASE] = (base or "").rstrip("/")
    app[TEMPLATES] = templates()
    app.on_response_prepare.append(_add_headers)
    app.add_routes(ROUTES)
    app.router.add_static("/static", FOLDER / "static")
    return app


async def serve(app: web.Application, bind: Bind, stop: asyncio.Event) -> None:
    """Answer until `stop` is set; CannotStart if nobody can listen here."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=GRACE)
    await runner.setup()
    try:
        await _listen(runner, bind)
        log.info("the console answers on port %s", runner.addresses[0][1])
        await stop.wait()
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, bind: Bind) -> None:
    host, port = bind
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        raise CannotStart(
            "cli.port_busy", variable="CONSOLE_BIND", bind=f"{host}:{port}", why=error.strerror
        ) from None


async def _add_headers(request: web.Request, response: web.StreamResponse) -> None:
    # A published file may say that a portal's pages can show it; nothing else goes before ours.
    own = {name: response.headers[name] for name in (SHOWN_WHERE,) if name in response.headers}
    response.headers.update(HEADERS | own)


@web.middleware
async def _in_plain_words(request: web.Request, handler: Answer) -> web.StreamResponse:
    """What goes wrong is said on a page of ours; what it was stands in the log only."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        if error.status < web.HTTPBadRequest.status_code:
            raise
        return page(
            request,
            "trouble.html",
            error.status,
            found=error.status != web.HTTPNotFound.status_code,
        )
    except Exception:
        log.exception("the page %s failed", request.path)
        return page(request, "trouble.html", web.HTTPInternalServerError.status_code, found=True)
