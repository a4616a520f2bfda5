"""Polls that can be asked, and the name of everything that is wrong with one that cannot."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Refusal
from domain.model.poll import Poll, PollKind, PollWords, flaws, require_sound

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
SOUND = PollWords("Họp tổ dân phố lúc nào?", ("Sáng", "Tối"))


def poll(words: PollWords = SOUND, **changed: object) -> Poll:
    return replace(Poll({"vi": words}), **changed)  # type: ignore[arg-type]


def named(one: Poll) -> list[str]:
    return [flaw.key for flaw in flaws(one, NOW)]


def of(*options: str) -> Poll:
    return poll(replace(SOUND, options=options))


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        (of("Sáng"), "poll.options_count"),
        (of(*[str(n) for n in range(13)]), "poll.options_count"),
        (of("Sáng", "  SÁNG "), "poll.equal_options"),
        (of("Sáng", "Sa\u0301ng"), "poll.equal_options"),
        (of("Sáng", "\u200b"), "poll.empty_option"),
        (of("Sáng", "x" * 101), "poll.option_too_long"),
        (of("Sáng", "😀" * 51), "poll.option_too_long"),
        (poll(replace(SOUND, question="  ")), "poll.no_question"),
        (poll(replace(SOUND, question="x" * 301)), "poll.question_too_long"),
        (poll(closes_at=NOW), "poll.closes_before_opening"),
        (poll(closes_at=NOW - timedelta(days=1)), "poll.closes_before_opening"),
        (poll(open_for=timedelta(minutes=4)), "poll.too_short"),
        (poll(open_for=timedelta(days=31)), "poll.too_long"),
        (poll(kind=PollKind.QUIZ), "poll.no_correct"),
        (poll(kind=PollKind.QUIZ, correct=2), "poll.no_correct"),
        (poll(correct=1), "poll.only_quiz"),
        (poll(replace(SOUND, explanation="Vì thế.")), "poll.only_quiz"),
        (Poll({"vi": SOUND, "km": PollWords("?a", ("a", "b", "c"))}), "poll.other_count"),
        (Poll({"km": SOUND}), "poll.no_vietnamese"),
    ],
)
def test_what_is_wrong_is_named(wrong: Poll, key: str) -> None:
    assert key in named(wrong)


def test_everything_that_is_wrong_is_named_at_once() -> None:
    wrong = Poll({"vi": PollWords("", ("Sáng",))}, closes_at=NOW)
    assert named(wrong) == ["poll.no_question", "poll.options_count", "poll.closes_before_opening"]


def test_a_sound_poll_passes() -> None:
    quiz = replace(SOUND, explanation="Theo thông báo số 12.")
    require_sound(poll(quiz, kind=PollKind.QUIZ, correct=0), NOW)


def test_an_unsound_poll_is_refused() -> None:
    with pytest.raises(Refusal):
        require_sound(of("Sáng"), NOW)


def test_a_language_that_was_not_written_falls_back_to_vietnamese() -> None:
    assert poll().in_language("km") == SOUND


WORDS = st.builds(
    PollWords,
    st.text(max_size=20),
    st.lists(st.text(max_size=9), max_size=4).map(tuple),
    st.text(max_size=9),
)


@given(
    st.dictionaries(st.sampled_from(("vi", "km", "en")), WORDS),
    st.sampled_from(PollKind),
    st.none() | st.integers(0, 3),
    st.none() | st.datetimes(timezones=st.just(UTC)),
)
def test_a_poll_is_read_back_as_it_was_written(
    words: dict[str, PollWords], kind: PollKind, correct: int | None, closes_at: datetime | None
) -> None:
    written = Poll(words, kind, correct, None if closes_at else timedelta(hours=5), closes_at)
    assert Poll.of(written.form()) == written
