"""What a session may hold, and how it moves from its draft to its confirmation."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import Forbidden, LostRace, Refusal
from domain.model.access import Actor, Role
from domain.model.form import FIRST_FORM, Form, FormField
from domain.model.session import OutreachSession, SessionState, beginning, like
from domain.model.session_answers import read_answer
from tests.integration.storage.cast import HANH, NOW
from tests.integration.storage.logged import ANSWERS
from tests.integration.usecases.communicators import DUNG
from tests.integration.usecases.office import actor

DRAFT = OutreachSession("s1", "kv", DUNG.id, Role.COMMUNICATOR, 1, NOW)
COMPLETE = replace(DRAFT, answers=ANSWERS)
SUBMITTED = COMPLETE.submitted(FIRST_FORM, NOW)


def test_an_older_form_that_requires_questions_lets_a_session_go_without_any() -> None:
    fields = (replace(one, is_required=True) for one in FIRST_FORM.fields if one.key == "questions")

    assert DRAFT.missing(Form(2, tuple(fields))) == ()


def asked(key: str) -> FormField:
    return FIRST_FORM.field(key)


@pytest.mark.parametrize(
    ("key", "typed", "refusal"),
    [
        ("start", "mai 8h", "session.in_future"),
        ("start", "20/11/2024 8h", "session.too_old"),
        ("start", "20/9 8h", "session.too_old"),
        ("start", "1/1/0001 3h", "session.start_not_understood"),
        ("start", "0001-01-01T00:00:00+14:00", "session.start_not_understood"),
        ("start", "9999-12-31T23:59:00-08:00", "session.start_not_understood"),
        ("minutes", "0", "session.minutes_out_of_range"),
        ("minutes", "601", "session.minutes_out_of_range"),
        ("people", "-5", "session.count_out_of_range"),
        ("people", "1000000000", "session.count_out_of_range"),
        ("people", "100001", "session.count_out_of_range"),
        ("households", "-1", "session.count_out_of_range"),
        ("mode", "bay", "session.not_a_choice"),
        ("audience", "nong_dan,ca", "session.not_a_choice"),
        ("topic", "\u200b ", "session.nothing_written"),
        ("topic", "x" * 501, "session.too_long"),
    ],
)
def test_what_cannot_be_is_refused_by_name(key: str, typed: str, refusal: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_answer(asked(key), typed, NOW)

    assert refused.value.key == refusal


@pytest.mark.parametrize(
    ("key", "typed", "kept"),
    [
        ("minutes", "600", 600),
        ("people", "100.000", 100_000),
        ("people", "0", 0),
        ("mode", "truc_tuyen", "truc_tuyen"),
        ("audience", "phu_nu, nong_dan", ("nong_dan", "phu_nu")),
        ("place", " Nhà văn hóa ", "Nhà văn hóa"),
    ],
)
def test_what_can_be_is_kept(key: str, typed: str, kept: object) -> None:
    assert read_answer(asked(key), typed, NOW) == kept


def test_a_session_is_submitted_only_when_nothing_is_missing() -> None:
    with pytest.raises(Refusal, match="incomplete"):
        replace(COMPLETE, answers=ANSWERS | {"place": ""}).submitted(FIRST_FORM, NOW)


def test_a_draft_that_lay_for_two_months_is_refused() -> None:
    with pytest.raises(Refusal, match="too_old"):
        COMPLETE.submitted(FIRST_FORM, NOW + timedelta(days=61))


def test_what_was_returned_may_be_sent_again_however_late() -> None:
    returned = SUBMITTED.returned(actor(HANH), "Ghi lại số người.")

    again = returned.submitted(FIRST_FORM, NOW + timedelta(days=90))

    assert (again.state, again.note) == (SessionState.SUBMITTED, "")


@pytest.mark.parametrize("act", ["confirmed", "returned"])
def test_nobody_decides_on_their_own_session(act: str) -> None:
    own = Actor(DUNG.id, HANH.grants)
    with pytest.raises(Forbidden, match="own"):
        SUBMITTED.confirmed(own, NOW) if act == "confirmed" else SUBMITTED.returned(own, "x")


def test_a_draft_cannot_be_confirmed() -> None:
    with pytest.raises(LostRace, match="moved_on"):
        COMPLETE.confirmed(actor(HANH), NOW)


def test_a_submitted_session_can_be_changed_and_stays_submitted() -> None:
    changed = SUBMITTED.answered("people", 50, NOW + timedelta(hours=1))

    assert (changed.state, changed.number("people")) == (SessionState.SUBMITTED, 50)
    assert changed.version > SUBMITTED.version


def test_a_confirmed_session_can_no_longer_be_changed() -> None:
    with pytest.raises(LostRace, match="confirmed_already"):
        SUBMITTED.confirmed(actor(HANH), NOW).answered("people", 50, NOW)


def test_one_like_the_last_lacks_only_its_time_and_its_listeners() -> None:
    copied = like(SUBMITTED, replace(DRAFT, id="s2"), FIRST_FORM)

    assert [one.key for one in copied.missing(FIRST_FORM)] == ["start", "people"]


def test_a_fresh_session_takes_over_only_what_seldom_differs() -> None:
    last = SUBMITTED.answered("language", ("km",), NOW)

    assert beginning(DRAFT, last, FIRST_FORM).answers == {"language": ("km",)}
