"""A resident's consent and the draft that waits for it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import LostRace, Refusal
from domain.model.opinion_kind import DATA_REQUESTS, OpinionKind
from domain.model.opinion_voice import DraftVoice, VoiceConsent
from domain.model.resident import (
    LONGEST_TEXT,
    NOTICE_VERSION,
    DraftStep,
    OpinionDraft,
    Resident,
    Written,
)
from domain.usecases.intake_steps import asked

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
DRAFT = OpinionDraft("h1", DraftStep.CONSENT, NOW + timedelta(minutes=60))


@pytest.mark.parametrize("kind", sorted(DATA_REQUESTS))
def test_a_request_about_data_is_led_to_no_commune(kind: OpinionKind) -> None:
    """Neither by a button from before nor by a poster's link."""
    request = replace(DRAFT, kind=kind, unit_id="ct", step=DraftStep.CONFIRM)

    assert ("intake:back", "") not in asked(request, (), 0)
    with pytest.raises(LostRace, match="stale"):
        request.one_back()
    assert request.placed("nk").unit_id == "ct"


def test_a_recording_that_was_agreed_to_is_not_asked_about_again() -> None:
    kept = DraftVoice(9, "", 45, VoiceConsent(1, NOW))

    assert replace(DRAFT, voice=kept).with_voice(DraftVoice(9, "v", 45)).voice == kept


def test_silence_is_not_consent() -> None:
    assert not Resident().has_consented


def test_who_consented_has_consented() -> None:
    assert Resident().consenting(NOW).has_consented


def test_consent_to_another_notice_does_not_count() -> None:
    assert not Resident("vi", NOW, NOTICE_VERSION - 1).has_consented


def test_consenting_keeps_the_language() -> None:
    assert Resident("km").consenting(NOW).language == "km"


@pytest.mark.parametrize(
    ("text", "unit_id", "step"),
    [
        ("", None, DraftStep.TEXT),
        ("", "nk", DraftStep.TEXT),
        ("Đèn hỏng.", None, DraftStep.KIND),
        ("Đèn hỏng.", "nk", DraftStep.KIND),
    ],
)
def test_what_is_missing_is_asked_next(text: str, unit_id: str | None, step: DraftStep) -> None:
    draft = OpinionDraft("h1", DraftStep.CONSENT, NOW, (Written(1, text),), unit_id)

    assert draft.next_step is step


def test_words_are_kept_as_they_were_written() -> None:
    draft = DRAFT.with_more(Written(1, "Đèn hỏng!!!  <b>Hai</b> tuần & chưa ai sửa.\n\nCảm ơn."))

    assert draft.text == "Đèn hỏng!!!  <b>Hai</b> tuần & chưa ai sửa.\n\nCảm ơn."


def test_a_second_message_follows_the_first() -> None:
    assert (
        DRAFT.with_more(Written(1, "Đèn hỏng.")).with_more(Written(2, "Hẻm 12.")).text
        == "Đèn hỏng.\nHẻm 12."
    )


@pytest.mark.parametrize("text", ["", "  \n", "\u200b\u200d", "\u2060", "\u0301"])
def test_a_message_that_says_nothing_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        DRAFT.with_more(Written(1, text))

    assert refused.value.key == "intake.nothing_written"


def test_the_longest_text_just_fits() -> None:
    assert len(DRAFT.with_more(Written(1, "a" * LONGEST_TEXT)).text) == LONGEST_TEXT


def test_an_emoji_counts_as_two() -> None:
    with pytest.raises(Refusal) as refused:
        DRAFT.with_more(Written(1, "A" + "👍" * (LONGEST_TEXT // 2)))

    assert refused.value.values == {"limit": LONGEST_TEXT, "over": 1}


@given(st.integers(1, 2000), st.integers(0, LONGEST_TEXT - 1))
def test_too_much_is_refused_with_by_how_much(over: int, already: int) -> None:
    draft = DRAFT.with_more(Written(1, "a" * already)) if already else DRAFT
    room = LONGEST_TEXT - already - bool(already)
    with pytest.raises(Refusal) as refused:
        draft.with_more(Written(2, "b" * (room + over)))

    assert (refused.value.key, refused.value.values["over"]) == ("intake.too_long", over)


VERSIONS = [
    Written(1, "Đèn hỏng."),
    Written(1, "Đèn đường hỏng.", 1700000001),
    Written(1, "Đèn đường hẻm 12 hỏng.", 1700000002),
    Written(2, "Đã hai tuần."),
]


@given(st.permutations(VERSIONS * 2))
def test_the_newest_edit_stays_in_whatever_order_edits_come(order: list[Written]) -> None:
    draft = DRAFT
    for words in order:
        draft = draft.with_more(words)

    assert draft.text == "Đèn đường hẻm 12 hỏng.\nĐã hai tuần."


def test_every_move_counts_and_names_its_update() -> None:
    moved = DRAFT.moved_to(DraftStep.TEXT, 41, NOW)

    assert (moved.step, moved.version, moved.last_update, moved.expires_at) == (
        DraftStep.TEXT,
        2,
        41,
        NOW,
    )
