"""A case changes hands inside its unit: who may give it, who is told, who has it then."""

import pytest

from domain.errors import Forbidden, LostRace
from domain.model.access import Actor, Role
from domain.model.delivery import Lost
from domain.model.opinion import OpinionState
from tests.integration.storage.cast import EM, GIANG, STAFF_GROUP, WARD
from tests.integration.usecases.hands import (
    KHANH,
    OANH,
    THU,
    assign,
    further,
    give_back,
    hire,
    opened,
    write_back,
)
from tests.integration.usecases.office import Office, actor, press, private
from tests.integration.usecases.story import LAMP, MENDED, file_opinion, take, write_answer

STAFF_CHAT = STAFF_GROUP.address.chat


async def test_a_case_is_given_to_a_colleague_who_is_told_in_private(office: Office) -> None:
    await hire(office, KHANH)
    opinion = await take(office, await file_opinion(office))
    given = await assign(office, GIANG, KHANH, opinion)

    assert (given.owner_id, given.state) == (KHANH.id, OpinionState.IN_PROGRESS)
    card = office.gateway.to(private(KHANH))[-1].markup
    assert opinion.number in card
    assert GIANG.name in card
    assert LAMP[:10] not in card


async def test_whoever_only_read_a_case_can_give_it_to_a_colleague(office: Office) -> None:
    await hire(office, KHANH)
    given = await assign(office, GIANG, KHANH, await file_opinion(office))

    assert given.owner_id == KHANH.id


async def test_only_those_are_offered_who_may_answer_there(office: Office) -> None:
    await hire(office, KHANH, OANH, THU)
    opinion = await take(office, await file_opinion(office))
    ask = await further(office, GIANG, "opinion:assign")
    found = await office.hand_over.list_colleagues(actor(GIANG), ask, office.cause())

    assert opinion.owner_id == GIANG.id
    assert [person.id for person in found.people] == [KHANH.id]


async def test_a_supervisor_takes_a_case_from_one_and_gives_it_to_another(office: Office) -> None:
    await hire(office, KHANH, THU)
    opinion = await take(office, await file_opinion(office))
    given = await assign(office, THU, KHANH, opinion)

    assert given.owner_id == KHANH.id
    assert THU.name in office.gateway.to(private(GIANG))[-1].markup


async def test_a_colleague_cannot_give_away_what_another_has(office: Office) -> None:
    await hire(office, KHANH)
    opinion = await file_opinion(office)
    await opened(office, KHANH, opinion)
    ask = await office.button(private(KHANH), "opinion:assign")
    await take(office, opinion)

    with pytest.raises(LostRace) as refused:
        await office.hand_over.list_colleagues(actor(KHANH), ask, office.cause())
    assert refused.value.key == "triage.taken_by_another"


async def test_a_case_is_not_given_to_somebody_whose_right_has_ended(office: Office) -> None:
    await hire(office, KHANH)
    opinion = await take(office, await file_opinion(office))
    ask = await further(office, GIANG, "opinion:assign")
    found = await office.hand_over.list_colleagues(actor(GIANG), ask, office.cause())
    button = press(found.buttons, "opinion:give_to", KHANH.id)
    office.sql("UPDATE role_grant SET valid_until = '2026-01-01' WHERE person_id = ?", KHANH.id)

    with pytest.raises(Forbidden):
        await office.hand_over.assign_case(actor(GIANG), button, office.cause())
    assert office.sql("SELECT owner_id FROM opinion") == [(opinion.owner_id,)]


async def test_what_was_given_back_is_announced_and_free_to_take(office: Office) -> None:
    await hire(office, KHANH)
    opinion = await take(office, await file_opinion(office))
    back = await give_back(office, GIANG)

    assert (back.owner_id, back.state) == (None, OpinionState.RECEIVED)
    assert opinion.number in office.gateway.to(STAFF_CHAT)[-1].markup
    await opened(office, KHANH, opinion)
    button = await office.button(private(KHANH), "opinion:take")
    taken = await office.triage.take_case(actor(KHANH), button, office.cause())
    assert taken.owner_id == KHANH.id


async def test_a_button_from_before_the_case_moved_gives_nothing_away(office: Office) -> None:
    await hire(office, KHANH, THU)
    await take(office, await file_opinion(office))
    ask = await further(office, GIANG, "opinion:assign")
    found = await office.hand_over.list_colleagues(actor(GIANG), ask, office.cause())
    button = press(found.buttons, "opinion:give_to", KHANH.id)
    await give_back(office, GIANG)

    with pytest.raises(LostRace) as refused:
        await office.hand_over.assign_case(actor(GIANG), button, office.cause())
    assert refused.value.key == "button.stale"


async def test_an_unannounced_case_is_told_to_those_who_take_cases(office: Office) -> None:
    await hire(office, THU)
    office.sql("UPDATE chat SET state = 'lost' WHERE purpose = 'staff'")
    await file_opinion(office)

    assert office.gateway.to(private(GIANG))
    assert office.gateway.to(private(THU)) == []
    assert [grant.role for grant in THU.grants] == [Role.SUPERVISOR]
    assert THU.grants[0].unit_id == WARD.id


async def test_of_two_who_answer_at_once_the_second_is_told(office: Office) -> None:
    await hire(office, KHANH)
    opinion = await take(office, await file_opinion(office))
    office.sql("UPDATE opinion SET owner_id = NULL")
    previews = [
        await office.answer.preview_answer(actor(who), opinion.id, MENDED, office.cause())
        for who in (GIANG, KHANH)
    ]
    first, second = (press(one.buttons, "answer:send") for one in previews)
    await office.answer.send_answer(actor(GIANG), first, office.cause())

    with pytest.raises(LostRace) as refused:
        await office.answer.send_answer(actor(KHANH), second, office.cause())
    assert refused.value.key == "triage.taken_by_another"
    assert office.sql("SELECT author_id FROM answer") == [(GIANG.id,)]


async def test_whoever_lost_the_role_with_an_answer_written_sends_nothing(office: Office) -> None:
    opinion = await take(office, await file_opinion(office))
    button = await write_answer(office, opinion)

    with pytest.raises(Forbidden):
        await office.answer.send_answer(Actor(GIANG.id, ()), button, office.cause())
    assert office.sql("SELECT state, owner_id FROM opinion") == [("in_progress", GIANG.id)]


@pytest.mark.parametrize("writes", ["answer", "opinion:decline"])
async def test_a_letter_to_a_resident_who_blocked_the_bot_is_told_to_the_unit(
    office: Office, writes: str
) -> None:
    opinion = await take(office, await file_opinion(office))
    office.gateway.will(EM.chat, Lost("bot was blocked"))
    if writes == "answer":
        button = await write_answer(office, opinion)
        await office.answer.send_answer(actor(GIANG), button, office.cause())
        await office.send_all()
    else:
        await write_back(office, opinion, writes, "Không thuộc thẩm quyền.")

    assert "không tới được" in office.gateway.to(STAFF_CHAT)[-1].markup
    assert office.sql("SELECT count(*) FROM outbox WHERE state = 'failed'") == [(1,)]
