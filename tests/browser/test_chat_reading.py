"""Reading on the chat page: what is new, what was before, what is quoted, and in which language."""

import asyncio
import re

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.browser.client import (
    Held,
    become,
    bubble,
    choose,
    hold,
    hold_answer,
    message,
    open_chat,
    picture,
    send,
)
from tests.contract.sandbox.practice import AN, BOT, EM, GROUP, SUPERGROUP, Practice

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

LINE = f'[data-chat="{GROUP}"]'
OPEN = "/* every event is heard */"
DEAF = """EventSource.prototype.addEventListener = function (kind, react) {
    if (kind !== "read") EventTarget.prototype.addEventListener.call(this, kind, react);
}"""


async def say(practice: Practice, *texts: str, user: int = AN, **more: int) -> int:
    number = 0
    for text in texts:
        said = await practice.post("say", user=user, chat=GROUP, text=text, **more)
        number = said["message"]["message_id"]
    return number


async def long_talk(practice: Practice, length: int) -> None:
    for start in range(0, length, 100):
        await asyncio.gather(*(say(practice, f"tin {at}.") for at in range(start, start + 100)))
    await practice.post("read", user=EM, chat=GROUP)


async def test_what_is_new_begins_under_a_line_and_is_read_by_scrolling(
    page: Page, practice: Practice
) -> None:
    await say(practice, "cũ")
    await practice.post("read", user=EM, chat=GROUP)
    await say(practice, "mới", *(f"còn nữa {at}" for at in range(40)))
    await become(page, "Em")
    await expect(page.locator(LINE).locator(".unread")).to_have_text("41")
    await open_chat(page, GROUP)

    await expect(page.locator(".fresh + .message")).to_contain_text("mới")
    await expect(page.get_by_text("mới", exact=True)).to_be_in_viewport()
    await expect(page.locator("#below")).to_have_text(re.compile(r"^[1-3]?\d$"))
    await page.get_by_role("button", name="Xuống tin mới nhất").click()

    await expect(page.locator(LINE).locator(".unread")).to_have_count(0)


@pytest.mark.parametrize(
    ("ears", "left", "counted"),
    [pytest.param(OPEN, [], "2", id="told"), pytest.param(DEAF, ["2"], "4", id="told-late")],
)
async def test_the_line_stands_under_what_was_read_elsewhere(
    ears: str, left: list[str], counted: str, page: Page, practice: Practice
) -> None:
    await page.add_init_script(ears)
    await page.reload()
    unread = page.locator(LINE).locator(".unread")
    await expect(unread).to_have_text("1")  # the list is here before anything is said
    await say(practice, "cũ")
    await expect(unread).to_have_text("2")
    await practice.post("read", user=EM, chat=GROUP)
    await expect(unread).to_have_text(left)
    await say(practice, "mới", "còn nữa")
    await expect(unread).to_have_text(counted)

    await open_chat(page, GROUP)

    await expect(page.locator(".fresh + .message")).to_contain_text("mới")


async def test_the_line_stands_under_what_was_read_here_a_moment_ago(
    page: Page, practice: Practice
) -> None:
    held = await hold(page, "**/control/read")
    await say(practice, "cũ")
    await open_chat(page, GROUP)
    await expect(bubble(page, "cũ")).to_be_in_viewport()
    await open_chat(page, BOT)
    await say(practice, "mới", "còn nữa")
    await expect(page.locator(LINE).locator(".unread")).to_have_text("2")

    await open_chat(page, GROUP)

    await expect(page.locator(".fresh + .message")).to_contain_text("mới")
    held.set()


async def test_what_another_page_read_in_part_is_no_longer_counted(
    page: Page, practice: Practice
) -> None:
    half = await say(practice, *(f"tin {at}" for at in range(10)))
    await say(practice, *(f"còn nữa {at}" for at in range(5)))
    await expect(page.locator(LINE).locator(".unread")).to_have_text("16")

    await practice.post("read", user=EM, chat=GROUP, message_id=half)

    await expect(page.locator(LINE).locator(".unread")).to_have_text("5")


