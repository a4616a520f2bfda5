"""A bulletin's life, and the hash that binds an approval to letters, groups and time."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.errors import LostRace, Refusal, Tampered
from domain.model.approval import Approval, require_other_people
from domain.model.bulletin import (
    ALLOWED_MOVES,
    Bulletin,
    BulletinClass,
    BulletinState,
    Field,
    Misfire,
    Revision,
)
from domain.model.frozen import AudienceDigest, freeze, thaw, thaw_text
from domain.model.marks import Mark, MarkKind
from domain.model.office_days import OfficeDays
from domain.model.recurrence import Cadence, HolidayRule, Recurrence
from domain.model.version import Version

NOON = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
DAILY = Recurrence(Cadence.DAILY, time(6), date(2026, 11, 21))
REVISION = Revision(
    id="r1",
    bulletin_id="b1",
    unit_id="nk",
    number=1,
    author_id="an",
    text="Triều cường ngày mai.",
    field=Field.DISASTERS,
    bulletin_class=BulletinClass.ORDINARY,
    issuing_body="UBND phường Ninh Kiều",
    source="Công văn 12/UBND",
    audience_unit_id="nk",
    send_at=NOON,
)
OFFICE = OfficeDays({})
WORDS = "<b>Triều cường</b> ngày mai."
FROZEN = freeze(REVISION, {"vi": WORDS}, ["g2", "g1"])


@given(st.lists(st.sampled_from(BulletinState), max_size=8))
def test_no_path_leaves_the_table_of_moves(path: list[BulletinState]) -> None:
    bulletin = Bulletin("b1", "nk", "an", BulletinState.DRAFT, 0)
    for state in path:
        if state in ALLOWED_MOVES[bulletin.state]:
            bulletin = bulletin.moved_to(state)
            assert bulletin == Bulletin("b1", "nk", "an", state, 0)
        else:
            with pytest.raises(LostRace):
                bulletin.moved_to(state)


def test_every_state_has_a_row_in_the_table() -> None:
    assert set(ALLOWED_MOVES) == set(BulletinState)


def test_only_what_was_approved_can_be_sent() -> None:
    before_sent = {old for old, new in ALLOWED_MOVES.items() if BulletinState.SENT in new}
    before_approved = {old for old, new in ALLOWED_MOVES.items() if BulletinState.APPROVED in new}

    before_stopped = {old for old, new in ALLOWED_MOVES.items() if BulletinState.STOPPED in new}

    assert before_sent == before_stopped == {BulletinState.APPROVED}
    assert before_approved == {BulletinState.IN_REVIEW, BulletinState.STOPPED}


def test_the_author_cannot_approve() -> None:
    with pytest.raises(Refusal) as refused:
        require_other_people("an", None, "an")

    assert refused.value.key == "review.self_approval"


def test_a_second_person_can_approve() -> None:
    require_other_people("an", None, "binh")


def test_nobody_is_both_of_two_approvers() -> None:
    first = Approval("a1", "r1", "h", "an", "binh", datetime(2026, 11, 20, tzinfo=UTC))
    require_other_people("an", first, "lan")
    with pytest.raises(Refusal) as refused:
        require_other_people("an", first, "binh")

    assert refused.value.key == "review.approved_already"


def test_only_what_needs_two_says_so_in_what_is_hashed() -> None:
    two = freeze(replace(REVISION, approvals_needed=2), FROZEN.rendered, ["g1", "g2"])

    assert "approvals_needed" not in FROZEN.written
    assert '"approvals_needed":2' in two.written
    with pytest.raises(Tampered):
        thaw(REVISION, two.written, two.hash, ["g1", "g2"])


def test_what_was_frozen_thaws_unchanged() -> None:
    assert thaw(REVISION, FROZEN.written, FROZEN.hash, ["g1", "g2"]) == FROZEN


def test_the_words_thaw_without_a_list_of_groups() -> None:
    text = thaw_text(REVISION, FROZEN.written, FROZEN.hash)

    assert (text.in_language("vi"), text.hash) == (WORDS, FROZEN.hash)
    assert text.audience == AudienceDigest.of(["g1", "g2"])


@given(st.sets(st.text("g123", min_size=1, max_size=3)))
def test_other_groups_than_were_frozen_are_found(groups: set[str]) -> None:
    assume(groups != {"g1", "g2"})

    with pytest.raises(Tampered):
        thaw(REVISION, FROZEN.written, FROZEN.hash, groups)


def test_what_is_hashed_does_not_grow_with_the_groups() -> None:
    many = freeze(REVISION, {"vi": WORDS}, [f"g{n}" for n in range(10_000)])

    assert len(many.written) == len(FROZEN.written) + len("10000") - len("2")


@given(st.text(min_size=1, max_size=40), st.data())
def test_any_changed_letter_changes_the_hash(words: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(words) - 1))
    letter = data.draw(st.characters(exclude_categories=["Cs"]))
    assume(letter != words[place])
    changed = words[:place] + letter + words[place + 1 :]

    assert (
        freeze(REVISION, {"vi": words}, ["g1"]).hash
        != freeze(REVISION, {"vi": changed}, ["g1"]).hash
    )


@given(st.sets(st.text(max_size=4), min_size=1), st.sets(st.text(max_size=4), min_size=1))
def test_any_changed_group_changes_the_hash(one: set[str], other: set[str]) -> None:
    same = (
        freeze(REVISION, {"vi": WORDS}, [*one]).hash
        == freeze(REVISION, {"vi": WORDS}, [*other]).hash
    )

    assert same is (one == other)


@given(st.integers(1, 10**9))
def test_any_changed_time_changes_the_hash(seconds: int) -> None:
    later = replace(REVISION, send_at=NOON + timedelta(seconds=seconds))

    assert freeze(later, {"vi": WORDS}, ["g1", "g2"]).hash != FROZEN.hash


@pytest.mark.parametrize(
    "changed",
    [
        {"send_at": None},
        {"good_for": timedelta(hours=25)},
        {"misfire": Misfire.SKIP},
        {"recurrence": DAILY},
        {"recurrence": replace(DAILY, until=date(2026, 12, 31))},
        {"recurrence": replace(DAILY, on_holiday=HolidayRule.SKIP)},
        {"bulletin_class": BulletinClass.PRIORITY},
        {"id": "r2"},
        {"bulletin_id": "b2"},
        {"talking_points": "Kê đồ lên cao."},
        {"title": "Triều cường"},
        {"marks": (Mark(MarkKind.BOLD, 0, 5),)},
        {"translations": (Version("km", "", "ទឹកឡើង"),)},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_every_condition_of_the_approval_is_in_the_hash(changed: dict[str, object]) -> None:
    other = replace(REVISION, **changed)  # type: ignore[arg-type]  # one field of each kind

    assert freeze(other, {"vi": WORDS}, ["g1", "g2"]).hash != FROZEN.hash


def test_what_was_approved_before_there_were_titles_keeps_its_hash() -> None:
    assert not {"title", "marks", "translations"} & json.loads(FROZEN.written).keys()


def test_another_language_is_in_the_hash() -> None:
    both = freeze(REVISION, {"vi": WORDS, "en": "Tide"}, ["g1", "g2"])

    assert both.hash != FROZEN.hash


def test_the_order_and_repetition_of_groups_do_not_matter() -> None:
    assert freeze(REVISION, {"vi": WORDS}, ["g1", "g2", "g1"]) == FROZEN


def test_one_moment_hashes_alike_in_every_time_zone() -> None:
    local = replace(REVISION, send_at=NOON.astimezone(timezone(timedelta(hours=7))))

    assert freeze(local, {"vi": WORDS}, ["g1", "g2"]).hash == FROZEN.hash


@given(st.data())
def test_any_changed_letter_of_what_was_written_is_found(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(FROZEN.written) - 1))
    letter = data.draw(st.characters(exclude_categories=["Cs"]))
    assume(letter != FROZEN.written[place])
    changed = FROZEN.written[:place] + letter + FROZEN.written[place + 1 :]

    with pytest.raises(Tampered):
        thaw_text(REVISION, changed, FROZEN.hash)


@pytest.mark.parametrize(
    "changed",
    [
        {"send_at": NOON + timedelta(hours=1)},
        {"good_for": timedelta(days=30)},
        {"misfire": Misfire.ASK},
        {"recurrence": DAILY},
        {"bulletin_class": BulletinClass.PRIORITY},
        {"bulletin_id": "b2"},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_a_condition_changed_beside_what_was_written_is_found(changed: dict[str, object]) -> None:
    other = replace(REVISION, **changed)  # type: ignore[arg-type]  # one field of each kind

    with pytest.raises(Tampered):
        thaw_text(other, FROZEN.written, FROZEN.hash)


def test_without_a_group_nothing_is_frozen() -> None:
    with pytest.raises(Refusal) as refused:
        freeze(REVISION, {"vi": WORDS}, [])

    assert refused.value.key == "bulletin.no_chats"


def test_a_language_that_was_not_written_is_shown_in_vietnamese() -> None:
    assert FROZEN.in_language("km") == WORDS


@pytest.mark.parametrize(
    ("approved_at", "planned_at"),
    [(NOON - timedelta(hours=3), NOON), (NOON, NOON), (NOON + timedelta(hours=3), None)],
    ids=["before its time", "at its time", "after its time"],
)
def test_approving_is_scheduling(approved_at: datetime, planned_at: datetime | None) -> None:
    assert REVISION.planned_at(approved_at, OFFICE) == (planned_at or approved_at)


def test_what_recurs_is_due_at_its_next_fire() -> None:
    daily = replace(REVISION, send_at=None, recurrence=DAILY)

    assert daily.planned_at(NOON, OFFICE) == datetime(2026, 11, 21, 23, tzinfo=UTC)


def test_without_a_time_it_is_due_when_it_is_approved() -> None:
    at_once = replace(REVISION, send_at=None)

    assert at_once.planned_at(NOON, OFFICE) == NOON
    assert not at_once.expired_by(NOON + timedelta(days=365))


def test_a_day_after_its_time_it_can_no_longer_be_sent() -> None:
    assert not REVISION.expired_by(NOON + timedelta(hours=24, seconds=-1))
    assert REVISION.expired_by(NOON + timedelta(hours=24))
