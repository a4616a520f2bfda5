"""What people write that no form expects: a helpful sentence each, and nothing is lost."""

import pytest
from markupsafe import escape

from domain.model.resident import LONGEST_TEXT
from tests.integration.storage.cast import GIANG
from tests.integration.telegram.house import EM_ID, House, edits, presses, says
from tests.integration.usecases.office import actor, private
from tests.integration.usecases.story import file_opinion

LAMP = "Đèn hỏng."
ORIGIN = {"type": "hidden_user", "date": 1, "sender_user_name": "Ông Sáu"}


async def draft_of(house: House) -> str:
    draft = (await house.office.known()).draft
    return draft.text if draft else ""


def said(house: House, key: str, **values: object) -> str:
    return house.rooms.words.html(key, "vi", **values)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("\u200b\u2060", "intake.nothing_written"),
        ("\u202e\u200f", "intake.nothing_written"),
        ("😡😡😡", "intake.only_signs"),
        ("?!…", "intake.only_signs"),
    ],
)
async def test_what_says_nothing_is_answered_and_what_was_written_stays(
    house: House, text: str, key: str
) -> None:
    await house.hears(says(text))
    assert house.said_to(EM_ID) == [said(house, key)]
    assert await draft_of(house) == ""
    await house.hears(says(LAMP, number=2), says("\u200b", number=3))

    assert await draft_of(house) == LAMP


async def test_emoji_that_follow_words_are_kept_with_them(house: House) -> None:
    await house.hears(says(LAMP), says("😡", number=2))

    assert await draft_of(house) == f"{LAMP}\n😡"


async def test_a_hundred_thousand_characters_are_too_long_and_the_draft_stays(
    house: House,
) -> None:
    await house.hears(says(LAMP), says("ạ" * 100_000, number=2))
    over = 100_000 + len(LAMP) + 1 - LONGEST_TEXT

    assert said(house, "intake.too_long", limit=LONGEST_TEXT, over=over) in house.said_to(EM_ID)
    assert await draft_of(house) == LAMP


@pytest.mark.parametrize(
    "text",
    [
        "<b>Đèn</b> &amp; <script>alert(1)</script>",
        '=HYPERLINK("http://x","y")',
        "+84 @SUM(1)",
        "\u202eهذا نص\u202c và chữ \u2067עברית\u2069",
        "D\u200bèn h\u200dỏng",
    ],
)
async def test_odd_words_reach_staff_as_they_were_written(house: House, text: str) -> None:
    opinion = await file_opinion(house.office, text)
    await house.office.triage.open_case(actor(GIANG), opinion.id, house.office.cause())
    await house.office.send_all()
    (view,) = house.office.gateway.to(private(GIANG))

    assert house.office.sql("SELECT text FROM opinion") == [(text,)]
    assert f"<blockquote>{escape(text)}</blockquote>" in view.markup


async def test_a_forwarded_message_is_taken_as_ones_own_and_that_is_said(house: House) -> None:
    await house.hears(says(LAMP, forward_origin=ORIGIN))

    assert said(house, "intake.forwarded") in house.said_to(EM_ID)
    assert await draft_of(house) == LAMP
    for which in ("main", "vault"):
        assert "Ông Sáu".encode() not in house.office.databases.everything(which)


async def test_an_edit_after_filing_changes_nothing_and_leads_to_a_correction(
    house: House,
) -> None:
    await house.hears(says(LAMP))
    for action, choice in (
        ("intake:agree", ""),
        ("intake:kind", "phan_anh"),
        ("intake:field", "dien_nuoc"),
        ("intake:unit", "nk"),
        ("intake:file", ""),
    ):
        button = await house.office.button(str(EM_ID), action, choice)
        await house.hears(presses(button.id))
    await house.hears(edits("Đèn sáng."))

    assert house.office.sql("SELECT text FROM opinion") == [(LAMP,)]
    assert house.said_to(EM_ID)[-1] == said(house, "start.edited")
    assert "/sua" in house.said_to(EM_ID)[-1]
