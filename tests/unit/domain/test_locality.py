"""How many people live in a place, and where it lies: what can be written, and what is near."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Refusal
from domain.model.locality import (
    NEAR,
    Point,
    nearest,
    read_latitude,
    read_longitude,
    read_population,
)

NINH_KIEU = Point(10.0325, 105.7841)
POINTS = st.builds(Point, st.floats(8, 24), st.floats(102, 118))


@pytest.mark.parametrize(
    ("typed", "people"),
    [("400", 400), ("1.850 người", 1850), ("1850 nhân khẩu", 1850), (" 2 300 dân ", 2300)],
)
def test_a_population_is_read_as_people_write_it(typed: str, people: int) -> None:
    assert read_population(typed) == people


@pytest.mark.parametrize("typed", ["-5", "0", "1000000000", "đông lắm", ""])
def test_what_can_be_no_population_is_refused_by_name(typed: str) -> None:
    with pytest.raises(Refusal, match=r"population\.") as caught:
        read_population(typed)
    assert caught.value.values["typed"] == typed


@pytest.mark.parametrize("written", ["105.7841", "-10.03", "10°", "10.03.25", "1e1", "", "nan"])
def test_what_is_no_latitude_here_is_none(written: str) -> None:
    assert read_latitude(written) is None


def test_degrees_are_read_with_a_point_or_a_comma() -> None:
    assert (read_latitude("10,0325"), read_longitude("105.7841")) == (10.0325, 105.7841)


def test_a_hundredth_of_a_degree_is_a_kilometre_and_a_bit() -> None:
    assert NINH_KIEU.kilometres_to(Point(10.0425, 105.7841)) == pytest.approx(1.112, abs=0.001)


@given(POINTS, POINTS)
def test_there_is_as_far_as_back(one: Point, other: Point) -> None:
    assert one.kilometres_to(other) == pytest.approx(other.kilometres_to(one))


@given(POINTS, st.lists(st.tuples(st.text(min_size=1), POINTS)))
def test_the_nearest_is_near_and_none_is_nearer(
    here: Point, places: list[tuple[str, Point]]
) -> None:
    distances = {(here.kilometres_to(point), place) for place, point in places}
    near = {one for one in distances if one[0] <= NEAR}

    assert nearest(here, places) == (min(near)[1] if near else None)


def test_a_point_never_shows_its_degrees() -> None:
    assert "10" not in f"{NINH_KIEU} {NINH_KIEU!r}"
