"""A case goes to another unit: the clock, the letter, the card, and who still sees it."""

import pytest

from domain.errors import Forbidden, LostRace
from domain.model.opinion import OpinionState
from domain.usecases.send_letter import HIDDEN_CODE
from tests.integration.storage.cast import CITY, EM, GIANG, OTHER_WARD, QUARTER
from tests.integration.usecases.hands import (
    OANH,
    QUAN,
    THU,
    forward,
    further,
    hire,
    opened,
)
from tests.integration.usecases.office import Office, actor, press, private
from tests.integration.usecases.story import LAMP, file_opinion, take


async def test_the_new_unit_has_the_case_and_a_card_without_its_words(office: Office) -> None:
    await hire(office, OANH)
    opinion = await take(office, await file_opinion(office))
    moved = await forward(office, opinion)

    assert (moved.unit_id, moved.state, moved.owner_id) == (
        OTHER_WARD.id,
        OpinionState.FORWARDED,
        None,
    )
    card = office.gateway.to(private(OANH))[-1].markup
    assert opinion.number in card
    assert LAMP[:10] not in card


async def test_the_resident_is_told_who_answers_now_and_until_when(office: Office) -> None:
    opinion = await file_opinion(office)
    office.wait(days=7)
    moved = await forward(office, opinion)

    told = office.gateway.to(EM.chat)[-1].markup
    assert opinion.code in told
    assert OTHER_WARD.issuing_body in told
    assert office.letterhead.words.date(moved.due_at, "vi") in told


async def test_the_letter_is_previewed_without_the_residents_key(office: Office) -> None:
    opinion = await file_opinion(office)
    await opened(office, GIANG, opinion)
    look = await further(office, GIANG, "opinion:forward")
    places = await office.forward.show_places(actor(GIANG), look, office.cause())
    there = press(places.buttons, "forward:choose", CITY.id)
    preview = await office.forward.preview(actor(GIANG), there, office.cause())

    assert preview.letter is not None
    assert HIDDEN_CODE in preview.letter.markup
    assert opinion.code not in preview.letter.markup


async def test_forwarding_restarts_the_answer_clock_once(office: Office) -> None:
    await hire(office, OANH)
    opinion = await file_opinion(office)
    office.wait(days=7)
    once = await forward(office, opinion)
    office.wait(days=7)
    twice = await forward(office, once, QUARTER, by=OANH)

    assert once.due_at > opinion.due_at
    assert (twice.due_at, twice.forwardings) == (once.due_at, 2)


async def test_the_old_unit_loses_sight_of_it(office: Office) -> None:
    opinion = await take(office, await file_opinion(office))
    await forward(office, opinion)

    with pytest.raises(Forbidden):
        await office.triage.open_case(actor(GIANG), opinion.id, office.cause())
    assert (await office.queue.begin(actor(GIANG), "", office.cause())).entries == ()


async def test_what_the_old_unit_has_on_its_screens_is_taken_away_at_once(office: Office) -> None:
    opinion = await take(office, await file_opinion(office))
    await forward(office, opinion)
    await office.take_back.delete_expired()

    left = office.sql("SELECT id FROM outbox WHERE origin_kind = 'view' AND delete_at IS NOT NULL")
    assert left == []


async def test_a_unit_above_still_sees_what_went_below(office: Office) -> None:
    await hire(office, QUAN)
    opinion = await file_opinion(office)
    moved = await forward(office, opinion, QUARTER, by=QUAN)

    assert moved.unit_id == QUARTER.id
    await office.triage.open_case(actor(GIANG), opinion.id, office.cause())


async def test_the_new_unit_opens_and_takes_it_as_any_other(office: Office) -> None:
    await hire(office, OANH)
    opinion = await forward(office, await take(office, await file_opinion(office)))
    read = await office.triage.open_case(actor(OANH), opinion.id, office.cause())
    await office.send_all()
    button = await office.button(private(OANH), "opinion:take")
    taken = await office.triage.take_case(actor(OANH), button, office.cause())

    assert (read.state, taken.owner_id) == (OpinionState.RECEIVED, OANH.id)


async def test_a_supervisor_forwards_what_somebody_has_in_hand_and_tells_them(
    office: Office,
) -> None:
    await hire(office, THU)
    opinion = await take(office, await file_opinion(office))
    await forward(office, opinion, by=THU)

    assert THU.name in office.gateway.to(private(GIANG))[-1].markup


async def test_a_case_does_not_go_to_where_it_is(office: Office) -> None:
    opinion = await file_opinion(office)
    await opened(office, GIANG, opinion)
    look = await further(office, GIANG, "opinion:forward")
    places = await office.forward.show_places(actor(GIANG), look, office.cause())
    own = press(places.buttons, "forward:place", f"{opinion.unit_id}/0")
    there = await office.forward.show_places(actor(GIANG), own, office.cause())

    assert not [one for one in there.buttons if one.action == "forward:choose"]


async def test_a_preview_of_yesterday_forwards_nothing(office: Office) -> None:
    opinion = await file_opinion(office)
    await opened(office, GIANG, opinion)
    look = await further(office, GIANG, "opinion:forward")
    places = await office.forward.show_places(actor(GIANG), look, office.cause())
    there = press(places.buttons, "forward:choose", CITY.id)
    preview = await office.forward.preview(actor(GIANG), there, office.cause())
    office.wait(days=3)

    with pytest.raises(LostRace) as refused:
        await office.forward.forward_case(
            actor(GIANG), press(preview.buttons, "forward:send"), office.cause()
        )
    assert refused.value.key == "button.stale"
