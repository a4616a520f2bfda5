"""The chain: whatever is done to an entry that others follow is found."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.model.audit import GENESIS, AuditEntry, AuditEvent, first_break

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
WORDS = st.text(max_size=8)
EVENTS = st.builds(AuditEvent, st.just(NOW), WORDS, WORDS, WORDS, WORDS)


def chain(events: list[AuditEvent]) -> list[AuditEntry]:
    entries: list[AuditEntry] = []
    for seq, event in enumerate(events, start=1):
        previous = entries[-1].hash if entries else GENESIS
        entries.append(AuditEntry(seq, event, previous, event.chained_to(previous)))
    return entries


CHAINS = st.lists(EVENTS, min_size=3, max_size=6).map(chain)
PLACE = st.integers(0, 2)


@given(CHAINS)
def test_an_untouched_log_is_sound(log: list[AuditEntry]) -> None:
    assert first_break(log) is None


@given(CHAINS, PLACE, EVENTS)
def test_a_changed_event_is_found_where_it_stands(
    log: list[AuditEntry], place: int, other: AuditEvent
) -> None:
    assume(other != log[place].event)
    log[place] = replace(log[place], event=other)

    assert first_break(log) == log[place].seq


@given(CHAINS, PLACE, EVENTS)
def test_a_change_that_was_hashed_anew_is_found_at_the_next_entry(
    log: list[AuditEntry], place: int, other: AuditEvent
) -> None:
    assume(other != log[place].event and place + 1 < len(log))
    previous = log[place].previous_hash
    log[place] = replace(log[place], event=other, hash=other.chained_to(previous))

    assert first_break(log) == log[place + 1].seq


@given(CHAINS, st.integers(0, 1))
def test_a_removed_entry_is_found(log: list[AuditEntry], place: int) -> None:
    del log[place]

    assert first_break(log) == log[place].seq


@given(CHAINS, st.integers(0, 1))
def test_two_swapped_entries_are_found(log: list[AuditEntry], place: int) -> None:
    log[place], log[place + 1] = log[place + 1], log[place]

    assert first_break(log) == log[place].seq


@given(CHAINS, st.integers(0, 2))
def test_an_inserted_entry_is_found(log: list[AuditEntry], place: int) -> None:
    log.insert(place, log[place])

    assert first_break(log) is not None


@given(CHAINS)
def test_events_exchanged_between_entries_are_found(log: list[AuditEntry]) -> None:
    first, second = log[0].event, log[1].event
    assume(first != second)
    log[0], log[1] = replace(log[0], event=second), replace(log[1], event=first)

    assert first_break(log) == 1


@pytest.mark.parametrize("part", ["at", "actor_id", "action", "subject", "detail"])
def test_every_part_of_an_event_is_in_its_hash(part: str) -> None:
    event = AuditEvent(NOW, "an", "bulletin:submit", "b1", "Lần 1")
    other = NOW + timedelta(microseconds=1) if part == "at" else "x"
    changed = replace(event, **{part: other})  # type: ignore[arg-type]  # each part has its type

    assert changed.chained_to(GENESIS) != event.chained_to(GENESIS)


@given(WORDS, WORDS)
def test_words_cannot_move_from_one_field_to_the_next(subject: str, detail: str) -> None:
    whole = AuditEvent(NOW, "an", "bulletin:submit", subject + detail, "")
    parted = AuditEvent(NOW, "an", "bulletin:submit", subject, detail)
    assume(detail)

    assert whole.chained_to(GENESIS) != parted.chained_to(GENESIS)


def test_one_moment_hashes_alike_in_every_time_zone() -> None:
    local = NOW.astimezone(timezone(timedelta(hours=7)))
    event = AuditEvent(NOW, "an", "bulletin:submit", "b1")

    assert replace(event, at=local).chained_to(GENESIS) == event.chained_to(GENESIS)
