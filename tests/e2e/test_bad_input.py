"""What people get wrong: one helpful sentence each time, and nothing has changed."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from tests.e2e.town import Json, Person, Town, button, sentence

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(
    tmp_path_factory: pytest.TempPathFactory, migrated_files: Path
) -> AsyncIterator[Town]:
    """One town for all claims here: none of them may change anything."""
    folder: Path = tmp_path_factory.mktemp("town")
    async with aiohttp.ClientSession() as session:
        built = Town(folder, session, migrated_files)
        try:
            await built.open()
            await built.fall_silent()
            yield built
        finally:
            await built.stop()


NEWS = "Thứ Bảy này phường thu gom rác cồng kềnh tại nhà văn hóa khu vực."


async def drafting(town: Town) -> tuple[Person, Json]:
    """An with a draft that only waits to be submitted."""
    an = town.person("An")
    last = await an.last()
    await an.say("/soan")
    await an.offered("Bỏ bản tin", after=last)
    await an.say(f"{NEWS}\nMang ra trước 8 giờ.")
    await an.press("Môi trường", after=last)
    await an.sees("Công văn số", after=last)
    await an.say("Thông báo số 46/TB-UBND")
    return an, await an.offered("Gửi duyệt", NEWS, after=last)


async def asked_for(person: Person, panel: Json, field: str) -> None:
    """The bot waits for this part of the draft."""
    await person.press_on(panel, field)
    await person.sees(".", after=panel["message_id"])


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def panel(town: Town) -> Json:
    """An's complete draft, with its buttons."""
    return (await drafting(town))[1]


@pytest.mark.parametrize("command", ["/soan", "/duyet", "/hangdoi", "/lich", "/donvi"])
async def test_a_staff_command_from_a_resident_changes_nothing(town: Town, command: str) -> None:
    await town.person("Khách").hears(command, "errors.forbidden")


async def test_an_unknown_command_gets_a_sentence(town: Town) -> None:
    await town.person("Khách").hears("/thoitiet", "start.unknown_command")


async def test_a_command_in_the_wrong_chat_is_led_to_the_private_one(town: Town) -> None:
    """In the language of the group, which is the Khmer one."""
    await town.person("An").hears("/gopy", "start.in_group", town.groups[4], "km")


async def test_a_group_is_told_where_to_write_once_a_minute(town: Town) -> None:
    binh, group = town.person("Bình"), town.groups[5]
    await binh.hears("/gopy", "start.in_group", group)
    before = len(await binh.messages(group))
    await binh.say("/gopy", group)
    await binh.hears("/trogiup", "help.approver")

    assert len(await binh.messages(group)) == before + 1


async def test_a_private_button_pressed_in_a_group_shows_nothing_there(
    town: Town, panel: Json
) -> None:
    """A modified app may send a private button's data under a bulletin in the group."""
    an, group = town.person("An"), town.groups[0]
    bulletin = await an.sees("Tin chính thức", group)
    mine = button(panel, "Nội dung")
    assert mine

    pressed = await an.press_data(bulletin, mine["callback_data"], group)

    assert re.fullmatch(sentence("button.not_yours"), pressed["text"])
    assert (await an.messages(group))[-1]["message_id"] == bulletin["message_id"]


async def test_binding_a_group_in_private_is_explained(town: Town) -> None:
    await town.person("Hạnh").hears("/ketnoi", "bind.in_groups_only")


async def test_a_resident_cannot_bind_a_group(town: Town) -> None:
    await town.person("Em").hears("/ketnoi", "errors.forbidden", town.groups[1])


@pytest.mark.parametrize(("guise", "place"), [("anonymous_admin", 2), ("channel", 3)])
async def test_who_hides_behind_a_group_or_channel_is_nobody(
    town: Town, guise: str, place: int
) -> None:
    hanh, group = town.person("Hạnh"), town.groups[place]
    say = {"user": hanh.user, "chat": group, "text": "/ketnoi", "as": guise}
    await town.practice.post("say", **say)
    await hanh.sees(sentence("errors.faceless"), group)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("31/02 8h", "moment.no_such_day"),
        ("01/01/2026 08:00", "moment.past"),
        ("25:00", "moment.no_such_time"),
        ("khi nào tiện", "moment.not_understood"),
    ],
)
async def test_a_time_that_cannot_be_is_refused(
    town: Town, panel: Json, typed: str, key: str
) -> None:
    an = town.person("An")
    await asked_for(an, panel, "Giờ phát")
    await an.hears(typed, key)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("\u200b\u2060\u200b", "compose.nothing_written"),
    ],
)
async def test_a_text_that_cannot_be_sent_is_refused(
    town: Town, panel: Json, typed: str, key: str
) -> None:
    an = town.person("An")
    await asked_for(an, panel, "Nội dung")
    await an.hears(typed, key)


