"""Labels by chat alone: kept in /donvi, put on a case, looked for in the queue."""

from tests.integration.storage.cast import EM, GIANG, HANH, WARD
from tests.integration.telegram.house import House, presses, says
from tests.integration.telegram.test_queue_door import hear, press, two_cases
from tests.integration.usecases.hands import further, opened
from tests.integration.usecases.office import private

HANH_ID, GIANG_ID = int(private(HANH)), int(private(GIANG))
LIGHTS = "Chiếu sáng"


async def pressed(house: House, account: int, action: str) -> str:
    """What they are told last."""
    button = await house.office.button(str(account), action)
    await house.hears(presses(button.id, account))
    return house.said_to(account)[-1]


async def add_label(house: House, name: str = LIGHTS, place: str = "") -> str:
    await hear(house, HANH_ID, "/donvi")
    if place:
        await press(house, HANH_ID, place)
    await pressed(house, HANH_ID, "label:list")
    await pressed(house, HANH_ID, "label:write")
    return await hear(house, HANH_ID, name)


async def test_a_supervisor_keeps_them_and_a_triager_chooses_among_them(house: House) -> None:
    lamps, rubbish = await two_cases(house.office)
    assert "Đã thêm nhãn" in await add_label(house)
    await opened(house.office, GIANG, lamps)
    button = await further(house.office, GIANG, "opinion:label")
    await house.hears(presses(button.id, GIANG_ID))
    assert "chưa có nhãn nào" in house.said_to(GIANG_ID)[-1]
    said = await press(house, GIANG_ID, LIGHTS)
    assert f"đang có nhãn: <b>{LIGHTS}</b>" in said

    said = await hear(house, GIANG_ID, "/hangdoi")
    assert rubbish.number in said
    await press(house, GIANG_ID, "Lọc")
    await press(house, GIANG_ID, "Nhãn: Tất cả")
    assert f"🏷 {LIGHTS}" in await press(house, GIANG_ID, LIGHTS)
    said = await press(house, GIANG_ID, "Xem")
    assert lamps.number in said
    assert rubbish.number not in said
    await press(house, GIANG_ID, "Lọc")
    assert f"1. Đang mở · 🏷 {LIGHTS}" in await press(house, GIANG_ID, "Lưu bộ lọc này")

    assert "đang ở <b>1</b> ý kiến" in await pressed(house, HANH_ID, "label:show")
    await pressed(house, HANH_ID, "label:remove")
    assert "chưa có nhãn nào" in house.said_to(HANH_ID)[-1]
    assert house.office.sql("SELECT count(*) FROM case_label") == [(0,)]
    await hear(house, GIANG_ID, "/hangdoi")
    assert "🏷 nhãn đã xóa" in await press(house, GIANG_ID, "Bộ lọc đã lưu")


async def test_what_cannot_be_a_label_is_said_in_a_sentence(house: House) -> None:
    await add_label(house)
    assert "đã có nhãn" in await add_label(house, LIGHTS.upper())
    assert "dài quá 1 ký tự" in await hear(house, HANH_ID, "x" * 25)
    assert "số điện thoại" in await hear(house, HANH_ID, "0912345678")

    assert house.office.sql("SELECT name FROM label") == [(LIGHTS,)]


async def test_beside_the_forward_stands_what_the_new_unit_does_not_know(house: House) -> None:
    await add_label(house, place=WARD.name)
    lamps, _ = await two_cases(house.office)
    await opened(house.office, GIANG, lamps)
    button = await further(house.office, GIANG, "opinion:label")
    await house.hears(presses(button.id, GIANG_ID))
    await press(house, GIANG_ID, LIGHTS)
    await opened(house.office, GIANG, lamps)
    button = await further(house.office, GIANG, "opinion:forward")
    await house.hears(presses(button.id, GIANG_ID))
    said = await press(house, GIANG_ID, "Chuyển đến")

    assert f"không có nhãn <b>{LIGHTS}</b>" in said


async def test_the_file_of_ones_own_data_has_them(house: House) -> None:
    await add_label(house)
    lamps, _ = await two_cases(house.office)
    await opened(house.office, GIANG, lamps)
    button = await further(house.office, GIANG, "opinion:label")
    await house.hears(presses(button.id, GIANG_ID))
    await press(house, GIANG_ID, LIGHTS)
    await house.hears(says("/xem", int(EM.chat), next(house.numbers)))
    files = [call.file.content for call in house.office.gateway.calls if call.file]

    assert any(LIGHTS.encode() in content for content in files)
