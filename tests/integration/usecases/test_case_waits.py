"""Until when a resident is waited for stands with the case, and no setting moves it later."""

from dataclasses import replace
from datetime import datetime

import pytest

from domain.errors import LostRace
from domain.model.case_times import CaseTimes
from domain.model.opinion import Opinion, OpinionState
from tests.integration.storage.cast import EM, GIANG, STRANGER
from tests.integration.usecases.alike import join_alike
from tests.integration.usecases.hands import KHANH, opened, write_back
from tests.integration.usecases.letters import approve_letter, submit_letter
from tests.integration.usecases.matters import WISH, answer_all, gather, say_in_public, two_gathered
from tests.integration.usecases.office import Office, actor, private
from tests.integration.usecases.story import answer, file_opinion, settle, take
from tests.integration.usecases.test_reorganise import MERGE, reorganise

QUESTION = "Cột đèn số mấy?"


def office_sets(office: Office, **days: int) -> None:
    office.letterhead = replace(office.letterhead, times=CaseTimes(**days))  # type: ignore[arg-type]  # only days are set


async def state_of(office: Office) -> str:
    ((state,),) = office.sql("SELECT state FROM opinion")
    return str(state)


async def test_the_days_to_object_are_the_offices_own(office: Office) -> None:
    office_sets(office, reopen_days=7)
    await answer(office)
    office.wait(days=7)
    assert await office.triage.close_answered() == 0
    office.wait(days=1)

    assert await office.triage.close_answered() == 1


async def test_fewer_days_to_object_change_nothing_for_a_case_that_was_answered(
    office: Office,
) -> None:
    await answer(office)
    office_sets(office, reopen_days=7)
    office.wait(days=14)

    assert await office.triage.close_answered() == 0
    assert await state_of(office) == OpinionState.ANSWERED


async def test_fewer_days_to_reply_change_nothing_for_a_question_that_was_asked(
    office: Office,
) -> None:
    office_sets(office, more_info_days=9)
    opinion = await take(office, await file_opinion(office))
    await write_back(office, opinion, "opinion:ask_back", QUESTION)
    office_sets(office, more_info_days=2)
    office.wait(days=9)
    assert await office.reply.go_on_unanswered() == 0
    office.wait(days=1)

    assert await office.reply.go_on_unanswered() == 1


async def test_the_letters_name_the_last_day_and_the_file_and_the_code_tell_it_too(
    office: Office,
) -> None:
    opinion = await answer(office)
    await office.send_all()
    async with office.memory.begin() as work:
        until = (await work.opinions.get(opinion.id)).waits_until
    assert until is not None
    last_day = f"hết ngày {office.letterhead.words.date(until)}"
    status = await office.follow.look_up(opinion.code)
    shown = office.letterhead.case_status(status.opinion, status.unit, status.answers, "vi")

    assert (until - office.clock.now()).days == 14
    assert last_day in office.gateway.to(EM.chat)[-1].markup
    assert office.letterhead.words.date(until) in shown.markup


async def test_a_question_names_the_last_day_to_reply(office: Office) -> None:
    opinion = await take(office, await file_opinion(office))
    await write_back(office, opinion, "opinion:ask_back", QUESTION)
    await office.send_all()
    async with office.memory.begin() as work:
        until = (await work.opinions.get(opinion.id)).waits_until
    assert until is not None

    assert (
        f"hết ngày {office.letterhead.words.date(until)}" in office.gateway.to(EM.chat)[-1].markup
    )


async def test_what_closes_in_time_is_not_told_of_a_day_that_is_over(office: Office) -> None:
    await answer(office)
    office.wait(days=15)
    await office.triage.close_answered()
    await office.send_all()

    assert "từ nay đến" not in office.gateway.to(EM.chat)[-1].markup
    assert "/gopy" in office.gateway.to(EM.chat)[-1].markup
    assert office.gateway.to(private(GIANG))


async def until_of(office: Office, opinion: Opinion) -> datetime | None:
    async with office.memory.begin() as work:
        return (await work.opinions.get(opinion.id)).waits_until


async def test_the_cases_of_a_matter_and_what_was_joined_to_them_have_the_offices_days(
    office: Office,
) -> None:
    office_sets(office, reopen_days=7)
    matter, first, second = await two_gathered(office)
    twin = await file_opinion(office, WISH + " Mong sớm có nước.", STRANGER)
    await gather(office, twin, matter)
    await join_alike(office, twin, first)
    await say_in_public(office, matter)
    await answer_all(office, matter)
    promised = office.times.waits_until(office.clock.now(), is_question=False)

    assert (promised - office.clock.now()).days == 7
    assert [await until_of(office, one) for one in (first, second, twin)] == [promised] * 3


async def test_a_letter_that_waits_for_a_second_person_says_the_days_that_it_goes_out_with(
    office: Office,
) -> None:
    opinion = await submit_letter(office)
    assert await until_of(office, opinion) is None
    await opened(office, KHANH, opinion)
    button = await office.button(private(KHANH), "opinion:approve_letter")
    office_sets(office, reopen_days=7)
    with pytest.raises(LostRace, match="changed"):
        await office.approve_letter.approve(actor(KHANH), button, office.cause())
    await approve_letter(office, opinion)
    promised = office.times.waits_until(office.clock.now(), is_question=False)

    assert await until_of(office, opinion) == promised
    assert office.letterhead.words.date(promised) in office.gateway.to(EM.chat)[-1].markup


async def test_a_merged_unit_takes_the_promised_days_along(office: Office) -> None:
    opinion = await answer(office)
    until = await until_of(office, opinion)
    office_sets(office, reopen_days=7)
    await reorganise(office, MERGE)

    assert until is not None
    assert await until_of(office, opinion) == until


async def test_whoever_reopens_a_case_waits_for_its_office_and_no_more_the_other_way(
    office: Office,
) -> None:
    opinion = await answer(office)
    until = await until_of(office, opinion)
    await settle(office, "solved")
    assert await until_of(office, opinion) == until
    await settle(office, "not_solved")

    assert await until_of(office, opinion) is None


async def test_an_erased_case_keeps_no_day(office: Office) -> None:
    opinion = await answer(office)
    await office.follow.erase_case(opinion.code, office.cause())

    assert await until_of(office, opinion) is None
