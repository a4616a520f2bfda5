"""What people get wrong: one helpful sentence each time, and nothing has changed."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from tests.e2e.town import Json, Person, Town, button, until

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """One town for all claims here: none of them may change anything."""
    folder: Path = tmp_path_factory.mktemp("town")
    async with aiohttp.ClientSession() as session:
        built = Town(folder, session)
        try:
            await built.open()
            yield built
        finally:
            await built.stop()


NEWS = "Thứ Bảy này phường thu gom rác cồng kềnh tại nhà văn hóa khu vực."


async def answered(person: Person, words: str, chat: int | None = None) -> str:
    """What the bot says to these words."""
    before = await person.messages(chat)
    await person.say(words, chat)

    async def reply() -> Json | None:
        later = [m for m in await person.messages(chat) if m["message_id"] > last]
        replies = [m for m in later if m["from"]["is_bot"]]
        return replies[-1] if replies else None

    last = max((message["message_id"] for message in before), default=0)
    found: Json = await until(reply, f"an answer to {words!r}")
    return str(found["text"])


async def drafting(town: Town) -> tuple[Person, Json]:
    """An with a draft that only waits to be submitted."""
    an = town.person("An")
    last = await an.last()
    await an.say("/soan")
    await an.offered("Bỏ bản tin", after=last)
    await an.say(NEWS)
    await an.press("Môi trường", after=last)
    await an.sees("Công văn số", after=last)
    await an.say("Thông báo số 46/TB-UBND")
    return an, await an.offered("Gửi duyệt", NEWS, after=last)


async def asked_for(person: Person, panel: Json, field: str) -> None:
    """The bot waits for this part of the draft."""
    await person.press_on(panel, field)
    await person.sees(".", after=panel["message_id"])


@pytest.mark.parametrize("command", ["/soan", "/duyet", "/hangdoi", "/lich"])
async def test_a_staff_command_from_a_resident_changes_nothing(town: Town, command: str) -> None:
    assert "cán bộ" in await answered(town.person("Khách"), command)


async def test_an_unknown_command_gets_a_sentence(town: Town) -> None:
    assert "/trogiup" in await answered(town.person("Khách"), "/thoitiet")


async def test_a_command_in_the_wrong_chat_is_led_to_the_private_one(town: Town) -> None:
    assert "nhắn riêng" in await answered(town.person("Em"), "/gopy", town.groups[1])


async def test_binding_a_group_in_private_is_explained(town: Town) -> None:
    assert "trong nhóm" in await answered(town.person("Hạnh"), "/ketnoi")


async def test_a_resident_cannot_bind_a_group(town: Town) -> None:
    assert "cán bộ" in await answered(town.person("Em"), "/ketnoi", town.groups[1])


async def test_an_anonymous_admin_is_nobody(town: Town) -> None:
    hanh, group = town.person("Hạnh"), town.groups[2]
    say = {"user": hanh.user, "chat": group, "text": "/ketnoi", "as": "anonymous_admin"}
    await town.practice.post("say", **say)
    await hanh.sees("không biết ai đang nói", group)


async def test_a_channel_is_nobody(town: Town) -> None:
    hanh, group = town.person("Hạnh"), town.groups[3]
    say = {"user": hanh.user, "chat": group, "text": "/ketnoi", "as": "channel"}
    await town.practice.post("say", **say)
    await hanh.sees("không biết ai đang nói", group)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("31/02 8h", "Không có ngày này"),
        ("01/01/2026 08:00", "đã qua"),
        ("25:00", "Không có giờ này"),
        ("khi nào tiện", "chưa hiểu"),
    ],
)
async def test_a_time_that_cannot_be_is_refused(town: Town, typed: str, sentence: str) -> None:
    an, panel = await drafting(town)
    await asked_for(an, panel, "Giờ phát")

    assert sentence in await answered(an, typed)


async def test_a_text_too_long_with_its_footer_is_refused(town: Town) -> None:
    an, panel = await drafting(town)
    await asked_for(an, panel, "Nội dung")

    assert "dài quá" in await answered(an, "ạ" * 4000)


async def test_a_text_of_invisible_marks_is_refused(town: Town) -> None:
    an, panel = await drafting(town)
    await asked_for(an, panel, "Nội dung")

    assert "chưa có chữ" in await answered(an, "\u200b\u2060\u200b")


async def test_a_button_pressed_twice_acts_once(town: Town) -> None:
    an, panel = await drafting(town)
    await an.press_on(panel, "Gửi duyệt")
    submitted = await an.offered("Bỏ bản tin", after=panel["message_id"])
    used = button(submitted, "Bỏ bản tin")
    assert used

    await an.press_on(submitted, "Bỏ bản tin")
    second = await an.press_data(submitted, used["callback_data"])

    assert "đã được bấm" in second["text"]


async def test_a_card_is_stale_once_the_text_has_changed(town: Town) -> None:
    an, panel = await drafting(town)
    binh = town.person("Bình")
    await an.press_on(panel, "Gửi duyệt")
    card = await binh.offered("Duyệt", NEWS)
    await an.press("Mở bản tin", after=panel["message_id"])
    opened = await an.offered("Nội dung", after=panel["message_id"] + 2)
    await asked_for(an, opened, "Nội dung")
    await an.say("Chủ nhật này phường thu gom rác cồng kềnh.")
    await an.offered("Gửi duyệt", "Chủ nhật này")

    pressed = await binh.press_on(card, "Duyệt")

    assert "đã thay đổi" in pressed["text"]
    assert pressed["show_alert"]


async def test_somebody_elses_button_does_nothing(town: Town) -> None:
    """What travels in a button is an id; a modified app can send any it has seen."""
    _, panel = await drafting(town)
    khach = town.person("Khách")
    await khach.say("/ngonngu")
    shown = await khach.sees("ngôn ngữ")
    stolen = panel["reply_markup"]["inline_keyboard"][0][0]["callback_data"]

    pressed = await khach.press_data(shown, stolen)

    assert "người khác" in pressed["text"]


async def test_an_old_link_to_a_case_opens_nothing(town: Town) -> None:
    giang = town.person("Giang")
    last = (await giang.messages())[-1]["message_id"]
    await giang.start("case_0123456789abcdef")
    await giang.sees("không tìm thấy", after=last)


async def test_a_resident_cannot_open_a_case_by_its_link(town: Town) -> None:
    khach = town.person("Khách")
    await khach.start("case_0123456789abcdef")
    await khach.sees("không tìm thấy|cán bộ")


async def test_a_wrong_code_and_a_missing_code_are_explained(town: Town) -> None:
    khach = town.person("Khách")
    assert "Không tìm thấy ý kiến" in await answered(khach, "/tracuu HC-AAAAA-AAAAA")
    assert "HC-" in await answered(khach, "/tracuu")


async def test_a_picture_is_answered_with_a_sentence(town: Town) -> None:
    khach = town.person("Khách")
    form = aiohttp.FormData({"user": str(khach.user), "chat": khach.bot, "kind": "document"})
    form.add_field("file", b"%PDF-1.4", filename="don.pdf")
    async with town.session.post(f"{town.practice.url}/control/upload", data=form) as uploaded:
        assert uploaded.status == 200
    await khach.sees("chưa nhận hình")


async def test_an_edited_message_is_answered_with_a_sentence(town: Town) -> None:
    khach = town.person("Khách")
    await answered(khach, "/trogiup")
    said = [m for m in await khach.messages() if m.get("text") == "/trogiup"][-1]
    await town.practice.post(
        "edit", user=khach.user, chat=khach.bot, message_id=said["message_id"], text="sửa"
    )
    await khach.sees("nội dung vừa sửa")
