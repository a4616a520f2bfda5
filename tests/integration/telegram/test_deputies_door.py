"""/donvi as a supervisor walks it to a deputy and to the rules for approving."""

from tests.integration.storage.cast import BINH, CITY, HANH
from tests.integration.telegram.house import House, presses, says
from tests.integration.usecases.communicators import join
from tests.integration.usecases.office import private
from tests.integration.usecases.test_name_deputy import LAN

HANH_ID = int(private(HANH))


async def pressed(house: House, action: str, choice: str = "") -> str:
    """Hạnh presses; what she is told last."""
    button = await house.office.button(private(HANH), action, choice)
    await house.hears(presses(button.id, HANH_ID))
    return house.said_to(HANH_ID)[-1]


async def walk_to_the_term(house: House) -> str:
    await join(house.office, LAN)
    await house.hears(says("/donvi", HANH_ID))
    assert "không ai được ủy quyền" in await pressed(house, "deputy:list")
    assert "Ủy quyền thay ai" in await pressed(house, "deputy:places")
    assert "Ai sẽ thay" in await pressed(house, "deputy:people", f"approver:{BINH.id}@{CITY.id}")
    return await pressed(house, "deputy:term", LAN.id)


async def test_a_deputy_is_named_by_pressing_and_ended_by_pressing(house: House) -> None:
    assert "<b>Lan</b> thay Bình" in await walk_to_the_term(house)
    assert "• <b>Lan</b> thay Bình (Người duyệt)" in await pressed(house, "deputy:name", "2")
    assert "không ai được ủy quyền" in await pressed(
        house, "deputy:end", "lan|approver|binh|2026-11-20"
    )


async def test_typed_days_that_cannot_be_are_explained_and_asked_again(house: House) -> None:
    await walk_to_the_term(house)
    await house.hears(says("tuần sau", HANH_ID, number=2))
    assert "“tuần sau”" in house.said_to(HANH_ID)[-1]
    await house.hears(says("24/11 - 30/11", HANH_ID, number=3))

    assert "từ 24/11/2026 đến hết 30/11/2026" in house.said_to(HANH_ID)[-1]


async def test_two_approvals_are_demanded_by_pressing(house: House) -> None:
    await house.hears(says("/donvi", HANH_ID))
    assert "Ưu tiên: <b>1</b> người duyệt" in await pressed(house, "review_rule:show")
    assert "Ưu tiên: <b>2</b> người duyệt" in await pressed(house, "review_rule:set", "uu_tien=2")
