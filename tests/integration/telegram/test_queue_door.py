"""The queue in the chat: filtered, searched, kept as a view, and never with words of a text."""

from dataclasses import replace

from domain.model.access import Permission
from domain.model.opinion import Opinion
from tests.integration.storage.cast import CHI, GIANG, HANH, WARD
from tests.integration.telegram.house import House, presses, says
from tests.integration.usecases.office import Office, private
from tests.integration.usecases.story import file_opinion, take

GIANG_ID, HANH_ID, CHI_ID = (int(private(person)) for person in (GIANG, HANH, CHI))
LAMPS, RUBBISH = "Đèn đường hẻm 12 bị tắt.", "Rác thải chất đống ở chợ."


async def hear(house: House, account: int, text: str) -> str:
    before = len(house.said_to(account))
    await house.hears(says(text, account, next(house.numbers)))
    return "\n".join(house.said_to(account)[before:])


async def press(house: House, account: int, label: str) -> str:
    """Press the newest button that says so; the page that stands there then."""
    office = house.office
    for call in reversed(office.gateway.shown_in(str(account))):
        for face in (face for row in call.payload.buttons for face in row):
            if label in face.label and face.press:
                await house.hears(presses(face.press, account))
                return office.gateway.shown_in(str(account))[-1].payload.markup
    raise AssertionError(f"no button says {label}")


async def two_cases(office: Office) -> tuple[Opinion, Opinion]:
    return await file_opinion(office, LAMPS), await file_opinion(office, RUBBISH)


async def test_a_list_has_numbers_units_and_dates_and_no_words(house: House) -> None:
    lamps, rubbish = await two_cases(house.office)
    said = await hear(house, GIANG_ID, "/hangdoi")

    assert lamps.number in said
    assert rubbish.number in said
    assert "Ninh Kiều" in said
    assert "Đèn" not in said
    assert "Rác" not in said


async def test_an_empty_queue_offers_no_number_to_press(house: House) -> None:
    said = await hear(house, GIANG_ID, "/hangdoi")
    assert "Bấm số" not in said
    assert "Hiện không có ý kiến nào đang mở" in said
    await press(house, GIANG_ID, "Lọc")
    await press(house, GIANG_ID, "Chỉ việc gấp")
    assert "Không có ý kiến nào như vậy" in await press(house, GIANG_ID, "Xem")

    await two_cases(house.office)
    assert "Bấm số" in await hear(house, GIANG_ID, "/hangdoi")


async def test_words_typed_without_marks_find_a_case(house: House) -> None:
    lamps, rubbish = await two_cases(house.office)
    said = await hear(house, GIANG_ID, "/hangdoi rac thai")

    assert rubbish.number in said
    assert lamps.number not in said
    assert "không kể dấu" in said


async def test_what_is_not_found_as_written_is_found_by_ear(house: House) -> None:
    lamps, _ = await two_cases(house.office)
    said = await hear(house, GIANG_ID, "/hangdoi đèn đường bị tắc hay tắt hẻm")
    assert lamps.number not in said
    said = await hear(house, GIANG_ID, "/hangdoi dèn đường")

    assert lamps.number in said


async def test_a_case_is_found_by_its_number_in_ones_own_units_only(house: House) -> None:
    lamps, _ = await two_cases(house.office)

    assert lamps.number in await hear(house, GIANG_ID, f"/hangdoi {lamps.number.lower()}")
    assert lamps.number not in await hear(house, CHI_ID, f"/hangdoi {lamps.number}")


async def test_a_phone_number_cannot_be_looked_for(house: House) -> None:
    await file_opinion(house.office, "Gọi tôi 0912345678 nhé.")

    assert "không tìm được" in await hear(house, GIANG_ID, "/hangdoi 0912345678")


async def test_a_search_is_on_record_without_its_words(house: House) -> None:
    await two_cases(house.office)
    await hear(house, GIANG_ID, "/hangdoi rác thải")

    last = (await house.office.record())[-1].event
    assert (last.actor_id, last.action) == (GIANG.id, Permission.OPINION_SEARCH)
    assert "rác" not in str(last)


async def test_a_press_opens_the_text_in_the_private_chat_on_record(house: House) -> None:
    await file_opinion(house.office, LAMPS)
    await hear(house, GIANG_ID, "/hangdoi")
    await press(house, GIANG_ID, "1")
    await house.office.send_all()

    assert any(LAMPS in said for said in house.said_to(GIANG_ID))
    assert Permission.OPINION_OPEN in [e.event.action for e in await house.office.record()]


