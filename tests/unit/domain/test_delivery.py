"""Entries of the outbox: how they are made, and how long a certain failure waits."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.model.delivery import (
    BACK_OFF,
    EntryState,
    Lane,
    OriginKind,
    Payload,
    back_off,
    bulk_entry,
    card,
    letter,
    to_chat,
    to_handle,
    to_person,
    view,
)

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
WORDS = Payload("Có ý kiến mới.")


@pytest.mark.parametrize(
    ("refusals", "seconds"), [(1, 1), (2, 2), (3, 5), (4, 10), (5, 30), (6, 60), (7, 60), (99, 60)]
)
def test_each_failure_waits_longer_up_to_a_minute(refusals: int, seconds: int) -> None:
    assert back_off(refusals) == timedelta(seconds=seconds)


@given(st.integers(1, 10**6))
def test_the_wait_never_grows_shorter(refusals: int) -> None:
    assert BACK_OFF[0] <= back_off(refusals) <= back_off(refusals + 1) <= BACK_OFF[-1]


def test_a_broadcasts_share_carries_no_words_of_its_own() -> None:
    entry = bulk_entry("e1", "bc1", "g1", Lane.BULK, (NOW, NOW + timedelta(days=1)))

    assert (entry.origin.kind, entry.payload) == (OriginKind.BROADCAST, None)
    assert (entry.destination, entry.not_before, entry.not_after) == (
        to_chat("g1"),
        NOW,
        NOW + timedelta(days=1),
    )


def test_cards_and_letters_overtake_groups() -> None:
    told = card("c1", "filed:o1", to_person("giang"), WORDS)
    owed = letter("l1", "answer:w1", "h1", WORDS)

    assert told.lane == owed.lane == Lane.PERSON < Lane.PRIORITY < Lane.BULK
    assert owed.destination == to_handle("h1")


def test_everything_starts_queued_at_its_first_attempt() -> None:
    entry = card("c1", "filed:o1", to_person("giang"), WORDS)

    assert (entry.state, entry.attempt, entry.refusals) == (EntryState.QUEUED, 1, 0)
    assert entry.delete_after is None


def test_each_reading_of_a_case_is_owed_for_itself_and_stays_for_a_time() -> None:
    first, second = (view(v, "o1", "giang", WORDS, timedelta(hours=24)) for v in ("v1", "v2"))

    assert first.origin != second.origin
    assert (first.destination, first.delete_after) == (to_person("giang"), timedelta(hours=24))
