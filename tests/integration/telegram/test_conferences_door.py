"""A training as it is prepared, answered and attended in the chat."""

import re
from datetime import timedelta

import pytest

from domain.model.text import utf16_units, visible
from handlers.hall_pictures import picture_of
from tests.integration.storage.cast import HANH, WARD
from tests.integration.telegram.house import EM_ID, House
from tests.integration.telegram.test_plan_doors import hear, press
from tests.integration.usecases.communicators import DUNG, KIM, LAN, join
from tests.integration.usecases.conferences import START
from tests.integration.usecases.gateway import deep_link
from tests.integration.usecases.office import private

HANH_ID, DUNG_ID, KIM_ID = (int(private(one)) for one in (HANH, DUNG, KIM))
TYPED = ("Tập huấn", "An toàn mạng", "26/11 8h", "2 tiếng", "Hội trường A")


@pytest.fixture(autouse=True)
async def joined(house: House) -> None:
    await join(house.office, DUNG, KIM)


async def prepare(house: House) -> str:
    """The whole of it, typed and pressed; the last that was said."""
    await hear(house, HANH_ID, "/hoinghi")
    await press(house, HANH_ID, "conference:new")
    for typed in TYPED:
        await hear(house, HANH_ID, typed)
    await press(house, HANH_ID, "conference:choose", "audience:tat_ca")
    return await press(house, HANH_ID, "conference:choose", "note:")


async def call(house: House) -> None:
    await prepare(house)
    await press(house, HANH_ID, "conference:call")
    await house.office.send_all()


async def shown_code(house: House) -> str:
    """What the hall sees."""
    await hear(house, HANH_ID, "/hoinghi")
    await press(house, HANH_ID, "conference:open")
    said = await press(house, HANH_ID, "conference:code")
    found = re.search(r"<b>(\d{3} \d{3})</b>", said)
    assert found is not None, said
    return found[1]


async def test_it_is_shown_whole_before_anybody_is_called(house: House) -> None:
    said = await prepare(house)

    for words in ("Tập huấn: An toàn mạng", "8 giờ 00 thứ Năm, 26/11/2026", "10 giờ 00"):
        assert words in said
    assert "2 người sẽ nhận giấy mời riêng" in said
    assert house.said_to(DUNG_ID) == []


@pytest.mark.parametrize(
    ("before", "typed", "said"),
    [
        (0, "liên hoan", "Anh/chị bấm giúp một nút"),
        (1, "ạ" * 151, "Dài quá 1 ký tự (nhiều nhất 150)"),
        (2, "hôm nay 7h", "“hôm nay 7h” đã qua rồi"),
        (2, "26/11/2028 8h", "còn hơn một năm nữa"),
        (2, "thứ năm", "chưa có giờ"),
        (3, "đến 7h", "phải sau giờ bắt đầu"),
        (3, "-5", "từ 15 phút đến 72 giờ"),
    ],
)
async def test_what_cannot_be_is_explained_and_asked_again(
    house: House, before: int, typed: str, said: str
) -> None:
    await hear(house, HANH_ID, "/hoinghi")
    await press(house, HANH_ID, "conference:new")
    for one in TYPED[:before]:
        await hear(house, HANH_ID, one)
    assert said in await hear(house, HANH_ID, typed)

    heard = [await hear(house, HANH_ID, one) for one in TYPED[before:]]
    assert "Mời ai" in heard[-1]


async def test_whoever_is_in_charge_of_several_units_calls_those_of_one(house: House) -> None:
    await join(house.office, LAN)
    await hear(house, HANH_ID, "/donvi")
    await press(house, HANH_ID, "staff:unit", WARD.id)
    await press(house, HANH_ID, "conference:new")
    for typed in TYPED:
        await hear(house, HANH_ID, typed)
    await press(house, HANH_ID, "conference:choose", "audience:tat_ca")
    said = await press(house, HANH_ID, "conference:choose", "note:")

    assert "Giấy mời của Ninh Kiều" in said
    assert "2 người sẽ nhận" in said


async def test_an_answer_is_shown_in_the_message_that_asked_for_it(house: House) -> None:
    await call(house)
    await press(house, DUNG_ID, "conference:attend", "yes")
    edited = [one for one in house.office.gateway.calls if one.act == "edit"]

    assert "✅ Anh/chị đã báo sẽ dự." in edited[-1].markup
    assert edited[-1].payload.buttons
    assert "sẽ dự" in await hear(house, DUNG_ID, "/hoinghi")


