"""The chat page in Chromium: one person plays, a toy bot answers."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.client import become, bubble, choose, hold, line_of, open_chat
from tests.contract.sandbox.practice import AN, BOT, EM, GROUP, SUPERGROUP, Practice

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


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


LATE = """EventSource.prototype.addEventListener = function (kind, react) {
    const late = kind === "message" ? (event) => setTimeout(() => react(event), 4000) : react;
    EventTarget.prototype.addEventListener.call(this, kind, late);
}"""


async def test_word_of_a_message_that_the_list_has_already_counts_it_once(
    page: Page, practice: Practice
) -> None:
    await page.add_init_script(LATE)
    await page.reload()
    await become(page, "Em")
    unread = page.locator(f'[data-chat="{GROUP}"] .unread')
    await expect(unread).to_have_text("1")
    await practice.post("say", user=AN, chat=GROUP, text="mai họp ấp")
    await become(page, "Khách")
    await become(page, "Em")  # which asks for the list anew
    await expect(unread).to_have_text("2")

    await page.wait_for_timeout(5000)
    await expect(unread).to_have_text("2")


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
    await choose(page, "ai cần bao cát?", "Trả lời")
    await expect(page.locator("#context")).to_contain_text("Trả lời An")
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
    await become(page, "Khách")

    await expect(page.locator("#chats button")).to_have_count(1)
    await expect(page.locator("#chats button")).to_contain_text("Bot thực hành")


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


async def test_what_was_not_sent_stays_where_it_was_written(page: Page) -> None:
    # Word of what was read draws the list anew: without it, opening a chat has to.
    await page.route("**/control/read", lambda route: route.fulfill(json={}))
    await become(page, "Em")
    await open_chat(page, GROUP)
    await line_of(page).fill("đang viết dở")
    await open_chat(page, BOT)

    await expect(page.locator(f'[data-chat="{GROUP}"]')).to_contain_text("Bản nháp: đang viết dở")
    await open_chat(page, GROUP)
    await expect(line_of(page)).to_have_value("đang viết dở")


async def test_what_was_not_sent_is_named_in_the_list_of_a_phone(page: Page) -> None:
    await page.set_viewport_size({"width": 390, "height": 844})
    await become(page, "Em")
    await open_chat(page, GROUP)
    await line_of(page).fill("đang viết dở")

    await page.get_by_role("button", name="Về danh sách").click()

    await expect(page.locator(f'[data-chat="{GROUP}"]')).to_contain_text("Bản nháp: đang viết dở")


async def test_what_is_typed_while_a_chat_loads_is_kept(page: Page) -> None:
    await become(page, "Em")
    held = await hold(page, "**/control/messages?*")
    await open_chat(page, GROUP)
    await line_of(page).fill("gõ trước khi tải xong")
    held.set()

    await expect(bubble(page, "An đã tạo nhóm")).to_be_visible()
    await expect(line_of(page)).to_have_value("gõ trước khi tải xong")


async def test_what_is_typed_while_a_message_is_on_its_way_is_the_next_one(
    page: Page, practice: Practice
) -> None:
    await become(page, "Em")
    await open_chat(page, GROUP)
    held = await hold(page, "**/control/say")
    await line_of(page).fill("một")
    await page.keyboard.press("Enter")
    await page.keyboard.type("hai")
    held.set()

    await expect(page.locator(".message.own .words")).to_have_text("một")
    await expect(line_of(page)).to_have_value("hai")
    assert (await practice.texts(EM, GROUP))[-1] == "một"


async def test_what_could_not_be_sent_is_given_back_where_it_was_written(
    page: Page, practice: Practice
) -> None:
    await practice.post("start", user=EM, bot=BOT)
    await become(page, "Em")
    await open_chat(page, GROUP)
    # Not JSON, with a good status: an error to the page, and none in the browser's log.
    held = await hold(page, "**/control/say", body="?")
    await line_of(page).fill("một")
    await page.keyboard.press("Enter")
    await open_chat(page, BOT)
    await line_of(page).fill("cho bot")
    held.set()

    await expect(page.locator("#toast")).to_be_visible()
    await expect(line_of(page)).to_have_value("cho bot")
    await open_chat(page, GROUP)
    await expect(line_of(page)).to_have_value("một")


async def test_a_chat_that_comes_late_takes_nothing_from_the_one_that_is_open(
    page: Page, practice: Practice
) -> None:
    await practice.post("start", user=EM, bot=BOT)
    await become(page, "Em")
    held = await hold(page, f"**/control/messages?*chat={GROUP}*")
    await open_chat(page, GROUP)
    await open_chat(page, BOT)
    await expect(line_of(page)).to_be_focused()
    search = page.locator("#search")
    await search.fill("Ấp")
    async with page.expect_response("**/control/messages?*"):
        held.set()

    await page.keyboard.type(" Mỹ")
    await expect(search).to_have_value("Ấp Mỹ")
    await expect(search).to_be_focused()


async def test_alt_and_an_arrow_go_to_the_next_chat(page: Page) -> None:
    await become(page, "Em")
    await open_chat(page, GROUP)
    await page.keyboard.press("Alt+ArrowDown")

    await expect(page.locator("#room-title")).to_have_text("Bot thực hành")
    await expect(page.locator(f'[data-chat="{BOT}"]')).to_have_attribute("aria-current", "true")


async def test_the_browsers_back_leads_from_a_chat_to_the_list(page: Page) -> None:
    await page.set_viewport_size({"width": 390, "height": 844})
    await become(page, "Em")
    await open_chat(page, GROUP)
    await expect(page.locator("#room-title")).to_have_text("Ấp Mỹ Thuận")

    await page.go_back()

    await expect(page.locator("#side")).to_be_visible()
    await expect(page.locator("#room")).to_be_hidden()


async def test_every_button_and_field_has_a_name(page: Page, practice: Practice) -> None:
    await practice.post("say", user=AN, chat=GROUP, text="ai cần bao cát?")
    await become(page, "Em")
    await open_chat(page, GROUP)
    await expect(bubble(page, "ai cần bao cát?")).to_be_visible()

    nameless = """all => all.filter(one => !one.closest('[hidden]') && !(one.ariaLabel
        || one.textContent.trim() || one.labels?.[0]?.textContent.trim())).map(one => one.id)"""
    found = page.locator("button, input, textarea, select, a, [role=log], [role=menu]")
    assert await found.evaluate_all(nameless) == []