async def test_the_filters_narrow_the_list_down(house: House) -> None:
    lamps, rubbish = await two_cases(house.office)
    await take(house.office, lamps)
    await hear(house, GIANG_ID, "/hangdoi")
    await press(house, GIANG_ID, "Lọc")
    assert "của tôi" in await press(house, GIANG_ID, "Xử lý: mọi người")
    said = await press(house, GIANG_ID, "Xem")

    assert lamps.number in said
    assert rubbish.number not in said


async def test_a_view_is_kept_for_oneself_and_without_words(house: House) -> None:
    await two_cases(house.office)
    await hear(house, GIANG_ID, "/hangdoi rác")
    await press(house, GIANG_ID, "Lọc")
    await press(house, GIANG_ID, "Chỉ quá hạn")
    said = await press(house, GIANG_ID, "Lưu bộ lọc này")

    assert "Đang mở · quá hạn" in said
    assert "rác" not in str(house.office.sql("SELECT * FROM saved_view"))
    await hear(house, HANH_ID, "/hangdoi")
    assert "Chưa lưu bộ lọc nào" in await press(house, HANH_ID, "Bộ lọc đã lưu")


async def test_a_kept_view_can_be_looked_at_and_dropped(house: House) -> None:
    await hear(house, GIANG_ID, "/hangdoi")
    await press(house, GIANG_ID, "Lọc")
    await press(house, GIANG_ID, "Chỉ việc gấp")
    await press(house, GIANG_ID, "Lưu bộ lọc này")
    assert "việc gấp" in await press(house, GIANG_ID, "Xem số 1")
    await press(house, GIANG_ID, "Bộ lọc đã lưu")

    assert "Chưa lưu bộ lọc nào" in await press(house, GIANG_ID, "Bỏ số 1")


async def test_the_workload_is_shown_to_whoever_looks_after_the_work(house: House) -> None:
    lamps, _ = await two_cases(house.office)
    await take(house.office, lamps)
    await hear(house, HANH_ID, "/hangdoi")
    said = await press(house, HANH_ID, "Khối lượng việc")

    assert "Giang: <b>1</b>" in said
    assert "Chưa ai nhận</i>: <b>1</b>" in said


async def test_a_supervisor_reads_the_figures_by_month_field_and_place(house: House) -> None:
    filed = await file_opinion(house.office, LAMPS)
    async with house.office.memory.begin() as work:
        for n in range(11):
            more = replace(filed, id=f"m{n}", code=f"HC-{n}", number=f"YK-{n}", handle=f"m{n}")
            await work.opinions.add(more)
        await work.commit()
    await hear(house, HANH_ID, "/hangdoi")

    assert "Tháng 11/2026: khoảng 10" in await press(house, HANH_ID, "Số liệu")
    assert "Chưa rõ lĩnh vực: khoảng 10" in await press(house, HANH_ID, "Theo lĩnh vực")
    assert f"{WARD.name}: khoảng 10" in await press(house, HANH_ID, "Theo nơi")
    said = await press(house, HANH_ID, WARD.name)
    assert f"Ý kiến đã nhận: {WARD.name}" in said


async def test_a_number_of_few_is_shown_to_no_supervisor(house: House) -> None:
    await two_cases(house.office)
    await hear(house, HANH_ID, "/hangdoi")

    assert "Chưa đủ 10 ý kiến" in await press(house, HANH_ID, "Số liệu")


async def test_a_triager_is_not_offered_the_workload(house: House) -> None:
    await two_cases(house.office)
    await hear(house, GIANG_ID, "/hangdoi")

    labels = [
        face.label
        for call in house.office.gateway.shown_in(str(GIANG_ID))
        for row in call.payload.buttons
        for face in row
    ]
    assert not any("Khối lượng" in label or "Số liệu" in label for label in labels)


async def test_pages_turn_without_losing_or_doubling_a_case(house: House) -> None:
    numbers = list[str]()
    for _ in range(11):
        numbers.append((await file_opinion(house.office, LAMPS)).number)
        house.office.wait(minutes=10)
    first = await hear(house, GIANG_ID, "/hangdoi")
    second = await press(house, GIANG_ID, "Tiếp")

    assert sorted(n for n in numbers if n in first or n in second) == sorted(numbers)
    assert not [n for n in numbers if n in first and n in second]
    assert await press(house, GIANG_ID, "Về đầu") in first