async def test_the_line_and_the_place_stay_when_the_page_draws_anew(
    page: Page, practice: Practice
) -> None:
    await practice.post("read", user=EM, chat=GROUP)
    await say(practice, "mới", *(f"còn nữa {at}" for at in range(40)))
    await open_chat(page, GROUP)
    await expect(page.locator(".fresh + .message")).to_contain_text("mới")
    await expect(page.locator("#below")).to_have_text(re.compile(r"^[1-3]?\d$"))
    place = await page.locator("#scroll").evaluate("box => box.scrollTop")

    async with page.expect_response("**/control/messages?*"):
        await practice.make_group(title="Ấp Mỹ Thuận 2")
    await expect(page.locator("#room-title")).to_have_text("Ấp Mỹ Thuận 2")
    await page.wait_for_timeout(500)

    await expect(page.locator(".fresh + .message")).to_contain_text("mới")
    assert await page.locator("#scroll").evaluate("box => box.scrollTop") == place


async def test_the_line_goes_on_to_the_next_new_message_when_the_first_is_deleted(
    page: Page, practice: Practice
) -> None:
    await practice.post("read", user=EM, chat=GROUP)
    first = await say(practice, "mới")
    await say(practice, *(f"còn nữa {at}" for at in range(40)))
    await open_chat(page, GROUP)
    await expect(page.locator(".fresh + .message")).to_contain_text("mới")

    await practice.post("delete", user=AN, chat=GROUP, message_id=first)

    await expect(page.locator(".fresh + .message")).to_contain_text("còn nữa 0")
    await expect(page.locator(".fresh + .message .name")).to_have_text("An")


async def test_what_is_deleted_unread_is_no_longer_counted_below(
    page: Page, practice: Practice
) -> None:
    await practice.post("read", user=EM, chat=GROUP)
    last = await say(practice, "mới", *(f"còn nữa {at}" for at in range(40)))
    await open_chat(page, GROUP)
    below = page.locator("#below")
    await expect(below).to_have_text(re.compile(r"^[1-3]?\d$"))
    waiting = int(await below.inner_text())

    await practice.post("delete", user=AN, chat=GROUP, message_id=last)

    await expect(below).to_have_text(str(waiting - 1))


async def test_what_is_said_while_a_chat_opens_is_shown(page: Page, practice: Practice) -> None:
    held = await hold_answer(page, "**/control/messages?*")
    async with page.expect_request("**/control/messages?*"):
        await open_chat(page, GROUP)
    await held.asked.wait()
    await say(practice, "vừa mới")
    await expect(page.locator(LINE)).to_contain_text("vừa mới")

    held.free.set()

    await expect(bubble(page, "vừa mới")).to_be_visible()
    await expect(page.locator(LINE).locator(".unread")).to_have_count(0)


async def test_what_was_asked_for_first_and_comes_last_is_not_shown(
    page: Page, practice: Practice
) -> None:
    held = await hold_answer(page, "**/control/messages?*")
    await open_chat(page, GROUP)
    await held.asked.wait()
    await say(practice, "vừa mới")
    await practice.make_group(title="Ấp Mỹ Thuận 2")
    await expect(bubble(page, "vừa mới")).to_be_visible()

    async with page.expect_event("requestfinished", lambda asked: "/messages?" in asked.url):
        held.free.set()
    await page.wait_for_timeout(500)

    await expect(bubble(page, "vừa mới")).to_be_visible()


@pytest.mark.parametrize(
    ("method", "params", "says"),
    [
        ("sendPoll", {"question": "Họp tối nào?", "options": ["Hai"]}, "Thăm dò: Họp tối nào?"),
        ("sendMessage", {"text": "Chào\nbà con"}, "Chào bà con"),
    ],
)
async def test_the_list_tells_a_message_in_one_line(
    method: str, params: dict[str, object], says: str, page: Page, practice: Practice
) -> None:
    await become(page, "Em")
    await send(practice, method, GROUP, **params)

    await expect(page.locator(LINE)).to_contain_text(f"Bot thực hành: {says}")


async def test_the_list_names_what_has_no_words(page: Page, practice: Practice) -> None:
    await become(page, "Em")
    for kind, says in (("photo", "Ảnh"), ("voice", "Tin thoại"), ("document", "Tệp a.png")):
        fields = {"user": str(AN), "chat": str(GROUP), "kind": kind}
        await practice.upload("a.png", picture(), **fields)
        await expect(page.locator(LINE)).to_contain_text(f"An: {says}")


