"""Polls as people type them: question and options, and whatever else they say of it."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.errors import Refusal
from domain.model.poll import PollKind
from domain.model.typed_poll import read_poll

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
PLAIN = "Họp tổ dân phố lúc nào tiện?\n- Sáng Chủ nhật\n- Tối thứ Bảy"


def test_the_first_line_asks_and_the_others_can_be_chosen() -> None:
    words = read_poll(PLAIN, NOW).words["vi"]
    assert words.question == "Họp tổ dân phố lúc nào tiện?"
    assert words.options == ("Sáng Chủ nhật", "Tối thứ Bảy")


@pytest.mark.parametrize("mark", ["", "• ", "1. ", "2) ", "– "])
def test_options_are_marked_as_people_like(mark: str) -> None:
    typed = f"Họp lúc nào?\n\n{mark}Sáng\n{mark}Tối"
    assert read_poll(typed, NOW).options == ("Sáng", "Tối")


@pytest.mark.parametrize(
    ("line", "open_for"),
    [
        ("Đóng: 3 ngày", timedelta(days=3)),
        ("đóng sau: 30 phút", timedelta(minutes=30)),
        ("Đóng sau: 2 tuần", timedelta(weeks=2)),
    ],
)
def test_it_stays_open_as_long_as_was_typed(line: str, open_for: timedelta) -> None:
    assert read_poll(f"{PLAIN}\n{line}", NOW).open_for == open_for


def test_it_closes_at_the_moment_that_was_typed() -> None:
    poll = read_poll(f"{PLAIN}\nĐóng lúc: 25/11 20:00", NOW)
    assert (poll.closes_at, poll.open_for) == (datetime(2026, 11, 25, 13, 0, tzinfo=UTC), None)


@pytest.mark.parametrize("time", ["khi nào cũng được", "0 ngày"])
def test_a_time_that_nobody_understands_is_refused(time: str) -> None:
    with pytest.raises(Refusal, match=r"poll\.time_not_understood"):
        read_poll(f"{PLAIN}\nĐóng: {time}", NOW)


def test_the_right_option_makes_it_a_quiz() -> None:
    poll = read_poll("Số cứu hỏa?\n- 113\n* 114\n- 115\nGiải thích: 114 là cứu hỏa.", NOW)
    assert (poll.kind, poll.correct) == (PollKind.QUIZ, 1)
    assert poll.words["vi"].explanation == "114 là cứu hỏa."


def test_only_one_option_can_be_right() -> None:
    with pytest.raises(Refusal, match=r"poll\.one_right_only"):
        read_poll("Số cứu hỏa?\n* 113\n* 114", NOW)


def test_other_languages_stand_under_their_names() -> None:
    poll = read_poll(f"{PLAIN}\nChọn nhiều\n[km]\nពេលណា?\n- ព្រឹក\n- ល្ងាច", NOW)
    assert poll.kind is PollKind.MULTIPLE
    assert poll.words["km"].options == ("ព្រឹក", "ល្ងាច")
