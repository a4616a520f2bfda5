"""Serves the chat page: a handful of files of our own, under a strict policy."""

from pathlib import Path

from aiohttp import web

FOLDER = Path(__file__).parent / "page"
KINDS = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".json": "application/json",
}
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
        "media-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-cache",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def routes() -> list[web.RouteDef]:
    return [web.get("/", index), web.get("/page/{name}", file)]


async def index(request: web.Request) -> web.Response:
    return _send(FOLDER / "index.html")


async def file(request: web.Request) -> web.Response:
    path = FOLDER / request.match_info["name"]
    if path.parent != FOLDER or path.suffix not in KINDS or not path.is_file():
        raise web.HTTPNotFound
    return _send(path)


def _send(path: Path) -> web.Response:
    kind = KINDS[path.suffix]
    return web.Response(body=path.read_bytes(), content_type=kind, charset="utf-8", headers=HEADERS)
