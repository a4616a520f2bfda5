"""Plans, days off and emergencies as they are typed and pressed in the chat."""

from datetime import timedelta

import pytest

from domain.model.bulletin import Misfire
from tests.integration.storage.cast import AN, BINH, GROUP, HANH, NOW
from tests.integration.telegram.house import House, presses, says
from tests.integration.usecases.office import actor, private
from tests.integration.usecases.story import approve, release, submit, write
from tests.integration.usecases.test_emergency import approve_template
from tests.integration.usecases.test_schedule import DAILY

AN_ID, BINH_ID, HANH_ID = (int(private(person)) for person in (AN, BINH, HANH))


async def press(house: House, account: int, action: str, choice: str = "") -> str:
    """Press the newest such button that this person was shown; what is answered."""
    before = len(house.said_to(account))
    button = await house.office.button(str(account), action, choice)
    await house.hears(presses(button.id, account))
    return "\n".join(house.said_to(account)[before:])


async def hear(house: House, account: int, text: str) -> str:
    before = len(house.said_to(account))
    await house.hears(says(text, account, next(house.numbers)))
    return "\n".join(house.said_to(account)[before:])


async def ask_time(house: House, field: str = "send_at") -> None:
    """An has a complete draft, and is asked when it goes out."""
    office = house.office
    await office.compose.ask_field(actor(AN), await write(office), field, office.cause())


async def test_a_rule_that_is_typed_shows_its_next_times(house: House) -> None:
    await ask_time(house)
    said = await hear(house, AN_ID, "thứ 2, 4 lúc 7h30")

    assert "thứ Hai và thứ Tư hằng tuần, lúc 7 giờ 30" in said
    assert "• 7 giờ 30 thứ Hai, 23/11/2026" in said


async def test_a_time_that_was_left_out_is_said_openly(house: House) -> None:
    await ask_time(house)

    assert "tôi hẹn lúc 7 giờ." in await hear(house, AN_ID, "mùng 1 hằng tháng")


async def test_a_rule_that_never_fires_is_answered_and_not_kept(house: House) -> None:
    await ask_time(house)

    assert "không phát lần nào" in await hear(house, AN_ID, "hằng ngày 6h đến 1/11")


@pytest.mark.parametrize(
    ("field", "action", "choice", "shown"),
    [
        ("send_at", "compose:now", "", "Giờ phát: <b>ngay khi được duyệt"),
        ("good_for", "compose:good_for", "6", "Hạn phát: <b>trong 6 giờ"),
        ("misfire", "compose:misfire", "ask", "hỏi người soạn và người duyệt"),
    ],
)
async def test_what_is_chosen_by_a_button_is_shown(
    house: House, field: str, action: str, choice: str, shown: str
) -> None:
    await hear(house, AN_ID, "/soan")
    await hear(house, AN_ID, "Triều cường\nKê đồ lên cao.")
    await press(house, AN_ID, "compose:field", "giao_thong_do_thi")
    await hear(house, AN_ID, "Công văn 12/UBND")
    await press(house, AN_ID, "compose:edit", field)

    assert shown in await press(house, AN_ID, action, choice)


@pytest.mark.parametrize(("field", "first"), [("misfire", "Vẫn phát"), ("on_holiday", "Ngày lễ")])
async def test_what_can_be_chosen_begins_with_a_capital(
    house: House, field: str, first: str
) -> None:
    await ask_time(house)
    await hear(house, AN_ID, "thứ 2, 4 lúc 7h30")
    await press(house, AN_ID, "compose:edit", field)

    rows = house.office.gateway.to(str(AN_ID))[-1].payload.buttons
    assert rows[0][0].label.startswith(first)


async def test_an_end_is_typed(house: House) -> None:
    await ask_time(house, "good_for")

    assert "Hạn phát: <b>trong 1 ngày 12 giờ" in await hear(house, AN_ID, "1 ngày 12 giờ")


async def turned(house: House, account: int, action: str, choice: str = "") -> str:
    """Press such a button; what then stands where it stood."""
    button = await house.office.button(str(account), action, choice)
    await house.hears(presses(button.id, account))
    return house.office.gateway.shown_in(str(account))[-1].payload.markup


async def test_the_plan_is_one_message_that_turns_in_place(house: House) -> None:
    await approve(house.office, recurrence=DAILY)
    first = await hear(house, BINH_ID, "/lich")
    sent = len(house.said_to(BINH_ID))
    later = await turned(house, BINH_ID, "plan:week", "1")
    month = await turned(house, BINH_ID, "plan:month", "2026-11")
    entry = await turned(house, BINH_ID, "plan:day", "2026-11-27/0")
    entry = await turned(house, BINH_ID, "plan:open")

    assert "20/11/2026" in first
    assert "27/11/2026" in later
    assert "<pre>" in month
    assert "✍️ An soạn" in entry
    assert "✔️ Bình duyệt" in entry
    assert len(house.said_to(BINH_ID)) == sent


async def test_the_next_times_and_the_groups_stand_in_messages_of_their_own(house: House) -> None:
    await approve(house.office, recurrence=DAILY)
    await hear(house, BINH_ID, "/lich")
    await turned(house, BINH_ID, "plan:open")

    assert (await press(house, BINH_ID, "plan:fires")).count("•") == 10
    assert "Nhóm nhận bản tin: 2" in await press(house, BINH_ID, "audience:frozen")


