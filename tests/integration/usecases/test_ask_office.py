"""What the bot cannot do at once is asked of the office, which the law gives so many days."""

from dataclasses import replace
from datetime import datetime

import pytest

from domain.clock import LOCAL_ZONE
from domain.errors import Refusal
from domain.model.opinion import Opinion, OpinionState
from domain.model.opinion_kind import OpinionKind
from domain.model.resident import Resident
from domain.ports import Cause
from domain.usecases.ask_office import AskOffice
from tests.integration.storage.cast import EM, HANH, NOW
from tests.integration.usecases.office import Office, message, press, private
from tests.integration.usecases.story import confirm_step, file_opinion
from tests.integration.usecases.test_replay import die_in

WANTED = "Mất mã. Xóa ý kiến về hẻm 12, tháng 5."


async def ask(office: Office, kind: str = OpinionKind.ERASE_DATA) -> Opinion:
    """Em agreed some time ago, and asks the office to erase what she has no code of."""
    await office.vault.save_resident(EM, Resident().consenting(NOW))
    await AskOffice(office.receive).begin(await office.visit(), kind)
    words = message(WANTED)
    intake = await office.receive.begin_opinion(await office.visit(), words=words)
    button = press(intake.buttons, "intake:file")
    filed = (await office.receive.file_opinion(await office.visit(), button)).filed
    assert filed is not None
    await office.send_all()
    return filed


async def test_a_request_is_filed_with_the_days_of_the_law_and_both_sides_are_told(
    office: Office,
) -> None:
    request = await ask(office)
    due = request.due_at.astimezone(LOCAL_ZONE).date()

    assert (request.kind, request.text) == (OpinionKind.ERASE_DATA, WANTED)
    assert (due - NOW.astimezone(LOCAL_ZONE).date()).days in range(18, 21)
    receipt = office.gateway.to(EM.chat)[-1].markup
    assert office.letterhead.words.moment(request.due_at) in receipt
    assert "luật định 20 ngày" in receipt
    cards = [call.markup for call in office.gateway.calls if request.number in call.markup]
    assert any("Yêu cầu xóa dữ liệu" in card for card in cards)
    assert not any(WANTED in card for card in cards)


async def test_an_objection_is_filed_with_its_days_and_named_to_both_sides(
    office: Office,
) -> None:
    request = await ask(office, OpinionKind.OBJECT)
    due = request.due_at.astimezone(LOCAL_ZONE).date()

    assert request.kind is OpinionKind.OBJECT
    assert (due - NOW.astimezone(LOCAL_ZONE).date()).days in range(13, 16)
    receipt = office.gateway.to(EM.chat)[-1].markup
    assert "Phản đối việc xử lý dữ liệu" in receipt
    assert "luật định 15 ngày" in receipt
    cards = [call.markup for call in office.gateway.calls if request.number in call.markup]
    assert any("Phản đối việc xử lý dữ liệu" in card for card in cards)


async def test_what_nobody_has_taken_in_two_working_days_the_supervisor_hears_of(
    office: Office,
) -> None:
    await ask(office)
    office.wait(days=6)
    await office.remind_staff.remind_due()
    await office.send_all()

    told = [call.markup for call in office.gateway.to(private(HANH))]
    assert any("quá 2 ngày làm việc" in card for card in told)


async def test_words_that_are_being_written_are_not_taken_for_a_request(office: Office) -> None:
    await office.vault.save_resident(EM, Resident().consenting(NOW))
    await office.receive.begin_opinion(await office.visit(), words=message("Đèn hỏng."))

    with pytest.raises(Refusal, match="own_words_first"):
        await AskOffice(office.receive).begin(await office.visit(), OpinionKind.SEE_DATA)
    with pytest.raises(Refusal, match="no_such_request"):
        await AskOffice(office.receive).begin(await office.visit(), OpinionKind.REPORT)


async def test_it_can_come_right_after_a_crash_that_left_what_was_filed(office: Office) -> None:
    button = press((await confirm_step(office)).buttons, "intake:file")

    async def file(cause: Cause) -> object:
        visit = replace(await office.visit(), cause=cause)
        return await office.receive.file_opinion(visit, button)

    await die_in(office, file, office.cause(), after=True)
    intake = await AskOffice(office.receive).begin(await office.visit(), OpinionKind.SEE_DATA)

    assert intake.draft is not None
    assert (await office.known()).draft == intake.draft


async def test_handing_a_request_on_does_not_put_off_what_the_law_dates(office: Office) -> None:
    filed = await file_opinion(office)
    request = await ask(office, OpinionKind.SEE_DATA)
    later = request.due_at.replace(year=2030)

    assert _handed_on(filed, later).due_at == later
    assert _handed_on(request, later).due_at == request.due_at


def _handed_on(opinion: Opinion, due_at: datetime) -> Opinion:
    opened = replace(opinion, state=OpinionState.RECEIVED)
    return opened.forwarded_to("ct", due_at, NOW)
