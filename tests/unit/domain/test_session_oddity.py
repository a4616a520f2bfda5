"""What looks odd is measured against what is usual there."""

from dataclasses import replace

import pytest

from domain.model.session_oddity import Oddity, oddities, usual_at
from tests.unit.domain.test_session import COMPLETE

USUAL = 40.0


@pytest.mark.parametrize(
    ("people", "minutes", "overlaps", "odd"),
    [
        (45, 90, False, ()),
        (200, 480, False, ()),
        (201, 90, False, (Oddity.CROWD,)),
        (3000, 90, False, (Oddity.CROWD,)),
        (45, 481, False, (Oddity.LONG,)),
        (45, 90, True, (Oddity.OVERLAP,)),
        (3000, 600, True, (Oddity.CROWD, Oddity.LONG, Oddity.OVERLAP)),
    ],
)
def test_what_is_far_from_usual_is_odd(
    people: int, minutes: int, overlaps: bool, odd: tuple[Oddity, ...]
) -> None:
    answers = {**COMPLETE.answers, "people": people, "minutes": minutes}

    assert oddities(replace(COMPLETE, answers=answers), USUAL, overlaps) == odd


@pytest.mark.parametrize(("population", "odd"), [(None, False), (45, False), (44, True)])
def test_more_listeners_than_people_live_there_are_odd(population: int | None, odd: bool) -> None:
    answers = {**COMPLETE.answers, "people": 45}
    found = oddities(replace(COMPLETE, answers=answers), USUAL, False, population)

    assert (Oddity.MORE_THAN_LIVE_THERE in found) == odd


def test_a_place_with_few_sessions_is_measured_against_those_around_it() -> None:
    people = {"kv": [400], "kv2": [30, 40], "kv3": [50]}

    assert usual_at("kv", people) == 45


def test_a_place_with_enough_sessions_is_measured_by_itself() -> None:
    assert usual_at("kv", {"kv": [10, 20, 30], "kv2": [900, 900, 900]}) == 20


def test_where_nothing_is_known_something_is_assumed() -> None:
    assert usual_at("kv", {}) > 0
