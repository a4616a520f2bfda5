"""The picture of the months: its size, its axis, and what of the figures can be seen in it."""

from datetime import date
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from handlers.month_chart import FULL, HEIGHT, LIGHT, PLAN, WIDTH, Bar, axis, draw

MONTHS = [date(2026, month, 1) for month in range(6, 12)]


def picture(*figures: tuple[int, int, int]) -> Image.Image:
    bars = [Bar(day, *one) for day, one in zip(MONTHS, figures, strict=False)]
    return Image.open(BytesIO(draw(bars))).convert("RGB")


def pixels(shown: Image.Image, colour: str) -> int:
    """How many are nearly of this colour: the palette of a small file is not quite exact."""
    wanted = [int(colour[n : n + 2], 16) for n in (1, 3, 5)]
    return sum(
        count
        for count, found in shown.getcolors(WIDTH * HEIGHT) or []
        if isinstance(found, tuple)
        and all(abs(one - want) < 12 for one, want in zip(found, wanted, strict=True))
    )


def test_it_has_the_size_that_a_phone_shows_well_and_is_light() -> None:
    content = draw([Bar(day, 3, 1, 4) for day in MONTHS])

    assert content.startswith(b"\x89PNG")
    assert Image.open(BytesIO(content)).size == (WIDTH, HEIGHT)
    assert len(content) < 40_000


def test_a_bar_is_as_high_as_its_figure() -> None:
    low, high = picture((2, 0, 4)), picture((4, 0, 4))

    assert pixels(high, FULL) == pytest.approx(2 * pixels(low, FULL), rel=0.05)


def test_what_waits_is_seen_apart_from_what_counts() -> None:
    assert pixels(picture((3, 0, 4)), LIGHT) == 0
    assert pixels(picture((3, 1, 4)), LIGHT) > 1000


def test_a_line_is_drawn_where_there_is_a_plan() -> None:
    assert pixels(picture((3, 0, 0), (2, 0, 0)), PLAN) == 0
    assert pixels(picture((3, 0, 0), (2, 0, 4)), PLAN) > 500


def test_the_same_figures_give_the_same_picture() -> None:
    assert picture((3, 1, 4)).tobytes() == picture((3, 1, 4)).tobytes()


def test_no_month_at_all_is_an_empty_paper() -> None:
    assert picture().size == (WIDTH, HEIGHT)


@given(st.integers(0, 4000))
def test_the_axis_holds_every_figure_on_few_lines(highest: int) -> None:
    end, step = axis(highest)

    assert end >= highest
    assert end % step == 0
    assert end // step <= 5


@given(
    st.lists(
        st.tuples(st.integers(0, 4000), st.integers(0, 500), st.integers(0, 60)),
        min_size=1,
        max_size=6,
    )
)
def test_any_figures_can_be_drawn(figures: list[tuple[int, int, int]]) -> None:
    assert picture(*figures).size == (WIDTH, HEIGHT)
