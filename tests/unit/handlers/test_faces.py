"""Buttons as they stand below a message on a phone."""

from domain.model.delivery import ButtonFace
from handlers.faces import WIDEST_HALF, paired, shortened

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