async def test_the_code_is_typed_behind_the_command_or_after_a_press(house: House) -> None:
    await call(house)
    house.office.clock.moment = START
    code = await shown_code(house)
    assert "Đã điểm danh" in await hear(house, DUNG_ID, f"/hoinghi {code}")
    await hear(house, KIM_ID, "/hoinghi")
    await press(house, KIM_ID, "conference:arrive")
    assert "Mã điểm danh có 6 số" in await hear(house, KIM_ID, "có mặt")
    assert "Đã điểm danh" in await hear(house, KIM_ID, code)

    assert house.office.sql("SELECT came FROM conference_guest") == [("code",), ("code",)]


async def test_the_next_code_takes_the_place_of_the_last(house: House) -> None:
    await call(house)
    house.office.clock.moment = START
    code = await shown_code(house)
    house.office.wait(minutes=5)
    await press(house, HANH_ID, "conference:code", "again")
    edited = [one for one in house.office.gateway.calls if one.act == "edit"]

    assert "Điểm danh: An toàn mạng" in edited[-1].markup
    assert code not in edited[-1].markup


async def test_the_code_can_be_scanned_and_the_picture_stays_in_its_chat(house: House) -> None:
    await call(house)
    house.office.clock.moment = START
    code = (await shown_code(house)).replace(" ", "")
    await press(house, HANH_ID, "conference:code", "picture")
    picture = house.office.gateway.to(str(HANH_ID))[-1]
    assert picture.file == picture_of(deep_link(f"dd_{code}"))
    assert picture.file.is_guarded

    assert "Đã điểm danh" in await hear(house, DUNG_ID, f"/start dd_{code}")
    assert "Mục này dành cho" in await hear(house, EM_ID, f"/start dd_{code}")


async def test_after_a_question_about_a_code_that_is_over_words_are_words_again(
    house: House,
) -> None:
    await call(house)
    house.office.clock.moment = START
    await hear(house, DUNG_ID, "/hoinghi")
    await press(house, DUNG_ID, "conference:arrive")
    house.office.wait(days=1)

    assert "không có buổi nào" in await hear(house, DUNG_ID, "482 913")
    assert "điểm danh" not in await hear(house, DUNG_ID, "Đèn đường hẻm 12 không sáng.")


@pytest.mark.parametrize(
    ("action", "choice", "days", "said"),
    [
        ("conference:find", "", 5, "Chỉ điểm danh được"),
        ("conference:ask_material", "", 40, "Tài liệu chỉ gửi được từ lúc bắt đầu"),
        ("conference:ask_change", "start", 1, "đã kết thúc nên không đổi được"),
    ],
)
async def test_what_was_asked_too_long_ago_is_dropped_and_words_are_words_again(
    house: House, action: str, choice: str, days: int, said: str
) -> None:
    await call(house)
    ahead = timedelta(hours=1) if action == "conference:ask_change" else timedelta()
    house.office.clock.moment = START - ahead
    await hear(house, HANH_ID, "/hoinghi")
    await press(house, HANH_ID, "conference:open")
    await press(house, HANH_ID, action, choice)
    house.office.wait(days=days)

    assert said in await hear(house, HANH_ID, "27/11 8h")
    assert said not in await hear(house, HANH_ID, "27/11 8h")


async def test_whatever_was_sent_about_it_can_be_read_again(house: House) -> None:
    await call(house)
    house.office.clock.moment = START
    texts = [f"Phần {n} " + "ạ" * 1993 for n in range(5)]
    for text in texts:
        await hear(house, HANH_ID, "/hoinghi")
        await press(house, HANH_ID, "conference:open")
        await press(house, HANH_ID, "conference:ask_material")
        await hear(house, HANH_ID, text)
        await press(house, HANH_ID, "conference:send")
    await hear(house, DUNG_ID, "/hoinghi")
    before = len(house.said_to(DUNG_ID))
    await press(house, DUNG_ID, "conference:see")
    said = house.said_to(DUNG_ID)[before:]

    assert [text for text in texts if any(text in one for one in said)] == texts
    limit = house.rooms.gateway.capabilities.text_limit
    assert max(utf16_units(visible(one)) for one in said) <= limit


async def test_somebody_is_marked_by_name_without_its_marks(house: House) -> None:
    await call(house)
    house.office.clock.moment = START
    await shown_code(house)
    await hear(house, HANH_ID, "/hoinghi")
    await press(house, HANH_ID, "conference:open")
    await press(house, HANH_ID, "conference:find")
    assert "đúng người" in await hear(house, HANH_ID, "DUNG")
    await press(house, HANH_ID, "conference:mark")

    assert "Dung: đã có mặt" in await hear(house, HANH_ID, "dung")


async def test_whoever_leads_nothing_and_is_called_to_nothing_is_told_so(house: House) -> None:
    assert "không có giấy mời" in await hear(house, DUNG_ID, "/hoinghi")
