"""The chat page in Chromium: one person plays, a toy bot answers."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from channels.telegram.sandbox.server import serve
from tests.contract.sandbox.practice import AN, BOT, CHANNEL, EM, GROUP, SUPERGROUP, Practice
from tests.contract.sandbox.test_every_method import OGG

pytestmark = pytest.mark.browser

QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
YES = {"inline_keyboard": [[{"text": "Đồng ý", "callback_data": "yes"}]]}


@pytest.fixture
async def practice(tmp_path: Path) -> AsyncIterator[Practice]:
    running = await serve(("127.0.0.1", 0), tmp_path / "state")
    async with aiohttp.ClientSession() as session:
        found = Practice(running.address, session)
        await found.populate()
        await found.make_group()
        yield found
    await running.stop()


@pytest.fixture
async def browser(chromium_path: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        found = await playwright.chromium.launch(executable_path=chromium_path, args=QUIET)
        yield found
        await found.close()


@pytest.fixture
async def page(browser: Browser, practice: Practice) -> AsyncIterator[Page]:
    """The page, on a desktop; a script error in it fails the test."""
    found = await browser.new_page(viewport={"width": 1200, "height": 800})
    errors: list[str] = []
    found.on("pageerror", lambda error: errors.append(str(error)))
    found.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    await found.goto(f"{practice.address}/")
    yield found
    await found.close()
    assert errors == []


@pytest.fixture
async def toy_bot(practice: Practice) -> AsyncIterator[None]:
    """Answers every private text with a button, and every press with a word."""
    loop = asyncio.create_task(answer_all(practice))
    yield
    loop.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await loop


async def answer_all(practice: Practice) -> None:
    offset = 0
    while True:
        _, body = await practice.call("getUpdates", offset=offset, timeout=20)
        for update in body["result"]:
            offset = update["update_id"] + 1
            await answer(practice, update)


async def answer(practice: Practice, update: Any) -> None:
    if query := update.get("callback_query"):
        wish = {"callback_query_id": query["id"], "text": "Cảm ơn bạn"}
        await practice.call("answerCallbackQuery", **wish)
    message = update.get("message", {})
    if message.get("chat", {}).get("type") == "private":
        text = f"Đã nghe: {message['text']}"
        await practice.call("sendMessage", chat_id=EM, text=text, reply_markup=YES)


async def become(page: Page, name: str) -> None:
    await page.locator("#cards button", has_text=name).click()


async def open_chat(page: Page, chat: int | str) -> None:
    await page.locator(f'[data-chat="{chat}"]').click()


def bubble(page: Page, text: str) -> Locator:
    return page.get_by_role("log").get_by_text(text)


async def test_em_starts_the_bot_talks_to_it_and_presses_its_button(
    page: Page, toy_bot: None
) -> None:
    await become(page, "Em")
    await open_chat(page, BOT)
    await page.get_by_role("button", name="START").click()
    await expect(bubble(page, "Đã nghe: /start")).to_be_visible()

    await page.get_by_label("Nhắn tin", exact=True).fill("đường hỏng")
    await page.keyboard.press("Enter")
    await expect(bubble(page, "Đã nghe: đường hỏng")).to_be_visible()

    await page.get_by_role("button", name="Đồng ý").last.click()
    await expect(page.get_by_role("status")).to_have_text("Cảm ơn bạn")


async def test_it_always_says_that_it_is_not_the_real_thing(page: Page) -> None:
    notice = page.get_by_text("Telegram thực hành – không phải Telegram thật")
    await expect(notice).to_be_visible()

    await become(page, "Em")
    await open_chat(page, GROUP)

    await expect(notice).to_be_visible()


async def test_a_message_in_another_chat_is_counted_as_unread(
    page: Page, practice: Practice
) -> None:
    await become(page, "Em")
    await open_chat(page, BOT)

    await practice.post("say", user=AN, chat=GROUP, text="mai họp ấp")

    line = page.locator(f'[data-chat="{GROUP}"]')
    await expect(line).to_contain_text("An: mai họp ấp")
    await expect(line.locator(".unread")).to_have_text("2")


async def test_shift_enter_makes_a_new_line(page: Page, practice: Practice) -> None:
    await become(page, "Em")
    await open_chat(page, GROUP)
    await page.get_by_label("Nhắn tin", exact=True).fill("một")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("hai")
    await page.keyboard.press("Enter")

    await expect(page.locator(".message.own .words")).to_have_text("một\nhai")
    assert (await practice.texts(EM, GROUP))[-1] == "một\nhai"


async def test_a_reply_quotes_what_it_answers(page: Page, practice: Practice) -> None:
    await practice.post("say", user=AN, chat=GROUP, text="ai cần bao cát?")
    await become(page, "Em")
    await open_chat(page, GROUP)
    await page.locator(".message").hover()
    await page.get_by_role("button", name="Trả lời").click()
    await page.keyboard.type("tôi")
    await page.keyboard.press("Enter")

    await expect(page.locator(".own .quote")).to_contain_text("ai cần bao cát?")


async def test_what_people_write_is_never_run(page: Page, practice: Practice) -> None:
    evil = '<img src=x onerror="document.title=1"><b>đậm</b>'
    await practice.post("users", id=AN, first_name="<i>An</i>")
    await practice.post("say", user=AN, chat=GROUP, text=evil)

    await become(page, "Em")
    await open_chat(page, GROUP)

    await expect(page.locator(".words")).to_have_text(evil)
    await expect(page.locator(".name")).to_have_text("<i>An</i>")


async def test_markup_from_the_bot_is_shown(page: Page, practice: Practice) -> None:
    text = '😀 <b>đậm <i>nghiêng</i></b> <a href="https://cantho.gov.vn">cổng</a>'
    await practice.call("sendMessage", chat_id=GROUP, text=text, parse_mode="HTML")
    await become(page, "Em")
    await open_chat(page, GROUP)

    words = page.locator(".words")
    await expect(words.locator("strong")).to_have_text("đậm nghiêng")
    await expect(words.locator("strong em")).to_have_text("nghiêng")
    await expect(words.locator("a")).to_have_attribute("href", "https://cantho.gov.vn/")


async def test_a_start_link_carries_its_payload_to_the_bot(
    page: Page, practice: Practice, toy_bot: None
) -> None:
    link = f"https://t.me/{BOT}?start=xa_7"
    await practice.call("sendMessage", chat_id=GROUP, text=f"Góp ý riêng: {link}")
    await become(page, "Em")
    await open_chat(page, GROUP)

    await page.get_by_role("link", name=link).click()

    await expect(bubble(page, "Đã nghe: /start xa_7")).to_be_visible()


async def test_the_menu_offers_and_sends_commands(
    page: Page, practice: Practice, toy_bot: None
) -> None:
    commands = [
        {"command": "gopy", "description": "Gửi ý kiến"},
        {"command": "tracuu", "description": "Tra cứu"},
    ]
    await practice.call("setMyCommands", commands=commands)
    await practice.post("start", user=EM, bot=BOT)
    await become(page, "Em")
    await open_chat(page, BOT)

    await page.get_by_label("Nhắn tin", exact=True).fill("/t")
    await page.get_by_role("option", name="/tracuu").click()

    await expect(bubble(page, "Đã nghe: /tracuu")).to_be_visible()


async def test_a_picture_can_be_sent(page: Page, practice: Practice, tmp_path: Path) -> None:
    picture = tmp_path / "ổ gà.png"
    await page.screenshot(path=picture)
    await become(page, "Em")
    await open_chat(page, GROUP)

    await page.get_by_label("Gửi tệp hoặc ảnh").set_input_files(picture)

    photo = page.locator(".own .photo")
    await expect(photo).to_be_visible()
    assert await photo.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1200


async def test_several_pictures_go_as_one_album_and_a_recording_as_a_voice_note(
    page: Page, practice: Practice, tmp_path: Path
) -> None:
    pictures = [tmp_path / "một.png", tmp_path / "hai.png"]
    for picture in pictures:
        await page.screenshot(path=picture)
    recording = tmp_path / "lời.ogg"
    recording.write_bytes(OGG)
    await become(page, "Em")
    await open_chat(page, BOT)
    await page.get_by_role("button", name="START").click()

    await page.get_by_label("Gửi tệp hoặc ảnh").set_input_files(pictures)
    await expect(page.locator(".own .photo")).to_have_count(2)
    await page.get_by_label("Gửi tệp hoặc ảnh").set_input_files(recording)
    await expect(page.locator(".own audio")).to_have_count(1)

    sent = (await practice.get("messages", user=EM, chat=BOT))["messages"]
    albums = [message["media_group_id"] for message in sent if "photo" in message]
    assert len(albums) == 2
    assert len(set(albums)) == 1
    assert sent[-1]["voice"]["duration"] == 90


async def test_an_edit_by_the_bot_is_shown_and_marked(page: Page, practice: Practice) -> None:
    _, sent = await practice.call("sendMessage", chat_id=GROUP, text="bản cũ")
    await become(page, "Em")
    await open_chat(page, GROUP)
    await expect(page.locator(".words")).to_have_text("bản cũ")

    wish = {"message_id": sent["result"]["message_id"], "text": "bản mới"}
    await practice.call("editMessageText", chat_id=GROUP, **wish)

    await expect(page.locator(".words")).to_have_text("bản mới")
    await expect(page.locator(".stamp")).to_contain_text("đã sửa")


async def test_on_a_phone_one_goes_from_the_list_to_a_chat_and_back(page: Page) -> None:
    await page.set_viewport_size({"width": 390, "height": 844})
    await become(page, "Em")
    await open_chat(page, GROUP)
    await expect(page.locator("#side")).to_be_hidden()
    await expect(page.get_by_label("Nhắn tin", exact=True)).to_be_visible()
    wide = await page.evaluate("document.documentElement.scrollWidth")

    await page.get_by_role("button", name="Về danh sách").click()

    await expect(page.locator("#side")).to_be_visible()
    assert wide == 390


async def test_one_can_become_somebody_else(page: Page) -> None:
    await become(page, "Em")
    await page.get_by_role("button", name="Đổi người").click()
    await become(page, "Khách")

    await expect(page.locator("#me-name")).to_have_text("Khách")
    await expect(page.locator("#chats button")).to_have_count(1)


async def test_the_person_and_the_chat_survive_a_reload(page: Page) -> None:
    await become(page, "Em")
    await open_chat(page, GROUP)
    await page.reload()

    await expect(page.locator("#me-name")).to_have_text("Em")
    await expect(page.locator("#room-title")).to_have_text("Ấp Mỹ Thuận")


async def test_a_forum_shows_one_topic_at_a_time(page: Page, practice: Practice) -> None:
    await practice.make_group(SUPERGROUP, title="Diễn đàn", is_forum=True)
    topic = await practice.post("topics", user=AN, chat=SUPERGROUP, name="Đường sá")
    await practice.post("say", user=AN, chat=SUPERGROUP, text="chuyện chung")
    await become(page, "Em")
    await open_chat(page, SUPERGROUP)
    await expect(page.locator(".words")).to_have_text(["chuyện chung"])

    await page.get_by_role("button", name="Đường sá").click()
    await page.get_by_label("Nhắn tin", exact=True).fill("cầu hỏng")
    await page.get_by_label("Gửi", exact=True).click()

    await expect(page.locator(".words")).to_have_text(["cầu hỏng"])
    found = (await practice.get("messages", user=EM, chat=SUPERGROUP))["messages"]
    assert found[-1]["message_thread_id"] == topic["message_thread_id"]


async def test_a_poll_is_voted_on(page: Page, practice: Practice) -> None:
    await practice.call("sendPoll", chat_id=GROUP, question="Họp tối nào?", options=["Hai", "Ba"])
    await become(page, "Em")
    await open_chat(page, GROUP)

    await page.get_by_role("button", name="Ba", exact=True).click()

    await expect(page.locator(".poll li span")).to_have_text(["0", "1"])


async def test_a_reader_of_a_channel_reads_its_posts_and_has_nothing_to_write_on(
    page: Page, practice: Practice
) -> None:
    await practice.make_group(CHANNEL, type="channel", title="Tin xã")
    await practice.call("sendMessage", chat_id=CHANNEL, text="Lịch tiêm phòng")
    await become(page, "Em")
    await open_chat(page, CHANNEL)

    await expect(page.locator(".words")).to_have_text("Lịch tiêm phòng")
    await expect(page.locator("#composer")).to_be_hidden()
