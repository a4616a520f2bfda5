"""What was published, for the programs of the body's own portal and of whoever else follows it."""

import json
import re

from aiohttp import web

from handlers.console.desk import BASE, DESK, language_of, written
from handlers.console.publication_shown import LIST, Shown, ShownFile
from handlers.console.publications import fresh, latest, newest

ATOM = "/tin.atom"
JSON = "/tin.json"
BODY = "publication_body.html"
NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs that no XML may hold, escaped or not: one of them, and no reader opens the feed."""


async def atom(request: web.Request) -> web.Response:
    """RFC 4287."""
    shown, base = await latest(request), _base(request)
    feed = written(
        request,
        "publications.atom",
        shown=[(one, written(request, BODY, one=one, base=base)) for one in shown],
        base=base,
        office=await _office(request),
        updated=newest(shown) or request.app[DESK].clock.now(),
    )
    answer = web.Response(
        text=NOT_XML.sub("", feed), content_type="application/atom+xml", charset="utf-8"
    )
    return fresh(request, answer, newest(shown))


async def json_feed(request: web.Request) -> web.Response:
    """JSON Feed 1.1 (jsonfeed.org)."""
    shown, base, language = await latest(request), _base(request), language_of(request)
    words = request.app[DESK].words
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": words.text("console.news_title", language),
        "home_page_url": f"{base}{LIST}?lang={language}",
        "feed_url": f"{base}{JSON}?lang={language}",
        "language": language,
        "authors": [{"name": await _office(request)}],
        "items": [_item(request, one, base) for one in shown],
    }
    body = json.dumps(feed, ensure_ascii=False, indent=1)
    answer = web.Response(text=body, content_type="application/feed+json", charset="utf-8")
    return fresh(request, answer, newest(shown))


def _item(request: web.Request, one: Shown, base: str) -> dict[str, object]:
    pictures = [{"image": base + file.path} for file in one.files if file.is_picture]
    attachments = {"attachments": [_attachment(file, base) for file in one.files]}
    return {
        "id": one.id,
        "url": f"{base}{one.path}?lang={language_of(request)}",
        "title": one.title,
        "content_html": written(request, BODY, one=one, base=base),
        "content_text": one.text,
        "date_published": one.published_at.isoformat(),
        "date_modified": one.changed_at.isoformat(),
        "authors": [{"name": one.body}],
        "tags": [one.field],
        "language": one.language,
        **(pictures[0] if pictures else {}),
        **(attachments if one.files else {}),
    }


def _attachment(file: ShownFile, base: str) -> dict[str, object]:
    length = {"duration_in_seconds": file.seconds} if file.seconds else {}
    return {
        "url": base + file.path,
        "mime_type": file.media_type,
        "title": file.alt or file.label,
        "size_in_bytes": file.size,
        **length,
    }


def _base(request: web.Request) -> str:
    """Where the console is reached from outside."""
    return request.app[BASE] or str(request.url.origin())


async def _office(request: web.Request) -> str:
    root = await request.app[DESK].memory.root()
    return root.issuing_body if root else ""