async def test_a_text_that_is_too_long_is_kept_and_cannot_be_submitted(town: Town) -> None:
    an, _ = await drafting(town)
    panel = await an.offered("Nội dung")
    await asked_for(an, panel, "Nội dung")
    await an.hears("ạ" * 4000, "compose.too_long_vi")
    kept = await an.offered("Gửi duyệt", r"4\.\d{3}/4\.096")

    pressed = await an.press_on(kept, "Gửi duyệt")

    assert re.fullmatch(sentence("compose.too_long_vi"), pressed["text"])


async def test_somebody_elses_button_does_nothing(town: Town, panel: Json) -> None:
    """What travels in a button is an id; a modified app can send any it has seen."""
    khach = town.person("Khách")
    await khach.say("/ngonngu")
    shown = await khach.offered("English")
    stolen = button(panel, "Gửi duyệt")
    assert stolen

    pressed = await khach.press_data(shown, stolen["callback_data"])

    assert re.fullmatch(sentence("button.not_yours"), pressed["text"])


async def test_a_card_is_stale_once_the_text_has_changed(town: Town, panel: Json) -> None:
    an, binh = town.person("An"), town.person("Bình")
    await an.press_on(panel, "Gửi duyệt")
    card = await binh.offered("Duyệt", NEWS)
    await an.press("Mở bản tin")
    opened = await an.offered("Nội dung", after=await an.last() - 1)
    await asked_for(an, opened, "Nội dung")
    await an.say("Chủ nhật này phường thu gom rác cồng kềnh.\nMang ra trước 8 giờ.")
    await an.offered("Gửi duyệt", "Chủ nhật này")

    pressed = await binh.press_on(card, "Duyệt")

    assert re.fullmatch(sentence("review.stale"), pressed["text"])
    assert pressed["show_alert"]


async def test_a_button_pressed_twice_acts_once(town: Town) -> None:
    khach = town.person("Khách")
    await khach.say("Đèn đường khu vực 6 hỏng.")
    notice = await khach.offered("Không đồng ý")
    refused = button(notice, "Không đồng ý")
    assert refused

    await khach.press_on(notice, "Không đồng ý")
    second = await khach.press_data(notice, refused["callback_data"])

    assert re.fullmatch(sentence("button.used"), second["text"])


async def test_an_old_link_to_a_case_opens_nothing(town: Town) -> None:
    giang = town.person("Giang")
    await giang.start("case_0123456789abcdef")
    await giang.sees(sentence("errors.missing"))


async def test_a_wrong_code_is_explained(town: Town) -> None:
    await town.person("Khách").hears("/tracuu HC-AAAAA-AAAAA", "follow.no_such_code")


async def test_a_missing_code_is_explained(town: Town) -> None:
    await town.person("Khách").hears("/tracuu", "follow.code_missing")


async def test_a_paper_is_answered_with_a_sentence(town: Town) -> None:
    khach = town.person("Khách")
    form = aiohttp.FormData({"user": str(khach.user), "chat": khach.bot, "kind": "document"})
    form.add_field("file", b"%PDF-1.4", filename="don.pdf")
    async with town.session.post(f"{town.practice.url}/control/upload", data=form) as uploaded:
        assert uploaded.status == 200
    await khach.sees(sentence("intake.only_pictures"))


async def test_an_edited_message_is_answered_with_a_sentence(town: Town) -> None:
    khach = town.person("Khách")
    await khach.hears("/soan", "errors.forbidden")
    said = [m for m in await khach.messages() if m.get("text") == "/soan"][-1]
    await town.practice.post(
        "edit", user=khach.user, chat=khach.bot, message_id=said["message_id"], text="sửa"
    )
    await khach.sees(sentence("start.edited"), after=said["message_id"])


async def test_an_answer_that_was_asked_to_wait_still_comes(town: Town) -> None:
    """A 429 right after a restart: the pacer has forgotten what it sent before."""
    khach = town.person("Khách")
    wish = {"method": "sendMessage", "chat": khach.user, "kind": "retry_after", "seconds": 1}
    await town.practice.post("faults", **wish, times=1)
    await khach.hears("/thoitiet", "start.unknown_command")
