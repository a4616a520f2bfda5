"""What month keys are called, and when one may go."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.model.month_key import (
    GRACE,
    KeyStanding,
    KeyState,
    in_force,
    is_epoch,
    month_after,
    month_of,
    next_epoch,
)

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)


def test_further_keys_of_a_month_get_letters() -> None:
    assert next_epoch("2026-11", ()) == "2026-11"
    assert next_epoch("2026-11", {"2026-11"}) == "2026-11b"
    assert next_epoch("2026-11", {"2026-11", "2026-11b"}) == "2026-11c"


def test_a_key_with_a_letter_comes_after_its_month_and_before_the_next() -> None:
    names = ["2026-12", "2026-11b", "2026-11", "2026-11c"]

    assert sorted(names) == ["2026-11", "2026-11b", "2026-11c", "2026-12"]
    assert in_force("2026-11", names) == "2026-11c"


def test_the_newest_of_the_month_is_in_force_and_no_other_months() -> None:
    assert in_force("2026-11", {"2026-10", "2026-12"}) is None


@pytest.mark.parametrize("name", ["2026-13", "2026-00", "2026-11a", "2026-11bb", "../x", ""])
def test_what_is_no_month_is_no_key(name: str) -> None:
    assert not is_epoch(name)


def test_a_month_is_counted_in_utc() -> None:
    assert month_of(datetime.fromisoformat("2026-12-01T06:59:00+07:00")) == "2026-11"


def test_december_is_followed_by_january() -> None:
    assert month_after("2026-12") == "2027-01"


def test_a_key_may_go_a_day_after_the_next_one_took_its_place() -> None:
    standing = KeyStanding("2026-10", KeyState.KEPT, superseded_at=NOW)

    assert not standing.may_go(NOW + GRACE - timedelta(seconds=1))
    assert standing.may_go(NOW + GRACE)


@pytest.mark.parametrize("state", [one for one in KeyState if one is not KeyState.KEPT])
def test_only_a_key_that_is_kept_goes_by_itself(state: KeyState) -> None:
    assert not KeyStanding("2026-10", state, superseded_at=NOW).may_go(NOW + 9 * GRACE)
