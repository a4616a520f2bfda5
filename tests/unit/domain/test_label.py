"""A label: a short word of a unit's own, one of few, and never a number of a person."""

import pytest

from domain.errors import Refusal
from domain.model.label import (
    LONGEST_LABEL,
    MOST_LABELS,
    MOST_ON_A_CASE,
    Label,
    read_label,
    require_room,
    require_room_on,
)
from tests.integration.storage.cast import NOW


def label(name: str) -> Label:
    return Label(name, "nk", name, "hanh", NOW)


LIGHTS = label("Chiếu sáng")


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("  \n", "nothing_written"),
        ("🏷 …", "nothing_written"),
        ("Chiếu sáng\nThoát nước", "one_at_a_time"),
        ("x" * (LONGEST_LABEL + 1), "too_long"),
        ("Gọi 0912 345 678", "number"),
    ],
)
def test_what_is_wrong_with_a_label_is_said(typed: str, key: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_label(typed)
    assert refused.value.key == f"label.{key}"


def test_a_label_is_kept_on_one_line_as_it_was_typed() -> None:
    assert read_label("  Chiếu   sáng ") == "Chiếu sáng"
    assert read_label("x" * LONGEST_LABEL) == "x" * LONGEST_LABEL


@pytest.mark.parametrize("typed", ["Chiếu sáng", "CHIẾU  SÁNG", "chiếu\u200b sáng"])
def test_no_two_of_a_list_look_alike(typed: str) -> None:
    for own, above in (([LIGHTS], []), ([], [LIGHTS])):
        with pytest.raises(Refusal) as refused:
            require_room(typed, own, above)
        assert refused.value.key == "label.same_name"
    require_room("Chiêu sang", [LIGHTS], [])


def test_a_list_and_a_case_have_room_for_so_many() -> None:
    some = [label(f"n{n}") for n in range(MOST_LABELS)]
    require_room("Mới", some[1:], some)
    with pytest.raises(Refusal, match="too_many"):
        require_room("Mới", some, [])

    ids = [one.id for one in some[:MOST_ON_A_CASE]]
    require_room_on("YK-1", ids[1:])
    with pytest.raises(Refusal, match="enough"):
        require_room_on("YK-1", ids)
