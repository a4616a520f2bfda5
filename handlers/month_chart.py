"""Months of sessions as a picture: bars, a line for the plan, and digits; no words and no fonts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1000, 600
LEFT, RIGHT, TOP, BOTTOM = 124, 92, 84, 150
"""Margins around the bars, in pixels."""
FINE = 2
"""Drawn so many times larger, then made smaller: edges come out smooth."""
PAPER, GRID, INK, FAINT = "#f4f5f7", "#d8dce2", "#2b3440", "#7a8594"
FULL, LIGHT, PLAN = "#2f6f8f", "#a9c9d8", "#c8741d"
DIGITS, SMALL = 46, 36
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
MOST_LINES = 5
LEAST_TOP = 4
"""Where the axis ends at least, so that one session does not look like many."""
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Bar:
    """One month (cột)."""

    first_on: date
    full: int
    """What counts: the dark part."""
    light: int
    """What may come to count: the light part on top of it."""
    plan: int
    """0: there was none."""


def draw(bars: Sequence[Bar]) -> bytes:
    """The picture as PNG; takes its time, so never on the event loop."""
    picture = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), PAPER)
    Chart(ImageDraw.Draw(picture), bars).draw()
    few = picture.reduce(FINE).quantize(64, Image.Quantize.FASTOCTREE)
    file = BytesIO()
    few.save(file, "PNG")
    return file.getvalue()


def axis(highest: int) -> tuple[int, int]:
    """Where the axis ends, and how far its lines are apart."""
    end = max(highest, LEAST_TOP)
    step = next((one for one in STEPS if end <= one * MOST_LINES), STEPS[-1])
    return -(-end // step) * step, step


@dataclass(frozen=True, slots=True)
class Chart:
    """The bars on their paper (biểu đồ)."""

    pen: ImageDraw.ImageDraw
    bars: Sequence[Bar]

    def draw(self) -> None:
        self._grid()
        for at, bar in enumerate(self.bars):
            self._bar(at, bar)
        self._plan()
        for at in range(len(self.bars)):
            self._totals(at)
            self._month(at)

    @property
    def _end(self) -> tuple[int, int]:
        return axis(max((max(one.full + one.light, one.plan) for one in self.bars), default=0))

    @property
    def _slot(self) -> float:
        return (WIDTH - LEFT - RIGHT) / max(len(self.bars), 1)

    def _y(self, count: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * count / self._end[0]

    def _x(self, at: float) -> float:
        return LEFT + self._slot * at

    def _grid(self) -> None:
        end, step = self._end
        for count in range(0, end + 1, step):
            ends = ((LEFT, self._y(count)), (WIDTH - RIGHT, self._y(count)))
            self._line(ends, FAINT if count == 0 else GRID, 3 if count == 0 else 2)
            self._text((LEFT - 24, self._y(count)), str(count), SMALL, FAINT, "rm")

    def _bar(self, at: int, bar: Bar) -> None:
        left, right = self._x(at + 0.22), self._x(at + 0.78)
        for low, high, colour in (
            (0, bar.full, FULL),
            (bar.full, bar.full + bar.light, LIGHT),
        ):
            if high > low:
                ends = (left, self._y(high), right, self._y(low))
                self.pen.rectangle([FINE * one for one in ends], fill=colour)

    def _plan(self) -> None:
        """A step for each month that had one; they meet where they follow each other."""
        for at, bar in enumerate(self.bars):
            y = self._y(bar.plan)
            if bar.plan:
                self._line(((self._x(at), y), (self._x(at + 1), y)), PLAN, 5)
            following = self.bars[at + 1].plan if at + 1 < len(self.bars) else 0
            if bar.plan and following:
                ends = ((self._x(at + 1), y), (self._x(at + 1), self._y(following)))
                self._line(ends, PLAN, 5)
        if self.bars and self.bars[-1].plan:
            end = (WIDTH - RIGHT + 14, self._y(self.bars[-1].plan))
            self._text(end, str(self.bars[-1].plan), DIGITS, PLAN, "lm")

    def _totals(self, at: int) -> None:
        """What counts, and after a plus what waits, above the bar; clear of the line."""
        bar = self.bars[at]
        x, y = self._x(at + 0.5), self._y(bar.full + bar.light) - 12
        if bar.plan and y - DIGITS < self._y(bar.plan) < y + 12:
            y = self._y(bar.plan) - 12
        waiting = f" +{bar.light}" if bar.light else ""
        counted = self._wide(str(bar.full))
        begin = x - (counted + self._wide(waiting)) / 2
        self._text((begin, y), str(bar.full), DIGITS, INK, "ls")
        self._text((begin + counted, y), waiting, DIGITS, FAINT, "ls")

    def _month(self, at: int) -> None:
        """Its number, and the year where the row or a year begins."""
        day = self.bars[at].first_on
        middle, base = self._x(at + 0.5), HEIGHT - BOTTOM
        self._text((middle, base + 46), str(day.month), DIGITS, INK, "mm")
        if at == 0 or day.month == 1:
            self._text((middle, base + 102), str(day.year), SMALL, FAINT, "mm")

    def _line(self, ends: tuple[Point, Point], colour: str, width: int) -> None:
        self.pen.line([FINE * one for end in ends for one in end], fill=colour, width=width * FINE)

    def _text(self, at: Point, text: str, size: int, colour: str, anchor: str) -> None:
        where = (FINE * at[0], FINE * at[1])
        self.pen.text(where, text, fill=colour, anchor=anchor, font=_digits(size))

    def _wide(self, text: str) -> float:
        return _digits(DIGITS).getlength(text) / FINE


def _digits(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """The library's own, so that every machine draws the same."""
    return ImageFont.load_default(size * FINE)
