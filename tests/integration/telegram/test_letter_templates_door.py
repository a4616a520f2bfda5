"""A template for letters, from /donvi to the letter, by chat alone."""

from tests.integration.storage.cast import EM, GIANG, HANH
from tests.integration.telegram.house import House, presses, says
from tests.integration.usecases.office import private
from tests.integration.usecases.story import MENDED, file_opinion, take

HANH_ID, GIANG_ID = int(private(HANH)), int(private(GIANG))


async def pressed(house: House, account: int, action: str, choice: str = "") -> str:
    """What they are told last."""
    button = await house.office.button(str(account), action, choice)
    await house.hears(presses(button.id, account))
    return house.said_to(account)[-1]


async def write_template(house: House, typed: str, number: int = 2) -> str:
    await pressed(house, HANH_ID, "letter_template:write")
    await house.hears(says(typed, HANH_ID, number=number))
    return house.said_to(HANH_ID)[-1]


async def test_a_supervisor_writes_one_and_whoever_answers_uses_it(house: House) -> None:
    await house.hears(says("/donvi", HANH_ID))
    assert "chưa có mẫu" in await pressed(house, HANH_ID, "letter_template:list")
    assert "[họ tên]" in await write_template(house, "Đèn\nKính gửi [họ tên]")
    await house.hears(says("Đèn\n[cơ quan] xin trả lời: [nội dung]", HANH_ID, number=3))
    assert "xin trả lời: [nội dung]" in await pressed(house, HANH_ID, "letter_template:show")

    await take(house.office, await file_opinion(house.office))
    assert "chọn một mẫu" in await pressed(house, GIANG_ID, "opinion:answer")
    assert "[nội dung]" in await pressed(house, GIANG_ID, "answer:template")
    await house.hears(says(MENDED, GIANG_ID, number=4))
    assert f"xin trả lời: {MENDED}" in house.said_to(GIANG_ID)[-1]
    await pressed(house, GIANG_ID, "answer:send")
    await house.office.send_all()
    assert f"xin trả lời: {MENDED}" in house.said_to(int(EM.chat))[-1]
    await pressed(house, HANH_ID, "letter_template:remove")
    assert house.office.sql("SELECT count(*) FROM letter_template") == [(0,)]


async def test_one_for_asking_back_is_offered_there_and_not_for_an_answer(house: House) -> None:
    await house.hears(says("/donvi", HANH_ID))
    await pressed(house, HANH_ID, "letter_template:list")
    asked = await pressed(house, HANH_ID, "letter_template:write", "question")
    assert ("❓ Hỏi thêm" in asked, "[hạn]" in asked) == (True, True)
    await house.hears(says("Thiếu địa chỉ\nXin cho biết địa chỉ.", HANH_ID, number=2))
    shown = house.office.gateway.shown_in(str(HANH_ID))[-1].payload.buttons
    assert shown[0][0].label == "❓ Hỏi thêm: Thiếu địa chỉ"
    refused = await pressed(house, HANH_ID, "letter_template:write", "refusal")
    assert "[hạn]" not in refused
    await house.hears(says("Việc khác\nHẹn [hạn].", HANH_ID, number=3))
    assert "không còn hẹn ngày trả lời" in house.said_to(HANH_ID)[-1]

    await take(house.office, await file_opinion(house.office))
    assert "chọn một mẫu" not in await pressed(house, GIANG_ID, "opinion:answer")
    assert "chọn một mẫu" in await pressed(house, GIANG_ID, "opinion:ask_back")
    assert "Xin cho biết địa chỉ." in await pressed(house, GIANG_ID, "answer:template")
    await pressed(house, GIANG_ID, "case_letter:send")
    await house.office.send_all()
    assert "Xin cho biết địa chỉ." in house.said_to(int(EM.chat))[-1]


async def test_a_template_that_goes_while_its_words_are_typed_is_told_in_one_sentence(
    house: House,
) -> None:
    await house.hears(says("/donvi", HANH_ID))
    await pressed(house, HANH_ID, "letter_template:list")
    await pressed(house, HANH_ID, "letter_template:write", "question")
    await house.hears(says("Thiếu địa chỉ\nXin cho biết [nội dung].", HANH_ID, number=2))
    await take(house.office, await file_opinion(house.office))
    await pressed(house, GIANG_ID, "opinion:ask_back")
    await pressed(house, GIANG_ID, "answer:template")
    house.office.sql("DELETE FROM letter_template")
    await house.hears(says("số nhà", GIANG_ID, number=3))

    assert "Mẫu này không còn nữa" in house.said_to(GIANG_ID)[-1]
