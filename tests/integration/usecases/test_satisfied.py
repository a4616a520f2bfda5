"""Whether a resident is satisfied: recorded with its reason, disputed for fourteen days."""

import pytest

from domain.errors import LostRace, Refusal
from domain.model.button import Button
from domain.model.objection import Objection
from domain.model.opinion import OPEN_CASES, OpinionState
from tests.integration.storage.cast import EM, GIANG
from tests.integration.usecases.hands import opened
from tests.integration.usecases.office import Office, actor, press, private
from tests.integration.usecases.story import answer, settle, write_answer


async def disputed(office: Office, reason: Objection = Objection.HALF_DONE) -> Button:
    """Em says that it is not solved; returns the button of a reason."""
    await answer(office)
    return press((await settle(office, "not_solved")).further, "opinion:object", reason)


def recorded(office: Office) -> tuple[object, object]:
    ((satisfied, objection),) = office.sql("SELECT satisfied, objection FROM opinion")
    return (None if satisfied is None else bool(satisfied), objection)


async def test_solved_is_recorded_on_the_case(office: Office) -> None:
    await answer(office)
    await settle(office, "solved")

    assert recorded(office) == (True, None)


async def test_not_solved_opens_the_case_at_once_without_a_reason(office: Office) -> None:
    await disputed(office)

    assert recorded(office) == (False, None)
    assert office.sql("SELECT state FROM opinion") == [(OpinionState.IN_PROGRESS,)]


async def test_the_reason_is_recorded_and_read_by_whoever_has_the_case(office: Office) -> None:
    button = await disputed(office)
    opinion = await office.follow.object_to(button, office.cause())
    await opened(office, GIANG, opinion)

    assert recorded(office) == (False, "lam_do_dang")
    assert "Làm dở dang" in office.gateway.to(private(GIANG))[-1].markup


async def test_a_reason_makes_no_button_of_staff_stale(office: Office) -> None:
    button = await disputed(office)
    async with office.file.begin() as work:
        opinion = await work.opinions.get(button.subject)
    await opened(office, GIANG, opinion)
    send = await write_answer(office, opinion, "Đã sửa xong cả hẻm.")
    await office.follow.object_to(button, office.cause())

    answered = await office.answer.send_answer(actor(GIANG), send, office.cause())
    assert answered.state is OpinionState.ANSWERED


async def test_what_is_opened_again_has_a_new_due_date(office: Office) -> None:
    opinion = await answer(office)
    office.wait(days=10)
    again = (await settle(office, "not_solved")).opinion

    assert again.due_at > opinion.due_at


async def test_solved_in_the_end_takes_the_objection_away(office: Office) -> None:
    button = await disputed(office)
    opinion = await office.follow.object_to(button, office.cause())
    await opened(office, GIANG, opinion)
    send = await write_answer(office, opinion, "Đã sửa xong cả hẻm.")
    await office.answer.send_answer(actor(GIANG), send, office.cause())
    await settle(office, "solved")

    assert recorded(office) == (True, None)


@pytest.mark.parametrize("closed", [True, False])
async def test_after_fourteen_days_a_sentence_says_how_to_write_anew(
    office: Office, closed: bool
) -> None:
    await answer(office)
    await office.send_all()
    button = await office.button(EM.chat, "opinion:settle", "not_solved")
    office.wait(days=15)
    if closed:
        await office.triage.close_answered()
    button.require_fresh(office.clock.now())

    with pytest.raises(Refusal) as refused:
        await office.follow.settle_case(button, office.cause())
    assert refused.value.key == "follow.too_late_to_reopen"
    assert "/gopy" in office.words(refused.value.key)
    assert office.sql("SELECT state FROM opinion")[0][0] not in OPEN_CASES


async def test_within_fourteen_days_a_closed_case_opens_again(office: Office) -> None:
    await answer(office)
    await settle(office, "solved")
    office.wait(days=14)
    settled = await settle(office, "not_solved")

    assert settled.opinion.state is OpinionState.IN_PROGRESS


async def test_of_an_erased_case_no_reason_is_kept(office: Office) -> None:
    button = await disputed(office)
    async with office.file.begin() as work:
        opinion = await work.opinions.get(button.subject)
    await office.follow.erase_case(opinion.code, office.cause())

    with pytest.raises(LostRace):
        await office.follow.object_to(button, office.cause())
