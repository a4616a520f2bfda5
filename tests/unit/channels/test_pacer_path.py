"""The spread of the path follows what sends take, and stays within its bounds."""

import pytest

from channels.pacer import Limits, Turn
from channels.pacer.path import ENOUGH, SAMPLES, Path

LIMITS = Limits()


def travelled(path: Path, *travels: float) -> Path:
    for travel in travels:
        path.answered(Turn("nhom", 100.0), 100.0 + travel)
    return path


def test_until_enough_was_measured_the_spread_is_assumed() -> None:
    path = travelled(Path(LIMITS), *[0.25] * (ENOUGH - 1))

    assert path.spread == LIMITS.spread


def test_a_quiet_path_needs_little_room() -> None:
    path = travelled(Path(LIMITS), *[0.25] * ENOUGH)

    assert path.spread == LIMITS.least_spread


def test_an_uneven_path_needs_its_unevenness() -> None:
    path = travelled(Path(LIMITS), *[0.25 + number / 10_000 for number in range(100)])

    assert path.spread == pytest.approx(0.005, abs=0.0005)


def test_one_straggler_does_not_slow_all() -> None:
    path = travelled(Path(LIMITS), 9.0, *[0.25] * 100)

    assert path.spread == LIMITS.least_spread


def test_a_straggler_is_counted_as_late_as_it_may_have_come() -> None:
    path, late = travelled(Path(LIMITS), *[0.25] * ENOUGH), Turn("nhom", 100.0)
    path.answered(late, 101.0)

    assert path.arrives_by(late, 200) == pytest.approx(100.75, abs=0.01)


def test_what_has_no_answer_yet_may_be_arriving_now() -> None:
    path = travelled(Path(LIMITS), 0.25)

    assert path.arrives_by(Turn("nhom", 100.0), 103.0) == pytest.approx(102.75)


def test_what_never_has_an_answer_is_not_waited_for_for_ever() -> None:
    path = travelled(Path(LIMITS), 0.25)

    assert path.arrives_by(Turn("nhom", 100.0), 900.0) == 100 + LIMITS.longest_travel


def test_a_wild_path_does_not_stop_the_bot() -> None:
    path = travelled(Path(LIMITS), *range(100))

    assert path.spread == LIMITS.most_spread


def test_what_was_long_ago_is_forgotten() -> None:
    path = travelled(Path(LIMITS), *range(100), *[0.25] * SAMPLES)

    assert path.spread == LIMITS.least_spread
