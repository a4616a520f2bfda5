"""What somebody is shown of their replies is what their press files, and nothing else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.model.public_reply import PublicReply, agreed_to, next_shown
from domain.model.resident import Written

SOON = datetime(2026, 11, 20, 9, tzinfo=UTC) + timedelta(hours=1)


def waiting(number: int, about: str, shown: int = 0, text: str = "Đèn hỏng") -> PublicReply:
    words = Written(number, text, 0)
    return PublicReply(f"h{number}", "g", "Tổ 3", "nk", "vi", about, None, words, SOON, shown)


some = st.lists(
    st.builds(waiting, st.integers(1, 30), st.sampled_from("AB"), st.integers(0, 2)),
    min_size=1,
    max_size=8,
    unique_by=lambda one: one.written.number,
)


@given(some)
def test_what_is_shown_is_about_one_matter_and_is_what_is_filed(held: list[PublicReply]) -> None:
    shown = next_shown(held)
    number = shown[0].shown
    after = [next((s for s in shown if s.handle == one.handle), one) for one in held]

    assert len({one.matter for one in shown}) == 1
    assert agreed_to(after, number) == shown


@given(some)
def test_nothing_is_filed_that_was_not_shown(held: list[PublicReply]) -> None:
    assert all(one.shown == 1 for one in agreed_to(held, 1))


def test_what_was_said_since_waits_for_a_showing_of_its_own() -> None:
    shown = next_shown([waiting(1, "A")])

    assert agreed_to([*shown, waiting(2, "A")], 1) == shown


def test_an_edit_in_the_middle_asks_for_another_look() -> None:
    first, second, third = next_shown([waiting(n, "A") for n in (1, 2, 3)])

    assert agreed_to([first, replace(second, shown=0), third], 1) == ()
