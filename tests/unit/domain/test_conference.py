"""A conference's time goes one way: prepared, called, held or cancelled; reminders have theirs."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from domain.errors import LostRace, Refusal
from domain.model.conference import (
    ALLOWED_MOVES,
    EVERYBODY,
    Conference,
    ConferenceKind,
    ConferenceState,
    Reminder,
    due_reminders,
    soonest,
)
from domain.model.unit import QuietHours

NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)
"""Friday, nine in the morning."""
START = datetime(2026, 11, 26, 1, tzinfo=UTC)
"""Thursday, eight in the morning."""
DRAFT = Conference(
    "c1",
    "nk",
    "hanh",
    NOW,
    kind=ConferenceKind.TRAINING,
    title="Chuyển đổi số",
    start_at=START,
    minutes=120,
    place="Hội trường A",
    audience=EVERYBODY,
    note="",
)
CALLED = DRAFT.called("secret", NOW)
QUIET = QuietHours(time(21), time(6))


@pytest.mark.parametrize("key", ["kind", "title", "start_at", "minutes", "place", "audience"])
def test_nobody_is_called_while_something_is_missing(key: str) -> None:
    empty: dict[str, Any] = {key: None if key in ("kind", "start_at", "minutes") else ""}
    with pytest.raises(Refusal, match="incomplete"):
        replace(DRAFT, **empty).called("secret", NOW)


def test_nobody_is_called_to_what_has_begun() -> None:
    with pytest.raises(Refusal, match="over_already"):
        DRAFT.called("secret", START)


@pytest.mark.parametrize("state", ConferenceState)
def test_it_moves_only_as_the_table_says(state: ConferenceState) -> None:
    one = replace(CALLED, state=state)
    moves: dict[ConferenceState, Callable[[], Conference]] = {
        ConferenceState.CALLED: lambda: one.called("secret", NOW),
        ConferenceState.HELD: one.held,
        ConferenceState.CANCELLED: lambda: one.cancelled(NOW),
    }
    for to, move in moves.items():
        if to in ALLOWED_MOVES[state]:
            assert move().state is to
        else:
            with pytest.raises(LostRace):
                move()


def test_its_secret_ends_with_it_and_is_never_shown() -> None:
    assert CALLED.held().secret == CALLED.cancelled(NOW).secret == ""
    assert "secret" not in repr(CALLED)


def test_at_another_time_everybody_is_asked_anew() -> None:
    moved = CALLED.at_another_time(START + timedelta(days=1), NOW + timedelta(hours=1))

    assert (moved.asked, moved.told_at) == (2, NOW + timedelta(hours=1))


def test_what_has_begun_is_not_moved() -> None:
    with pytest.raises(Refusal, match="begun"):
        CALLED.at_another_place("Hội trường B", START)


@pytest.mark.parametrize(
    ("minutes", "is_open"), [(-31, False), (-30, True), (149, True), (150, False)]
)
def test_people_can_say_that_they_are_there_around_its_time(minutes: int, is_open: bool) -> None:
    assert CALLED.is_open_at(START + timedelta(minutes=minutes)) is is_open


@pytest.mark.parametrize(
    ("before", "due"),
    [
        (timedelta(hours=24, minutes=1), ()),
        (timedelta(hours=24), (Reminder.DAY_BEFORE,)),
        (timedelta(hours=12, minutes=1), (Reminder.DAY_BEFORE,)),
        (timedelta(hours=12), ()),
        (timedelta(hours=2), (Reminder.SOON,)),
        (timedelta(minutes=31), (Reminder.SOON,)),
        (timedelta(minutes=30), ()),
        (timedelta(0), ()),
    ],
)
def test_a_reminder_is_due_in_its_time_and_too_late_after_it(
    before: timedelta, due: tuple[Reminder, ...]
) -> None:
    assert due_reminders(CALLED, START - before) == due


def test_whoever_was_told_after_its_moment_is_not_reminded() -> None:
    told_late = replace(CALLED, told_at=START - timedelta(hours=20))

    assert due_reminders(told_late, START - timedelta(hours=19)) == ()
    assert due_reminders(told_late, START - timedelta(hours=2)) == (Reminder.SOON,)


def test_quiet_hours_are_waited_for_unless_it_is_about_to_begin() -> None:
    at_ten = datetime(2026, 11, 20, 15, tzinfo=UTC)
    six = datetime(2026, 11, 20, 23, tzinfo=UTC)

    assert soonest(at_ten, START, QUIET) == six
    assert soonest(at_ten, six + timedelta(minutes=15), QUIET) is None
    assert soonest(NOW, START, QUIET) is None
