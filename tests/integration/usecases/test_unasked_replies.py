"""Words that come without the button while a case waits: their writer says what they are."""

import pytest

from domain.errors import AlreadyProcessed, LostRace
from domain.model.button import Button
from domain.model.chat import Address
from domain.model.opinion import Opinion, OpinionState
from domain.model.resident import DraftStep
from domain.usecases.reply import APART, BELONGS
from domain.usecases.visit import Intake
from tests.integration.storage.cast import EM, STRANGER
from tests.integration.usecases.hands import write_back
from tests.integration.usecases.office import Office, message, press
from tests.integration.usecases.story import LAMP, file_opinion, take

WHERE = "Ở đầu hẻm 12, gần chợ."


async def asked_back(office: Office, text: str = LAMP) -> Opinion:
    """Em's case, for which Giang wants to know more."""
    case = await take(office, await file_opinion(office, text))
    return await write_back(office, case, "opinion:ask_back", "Ở đâu?")


async def writes(office: Office, text: str = WHERE, who: Address = EM) -> Intake:
    return await office.reply.take(await office.visit(who), message(text))


async def presses(office: Office, button: Button) -> Intake:
    return await office.reply.decide(await office.visit(), button)


async def state_of(office: Office, case: Opinion) -> OpinionState:
    async with office.file.begin() as work:
        return (await work.opinions.get(case.id)).state


async def test_words_without_the_button_are_asked_about(office: Office) -> None:
    case = await asked_back(office)
    intake = await writes(office)
    assert intake.draft is not None

    assert (intake.draft.step, intake.draft.may_answer) == (DraftStep.BELONGS, case.id)
    assert [b.action for b in intake.buttons] == [BELONGS, APART, "intake:cancel"]


async def test_they_belong_to_the_case_that_waits(office: Office) -> None:
    case = await asked_back(office)
    intake = await presses(office, press((await writes(office)).buttons, BELONGS))
    await office.reply.send(await office.visit(), press(intake.buttons, "reply:send"))

    assert office.sql("SELECT opinion_id, text FROM addition") == [(case.id, WHERE)]
    assert await state_of(office, case) is OpinionState.IN_PROGRESS
    assert office.sql("SELECT count(*) FROM opinion") == [(1,)]


async def test_they_are_an_opinion_of_their_own(office: Office) -> None:
    case = await asked_back(office)
    button = press((await writes(office)).buttons, APART)
    intake = await presses(office, button)
    with pytest.raises(LostRace, match="stale"):
        await presses(office, button)
    assert intake.draft is not None

    assert (await office.known()).draft == intake.draft
    assert (intake.draft.step, intake.draft.text) == (DraftStep.KIND, WHERE)
    assert await state_of(office, case) is OpinionState.MORE_INFO_ASKED


async def test_more_words_go_along_and_are_asked_about_again(office: Office) -> None:
    await asked_back(office)
    await writes(office)
    intake = await writes(office, "Cột số 5.")
    assert intake.draft is not None

    assert (intake.draft.step, intake.draft.text) == (DraftStep.BELONGS, f"{WHERE}\nCột số 5.")


async def test_the_letters_own_button_takes_them_along(office: Office) -> None:
    await asked_back(office)
    await writes(office)
    button = await office.button(EM.chat, "opinion:reply")
    intake = await office.reply.begin(await office.visit(), button)
    assert intake.draft is not None

    assert (intake.draft.step, intake.draft.text) == (DraftStep.CONFIRM, WHERE)


async def test_what_the_case_waits_for_no_more_stays_and_can_be_filed_by_itself(
    office: Office,
) -> None:
    case = await asked_back(office)
    intake = await writes(office)
    await office.follow.erase_case(case.code, office.cause())
    with pytest.raises(LostRace):
        await presses(office, press(intake.buttons, BELONGS))
    intake = await presses(office, press(intake.buttons, APART))
    assert intake.draft is not None

    assert (intake.draft.step, intake.draft.text) == (DraftStep.KIND, WHERE)


async def test_of_two_cases_that_wait_neither_is_guessed(office: Office) -> None:
    await asked_back(office)
    await asked_back(office, "Rác chất đống ở chợ.")
    intake = await writes(office)

    assert intake.draft is not None
    assert intake.draft.step is DraftStep.KIND


async def test_a_stranger_is_not_asked_about_somebody_elses_case(office: Office) -> None:
    await asked_back(office)
    resident = (await office.known()).resident
    await office.vault.save_resident(STRANGER, resident)
    intake = await writes(office, who=STRANGER)

    assert intake.draft is not None
    assert intake.draft.step is DraftStep.KIND


async def test_the_same_update_moves_the_draft_once(office: Office) -> None:
    await asked_back(office)
    cause, words = office.cause(), message(WHERE)
    first = await office.reply.take(await office.visit_of(cause), words)
    with pytest.raises(AlreadyProcessed):
        await office.reply.take(await office.visit_of(cause), words)

    assert (await office.known()).draft == first.draft
