"""Channels on the chat page, and the discussion under a post."""

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.browser.client import become, bubble, message, open_chat, send
from tests.contract.sandbox.practice import AN, CHANNEL, EM, STRANGER, SUPERGROUP, Practice

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(loop_scope="module")
async def post(practice: Practice) -> int:
    """A post that Em and a stranger read; only Em is in the discussion group."""
    await practice.make_group(CHANNEL, type="channel", title="Tin xã", members=[EM, STRANGER])
    await practice.make_group(SUPERGROUP, title="Bàn chuyện xã")
    await practice.post("link", channel=CHANNEL, group=SUPERGROUP)
    return await send(practice, "sendMessage", CHANNEL, text="Lịch tiêm phòng")


async def test_a_reader_of_a_channel_reads_its_posts_and_has_nothing_to_write_on(
    page: Page, practice: Practice
) -> None:
    await practice.make_group(CHANNEL, type="channel", title="Tin xã")
    await practice.call("sendMessage", chat_id=CHANNEL, text="Lịch tiêm phòng")
    await become(page, "Em")
    await open_chat(page, CHANNEL)

    await expect(page.locator(".words")).to_have_text("Lịch tiêm phòng")
    await expect(page.locator("#composer")).to_be_hidden()


async def test_a_post_shows_the_channels_name_and_how_many_comments_it_has(
    page: Page, practice: Practice, post: int
) -> None:
    await become(page, "Em")
    await open_chat(page, CHANNEL)
    await expect(message(page, "Lịch tiêm phòng").locator(".name")).to_have_text("Tin xã")
    await expect(page.get_by_role("button", name="Viết bình luận")).to_be_visible()

    await practice.post("comment", user=AN, chat=CHANNEL, message_id=post, text="Mấy giờ?")

    await expect(page.get_by_role("button", name="1 bình luận")).to_be_visible()


@pytest.mark.parametrize("name", ["Em", "Khách"])
async def test_a_reader_opens_the_discussion_and_answers_in_it(
    name: str, page: Page, practice: Practice, post: int
) -> None:
    await become(page, name)
    await open_chat(page, CHANNEL)
    await page.get_by_role("button", name="Viết bình luận").click()
    await expect(page.locator("#room-title")).to_have_text("Bình luận")

    await page.get_by_label("Nhắn tin", exact=True).fill("Ở đâu ạ?")
    await page.keyboard.press("Enter")
    await expect(message(page, "Ở đâu ạ?")).to_be_visible()
    await practice.post("comment", user=AN, chat=CHANNEL, message_id=post, text="Ở trạm y tế")

    await expect(page.locator(".words")).to_have_text(
        ["Lịch tiêm phòng", "Ở đâu ạ?", "Ở trạm y tế"]
    )
    await expect(page.locator("#room-note")).to_have_text("2 bình luận")


async def test_what_is_new_in_the_comments_is_counted_until_one_has_seen_it(
    page: Page, practice: Practice, post: int
) -> None:
    async def comment(text: str) -> None:
        await practice.post("comment", user=AN, chat=CHANNEL, message_id=post, text=text)

    for at in range(40):
        await comment(f"câu {at}.")
    await become(page, "Em")
    await open_chat(page, CHANNEL)
    await page.get_by_role("button", name="40 bình luận").click()
    await expect(bubble(page, "câu 39.")).to_be_in_viewport()
    await page.locator("#scroll").evaluate("box => box.scrollTop = 0")
    below = page.locator("#below")
    await expect(below).to_be_hidden()
    await comment("mới")
    await expect(below).to_have_text("1")
    await comment("còn nữa")
    await expect(below).to_have_text("2")

    await page.get_by_role("button", name="Xuống tin mới nhất").click()
    await expect(bubble(page, "còn nữa")).to_be_in_viewport()
    await page.locator("#scroll").evaluate("box => box.scrollTop = 0")

    await expect(page.locator("#down")).to_be_visible()
    await expect(below).to_be_hidden()


async def test_a_post_stands_once_over_as_many_comments_as_come_at_once(
    page: Page, practice: Practice, post: int
) -> None:
    for at in range(59):
        await practice.post("comment", user=AN, chat=CHANNEL, message_id=post, text=f"câu {at}.")
    await become(page, "Em")
    await open_chat(page, CHANNEL)
    await page.get_by_role("button", name="59 bình luận").click()
    await expect(bubble(page, "câu 58.")).to_be_in_viewport()

    await page.locator("#scroll").evaluate("box => box.scrollTop = 0")
    await page.wait_for_load_state("networkidle")
    posts = page.locator("#messages .words").filter(has_text="Lịch tiêm phòng")
    await expect(posts).to_have_count(1)
    await expect(posts).to_be_in_viewport()


async def test_from_the_comments_one_goes_back_to_the_channel(page: Page, post: int) -> None:
    await become(page, "Em")
    await open_chat(page, CHANNEL)
    await page.get_by_role("button", name="Viết bình luận").click()

    await page.get_by_role("button", name="Về danh sách").click()

    await expect(page.locator("#room-title")).to_have_text("Tin xã")


async def test_other_talk_of_the_group_is_no_comment(
    page: Page, practice: Practice, post: int
) -> None:
    await practice.post("say", user=AN, chat=SUPERGROUP, text="chuyện khác")
    await become(page, "Em")
    await open_chat(page, CHANNEL)
    await page.get_by_role("button", name="Viết bình luận").click()

    await expect(bubble(page, "Lịch tiêm phòng")).to_be_visible()
    await expect(bubble(page, "chuyện khác")).to_have_count(0)
