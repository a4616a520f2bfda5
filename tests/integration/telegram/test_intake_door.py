"""What Em reads and presses from her first words to the code."""

import pytest

from domain.model.opinion_kind import FormalMatter
from tests.integration.telegram.house import EM_ID, House, presses, says

GRIEVANCE = "Tôi khiếu nại quyết định thu hồi đất 412."


async def pressed(house: House, action: str, choice: str = "") -> str:
    """Press it below the newest message; what is said next."""
    button = await house.office.button(str(EM_ID), action, choice)
    await house.hears(presses(button.id))
    return house.said_to(EM_ID)[-1]


async def agreed(house: House, text: str) -> str:
    await house.hears(says(text))
    return await pressed(house, "intake:agree")


async def test_the_last_look_shows_all_that_will_be_filed(house: House) -> None:
    await agreed(house, "Đèn hỏng.")
    await pressed(house, "intake:kind", "phan_anh")
    await pressed(house, "intake:field", "dien_nuoc")
    await pressed(house, "intake:unit", "nk")
    shown = await pressed(house, "intake:urgent", "yes")

    for said in ("Đèn hỏng.", "Phản ánh", "Điện, nước", "Ninh Kiều", "Việc gấp"):
        assert said in shown


async def test_the_numbers_to_call_stand_above_the_urgent_mark(house: House) -> None:
    await agreed(house, "Đèn hỏng.")
    for action in ("intake:kind", "intake:field"):
        await pressed(house, action)
    shown = await pressed(house, "intake:unit", "nk")

    assert "Nguy hiểm? Gọi 113 (công an), 114 (cháy), 115 (cấp cứu)" in shown


async def test_the_two_words_lead_to_a_question_and_others_do_not(house: House) -> None:
    hint = house.rooms.words.html("intake.formal_hint", "vi")

    assert hint in await agreed(house, GRIEVANCE)
    await pressed(house, "intake:cancel")
    await house.hears(says("Đèn hỏng.", number=2))
    assert hint not in house.said_to(EM_ID)[-1]


@pytest.mark.parametrize("matter", FormalMatter)
async def test_whoever_complains_is_told_where_and_nothing_of_it_is_kept(
    house: House, matter: FormalMatter
) -> None:
    await agreed(house, GRIEVANCE)
    told = await pressed(house, "intake:formal", matter)
    vault = house.office.sql("SELECT sealed FROM inbox", which="vault")

    assert told == house.rooms.words.html(f"formal.{matter}", "vi")
    assert house.office.sql("SELECT * FROM opinion_draft", which="vault") == []
    assert {sealed for (sealed,) in vault} == {b""}
    for which in ("main", "vault"):
        assert "thu hồi đất".encode() not in house.office.databases.everything(which)


async def test_whoever_scans_a_poster_is_not_asked_for_the_place(house: House) -> None:
    await house.hears(says("/start u_nk"))
    await pressed(house, "intake:agree")
    await house.hears(says("Đèn hỏng.", number=2))
    await pressed(house, "intake:kind")
    shown = await pressed(house, "intake:field")

    assert "Nơi nhận: <b>Ninh Kiều</b>" in shown
