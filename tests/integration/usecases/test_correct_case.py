"""Em corrects what she filed: her first words stay, and staff read both."""

import pytest

from domain.errors import LostRace, Refusal
from domain.model.opinion import Opinion
from tests.integration.storage.cast import EM, GIANG
from tests.integration.usecases.office import Office, actor, message, press, private
from tests.integration.usecases.story import LAMP, answer, file_opinion, settle

RIGHT = "Không phải hẻm 12, là hẻm 21."


async def corrected(office: Office, opinion: Opinion, text: str = RIGHT) -> Opinion:
    intake = await office.reply.correct(await office.visit(), opinion.id, message(text))
    send = press(intake.buttons, "reply:send")
    opinion = await office.reply.send(await office.visit(), send)
    await office.send_all()
    return opinion


async def test_the_first_words_stay_and_staff_read_both(office: Office) -> None:
    opinion = await corrected(office, await file_opinion(office))
    await office.triage.open_case(actor(GIANG), opinion.id, office.cause())
    await office.send_all()
    shown = " ".join(call.markup for call in office.gateway.to(private(GIANG)))

    assert office.sql("SELECT text FROM opinion") == [(LAMP,)]
    assert office.sql("SELECT text FROM addition") == [(RIGHT,)]
    assert RIGHT in shown
    assert "Đèn đường hẻm 12" in shown


@pytest.mark.parametrize("choice", ["solved", "not_solved"])
async def test_an_answered_case_can_be_corrected_too(office: Office, choice: str) -> None:
    await answer(office)
    settled = (await settle(office, choice)).opinion
    opinion = await corrected(office, settled)

    assert opinion.state is settled.state
    assert office.sql("SELECT text FROM addition") == [(RIGHT,)]


async def test_a_correction_is_erased_with_its_case_and_none_follows(office: Office) -> None:
    opinion = await corrected(office, await file_opinion(office))
    intake = await office.reply.correct(await office.visit(), opinion.id, message("Còn nữa."))
    await office.follow.erase_case(opinion.code, office.cause())

    assert office.sql("SELECT text FROM addition") == [("",)]
    with pytest.raises(LostRace, match=r"reply\.too_late"):
        await office.reply.send(await office.visit(), press(intake.buttons, "reply:send"))


async def test_an_unsent_correction_goes_with_its_case(office: Office) -> None:
    opinion = await file_opinion(office)
    await office.reply.correct(await office.visit(), opinion.id, message(RIGHT))
    await office.open_by_code.erase(EM, opinion.code, "u1", office.cause())

    assert (await office.known()).draft is None


async def test_an_opinion_begun_about_something_else_stays(office: Office) -> None:
    opinion = await file_opinion(office)
    await office.receive.begin_opinion(await office.visit(), words=message("Việc khác."))
    await office.open_by_code.erase(EM, opinion.code, "u1", office.cause())

    draft = (await office.known()).draft
    assert draft is not None
    assert draft.text == "Việc khác."


async def test_after_a_crash_that_left_what_was_sent_the_next_correction_begins(
    office: Office,
) -> None:
    opinion = await file_opinion(office)
    intake = await office.reply.correct(await office.visit(), opinion.id, message(RIGHT))
    left = (await office.known()).draft
    assert left is not None
    await office.reply.send(await office.visit(), press(intake.buttons, "reply:send"))
    await office.vault.save_draft(EM, left, None, office.clock.now())
    again = await office.reply.correct(await office.visit(), opinion.id, message("Còn nữa."))

    assert again.draft is not None
    assert again.draft.text == "Còn nữa."


async def test_what_is_being_written_is_not_taken_for_a_correction(office: Office) -> None:
    opinion = await file_opinion(office)
    await office.receive.begin_opinion(await office.visit(), words=message("Việc khác."))

    with pytest.raises(Refusal, match=r"reply\.own_words_first"):
        await office.reply.correct(await office.visit(), opinion.id, None)


async def test_corrections_are_among_what_is_kept(office: Office) -> None:
    await corrected(office, await file_opinion(office))
    (case,) = (await office.rights.view_kept(EM)).cases

    assert [added.text for added in case.additions] == [RIGHT]
