"""What staff must see and what refused it: it ends before somebody's eyes."""

import logging
from dataclasses import replace

import pytest

from domain.model.delivery import Lane, Lost, Payload, Rejected, SendOutcome, card, to_person
from tests.integration.storage.cast import AN, BINH, GIANG, HANH, STAFF_GROUP
from tests.integration.usecases.hands import KHANH, THU, assign, further, hire
from tests.integration.usecases.office import Office, actor, private
from tests.integration.usecases.story import LAMP, file_opinion, take

STAFF_CHAT = STAFF_GROUP.address.chat
BLOCKED = Lost("bot was blocked by the user")
UNREACHED = "không gửi được tin cho"


def heard(office: Office, chat: str) -> list[str]:
    """Word of people who were not reached, as it arrived here."""
    return [call.markup for call in office.gateway.to(chat) if UNREACHED in call.markup]


@pytest.mark.parametrize("outcome", [BLOCKED, Rejected("chat not found")])
async def test_the_staff_group_hears_whom_an_assignment_did_not_reach(
    office: Office, outcome: SendOutcome
) -> None:
    await hire(office, KHANH)
    opinion = await take(office, await file_opinion(office))
    office.gateway.will(private(KHANH), outcome)
    await assign(office, GIANG, KHANH, opinion)

    (word,) = heard(office, STAFF_CHAT)
    assert (KHANH.name in word, opinion.number in word) == (True, True)
    assert LAMP[:10] not in word


async def test_an_alarm_that_does_not_arrive_goes_on_to_the_next_supervisor(
    office: Office,
) -> None:
    await hire(office, THU)
    await take(office, await file_opinion(office))
    button = await further(office, GIANG, "opinion:alarm")
    office.gateway.will(private(THU), BLOCKED)
    await office.sound_alarm.sound(actor(GIANG), button, office.cause())
    await office.send_all()

    assert "nguy hiểm" in office.gateway.to(private(HANH))[-1].markup
    assert THU.name in heard(office, STAFF_CHAT)[0]


async def test_a_card_that_the_staff_group_refuses_goes_to_its_triagers(office: Office) -> None:
    office.gateway.will(STAFF_CHAT, Rejected("chat not found"))
    opinion = await file_opinion(office)

    assert opinion.number in office.gateway.to(private(GIANG))[-1].markup


async def test_what_a_triager_does_not_get_either_goes_on_to_the_top(office: Office) -> None:
    office.gateway.will(STAFF_CHAT, Lost("kicked"))
    office.gateway.will(private(GIANG), BLOCKED)
    opinion = await file_opinion(office)

    (word,) = heard(office, private(HANH))
    assert (GIANG.name in word, opinion.number in word) == (True, True)


async def test_where_nobody_can_be_reached_the_log_says_so_and_sending_ends(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    office.gateway.will(STAFF_CHAT, Lost("kicked"))
    for person in (GIANG, HANH):
        office.gateway.will(private(person), *[BLOCKED] * 5)
    with caplog.at_level(logging.ERROR):
        await file_opinion(office)

    assert "reaches nobody" in caplog.text


async def test_of_whom_no_card_reaches_the_supervisor_hears_once_a_day(office: Office) -> None:
    office.gateway.will(private(AN), *[BLOCKED] * 3)
    for number in range(3):
        await owe(office, number)

    (word,) = heard(office, private(HANH))
    assert AN.name in word


async def test_of_the_morning_card_of_a_blocked_bot_nobody_hears(office: Office) -> None:
    office.gateway.will(private(BINH), BLOCKED)
    await owe(office, 1, to_person(BINH.id), Lane.BULK)

    assert heard(office, private(HANH)) == []


async def owe(
    office: Office, number: int, place: str = to_person(AN.id), lane: Lane = Lane.PERSON
) -> None:
    """A card about no case, sent."""
    owed = card(f"c{number}", f"event:{number}", place, Payload("Có việc mới."))
    async with office.file.begin() as work:
        await work.outbox.add([replace(owed, lane=lane)])
        await work.commit()
    await office.send_all()
