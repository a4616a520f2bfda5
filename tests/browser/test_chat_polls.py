"""Polls on the chat page: before the vote, after it, while others vote, and when they are over."""

from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.client import become, open_chat, send
from tests.contract.sandbox.practice import AN, BOT, EM, GROUP, Practice

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

ASKED = {"question": "Họp tối nào?", "options": ["Hai", "Ba"]}


async def look(page: Page, practice: Practice, **changes: Any) -> int:
    number = await send(practice, "sendPoll", GROUP, **(ASKED | changes))
    await become(page, "Em")
    await open_chat(page, GROUP)
    return number


async def vote(practice: Practice, number: int, *options: int, user: int = AN) -> None:
    await practice.post("vote", user=user, chat=GROUP, message_id=number, options=options)


def shares(page: Page) -> Locator:
    return page.locator(".poll .result b")


async def test_results_are_hidden_until_one_votes_and_then_shown(
    page: Page, practice: Practice
) -> None:
    number = await look(page, practice)
    await vote(practice, number, 0)
    await expect(page.locator(".poll .total")).to_have_text("1 lượt bình chọn")
    await expect(shares(page)).to_have_count(0)

    await page.get_by_role("button", name="Ba", exact=True).click()

    await expect(shares(page)).to_have_text(["50%", "50%"])
    await expect(page.locator(".poll .result").nth(1).get_by_label("bạn đã chọn")).to_be_visible()


async def test_counts_change_while_others_vote(page: Page, practice: Practice) -> None:
    number = await look(page, practice)
    await vote(practice, number, 1, user=EM)
    await expect(shares(page)).to_have_text(["0%", "100%"])

    await vote(practice, number, 0)

    await expect(shares(page)).to_have_text(["50%", "50%"])


async def test_a_vote_can_be_taken_back(page: Page, practice: Practice) -> None:
    await look(page, practice)
    await page.get_by_role("button", name="Ba", exact=True).click()

    await page.get_by_role("button", name="Rút bình chọn").click()

    await expect(page.get_by_role("button", name="Ba", exact=True)).to_be_visible()
    await expect(page.locator(".poll .total")).to_have_text("Chưa ai bình chọn")


async def test_a_vote_that_cannot_be_taken_back_is_not_offered_to(
    page: Page, practice: Practice
) -> None:
    await look(page, practice, allows_revoting=False)
    await page.get_by_role("button", name="Ba", exact=True).click()

    await expect(shares(page)).to_have_text(["0%", "100%"])
    await expect(page.get_by_role("button", name="Rút bình chọn")).to_have_count(0)


async def test_several_answers_are_ticked_and_sent_together(page: Page, practice: Practice) -> None:
    options = ["Bao cát", "Thuốc", "Nước"]
    number = await look(page, practice, options=options, allows_multiple_answers=True)
    send_button = page.get_by_role("button", name="Bình chọn")
    await expect(send_button).to_be_disabled()
    await page.get_by_role("checkbox", name="Bao cát").check()
    await vote(practice, number, 2)
    await expect(page.locator(".poll .total")).to_have_text("1 lượt bình chọn")
    await page.get_by_role("checkbox", name="Nước").check()

    await send_button.click()

    await expect(shares(page)).to_have_text(["50%", "0%", "100%"])


async def test_a_quiz_tells_right_from_wrong_and_why(page: Page, practice: Practice) -> None:
    quiz = {"type": "quiz", "correct_option_id": 0, "explanation": "Thứ Hai ai cũng rảnh"}
    await look(page, practice, **quiz)
    await expect(page.locator(".poll")).not_to_contain_text("ai cũng rảnh")

    await page.get_by_role("button", name="Ba", exact=True).click()

    await expect(page.locator(".result.right").get_by_label("đúng", exact=True)).to_be_visible()
    await expect(page.locator(".result.wrong").get_by_label("chưa đúng")).to_be_visible()
    await expect(page.locator(".explanation")).to_have_text("Thứ Hai ai cũng rảnh")


async def test_a_closed_poll_shows_its_final_results_and_takes_no_vote(
    page: Page, practice: Practice
) -> None:
    number = await look(page, practice)
    await vote(practice, number, 0)

    await practice.call("stopPoll", chat_id=GROUP, message_id=number)

    await expect(page.locator(".poll .kind")).to_have_text("Kết quả cuối cùng")
    await expect(shares(page)).to_have_text(["100%", "0%"])
    await expect(page.locator(".poll button")).to_have_count(0)


@pytest.mark.parametrize(("anonymous", "says"), [(True, "ẩn danh"), (False, "công khai")])
async def test_it_says_whether_a_vote_is_anonymous(
    anonymous: bool, says: str, page: Page, practice: Practice
) -> None:
    await look(page, practice, is_anonymous=anonymous)

    await expect(page.locator(".poll .kind")).to_contain_text(says)


async def test_shares_of_single_votes_make_a_hundred(page: Page, practice: Practice) -> None:
    poll = "{options: [1, 1, 1].map(n => ({voter_count: n})), total_voter_count: 3}"
    shares = await page.evaluate(f"import('/page/poll.js').then(m => m.percents({poll}))")

    assert shares == [34, 33, 33]


async def test_results_to_be_hidden_until_the_end_stay_hidden_after_the_vote(
    page: Page, practice: Practice
) -> None:
    number = await look(page, practice, hide_results_until_closes=True)
    await page.get_by_role("button", name="Ba", exact=True).click()
    await expect(page.locator(".poll .settled")).to_have_count(2)
    await expect(page.locator(".poll")).to_contain_text("Kết quả hiện khi thăm dò kết thúc")
    await expect(page.locator(".poll")).not_to_contain_text("%")

    await practice.call("stopPoll", chat_id=GROUP, message_id=number)

    await expect(shares(page)).to_have_text(["0%", "100%"])


async def test_a_poll_says_where_it_was_forwarded_from_and_counts_in_both_places(
    page: Page, practice: Practice
) -> None:
    number = await look(page, practice)
    await practice.post("start", user=EM, bot=BOT)
    source = {"from_chat_id": GROUP, "message_id": number}
    await send(practice, "forwardMessage", EM, **source)
    await vote(practice, number, 0)
    await open_chat(page, BOT)
    await expect(page.locator(".origin")).to_have_text("Chuyển tiếp từ Bot thực hành")

    await page.get_by_role("button", name="Ba", exact=True).click()

    await expect(shares(page)).to_have_text(["50%", "50%"])
