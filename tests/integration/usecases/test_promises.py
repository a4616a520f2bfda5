"""What limits are promised is said where people read it, in each language."""

import pytest

from content.catalog import Words
from tests.integration.storage.cast import GROUP, WARD
from tests.integration.usecases.office import Office
from tests.integration.usecases.story import release

ROBOT = "trợ lý tự động"
RIGHTS = ("/xem", "/xoa", "/rutdongy", "Telegram")
SAID = {
    "vi": (
        *RIGHTS,
        "Không hỏi tên",
        "giọng nói được hỏi riêng",
        "60 phút",
        "30 ngày",
        "90 ngày",
        "không phải người thật",
    ),
    "km": (*RIGHTS, "មិនសួរឈ្មោះ", "សួរដោយឡែកអំពីសំឡេង", "60 នាទី", "30 ថ្ងៃ", "90 ថ្ងៃ", "មិនមែនមនុស្ស"),
    "en": (
        *RIGHTS,
        "No name",
        "asked about separately",
        "60 minutes",
        "30 days",
        "90 days",
        "not a person",
    ),
}
"""How long, who else sees it, where the rights stand, that no name is asked for, nor a voice kept
without a question of its own."""


async def test_every_bulletin_says_whose_it_is_from_which_source_and_that_a_bot_sent_it(
    office: Office,
) -> None:
    await release(office)
    await office.send_all()
    page = office.gateway.to(GROUP.address.chat)[-1].markup

    assert WARD.issuing_body in page
    assert "Công văn 12/UBND" in page
    assert ROBOT in page


@pytest.mark.parametrize("language", SAID)
def test_the_notice_says_what_it_has_to_say(words: Words, language: str) -> None:
    body = "UBND phường Ninh Kiều"
    notice = words.html("intake.notice", language, body=body)

    assert body in notice
    assert [said for said in SAID[language] if said not in notice] == []
