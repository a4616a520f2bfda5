"""Templates for answers: what is taken as one, and what a letter by it says."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Refusal
from domain.model.letter_template import (
    LONGEST_NAME,
    LONGEST_TEMPLATE,
    MOST_TEMPLATES,
    LetterTemplate,
    Slot,
    going_along,
    left_behind,
    read_template,
    require_room,
)
from domain.model.opinion import LetterKind

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
ROAD = LetterTemplate("t1", "nk", "Đường sá", "[Cơ quan] xin trả lời: [nội dung]", "hanh", NOW)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("", "letter_template.two_parts"),
        ("Đường sá", "letter_template.two_parts"),
        ("Đường sá\n \n", "letter_template.two_parts"),
        ("x" * (LONGEST_NAME + 1) + "\nLời.", "letter_template.name_too_long"),
        ("Đường sá\n" + "x" * (LONGEST_TEMPLATE + 1), "letter_template.too_long"),
    ],
)
def test_what_is_wrong_is_named(typed: str, key: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_template(typed, LetterKind.ANSWER)
    assert refused.value.key == key


@pytest.mark.parametrize("slot", ["[mã]", "[họ tên]", "[điện thoại]", "[]", "[", "]"])
def test_a_slot_that_nobody_fills_is_named(slot: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_template(f"Đường sá\nKính gửi {slot}, [nội dung]", LetterKind.ANSWER)
    assert (refused.value.key, refused.value.values["slot"]) == (
        "letter_template.unknown_slot",
        slot,
    )


def test_the_first_line_is_the_name() -> None:
    typed = " Đường  sá \nDòng một\n[nội dung]"
    assert read_template(typed, LetterKind.ANSWER) == ("Đường sá", "Dòng một\n[nội dung]")


@pytest.mark.parametrize("kind", [LetterKind.REFUSAL, LetterKind.REFERRAL])
def test_a_letter_after_which_no_answer_is_due_names_no_day_for_one(kind: LetterKind) -> None:
    with pytest.raises(Refusal) as refused:
        read_template("Đường sá\nSẽ trả lời trước ngày [hạn].", kind)
    assert refused.value.key == "letter_template.no_day"


@given(st.text())
def test_what_is_filled_in_is_never_read_as_a_slot(body: str) -> None:
    said = ROAD.filled({Slot.OFFICE: "[nội dung]", Slot.BODY: body})

    assert said == f"[nội dung] xin trả lời: {body}"


def test_what_is_about_one_case_is_in_no_answer_to_several() -> None:
    template = replace(ROAD, text="Hẹn [hạn]: [nội dung]")
    template.require_fit(shared=False)
    ROAD.require_fit(shared=True)
    with pytest.raises(Refusal) as refused:
        template.require_fit(shared=True)
    assert refused.value.key == "letter_template.for_one"


def test_a_unit_has_few_and_none_twice() -> None:
    many = [replace(ROAD, name=f"Mẫu {n}") for n in range(MOST_TEMPLATES)]
    for name, others, key in (("đường SÁ", [ROAD], "same_name"), ("Mới", many, "too_many")):
        with pytest.raises(Refusal) as refused:
            require_room(name, others)
        assert refused.value.key == f"letter_template.{key}"


def test_a_successor_takes_over_the_newest_while_it_has_room_for_their_kind() -> None:
    there = [replace(ROAD, id=f"n{n}", name=f"Mẫu {n}") for n in range(MOST_TEMPLATES - 1)]
    old = replace(ROAD, id="o1", name="Cũ")
    new = replace(ROAD, id="o2", name="Mới", kept_at=NOW + timedelta(days=1))
    question = replace(ROAD, id="o3", name="mẫu 0", kind=LetterKind.QUESTION)
    double = replace(ROAD, id="o4", name="MẪU 0", kept_at=NOW + timedelta(days=2))
    own = [old, question, double, new]
    along = going_along(own, there)

    assert along == (new, question)
    assert left_behind(own, there, along) == ()
    other = replace(old, text="Lời khác.")
    assert left_behind([*own, other], there, going_along([*own, other], there)) == (other,)


def test_what_is_called_alike_and_says_something_else_goes_along_under_a_number() -> None:
    theirs = replace(ROAD, id="n1", name="Đường sá " + "x" * (LONGEST_NAME - 9))
    own = replace(theirs, id="o1", text="Lời khác.")
    more = replace(theirs, id="o2", text="Lời khác nữa.", kept_at=NOW - timedelta(days=1))

    names = [one.name for one in going_along([own, more], [theirs])]
    assert names == [f"Đường sá {'x' * (LONGEST_NAME - 13)} ({number})" for number in (2, 3)]
