"""`make pictures`: an opinion's way there and back, walked in a town of its own and drawn anew.

What the documents show is what the pages show: whoever changes a screen runs this and looks.
Needs Chromium and fonts with Vietnamese, Khmer and pictographs (Debian: fonts-noto-core and
fonts-noto-color-emoji).
"""

import asyncio
import re
import shutil
import tempfile
from contextlib import AsyncExitStack
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import aiohttp
from PIL import Image
from playwright.async_api import Browser, Page, ViewportSize, async_playwright, expect

from handlers.cli.demo import EM, RESIDENTS
from tests.browser.client import become, message, open_chat
from tests.browser.conftest import QUIET
from tests.e2e.town import ROOT, Town

IMAGES = ROOT / "docs" / "images"
PHONE: ViewportSize = {"width": 412, "height": 860}
BELOW_THE_DAY = """element => {
    element.style.scrollMarginTop = "44px";
    element.scrollIntoView({block: "start"});
}"""
COLOURS = 96
"""Enough for flat pages, and a third of the bytes."""
DESK: ViewportSize = {"width": 1000, "height": 860}
OPINION = (
    "Đường xóm tôi hỏng đã ba tuần, xe đạp các cháu đi học hay ngã. "
    "Cán bộ cần hỏi thêm xin gọi 0912 345 678."
)
ANSWER = (
    "Tổ sửa đường đã vá đoạn này sáng nay, phần còn lại làm xong trong tuần. Cảm ơn anh/chị đã báo."
)
OTHERS = (
    ("Khách", "Đèn đường đầu hẻm tắt từ tối thứ Hai.", "Điện, nước", "Ninh Kiều"),
    ("Dung", "Trạm y tế nên mở thêm buổi chiều thứ Bảy.", "Khám chữa bệnh", "Ninh Kiều"),
)


@dataclass(frozen=True, slots=True)
class Camera:
    """Draws a chat as one of the cast sees it, from a message on."""

    town: Town
    browser: Browser

    async def draw(
        self, name: str, who: str, chat: int | str, words: str, size: ViewportSize
    ) -> None:
        page = await self.browser.new_page(viewport=size)
        await page.goto(f"http://{self.town.sandbox}/")
        await become(page, who)
        await open_chat(page, chat)
        shown = message(page, words).last
        await expect(shown).to_be_visible()
        await shown.evaluate(BELOW_THE_DAY)
        await _settled(page)
        taken = Image.open(BytesIO(await page.screenshot()))
        taken.quantize(COLOURS, dither=Image.Dither.NONE).save(
            IMAGES / f"{name}.png", optimize=True
        )
        await page.close()


async def _settled(page: Page) -> None:
    await page.evaluate("() => document.fonts.ready")
    await page.wait_for_timeout(300)


async def walk(town: Town, camera: Camera) -> None:
    own_group = next(group.chat_id for group in RESIDENTS if EM in group.members)
    await town.fall_silent()
    await camera.draw("bulletin-arrives", "Em", own_group, "triều cường", DESK)
    for step in (resident_files, staff_read, staff_answer, staff_list):
        await step(town, camera)


async def resident_files(town: Town, camera: Camera) -> None:
    em = town.person("Em")
    await em.say(OPINION)
    await em.offered("đồng ý")
    await camera.draw("notice", "Em", town.bot, "Trước khi anh/chị gửi", PHONE)
    await em.press("đồng ý", "113.*114.*115")
    await em.press("Phản ánh")
    await em.press("Đường sá")
    await em.press("Ninh Kiều")
    await em.offered("📨", "hay ngã")
    await camera.draw("last-look", "Em", town.bot, "hay ngã", PHONE)
    await em.press("📨", "hay ngã")
    await em.sees(r"HC-\w{5}-\w{5}.*/tracuu")


async def staff_read(town: Town, camera: Camera) -> None:
    giang = town.person("Giang")
    card = await giang.sees("Ý kiến mới", chat=town.staff)
    await camera.draw("card", "Giang", town.staff, "Ý kiến mới", DESK)
    await giang.follow(card, "đọc")
    await giang.offered("Nhận xử lý", "hay ngã")
    await camera.draw("case", "Giang", town.bot, "hay ngã", DESK)


async def staff_answer(town: Town, camera: Camera) -> None:
    giang, em = town.person("Giang"), town.person("Em")
    await giang.press("Nhận xử lý", "hay ngã")
    await giang.press("Trả lời", "hay ngã")
    await giang.sees("câu trả lời.*YK-")
    await giang.say(ANSWER)
    await giang.offered("📨", "Tổ sửa đường")
    await camera.draw("letter", "Giang", town.bot, "Tổ sửa đường", DESK)
    await giang.press("📨", "Tổ sửa đường")
    await em.offered("Chưa xong", "Tổ sửa đường")
    await camera.draw("case-answered", "Em", town.bot, "Tổ sửa đường", DESK)


async def staff_list(town: Town, camera: Camera) -> None:
    for who, words, field, place in OTHERS:
        person = town.person(who)
        await person.say(f"/gopy {words}")
        await person.press("đồng ý", "113.*114.*115")
        await person.press("Góp ý")
        await person.press(field)
        await person.press(place)
        await person.press("📨", re.escape(words))
        await person.sees(r"HC-\w{5}-\w{5}.*/tracuu")
    giang = town.person("Giang")
    await giang.say("/hangdoi")
    await giang.sees("Hàng đợi")
    await camera.draw("queue", "Giang", town.bot, "Hàng đợi", DESK)


async def main() -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise SystemExit("Chromium is missing; install it with: sudo apt-get install chromium")
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="haichieu-pictures-"))
        session = await stack.enter_async_context(aiohttp.ClientSession())
        playwright = await stack.enter_async_context(async_playwright())
        town = Town(Path(folder), session)
        stack.push_async_callback(town.stop)
        await town.open()
        browser = await playwright.chromium.launch(executable_path=chromium, args=QUIET)
        stack.push_async_callback(browser.close)
        await walk(town, Camera(town, browser))


if __name__ == "__main__":
    asyncio.run(main())
