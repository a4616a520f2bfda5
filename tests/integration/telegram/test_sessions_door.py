"""A session as it is typed and pressed in the chat."""

import pytest

from tests.integration.storage.cast import AN, HANH
from tests.integration.telegram.house import House, says
from tests.integration.telegram.test_plan_doors import hear, press
from tests.integration.usecases.communicators import DUNG, join
from tests.integration.usecases.office import private

DUNG_ID, HANH_ID = int(private(DUNG)), int(private(HANH))
TYPED = (
    "hôm qua 19h",
    "1h30",
    "Nhà văn hóa Khu vực 1",
    "Phòng chống sốt xuất huyết",
    "y tế",
    "trực tiếp",
    "họp dân",
    "45 người",
)


@pytest.fixture(autouse=True)
async def dung(house: House) -> None:
    await join(house.office, DUNG)


async def log(house: House) -> str:
    """The whole of it, typed; the last that was said."""
    said = await hear(house, DUNG_ID, "/phien")
    for typed in TYPED:
        said = await hear(house, DUNG_ID, typed)
    return said


async def test_a_whole_session_can_be_typed(house: House) -> None:
    said = await log(house)

    assert "19 giờ 00 thứ Năm, 19/11/2026" in said
    assert "Số người nghe: <b>45</b>" in said
    assert "Hình thức: <b>Trực tiếp</b>" in said


async def test_answers_that_come_all_at_once_land_each_in_its_own_field(house: House) -> None:
    """As they do when the network comes back."""
    everything = ("/phien", *TYPED)
    updates = [says(text, DUNG_ID, number) for number, text in enumerate(everything, 1)]
    await house.bring(*updates)
    await house.handle_all()

    (row,) = house.office.sql(
        "SELECT minutes, people, place, topic, field, mode FROM outreach_session"
    )
    assert tuple(row) == (90, 45, TYPED[2], TYPED[3], "y_te_bhyt", "truc_tiep")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("mai 8h", "chưa tới"),
        ("20/11/2024 8h", "quá 60 ngày"),
        ("hôm qua", "chưa có giờ"),
        ("họp dân", "Chưa hiểu"),
    ],
)
async def test_a_time_that_cannot_be_is_explained_and_asked_again(
    house: House, typed: str, said: str
) -> None:
    await hear(house, DUNG_ID, "/phien")
    assert said in await hear(house, DUNG_ID, typed)

    assert "Kéo dài bao lâu" in await hear(house, DUNG_ID, "hôm qua 19h")


@pytest.mark.parametrize("typed", ["-5", "1000000000"])
async def test_a_number_that_cannot_be_is_refused_by_name(house: House, typed: str) -> None:
    await log(house)
    await press(house, DUNG_ID, "session:edit", "people")

    said = await hear(house, DUNG_ID, typed)
    assert f"“{typed}”" in said
    assert "từ 0 đến 100.000" in said


async def test_a_choice_that_is_none_is_refused_by_name(house: House) -> None:
    await log(house)
    await press(house, DUNG_ID, "session:edit", "mode")

    assert "“bay” không có trong danh sách" in await hear(house, DUNG_ID, "bay")


async def test_words_that_nobody_asked_for_are_not_taken_as_an_opinion(house: House) -> None:
    await log(house)
    said = await hear(house, DUNG_ID, "À quên, có 50 người")

    assert "không hỏi mục nào" in said
    assert "Số người nghe: <b>45</b>" in said


async def test_ticking_a_choice_changes_the_message_in_place(house: House) -> None:
    await log(house)
    await press(house, DUNG_ID, "session:edit", "audience")
    before = len(house.said_to(DUNG_ID))
    await press(house, DUNG_ID, "session:toggle", "audience=phu_nu")

    assert len(house.said_to(DUNG_ID)) == before
    edited = [call for call in house.office.gateway.calls if call.act == "edit"][-1]
    faces = [face.label for row in edited.payload.buttons for face in row]
    assert "☑️ Phụ nữ" in faces


async def test_questions_come_back_with_their_numbers(house: House) -> None:
    await log(house)
    await press(house, DUNG_ID, "session:edit", "questions")
    await hear(house, DUNG_ID, "Khi nào phun thuốc muỗi?")
    await hear(house, DUNG_ID, "Cống hẻm 12 bao giờ nạo vét?")
    await press(house, DUNG_ID, "session:done")
    said = await press(house, DUNG_ID, "session:submit")

    assert said.count("YK-") == 2
    assert "HC-" not in said


async def test_what_was_sent_is_found_again(house: House) -> None:
    await log(house)
    await press(house, DUNG_ID, "session:submit")
    await hear(house, DUNG_ID, "/phien")
    await press(house, DUNG_ID, "session:sent")

    said = await press(house, DUNG_ID, "session:open")
    assert "Chờ xác nhận" in said


async def test_a_communicator_is_told_what_can_be_done(house: House) -> None:
    assert "/phien" in await hear(house, DUNG_ID, "/trogiup")


async def test_the_supervisor_reads_confirms_and_returns(house: House) -> None:
    await log(house)
    await press(house, DUNG_ID, "session:submit")

    said = await hear(house, HANH_ID, "/phien")
    assert "1 buổi tuyên truyền" in said
    assert "Phòng chống sốt xuất huyết" in said
    assert "Người ghi: <b>Dung</b>" in await press(house, HANH_ID, "session:review", "0")

    await press(house, HANH_ID, "session:return")
    assert "Đã trả lại" in await hear(house, HANH_ID, "Ghi lại số người.")
    assert "Được trả lại:</b> Ghi lại số người." in await press_open(house)


async def press_open(house: House) -> str:
    """Dung opens what came back."""
    await house.office.send_all()
    return await press(house, DUNG_ID, "session:open")


async def test_an_author_has_nothing_to_confirm(house: House) -> None:
    assert "dành cho tuyên truyền viên" in await hear(house, int(private(AN)), "/phien")


async def test_the_form_is_changed_in_the_chat_and_asked_so_next_time(house: House) -> None:
    await hear(house, HANH_ID, "/phien")
    assert "1. ● Thời gian" in await press(house, HANH_ID, "form:list")
    await press(house, HANH_ID, "form:add")
    said = await hear(house, HANH_ID, "Loa có nghe rõ không?\n- Rõ\n- Không rõ")
    assert "bản 2" in said
    await press(house, HANH_ID, "form:change", "own_1:require")

    assert "Loa có nghe rõ không?" in await log(house)
    assert "Loa có nghe rõ không?: <b>Không rõ</b>" in await hear(house, DUNG_ID, "không rõ")
