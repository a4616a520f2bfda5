"""What every page of the console can use, and how a template becomes a page."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from content.catalog import FIRST_LANGUAGE, Words
from domain.clock import Clock
from domain.model.case_times import CaseTimes
from domain.ports import Memory
from handlers.console.figures import Count
from handlers.periods import periods
from handlers.pulse import Pulse

FOLDER = Path(__file__).parent
SHOWN_IN = {"vi": "Tiếng Việt", "km": "ខ្មែរ", "en": "English"}
"""The languages that the pages are written in, by their own names."""


@dataclass(frozen=True)
class Desk:
    """The rooms behind the pages (bàn làm việc): counts and a sign of life; no token, no vault."""

    memory: Memory
    count: Count
    pulse: Callable[[], Pulse | None]
    words: Words
    clock: Clock
    times: CaseTimes = field(default_factory=CaseTimes)


DESK = web.AppKey("desk", Desk)
TEMPLATES = web.AppKey("templates", Environment)
BASE = web.AppKey("base", str)
"""Where the console is reached from outside; empty where nobody said."""


def templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def language_of(request: web.Request) -> str:
    asked = request.query.get("lang", FIRST_LANGUAGE)
    return asked if asked in SHOWN_IN else FIRST_LANGUAGE


def page(request: web.Request, name: str, status: int = 200, **values: object) -> web.Response:
    """A page in the language that was asked for."""
    text = written(request, name, **values)
    return web.Response(text=text, content_type="text/html", status=status)


def written(request: web.Request, name: str, **values: object) -> str:
    """A template, filled in the language that was asked for."""
    desk, language = request.app[DESK], language_of(request)
    known = periods(desk.times)

    def t(key: str, **inner: object) -> Markup:
        return desk.words.html(key, language, **known, **inner)

    return (
        request.app[TEMPLATES]
        .get_template(name)
        .render(t=t, language=language, languages=SHOWN_IN, path=request.path, **values)
    )
