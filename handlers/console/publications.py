"""What was published, for browsers, screen readers and the body's own portal: pages and feeds."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from aiohttp import ETag, web
from markupsafe import Markup

from content.catalog import FIRST_LANGUAGE
from domain.errors import Missing, Refusal
from domain.model.correction import pointing_at
from domain.model.publication import Publication
from domain.model.text import visible
from domain.usecases.read_publications import ReadPublications
from handlers.console.blocks import Block, blocks
from handlers.console.desk import BASE, DESK, SHOWN_IN, language_of, page, written
from handlers.faces import shortened

LIST = "/tin"
ATOM = "/tin.atom"
JSON = "/tin.json"
LONGEST_TITLE = 90
LAST_PAGE = 500


@dataclass(frozen=True, slots=True)
class Shown:
    """A publication in one language, ready for a page or a feed."""

    id: str
    title: str
    body: str
    """Who issues it."""
    field: str
    language: str
    """In which its words are: Vietnamese where the wanted language was not written."""
    published_at: datetime
    day: str
    text: str
    blocks: tuple[Block, ...]
    markup: Markup
    languages: tuple[str, ...]
    corrects: str
    corrected_by: str


async def show_list(request: web.Request) -> web.Response:
    number = _page_number(request)
    found, is_more = await _reading(request).latest(number)
    shown = [_shown(request, one) for one in found]
    return _fresh(
        request,
        page(request, "publications.html", shown=shown, number=number, is_more=is_more),
        _newest(shown),
    )


async def show_one(request: web.Request) -> web.Response:
    try:
        found = await _reading(request).one(request.match_info["id"])
    except Missing:
        raise web.HTTPNotFound from None
    except Refusal:
        return page(request, "withdrawn.html", web.HTTPGone.status_code)
    one = _shown(request, found)
    return _fresh(request, page(request, "publication.html", one=one), one.published_at)


async def atom(request: web.Request) -> web.Response:
    """RFC 4287."""
    shown = await _latest(request)
    feed = written(
        request,
        "publications.atom",
        shown=shown,
        base=_base(request),
        office=await _office(request),
        updated=_newest(shown) or request.app[DESK].clock.now(),
    )
    answer = web.Response(text=feed, content_type="application/atom+xml", charset="utf-8")
    return _fresh(request, answer, _newest(shown))


async def json_feed(request: web.Request) -> web.Response:
    """JSON Feed 1.1 (jsonfeed.org)."""
    shown, base, language = await _latest(request), _base(request), language_of(request)
    words = request.app[DESK].words
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": words.text("console.news_title", language),
        "home_page_url": f"{base}{LIST}?lang={language}",
        "feed_url": f"{base}{JSON}?lang={language}",
        "language": language,
        "authors": [{"name": await _office(request)}],
        "items": [_item(one, base, language) for one in shown],
    }
    body = json.dumps(feed, ensure_ascii=False, indent=1)
    answer = web.Response(text=body, content_type="application/feed+json", charset="utf-8")
    return _fresh(request, answer, _newest(shown))


def _item(one: Shown, base: str, language: str) -> dict[str, object]:
    return {
        "id": one.id,
        "url": f"{base}{LIST}/{one.id}?lang={language}",
        "title": one.title,
        "content_html": one.markup,
        "content_text": one.text,
        "date_published": one.published_at.isoformat(),
        "authors": [{"name": one.body}],
        "tags": [one.field],
        "language": one.language,
    }


async def _latest(request: web.Request) -> list[Shown]:
    found, _ = await _reading(request).latest()
    return [_shown(request, one) for one in found]


def _shown(request: web.Request, publication: Publication) -> Shown:
    words, wanted = request.app[DESK].words, language_of(request)
    text, revision = publication.text, publication.text.revision
    language = wanted if wanted in text.rendered else FIRST_LANGUAGE
    version = revision.in_language(language)
    markup = pointing_at(text.in_language(language), "")
    set_out = blocks(markup, said_above=(version.title, revision.issuing_body))
    return Shown(
        id=publication.id,
        title=shortened(version.heading, LONGEST_TITLE),
        body=revision.issuing_body,
        field=words.text(f"field.{revision.field}", wanted),
        language=language,
        published_at=publication.published_at,
        day=words.moment(publication.published_at, wanted),
        text=visible(markup),
        blocks=set_out,
        markup=_as_html(set_out),
        languages=tuple(code for code in SHOWN_IN if code in text.rendered),
        corrects=publication.corrects,
        corrected_by=publication.corrected_by,
    )


def _as_html(set_out: Sequence[Block]) -> Markup:
    """The blocks for a reader that is none of our pages."""
    return Markup("").join(
        Markup("<ul>{}</ul>").format(Markup("").join(map(Markup("<li>{}</li>").format, one.lines)))
        if one.kind == "ul"
        else Markup("<{0}>{1}</{0}>").format(one.kind, Markup("<br>").join(one.lines))
        for one in set_out
    )


def _fresh(request: web.Request, answer: web.Response, changed: datetime | None) -> web.Response:
    """The answer, or only the word that whoever asks has it already."""
    digest = hashlib.sha256((answer.text or "").encode()).hexdigest()[:32]
    known = request.if_none_match or ()
    if any(tag.value in (digest, "*") for tag in known):
        answer = web.Response(status=web.HTTPNotModified.status_code)
    answer.etag = ETag(digest)
    answer.headers["Cache-Control"] = "no-cache"
    if changed:
        answer.headers["Last-Modified"] = format_datetime(changed, usegmt=True)
    return answer


def _newest(shown: Sequence[Shown]) -> datetime | None:
    return max((one.published_at for one in shown), default=None)


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


def _base(request: web.Request) -> str:
    """Where the console is reached from outside."""
    return request.app[BASE] or str(request.url.origin())


async def _office(request: web.Request) -> str:
    root = await request.app[DESK].memory.root()
    return root.issuing_body if root else ""