async def test_what_meets_and_what_waits_is_said_on_the_pages(house: House) -> None:
    await approve(house.office, send_at=NOW + timedelta(hours=5))
    await approve(house.office, send_at=NOW + timedelta(hours=5))
    await submit(house.office, send_at=NOW + timedelta(hours=6, minutes=30))
    week = await hear(house, BINH_ID, "/lich")
    care = await turned(house, BINH_ID, "plan:care")

    assert "⚠ trùng giờ" in week
    assert "⏳ 1 bản tin chờ duyệt" in week
    assert "Trùng giờ trong 7 ngày tới: 1" in care
    assert "chờ Bình" in care
    assert "Sắp đến giờ phát" in care


async def test_a_copy_begins_as_a_draft(house: House) -> None:
    await approve(house.office)
    await hear(house, AN_ID, "/lich")
    await turned(house, AN_ID, "plan:open")

    assert "chép thành bản nháp mới" in await press(house, AN_ID, "compose:copy")


async def test_each_groups_result_is_a_press_away(house: House) -> None:
    await release(house.office)
    await house.office.go_round()
    await hear(house, AN_ID, "/lich")
    await turned(house, AN_ID, "plan:open")

    assert "Đã tới 2/2 nhóm" in await press(house, AN_ID, "plan:receipts")


async def test_a_series_is_begun_by_a_message(house: House) -> None:
    await ask_time(house)
    await hear(house, AN_ID, "thứ 2, 4 lúc 7h30")
    await press(house, AN_ID, "series:open")
    again = await hear(house, AN_ID, "Sốt xuất huyết")
    shown = await hear(house, AN_ID, "Sốt xuất huyết 1/3")

    assert "chưa đọc được" in again
    assert "Phần 1/3 · Sốt xuất huyết" in shown


async def test_groups_are_chosen_by_pressing(house: House) -> None:
    await ask_time(house)
    await hear(house, AN_ID, "thứ 2, 4 lúc 7h30")
    await press(house, AN_ID, "reach:open")
    chosen = await turned(house, AN_ID, "reach:toggle", "kinds=dan_cu")
    named = await turned(house, AN_ID, "audience:draft")

    assert "Đang chọn: <b>nhóm dân cư" in chosen
    assert "1. Khu vực 1" in named


async def test_a_late_bulletin_is_let_go_by_a_press(house: House) -> None:
    await approve(house.office, send_at=NOW + timedelta(hours=1), misfire=Misfire.ASK)
    house.office.wait(hours=4)
    await house.office.go_round()
    await press(house, BINH_ID, "broadcast:decide", "send")
    await house.office.go_round()

    assert len(house.said_to(GROUP.address.chat)) == 1


async def test_the_way_back_goes_away_once_it_leads_nowhere(house: House) -> None:
    broadcast, office = await release(house.office), house.office
    await office.send_one()
    stopped = await office.release.stop_bulletin(actor(AN), broadcast.bulletin_id, None)
    await office.withdraw.withdraw_bulletin(actor(AN), broadcast.bulletin_id, office.cause())
    (way_on,) = stopped.buttons
    await house.hears(presses(way_on.id, AN_ID))

    shown = [call for call in office.gateway.calls if call.act == "edit"][-1]
    assert office.words("bulletin.moved_on") in shown.markup
    assert shown.payload.buttons == ()


async def test_a_day_off_is_set_from_the_plan(house: House) -> None:
    await hear(house, HANH_ID, "/lich")
    ahead = await press(house, HANH_ID, "calendar:open")
    said = await hear(house, HANH_ID, "nghỉ 25/11 tránh bão")
    await hear(house, HANH_ID, "/lich")
    after = await press(house, HANH_ID, "calendar:open")

    assert "25/11/2026" not in ahead.partition("Đổi một ngày")[0]
    assert "thứ Tư, ngày 25/11/2026 nghỉ" in said
    assert "Thứ Tư, ngày 25/11/2026: nghỉ – tránh bão" in after


async def test_a_public_holiday_ahead_is_called_by_its_name(house: House) -> None:
    await hear(house, HANH_ID, "/lich")
    ahead = await press(house, HANH_ID, "calendar:open")

    assert "Thứ Sáu, ngày 01/01/2027: nghỉ – Tết Dương lịch" in ahead


async def test_an_emergency_goes_out_by_presses_alone(house: House) -> None:
    await approve_template(house.office)
    await hear(house, HANH_ID, "/lich")
    await press(house, HANH_ID, "emergency:open")
    assert "mức" in await press(house, HANH_ID, "emergency:choose")
    assert "nơi" in await press(house, HANH_ID, "emergency:choose", "1")
    look = await press(house, HANH_ID, "emergency:choose", "1,0")
    await press(house, HANH_ID, "emergency:release")
    await house.office.go_round()

    (sent,) = house.said_to(GROUP.address.chat)
    assert sent in look
    assert "Nước lên 2,0 m tại bến Ninh Kiều." in sent
