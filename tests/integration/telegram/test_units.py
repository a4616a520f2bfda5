"""/donvi as a supervisor walks it, from the unit to the person and the decision."""

from domain.model.access import Grant, Person, Role
from domain.model.chat import GroupKind
from tests.integration.storage.cast import GROUP, HANH, QUARTER, WARD
from tests.integration.telegram.house import House, presses, says
from tests.integration.usecases.communicators import join
from tests.integration.usecases.office import private

HANH_ID = int(private(HANH))
DUNG = Person("dung", "Dung", "telegram:106", (Grant(Role.COMMUNICATOR, QUARTER.id),))


async def pressed(house: House, action: str, choice: str = "") -> None:
    button = await house.office.button(private(HANH), action, choice)
    await house.hears(presses(button.id, HANH_ID))


async def test_a_supervisor_lets_somebody_rest_by_pressing(house: House) -> None:
    async with house.rooms.memory.begin() as work:
        await work.people.add(DUNG)
        await work.commit()
    await house.hears(says("/donvi", HANH_ID))
    for action, choice in (
        ("staff:unit", WARD.id),
        ("staff:unit", QUARTER.id),
        ("staff:people", "0"),
        ("staff:person", DUNG.id),
        ("roster:keep", "suspend"),
    ):
        await pressed(house, action, choice)
    words = house.rooms.words

    assert words.text("staff.rests") in house.said_to(HANH_ID)[-1]
    async with house.rooms.memory.begin() as work:
        assert (await work.people.get(DUNG.id)).grants[0].suspended_on is not None


async def test_whoever_supervises_nothing_is_refused_with_a_sentence(house: House) -> None:
    await house.hears(says("/donvi", 999))

    assert house.said_to(999) == [house.rooms.words.html("errors.forbidden")]


async def test_a_supervisor_sees_the_month_and_reminds_by_pressing(house: House) -> None:
    async with house.rooms.memory.begin() as work:
        await work.people.add(DUNG)
        await work.commit()
    await house.hears(says("/donvi", HANH_ID))
    await pressed(house, "activity:show")
    assert "<b>0</b> (tháng trước 0)" in house.said_to(HANH_ID)[-1]
    for action in ("activity:show", "nudge:ask", "person:nudge"):
        await pressed(house, action)
    await house.office.send_all()

    assert "/phien" in house.said_to(private(DUNG))[-1]


async def test_a_supervisor_sets_the_population_by_a_number_and_a_bad_one_is_asked_again(
    house: House,
) -> None:
    await house.hears(says("/donvi", HANH_ID))
    await pressed(house, "population:show")
    assert "chưa ghi dân số" in house.said_to(HANH_ID)[-1]
    for number, typed in enumerate(("-5", "1000000000", "đông lắm"), 2):
        await house.hears(says(typed, HANH_ID, number=number))
        assert f"“{typed}”" in house.said_to(HANH_ID)[-1]
    await house.hears(says("1.850 người", HANH_ID, number=9))
    assert "<b>1.850</b> người" in house.said_to(HANH_ID)[-1]

    await pressed(house, "population:show")
    assert "<b>1.850</b> người" in house.said_to(HANH_ID)[-1]


async def test_a_supervisor_sets_the_plan_by_a_number_and_a_bad_one_is_asked_again(
    house: House,
) -> None:
    await house.hears(says("/donvi", HANH_ID))
    for action in ("activity:show", "monthly_plan:show"):
        await pressed(house, action)
    await house.hears(says("-5", HANH_ID, number=2))
    assert "kế hoạch phải từ 0 đến 60" in house.said_to(HANH_ID)[-1]
    await house.hears(says("4 buổi", HANH_ID, number=3))

    assert "kế hoạch <b>4 buổi</b>" in house.said_to(HANH_ID)[-1]


async def test_a_good_word_is_written_read_and_taken_back_by_pressing(house: House) -> None:
    await join(house.office, DUNG)
    await house.hears(says("/donvi", HANH_ID))
    for action, choice in (
        ("staff:unit", WARD.id),
        ("staff:unit", QUARTER.id),
        ("staff:people", "0"),
        ("staff:person", DUNG.id),
        ("commendation:list", ""),
        ("commendation:ask", ""),
    ):
        await pressed(house, action, choice)
    await house.hears(says("Nói <rất> dễ hiểu.", HANH_ID, number=2))
    assert "Nói &lt;rất&gt; dễ hiểu.</blockquote>Hạnh" in house.said_to(HANH_ID)[-1]
    await house.hears(says("/phiencuatoi", int(private(DUNG)), number=3))
    assert "Nói &lt;rất&gt; dễ hiểu.</blockquote>Hạnh" in house.said_to(private(DUNG))[-1]
    await pressed(house, "commendation:take_back")

    assert "Chưa có lời khen" in house.said_to(HANH_ID)[-1]


async def test_a_supervisor_describes_a_group_on_one_page(house: House) -> None:
    await house.hears(says("/donvi", HANH_ID))
    for action, choice in (
        ("staff:unit", WARD.id),
        ("group:list", "0"),
        ("group:show", GROUP.id),
        ("group:ask_kind", ""),
        ("group:kind", GroupKind.WOMEN),
        ("group:ask_tags", ""),
    ):
        await pressed(house, action, choice)
    shown = [call.payload.markup for call in house.office.gateway.calls if call.act == "edit"]
    await house.hears(says("ven sông, chợ", HANH_ID, number=2))

    assert "Phường Ninh Kiều" in shown[0]
    assert "nhóm phụ nữ" in shown[3]
    assert "Nhãn: <b>ven sông, chợ</b>" in house.said_to(HANH_ID)[-1]