async def test_of_two_thousand_messages_the_last_sixty_open_and_it_goes_on_upwards(
    page: Page, practice: Practice
) -> None:
    await long_talk(practice, 2000)
    await become(page, "Em")
    await open_chat(page, GROUP)
    await expect(bubble(page, "tin 1999.")).to_be_in_viewport()

    assert await page.locator(".message").count() == 60
    await page.locator("#scroll").evaluate("box => box.scrollTop = 0")
    await expect(page.locator(".message")).to_have_count(120)
    numbers = await page.locator(".message").evaluate_all("all => all.map(one => +one.id.slice(1))")
    assert numbers == sorted(numbers)


async def test_of_more_new_messages_than_one_answer_holds_all_are_counted_and_kept(
    page: Page, practice: Practice
) -> None:
    await practice.post("read", user=EM, chat=GROUP)
    await say(practice, "tin đầu", *(f"còn nữa {at}" for at in range(449)))
    await expect(page.locator(LINE).locator(".unread")).to_have_text("450")

    await open_chat(page, GROUP)

    await expect(page.locator(".fresh + .message")).to_contain_text("tin đầu")
    await expect(bubble(page, "tin đầu")).to_be_in_viewport()
    below = page.locator("#below")
    await expect(below).to_have_text(re.compile(r"^4[2-4]\d$"))
    await expect(page.locator(LINE).locator(".unread")).to_have_text(await below.inner_text())

    async with page.expect_response("**/control/messages?*before=*"):
        await practice.make_group(title="Ấp Mỹ Thuận 2")
    await page.wait_for_timeout(500)

    await expect(bubble(page, "tin đầu")).to_be_in_viewport()


async def test_what_is_unread_in_a_forum_is_counted_over_all_its_topics(
    page: Page, practice: Practice
) -> None:
    await practice.make_group(SUPERGROUP, title="Diễn đàn", is_forum=True)
    topic = await practice.post("topics", user=AN, chat=SUPERGROUP, name="Đường sá")
    await practice.post("read", user=EM, chat=SUPERGROUP)
    for text, thread in (("cầu hỏng", topic["message_thread_id"]), ("chào bà con", 0)) * 2:
        await practice.post("say", user=AN, chat=SUPERGROUP, text=text, thread=thread)
    unread = page.locator(f'[data-chat="{SUPERGROUP}"] .unread')
    await expect(unread).to_have_text("4")

    await open_chat(page, SUPERGROUP)
    await expect(page.locator(".words")).to_have_text(["chào bà con"] * 2)
    await expect(unread).to_have_text("2")
    await page.wait_for_timeout(500)
    await expect(unread).to_have_text("2")
    await page.get_by_role("button", name="Đường sá").click()

    await expect(page.locator(".fresh + .message")).to_contain_text("cầu hỏng")
    await expect(unread).to_have_count(0)


async def test_what_one_reads_stays_in_place_when_older_messages_come(
    page: Page, practice: Practice
) -> None:
    await long_talk(practice, 200)
    await become(page, "Em")
    await open_chat(page, GROUP)
    await expect(page.locator(".message")).to_have_count(60)
    oldest = page.locator(".message").first
    name = await oldest.get_attribute("id")
    await page.locator("#scroll").evaluate("box => box.scrollTop = 0")

    await expect(page.locator(".message")).to_have_count(120)
    await expect(page.locator(f"#{name}")).to_be_in_viewport()


async def test_a_quote_leads_to_a_message_far_above(page: Page, practice: Practice) -> None:
    asked = await say(practice, "ai cần bao cát?")
    await long_talk(practice, 300)
    await say(practice, "tôi cần", reply_to=asked)
    await become(page, "Em")
    await open_chat(page, GROUP)

    await page.get_by_role("button", name="Đến tin được trả lời của An").click()

    await expect(page.locator(".words", has_text="ai cần bao cát?")).to_be_in_viewport()


