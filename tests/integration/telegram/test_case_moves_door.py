"""Moving a case along in the chat: two levels of buttons, names of people and places."""

import pytest

from domain.model.delivery import Sent
from tests.integration.storage.cast import EM, GIANG, OTHER_WARD
from tests.integration.telegram.house import House, presses, says
from tests.integration.usecases.alike import ONE, two_alike
from tests.integration.usecases.hands import KHANH, hire, opened
from tests.integration.usecases.office import private
from tests.integration.usecases.story import LAMP, MENDED, file_opinion, take

GIANG_ID = int(private(GIANG))


async def press(house: House, account: int, action: str, choice: str = "") -> list[str]:
    """Press the newest such button that this person was shown; the labels they have then."""
    button = await house.office.button(str(account), action, choice)
    await house.hears(presses(button.id, account))
    shown = house.office.gateway.shown_in(str(account))[-1]
    return [face.label for row in shown.payload.buttons for face in row]


@pytest.fixture
async def in_hand(house: House) -> House:
    """Giang has Em's case in hand; Khánh is her colleague."""
    await hire(house.office, KHANH)
    opinion = await take(house.office, await file_opinion(house.office))
    await opened(house.office, GIANG, opinion)
    return house


async def test_the_usual_moves_come_first_and_the_others_one_press_further(
    in_hand: House,
) -> None:
    shown = in_hand.office.gateway.shown_in(private(GIANG))[-1].payload.buttons
    first = [face.label for row in shown for face in row]
    further = await press(in_hand, GIANG_ID, "opinion:further")

    assert ("💬 Trả lời" in first, "➡️ Chuyển đơn vị khác" in first) == (True, False)
    assert "➡️ Chuyển đơn vị khác" in further
    assert "💬 Trả lời" in await press(in_hand, GIANG_ID, "opinion:usual")


async def test_a_case_is_given_to_a_colleague_by_name(in_hand: House) -> None:
    await press(in_hand, GIANG_ID, "opinion:further")

    assert await press(in_hand, GIANG_ID, "opinion:assign") == ["Khánh"]
    await press(in_hand, GIANG_ID, "opinion:give_to", KHANH.id)
    told = in_hand.office.gateway.shown_in(private(GIANG))[-1].payload.markup
    assert "cho Khánh" in told


async def test_a_case_is_forwarded_to_a_place_that_is_found_by_looking_around(
    in_hand: House,
) -> None:
    await press(in_hand, GIANG_ID, "opinion:further")

    assert "Cái Răng" in await press(in_hand, GIANG_ID, "opinion:forward")
    there = await press(in_hand, GIANG_ID, "forward:place", f"{OTHER_WARD.id}/0")
    assert there == ["➡️ Chuyển đến Cái Răng", "⬆️ Cần Thơ"]
    await press(in_hand, GIANG_ID, "forward:choose", OTHER_WARD.id)
    await press(in_hand, GIANG_ID, "forward:send")
    await in_hand.office.send_all()
    assert OTHER_WARD.issuing_body in in_hand.said_to(EM.chat)[-1]


async def test_the_words_of_a_case_are_in_no_message_that_stays(in_hand: House) -> None:
    await press(in_hand, GIANG_ID, "opinion:further")
    await press(in_hand, GIANG_ID, "opinion:assign")
    before = len(in_hand.said_to(GIANG_ID))
    await press(in_hand, GIANG_ID, "opinion:forward")

    assert LAMP[:10] not in str(in_hand.said_to(GIANG_ID)[before:])


async def test_a_question_is_asked_and_answered_in_the_chat(in_hand: House) -> None:
    em = int(EM.chat)
    await press(in_hand, GIANG_ID, "opinion:ask_back")
    await in_hand.hears(says("Cột đèn số mấy?", GIANG_ID, next(in_hand.numbers)))
    await press(in_hand, GIANG_ID, "case_letter:send")
    await in_hand.office.send_all()
    assert await press(in_hand, em, "opinion:reply") == ["Hủy"]
    await in_hand.hears(says("Cột số 7.", em, next(in_hand.numbers)))
    await press(in_hand, em, "reply:send")
    await in_hand.office.send_all()

    assert in_hand.office.sql("SELECT text FROM addition") == [("Cột số 7.",)]
    assert "Đã nhận phần bổ sung" in in_hand.said_to(em)[-1]
    assert "bổ sung thông tin" in in_hand.said_to(GIANG_ID)[-1]


@pytest.mark.parametrize("letter", ["opinion:answer", "opinion:ask_back"])
async def test_a_letter_that_is_only_previewed_goes_with_its_erased_case(
    in_hand: House, letter: str
) -> None:
    office = in_hand.office
    await press(in_hand, GIANG_ID, letter)
    await in_hand.hears(says(MENDED, GIANG_ID, next(in_hand.numbers)))
    shown = office.gateway.to(private(GIANG))[-1]
    ((code,),) = office.sql("SELECT code FROM opinion")
    await office.follow.erase_case(code, office.cause())
    await office.take_back.delete_expired()

    gone = {call.message_id for call in office.gateway.calls if call.act == "delete"}
    assert isinstance(shown.outcome, Sent)
    assert MENDED in shown.markup
    assert shown.outcome.message_id in gone


async def test_cases_about_the_same_are_found_and_joined_in_the_chat(house: House) -> None:
    joined, master = await two_alike(house.office)
    await opened(house.office, GIANG, joined)
    await press(house, GIANG_ID, "opinion:further")
    found = await press(house, GIANG_ID, "opinion:merge")
    listed = house.said_to(GIANG_ID)[-1]
    await press(house, GIANG_ID, "merge:into", master.id)

    assert found == [f"Đọc {master.number}", "🔗 Gộp vào đây"]
    assert (master.number in listed, ONE[:10] in listed) == (True, False)
    noted = house.office.gateway.shown_in(private(GIANG))[-1].payload.markup
    assert f"Đã gộp ý kiến {joined.number}" in noted


async def test_who_finds_somebody_in_danger_is_told_what_to_do_and_say(in_hand: House) -> None:
    await press(in_hand, GIANG_ID, "opinion:further")
    await press(in_hand, GIANG_ID, "opinion:alarm")
    said = "".join(in_hand.said_to(GIANG_ID)[-2:])

    assert "Đang báo riêng cho 1 người" in said
    assert all(number in said for number in ("113", "114", "115", "111"))
