"""Buttons as they stand below a message on a phone."""

from domain.model.delivery import ButtonFace
from domain.model.unit import Unit, UnitKind
from handlers.faces import WIDEST_HALF, paired, shortened, told_apart

SHORT, LONG = "x" * WIDEST_HALF, "x" * (WIDEST_HALF + 1)


def rows(*labels: str) -> list[list[str]]:
    faces = [ButtonFace(label, press=str(n)) for n, label in enumerate(labels)]
    return [[face.label for face in row] for row in paired(faces)]


def test_short_buttons_stand_two_by_two() -> None:
    assert rows(SHORT, SHORT, SHORT) == [[SHORT, SHORT], [SHORT]]


def test_a_button_too_long_to_share_a_row_has_its_own() -> None:
    assert rows(SHORT, LONG, SHORT, SHORT) == [[SHORT], [LONG], [SHORT, SHORT]]


def test_a_heading_does_not_run_into_the_text_below_it() -> None:
    assert shortened("Triều cường\n\n  Kê cao  đồ đạc.", 60) == "Triều cường / Kê cao đồ đạc."


def place(name: str, code: str, parent: str | None = None) -> Unit:
    return Unit(code, code, name, UnitKind.QUARTER, parent, name)


def test_places_of_one_name_are_told_apart_by_the_place_above() -> None:
    wards = [place("Ninh Kiều", "nk", "ct"), place("Cái Răng", "cr", "ct")]
    quarters = [place("Khu vực 1", "nk1", "nk"), place("Khu vực 1", "cr1", "cr")]
    alone = [place("Khu vực 9", "nk9", "nk"), place("Khu vực 1", "xx1", "xx")]

    assert list(told_apart([*wards, *quarters, *alone]).values()) == [
        "Ninh Kiều",
        "Cái Răng",
        "Khu vực 1, Ninh Kiều",
        "Khu vực 1, Cái Răng",
        "Khu vực 9",
        "Khu vực 1",
    ]