@pytest_asyncio.fixture(loop_scope="module")
async def sought(page: Page, practice: Practice) -> Held:
    """A quote was followed far up, and the first of what is asked for on the way is late."""
    asked = await say(practice, "ai cần bao cát?")
    await long_talk(practice, 300)
    await say(practice, "tôi cần", reply_to=asked)
    await practice.post("read", user=EM, chat=GROUP)
    await become(page, "Em")
    await open_chat(page, GROUP)
    held = await hold_answer(page, "**/control/messages?*before=*")
    await page.get_by_role("button", name="Đến tin được trả lời của An").click()
    await held.asked.wait()
    return held


async def test_a_quote_leads_there_though_the_page_draws_anew_on_the_way(
    page: Page, practice: Practice, sought: Held
) -> None:
    async with page.expect_response("**/control/messages?*limit=*"):
        await practice.make_group(title="Ấp Mỹ Thuận 2")
    await expect(page.locator("#room-title")).to_have_text("Ấp Mỹ Thuận 2")
    await page.wait_for_timeout(500)

    sought.free.set()

    await expect(page.locator(".words", has_text="ai cần bao cát?")).to_be_in_viewport()
    await expect(page.locator("#toast")).to_have_text("")


async def test_a_quote_that_is_looked_for_leads_nowhere_once_another_chat_is_open(
    page: Page, practice: Practice, sought: Held
) -> None:
    await practice.post("say", user=EM, chat=BOT, text="chào bot")
    await open_chat(page, BOT)
    await expect(bubble(page, "chào bot")).to_be_visible()

    async with page.expect_event("requestfinished", lambda asked: "before=" in asked.url):
        sought.free.set()
    await page.wait_for_timeout(500)

    await expect(page.locator("#toast")).to_have_text("")
    await expect(page.locator(".flash")).to_have_count(0)


async def test_the_menu_of_a_message_is_worked_by_keys(page: Page, practice: Practice) -> None:
    await say(practice, "ai cần bao cát?")
    await become(page, "Em")
    await open_chat(page, GROUP)
    more = message(page, "ai cần bao cát?").get_by_label("Việc có thể làm với tin nhắn")
    await more.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("menuitem", name="Trả lời")).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await expect(page.get_by_role("menuitem", name="Sao chép")).to_be_focused()

    await page.keyboard.press("Escape")

    await expect(page.get_by_role("menu")).to_be_hidden()
    await expect(more).to_be_focused()


async def test_one_edits_what_one_wrote(page: Page, practice: Practice) -> None:
    await say(practice, "bản cũ", user=EM)
    await become(page, "Em")
    await open_chat(page, GROUP)
    await choose(page, "bản cũ", "Sửa")
    await page.get_by_label("Nhắn tin", exact=True).fill("bản mới")
    await page.keyboard.press("Enter")

    await expect(page.locator(".words")).to_have_text("bản mới")
    await expect(page.locator(".stamp")).to_contain_text("đã sửa")


async def test_a_long_quotation_is_folded_until_asked_for(page: Page, practice: Practice) -> None:
    text = "<blockquote expandable>" + "điều\n" * 12 + "hết</blockquote>\nsau"
    await send(practice, "sendMessage", GROUP, text=text, parse_mode="HTML")
    await become(page, "Em")
    await open_chat(page, GROUP)
    quotation = page.locator(".words blockquote")
    folded = await quotation.bounding_box()

    await page.get_by_role("button", name="Xem thêm").click()

    whole = await quotation.bounding_box()
    assert folded
    assert whole
    assert whole["height"] > 2 * folded["height"]


async def test_the_search_finds_a_chat_without_its_marks(page: Page) -> None:
    await become(page, "Em")
    await page.get_by_label("Tìm cuộc trò chuyện").fill("ap my")

    await expect(page.locator("#chats button")).to_have_count(1)
    await expect(page.locator("#chats button")).to_contain_text("Ấp Mỹ Thuận")


async def test_a_newcomer_is_somebody_at_once_and_is_told_what_to_do(page: Page) -> None:
    await expect(page.locator("#me-name")).to_have_text("Em")
    await expect(page.locator("#hint-wide")).to_contain_text("Bạn đang đóng vai Em (người dân)")

    await page.locator("#hint-wide").get_by_role("button", name="Đã hiểu").click()
    await page.reload()

    await expect(page.locator("#me-name")).to_have_text("Em")
    await expect(page.locator("#hint-wide")).to_be_hidden()


