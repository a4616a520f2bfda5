"""What an opinion is called, and the two words that lead to a question."""

import pytest

from domain.model.bulletin import Field
from domain.model.opinion_kind import FIELDS_ASKED, names_formal_matter


def test_every_field_can_be_chosen_and_each_once() -> None:
    assert sorted(FIELDS_ASKED) == sorted(Field)


@pytest.mark.parametrize(
    "text",
    [
        "Tôi muốn khiếu nại việc này.",
        "ĐƠN TỐ CÁO",
        "toi muon khieu nai",
        "tô\u0301 ca\u0301o ông A",
    ],
)
def test_the_two_words_lead_to_the_question(text: str) -> None:
    assert names_formal_matter(text)


@pytest.mark.parametrize("text", ["Đèn hỏng.", "Bức tường tô cao quá.", "Báo cáo tổ", ""])
def test_other_words_do_not(text: str) -> None:
    assert not names_formal_matter(text)
