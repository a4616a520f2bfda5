"""Texts side by side: what they share, on whichever level they are most alike."""

import pytest

from domain.model.likeness import ALIKE, MOST_TELLING, Gist, telling
from domain.model.opinion_words import tokens_of

LAMP = "Đèn đường hẻm 12 Nguyễn Trãi hỏng ba tuần nay, đề nghị thay bóng."
SAME = (
    ("with its words in another order", "Đề nghị thay bóng: đèn đường hẻm 12 Nguyễn Trãi hỏng."),
    ("without marks", "den duong hem 12 nguyen trai hong ba tuan nay"),
    ("by ear", "Đèn đườn hẻm 12 Nguyễn Chãi hỏng ba tuần lay, đề nghị thay bóng."),
)
KHMER = "ភ្លើងបំភ្លឺផ្លូវខូចបីសប្ដាហ៍ហើយ"


def like(one: str, other: str) -> float:
    return Gist.of(one).likeness(Gist.of(other))


@pytest.mark.parametrize("text", [text for _, text in SAME], ids=[name for name, _ in SAME])
def test_the_same_matter_is_alike(text: str) -> None:
    assert like(LAMP, text) >= ALIKE


def test_khmer_is_compared_by_its_signs() -> None:
    assert like(KHMER, KHMER + "សូមជួសជុល") >= ALIKE
    assert like(KHMER, "សាលារៀនបើកនៅថ្ងៃណា") < ALIKE


@pytest.mark.parametrize("text", ["Đường Nguyễn Trãi ngập nước khi triều cường.", "", "🙏"])
def test_another_matter_is_not(text: str) -> None:
    assert like(LAMP, text) < ALIKE


def test_numbers_of_people_make_nothing_alike() -> None:
    assert like("0912345678", "0912345678") == 0


@pytest.mark.parametrize("text", [LAMP, KHMER, "Rác", " ".join(LAMP.split()[:9] * 50)])
def test_what_is_looked_for_is_in_the_index(text: str) -> None:
    assert set(telling(text)) <= tokens_of(text)
    assert 0 < len(telling(text)) <= MOST_TELLING
