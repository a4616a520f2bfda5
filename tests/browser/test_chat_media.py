"""Pictures, albums, voice notes, films and files on the chat page, both ways."""

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browser.client import become, choose, message, open_chat, picture
from tests.contract.sandbox.practice import AN, BOT, EM, GROUP, Practice
from tests.contract.sandbox.test_every_method import OGG

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def upload(practice: Practice, name: str, content: bytes, **fields: str) -> None:
    await practice.upload(name, content, user=str(AN), chat=str(GROUP), **fields)


async def album(practice: Practice, *sizes: tuple[int, int]) -> None:
    for at, size in enumerate(sizes):
        fields = {"kind": "photo", "album": "1", "caption": "" if at else "Đoạn đường ngập"}
        await upload(practice, f"{at}.png", picture(*size), **fields)


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
    for each in pictures:
        await page.screenshot(path=each)
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


async def test_an_album_is_one_bubble_whose_rows_are_as_wide_as_it_is(
    page: Page, practice: Practice
) -> None:
    await album(practice, (800, 600), (600, 800), (900, 500), (500, 500), (700, 600))
    await become(page, "Em")
    await open_chat(page, GROUP)

    await expect(page.locator(".message .photo")).to_have_count(5)
    await expect(page.locator(".message")).to_have_count(1)
    await expect(page.locator(".words")).to_have_text("Đoạn đường ngập")
    widths = "rows => rows.map(row => Math.round(row.getBoundingClientRect().width))"
    wide = await page.locator(".tiles, .bubble").evaluate_all(widths)
    assert len(set(wide)) == 1


async def test_an_album_whose_first_picture_is_tall_has_it_on_the_left(
    page: Page, practice: Practice
) -> None:
    await album(practice, (600, 900), (800, 600), (800, 600))
    await become(page, "Em")
    await open_chat(page, GROUP)

    boxes = [await tile.bounding_box() for tile in await page.locator(".tile").all()]
    tops = [round(box["y"]) for box in boxes if box]
    assert tops[0] == tops[1] < tops[2]


async def test_a_picture_opens_over_the_page_and_arrows_lead_through_its_album(
    page: Page, practice: Practice
) -> None:
    await album(practice, (800, 600), (800, 600), (800, 600))
    await become(page, "Em")
    await open_chat(page, GROUP)
    await page.get_by_role("button", name="Mở ảnh").first.click()
    viewer = page.get_by_role("dialog", name="Xem ảnh")
    await expect(viewer).to_contain_text("1 / 3")

    await page.keyboard.press("ArrowLeft")
    await expect(viewer).to_contain_text("3 / 3")
    await page.keyboard.press("Escape")

    await expect(viewer).to_be_hidden()


async def test_a_picture_never_makes_a_phone_scroll_sideways(
    page: Page, practice: Practice
) -> None:
    await upload(practice, "rộng.png", picture(1600, 500), kind="photo", caption="dài " * 60)
    await album(practice, (800, 600), (600, 800), (900, 500))
    await page.set_viewport_size({"width": 360, "height": 740})
    await become(page, "Em")
    await open_chat(page, GROUP)
    await expect(page.locator(".photo")).to_have_count(4)

    wide = "Math.max(...['messages', 'scroll'].map(id => document.getElementById(id).scrollWidth))"
    assert await page.evaluate(wide) <= 360


async def test_a_voice_note_says_how_long_it_is_and_plays(page: Page, practice: Practice) -> None:
    await upload(practice, "lời.ogg", OGG, kind="voice")
    await become(page, "Em")
    await open_chat(page, GROUP)

    note = page.get_by_role("group", name="Tin thoại 1:30")
    await expect(note.locator(".time")).to_have_text("1:30")
    await expect(note.get_by_role("slider")).to_have_attribute("max", "90")
    await expect(note.get_by_role("button", name="Nghe, 1:30")).to_be_visible()


async def test_a_film_is_shown_with_its_length(page: Page, practice: Practice) -> None:
    film = b"\x1aE\xdf\xa3" + bytes(64)
    await upload(practice, "lũ.webm", film, kind="video", duration="75", caption="Nước lên")
    await become(page, "Em")
    await open_chat(page, GROUP)

    await expect(page.get_by_label("Video 1:15")).to_be_visible()
    await expect(message(page, "Nước lên").locator(".badge")).to_have_text("1:15")


async def test_a_file_has_its_name_and_size_and_is_saved_under_its_name(
    page: Page, practice: Practice
) -> None:
    await upload(practice, "ke-hoach.pdf", b"%PDF" + bytes(20_000), kind="document")
    await become(page, "Em")
    await open_chat(page, GROUP)

    link = page.get_by_role("link", name="Tải xuống ke-hoach.pdf, 20 KB")
    async with page.expect_download() as saved:
        await link.click()

    assert (await saved.value).suggested_filename == "ke-hoach.pdf"


async def test_a_message_of_ones_own_can_be_deleted_after_a_question(
    page: Page, practice: Practice
) -> None:
    await practice.post("say", user=EM, chat=GROUP, text="nhầm nhóm")
    await become(page, "Em")
    await open_chat(page, GROUP)

    await choose(page, "nhầm nhóm", "Xóa")
    await page.get_by_role("dialog").get_by_role("button", name="Xóa").click()

    await expect(message(page, "nhầm nhóm")).to_have_count(0)
