"""The form is changed by making its next version; what the figures need stays."""

import pytest

from domain.errors import Refusal
from domain.model.form import FIRST_FORM, MOST_OWN_FIELDS, NEEDED, FieldKind, read_own_field


def test_the_first_form_asks_what_the_figures_need() -> None:
    required = {one.key for one in FIRST_FORM.shown if one.is_required}

    assert required >= NEEDED


def test_a_hidden_field_is_no_longer_asked() -> None:
    form = FIRST_FORM.with_hidden("proposals", True)

    assert form.version == 2
    assert "proposals" not in {one.key for one in form.shown}
    with pytest.raises(Refusal, match="no_such_field"):
        form.field("proposals")


@pytest.mark.parametrize("key", sorted(NEEDED))
def test_what_the_figures_need_is_neither_hidden_nor_left_open(key: str) -> None:
    with pytest.raises(Refusal, match="needed"):
        FIRST_FORM.with_hidden(key, True)
    with pytest.raises(Refusal, match="needed"):
        FIRST_FORM.with_required(key, False)


@pytest.mark.parametrize("key", ["bulletin", "questions"])
def test_what_may_have_no_answer_is_never_required(key: str) -> None:
    with pytest.raises(Refusal, match="never_required"):
        FIRST_FORM.with_required(key, True)


def test_a_field_moves_and_all_others_keep_their_order() -> None:
    before = [one.key for one in FIRST_FORM.fields]
    after = [one.key for one in FIRST_FORM.with_moved("people", -9).fields]

    assert after[0] == "people"
    assert after[1:] == [key for key in before if key != "people"]


@pytest.mark.parametrize("steps", [-100, 100])
def test_a_field_moves_no_further_than_the_end(steps: int) -> None:
    moved = FIRST_FORM.with_moved("mode", steps)

    assert {one.key for one in moved.fields} == {one.key for one in FIRST_FORM.fields}


def test_an_own_field_is_read_from_one_message() -> None:
    typed = "Loa có nghe rõ không?\nkm: ឮច្បាស់ទេ?\nen: Was it heard?\n- Rõ\n- Không rõ"
    wording, choices = read_own_field(typed)

    assert wording == {"vi": "Loa có nghe rõ không?", "km": "ឮច្បាស់ទេ?", "en": "Was it heard?"}
    assert choices == ("Rõ", "Không rõ")


def test_an_own_field_without_choices_is_one_for_words() -> None:
    form = FIRST_FORM.with_own(*read_own_field("Ai chủ trì?"))

    assert form.fields[-1].kind is FieldKind.TEXT
    assert form.fields[-1].is_own


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("- Có\n- Không", "form.no_question"),
        ("Có loa không?\n- Có", "form.wrong_choices"),
        ("Có loa không?\n- Có\n- Có", "form.wrong_choices"),
        ("Có loa không?\n- Có\n- " + "x" * 41, "form.choice_too_long"),
        ("x" * 81, "form.label_too_long"),
    ],
)
def test_an_own_field_that_cannot_be_asked_is_refused(typed: str, key: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_own_field(typed)

    assert refused.value.key == key


def test_a_form_takes_only_so_many_fields_of_ones_own() -> None:
    form = FIRST_FORM
    for n in range(MOST_OWN_FIELDS):
        form = form.with_own({"vi": f"Câu {n}"}, ())

    assert len({one.key for one in form.fields}) == len(form.fields)
    with pytest.raises(Refusal, match="too_many"):
        form.with_own({"vi": "Một câu nữa"}, ())
