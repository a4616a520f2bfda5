"""A poster for one place: a code that leads to the bot, and what to know before one scans it."""

import re
from dataclasses import dataclass
from functools import cache
from io import BytesIO

import segno
from PIL import Image, ImageDraw, ImageFont

from content.catalog import LANGUAGES, Words
from domain.errors import Refusal
from domain.model.case_times import CaseTimes
from domain.usecases.list_places import Placed
from handlers.periods import periods

DPI = 200
WIDTH, HEIGHT, MARGIN = 1654, 2339, 110
"""A4."""
INK, BAND, DANGER = "#10243a", "#e8f0f6", "#a31515"
QUIET = 4
"""Squares of white around the code, which readers need."""
LARGEST_CODE, GAP = 1000, 10
MOST_LINES = 2
SMALLEST = 24
KHMER = re.compile(r"[\u1780-\u17ff\u200b]+|[^\u1780-\u17ff\u200b]+")
"""Stretches of one script: the Khmer face has no Latin letters and no such digits."""
FACES = {
    (False, False): "NotoSans-Regular.ttf",
    (False, True): "NotoSans-Bold.ttf",
    (True, False): "NotoSansKhmer-Regular.ttf",
    (True, True): "NotoSansKhmer-Bold.ttf",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is set (dòng chữ)."""

    text: str
    size: int
    bold: bool = False
    colour: str = INK

    @property
    def height(self) -> int:
        return round(self.size * 1.5)

    @property
    def runs(self) -> list[str]:
        """Stretches that one face can set."""
        return KHMER.findall(self.text)

    @property
    def width(self) -> float:
        return sum(self.face(run).getlength(run) for run in self.runs)

    def draw(self, pen: ImageDraw.ImageDraw, top: int) -> None:
        """Centred on the page."""
        x, base = (WIDTH - self.width) / 2, top + self.size * 1.12
        for run in self.runs:
            face = self.face(run)
            pen.text((x, base), run, self.colour, face, anchor="ls")
            x += face.getlength(run)

    def face(self, run: str) -> ImageFont.FreeTypeFont:
        return font("\u1780" <= run[0] <= "\u17ff" or run[0] == "\u200b", self.bold, self.size)


SPACE = Line("", 14)


def draw(words: Words, place: Placed, link: str, times: CaseTimes) -> Image.Image:
    """The page; takes its time, so never on the event loop."""
    page = Image.new("RGB", (WIDTH, HEIGHT), "white")
    pen = ImageDraw.Draw(page)
    foot = _danger(words)
    band = HEIGHT - _height(foot) - 60
    pen.rectangle((0, band, WIDTH, HEIGHT), fill=BAND)
    _put(pen, foot, band + 20)
    told = _told(words, link, times)
    below = band - _height(told) - 20
    _put(pen, told, below)
    above = _put(pen, _head(words, place), MARGIN)
    code = _code(link, min(LARGEST_CODE, below - above - GAP))
    page.paste(code, ((WIDTH - code.width) // 2, above + (below - above - code.height) // 2))
    return page


def _head(words: Words, place: Placed) -> list[Line]:
    """Who asks, and for which place."""
    named = f"{place.unit.name}, {place.above}" if place.above else place.unit.name
    titles = [
        line
        for language in LANGUAGES
        for line in fitted(words.text("poster.title", language), _size(language, 88, 46), True)
    ]
    body = fitted(place.unit.issuing_body.upper(), 52, True)
    return [*body, *titles, *fitted(named, 62, True)]


def _told(words: Words, link: str, times: CaseTimes) -> list[Line]:
    """Below the code: the same link in letters, what to do, and what is not asked."""
    lines = fitted(link, 34)
    for language in LANGUAGES:
        lines.append(SPACE)
        size = _size(language, 38, 32)
        lines += fitted(words.text("poster.how", language, **periods(times)), size)
        lines += fitted(words.text("poster.no_name", language), size, True)
    lines.append(SPACE)
    for language in LANGUAGES:
        lines += fitted(words.text("poster.machine", language), _size(language, 30, 26))
    return lines


def _danger(words: Words) -> list[Line]:
    """At the foot of the page."""
    return [
        line
        for language in LANGUAGES
        for line in fitted(
            words.text("poster.danger", language), _size(language, 46, 36), True, DANGER
        )
    ]


def _size(language: str, first: int, others: int) -> int:
    return first if language == LANGUAGES[0] else others


def _height(lines: list[Line]) -> int:
    return sum(line.height for line in lines)


def _put(pen: ImageDraw.ImageDraw, lines: list[Line], top: int) -> int:
    """Below each other; returns where the last one ends."""
    for line in lines:
        line.draw(pen, top)
        top += line.height
    return top


def _code(link: str, room: int) -> Image.Image:
    """The QR code, each of its squares the same whole number of pixels."""
    drawn = segno.make(link, error="m", micro=False)
    file = BytesIO()
    drawn.save(file, kind="png", scale=room // drawn.symbol_size(1, QUIET)[0], border=QUIET)
    return Image.open(file).convert("RGB")


def fitted(text: str, size: int, bold: bool = False, colour: str = INK) -> list[Line]:
    """Two lines at most, none wider than the page; smaller if they must be."""
    while True:
        lines = [Line(one, size, bold, colour) for one in _wrapped(text, size, bold)]
        fits = len(lines) <= MOST_LINES and all(one.width <= WIDTH - 2 * MARGIN for one in lines)
        if fits or size <= SMALLEST:
            return lines
        size -= 2


def _wrapped(text: str, size: int, bold: bool) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and Line(longer, size, bold).width > WIDTH - 2 * MARGIN:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


@cache
def font(is_khmer: bool, bold: bool, size: int) -> ImageFont.FreeTypeFont:
    """Of those that the machine has; Refusal names the one that is missing."""
    name = FACES[is_khmer, bold]
    try:
        return ImageFont.truetype(name, size, layout_engine=ImageFont.Layout.RAQM)
    except OSError:
        raise Refusal("cli.posters_no_font", font=name) from None
