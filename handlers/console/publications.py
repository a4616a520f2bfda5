"""What was published, for browsers and screen readers: a list, a page for each, and its files."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import quote

from aiohttp import ETag, hdrs, web

from domain.errors import Missing, Refusal
from domain.model.attachment import AttachmentKind
from domain.usecases.read_publications import ReadPublications
from handlers.console.desk import DESK, page
from handlers.console.publication_shown import MEDIA_TYPES, Shown, shown

LAST_PAGE = 500
FOR_ANYBODYS_PAGE = {"Cross-Origin-Resource-Policy": "cross-origin"}
"""The body's own portal shows the pictures of the feed: they are published for that."""


async def show_list(request: web.Request) -> web.Response:
    number = _page_number(request)
    found, is_more = await _reading(request).latest(number)
    listed = [shown(request, one) for one in found]
    return fresh(
        request,
        page(request, "publications.html", shown=listed, number=number, is_more=is_more),
        newest(listed),
    )


async def show_one(request: web.Request) -> web.Response:
    try:
        found = await _reading(request).one(request.match_info["id"])
    except Missing:
        raise web.HTTPNotFound from None
    except Refusal:
        return page(request, "withdrawn.html", web.HTTPGone.status_code)
    one = shown(request, found)
    return fresh(request, page(request, "publication.html", one=one, base=""), one.changed_at)


async def show_file(request: web.Request) -> web.Response:
    """One of its files, byte for byte as it was approved; nothing once it is taken back."""
    known = {tag.value for tag in request.if_none_match or ()}
    place = int(request.match_info["number"])
    try:
        sha256, file = await _reading(request).file(request.match_info["id"], place, known)
    except Refusal:
        raise web.HTTPNotFound from None
    if file is None:
        answer = web.Response(status=web.HTTPNotModified.status_code)
    else:
        answer = web.Response(body=file.content, content_type=MEDIA_TYPES[file.kind])
        if file.kind is not AttachmentKind.PHOTO:
            name = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
            answer.headers[hdrs.CONTENT_DISPOSITION] = name
    answer.etag = ETag(sha256)
    # Asked for each time: what is taken back must be gone for those, too, who saw it before.
    answer.headers[hdrs.CACHE_CONTROL] = "no-cache"
    answer.headers.update(FOR_ANYBODYS_PAGE)
    return answer


async def latest(request: web.Request) -> list[Shown]:
    """What a feed holds."""
    found, _ = await _reading(request).latest()
    return [shown(request, one) for one in found]


def fresh(request: web.Request, answer: web.Response, changed: datetime | None) -> web.Response:
    """The answer, or only the word that whoever asks has it already."""
    digest = hashlib.sha256((answer.text or "").encode()).hexdigest()[:32]
    known = request.if_none_match or ()
    if any(tag.value in (digest, "*") for tag in known):
        answer = web.Response(status=web.HTTPNotModified.status_code)
    answer.etag = ETag(digest)
    answer.headers[hdrs.CACHE_CONTROL] = "no-cache"
    if changed:
        answer.headers[hdrs.LAST_MODIFIED] = format_datetime(changed, usegmt=True)
    return answer


def newest(shown: Sequence[Shown]) -> datetime | None:
    return max((one.changed_at for one in shown), default=None)


def _page_number(request: web.Request) -> int:
    """Counted from 0; what is no number is the first page."""
    asked = request.query.get("trang", "")
    return (
        min(int(asked[:4]), LAST_PAGE) - 1
        if asked.isascii() and asked.isdigit() and int(asked[:4])
        else 0
    )


def _reading(request: web.Request) -> ReadPublications:
    return ReadPublications(request.app[DESK].memory)
