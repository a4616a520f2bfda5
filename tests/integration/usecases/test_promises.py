"""What limits are promised is said where people read it, in each language."""

import hashlib
import re
import unicodedata

import pytest

from content.catalog import Words
from domain.model.resident import NOTICE_VERSION
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

AGREED_VERSION = 7
AGREED_WORDS = {"vi": "26064e48db64669e", "km": "c8f84b0ba643528c", "en": "e1f876ba7307de54"}
"""Of its letters and figures in their order: lines may be laid out anew, and nothing else."""
LONGEST_LINE = 190
"""Characters, about five lines on a phone."""


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


@pytest.mark.parametrize("language", SAID)
def test_other_words_of_the_notice_need_another_version_of_it(words: Words, language: str) -> None:
    """Under another version everybody is asked again; under the same one nobody is."""
    shown = re.sub("<[^>]+>", "", words.sentence("intake.notice", language)).casefold()
    letters = "".join(c for c in shown if unicodedata.category(c)[0] in "LMN" or c in "{}_")

    assert NOTICE_VERSION == AGREED_VERSION
    assert hashlib.sha256(letters.encode()).hexdigest()[:16] == AGREED_WORDS[language]


@pytest.mark.parametrize("language", SAID)
def test_no_line_of_the_notice_is_a_wall_of_text(words: Words, language: str) -> None:
    notice = re.sub("<[^>]+>", "", words.html("intake.notice", language, body="UBND phường"))

    assert [line for line in notice.splitlines() if len(line) > LONGEST_LINE] == []