async def test_each_person_shows_what_waits_for_them(page: Page, practice: Practice) -> None:
    await say(practice, "mai họp ấp", user=EM)
    await page.locator("#who").click()

    await expect(page.locator("#cards button", has_text="An").locator(".unread")).to_have_text("1")


@pytest.mark.parametrize(
    ("code", "says", "day"), [("en", "Message…", "Today"), ("km", "សរសេរសារ…", "ថ្ងៃនេះ")]
)
async def test_the_page_speaks_another_language_and_leaves_what_people_write(
    code: str, says: str, day: str, page: Page, practice: Practice
) -> None:
    await say(practice, "mai họp ấp")
    await become(page, "Em")
    await open_chat(page, GROUP)

    await page.locator("#language").select_option(code)

    await expect(page.locator("#text")).to_have_attribute("placeholder", says)
    await expect(page.locator(".day").first).to_have_text(day)
    await expect(bubble(page, "mai họp ấp")).to_be_visible()
    await expect(page.locator("html")).to_have_attribute("lang", code)


async def test_names_and_titles_are_never_run(page: Page, practice: Practice) -> None:
    evil = '<img src=x onerror="document.title=1">'
    await practice.post("users", id=AN, first_name=evil, role_note=evil)
    await practice.make_group(GROUP, title=evil)
    poll = {"question": evil, "options": [evil], "explanation": evil}
    await send(practice, "sendPoll", GROUP, type="quiz", correct_option_id=0, **poll)
    await practice.upload(f"{evil[:20]}.pdf", b"x", user=str(AN), chat=str(GROUP), caption=evil)
    await become(page, "Em")
    await open_chat(page, GROUP)
    await page.locator(".poll .option").click()
    await expect(page.locator(".explanation")).to_have_text(evil)
    await page.locator("#who").click()

    await expect(page.locator("#room-title")).to_have_text(evil)
    await expect(page.locator("#cards")).to_contain_text(evil)
    assert await page.locator("img").count() == 0


async def test_what_one_wrote_gets_a_second_tick_when_somebody_has_read_it(
    page: Page, practice: Practice
) -> None:
    number = await say(practice, "mai họp ấp", user=EM)
    await become(page, "Em")
    await open_chat(page, GROUP)
    await expect(page.locator(".message.own")).not_to_contain_class("seen")

    await practice.post("read", user=AN, chat=GROUP, message_id=number)

    await expect(page.locator(".message.own")).to_contain_class("seen")


async def test_two_pages_of_one_person_agree_on_what_is_read(
    page: Page, practice: Practice
) -> None:
    await become(page, "Em")
    await say(practice, "mai họp ấp")
    await expect(page.locator(LINE).locator(".unread")).to_have_text("2")

    await practice.post("read", user=EM, chat=GROUP)

    await expect(page.locator(LINE).locator(".unread")).to_have_count(0)


@pytest.mark.parametrize("width", [390, 1200])
async def test_the_floating_day_covers_whole_lines_and_no_part_of_one(
    page: Page, practice: Practice, width: int
) -> None:
    await page.set_viewport_size({"width": width, "height": 844})
    await say(practice, *(f"tin {at}: mai họp ấp, bà con nhớ đến đúng giờ" for at in range(40)))
    await become(page, "Em")
    await open_chat(page, GROUP)
    await expect(message(page, "tin 0:")).to_be_attached()
    await page.evaluate("document.getElementById('scroll').scrollTop = 600")
    await expect(page.locator(".scrolling .day.stuck")).to_be_attached()

    beside = await page.locator(".day.stuck").evaluate(
        """day => {
            const band = getComputedStyle(day, "::before");
            const clear = band.content === "none" || band.backgroundColor === "rgba(0, 0, 0, 0)";
            const { left, right } = clear ? {} : day.getBoundingClientRect();
            return [...document.querySelectorAll(".message .words")]
                .map(words => words.getBoundingClientRect())
                .filter(words => !(left <= words.left && words.right <= right)).length;
        }"""
    )
    sideways = await page.locator("#scroll").evaluate("box => box.scrollWidth > box.clientWidth")

    assert (beside, sideways) == (0, False)
