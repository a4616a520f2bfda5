"""After a merger somebody hears of every open case, and nobody has what they may not answer."""

from dataclasses import replace

from domain.model.opinion import OpinionState
from tests.integration.storage.cast import GIANG, HANH, OTHER_WARD, STAFF_GROUP
from tests.integration.usecases.letters import submit_letter
from tests.integration.usecases.office import Office, private
from tests.integration.usecases.story import file_opinion, take
from tests.integration.usecases.test_reorganise import MERGE, figures_are_true, now_of, reorganise


async def test_the_staff_there_hear_of_a_case_that_nobody_has(office: Office) -> None:
    opinion = await file_opinion(office)
    before = len(office.gateway.to(STAFF_GROUP.address.chat))
    await reorganise(office, MERGE)
    await office.send_all()

    (card,) = office.gateway.to(STAFF_GROUP.address.chat)[before:]
    assert (opinion.number in card.markup, OTHER_WARD.name in card.markup) == (True, True)


async def test_whoever_may_still_answer_a_case_keeps_it_and_nobody_else_is_asked(
    office: Office,
) -> None:
    opinion = await take(office, await file_opinion(office))
    before = len(office.gateway.to(STAFF_GROUP.address.chat))
    await reorganise(office, MERGE)
    await office.send_all()

    assert (await now_of(office, opinion)).owner_id == GIANG.id
    assert office.gateway.to(STAFF_GROUP.address.chat)[before:] == []


async def test_a_case_whose_owner_stays_behind_is_free_to_take_and_whoever_is_next_hears(
    office: Office,
) -> None:
    opinion = await submit_letter(office)
    await reorganise(office, replace(MERGE, carries_rights=False))
    await office.send_all()

    now = await now_of(office, opinion)
    assert (now.state, now.owner_id) == (OpinionState.RECEIVED, None)
    assert office.sql("SELECT text FROM waiting_letter") == []
    assert opinion.number in office.gateway.to(private(HANH))[-1].markup
    assert await figures_are_true(office)
