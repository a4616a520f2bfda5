"""Emergency templates: what they leave open, and that nothing else can be said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Refusal
from domain.model.template import Slot, filled, require_template, slots_of

TIDE = "Nước lên [mức: 1,8 m | 2,0 m] tại [nơi: bến Ninh Kiều | chợ An Bình]."
SLOTS = slots_of(TIDE)


def test_the_choices_are_read_in_their_order() -> None:
    assert (
        Slot("mức", ("1,8 m", "2,0 m"), "[mức: 1,8 m | 2,0 m]"),
        Slot("nơi", ("bến Ninh Kiều", "chợ An Bình"), "[nơi: bến Ninh Kiều | chợ An Bình]"),
    ) == SLOTS


def test_what_is_chosen_takes_its_place() -> None:
    said = filled(TIDE, SLOTS, ["2,0 m", "chợ An Bình"])

    assert said == "Nước lên 2,0 m tại chợ An Bình."


def test_words_without_a_choice_stay_as_they_are() -> None:
    require_template("Có bão.")

    assert filled("Có bão.", slots_of("Có bão."), []) == "Có bão."


@given(st.lists(st.text(max_size=6), max_size=3))
def test_only_what_is_on_the_lists_can_be_said(chosen: list[str]) -> None:
    with pytest.raises(Refusal, match="not_chosen"):
        filled(TIDE, SLOTS, chosen)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Nước lên [mức].", "template.brackets"),
        ("Nước lên [mức: 1 m | 2 m.", "template.brackets"),
        ("[a: 1] [a: 2]", "template.same_name"),
        ("[a: 1] [b: 1] [c: 1] [d: 1] [e: 1]", "template.too_many"),
        ("[a: 1 | 1]", "template.values"),
        ("[a: 1 | ]", "template.values"),
        ("[a: 1|2|3|4|5|6|7|8|9]", "template.values"),
        ("[a: <b>1</b>]", "template.signs"),
        ("[a: " + "x" * 61 + "]", "template.value_too_long"),
    ],
)
def test_a_template_that_cannot_be_filled_is_refused(text: str, key: str) -> None:
    with pytest.raises(Refusal) as refused:
        require_template(text)

    assert refused.value.key == key
