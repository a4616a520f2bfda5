"""What lies there to go on from, as it is pressed in the chat."""

from tests.integration.telegram.house import House
from tests.integration.telegram.test_plan_doors import AN_ID, hear, press
from tests.integration.usecases.story import approve


async def test_a_starter_is_two_presses_away(house: House) -> None:
    await hear(house, AN_ID, "/soan")
    listed = await press(house, AN_ID, "pick:shelf")
    assert "Bản tin mẫu" in listed
    said = await press(house, AN_ID, "pick:starter", "bao-hiem-y-te")
    assert "Đi khám bảo hiểm y tế cần mang gì" in said
    assert "ធានារ៉ាប់រងសុខភាព" in said


async def test_the_rest_of_the_shelf_is_on_the_next_page(house: House) -> None:
    await hear(house, AN_ID, "/soan")
    await press(house, AN_ID, "pick:shelf")
    await press(house, AN_ID, "pick:shelf_page", "1")
    assert "Lịch tiêm chủng" in await press(house, AN_ID, "pick:starter", "tiem-chung")


async def test_an_old_bulletin_is_two_presses_away(house: House) -> None:
    await approve(house.office, title="Lịch cũ")
    await hear(house, AN_ID, "/soan")
    await press(house, AN_ID, "pick:sent")
    button = await house.office.button(str(AN_ID), "pick:copy")
    assert "Lịch cũ" in await press(house, AN_ID, "pick:copy", button.choice)


async def test_an_empty_list_says_so(house: House) -> None:
    await hear(house, AN_ID, "/soan")
    assert "chưa có bản tin nào đã duyệt" in await press(house, AN_ID, "pick:sent")
    assert "chưa có bản nháp nào khác" in await press(house, AN_ID, "pick:drafts")
