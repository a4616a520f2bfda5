"""Where a unit demands two people, a letter reaches its resident only when the second agrees."""

from dataclasses import replace

import pytest

from domain.errors import LostRace, Refusal
from domain.model.access import Grant, Role
from domain.model.chat import Address
from domain.model.opinion import OpinionState
from domain.usecases.send_letter import HIDDEN_CODE
from tests.integration.storage.cast import BOT, EM, GIANG, HANH, WARD
from tests.integration.usecases.alike import ONE, join_alike, two_alike
from tests.integration.usecases.hands import KHANH, THU, assign, opened, previewed
from tests.integration.usecases.letters import (
    approve_letter,
    demand_two,
    return_letter,
    submit_letter,
    write_and_submit,
)
from tests.integration.usecases.office import Office, actor, press, private
from tests.integration.usecases.story import MENDED, file_opinion, take
from tests.integration.usecases.test_review_rules import set_rule

KEPT = "SELECT text FROM waiting_letter"
CHI = Address("telegram", BOT, "777")
REASON = "Thiếu ngày sửa."


async def test_the_resident_gets_nothing_before_a_second_person_agrees(office: Office) -> None:
    opinion = await submit_letter(office)
    assert MENDED not in office.gateway.to(EM.chat)[-1].markup
    assert (opinion.state, opinion.owner_id) == (OpinionState.IN_PROGRESS, GIANG.id)

    moved = await approve_letter(office, opinion)

    assert MENDED in office.gateway.to(EM.chat)[-1].markup
    assert (moved.state, moved.owner_id) == (OpinionState.ANSWERED, GIANG.id)
    assert office.sql("SELECT author_id, approver_id FROM answer") == [("giang", "khanh")]
    assert office.sql(KEPT) == []


async def test_the_approver_reads_the_very_letter_that_goes_out(office: Office) -> None:
    opinion = await submit_letter(office)
    await opened(office, KHANH, opinion)
    shown = office.gateway.to(private(KHANH))[-1].markup
    await approve_letter(office, opinion)

    sent = office.gateway.to(EM.chat)[-1].markup
    until = office.letterhead.words.text("wait.counted", days=office.times.reopen_days)
    day = office.times.waits_until(office.clock.now(), is_question=False)
    dated = f"hết ngày {office.letterhead.words.date(day)}"
    assert sent.replace(opinion.code, HIDDEN_CODE).replace(dated, until) in shown


async def test_all_who_may_approve_are_told_but_for_its_writer(office: Office) -> None:
    before = len(office.gateway.to(private(GIANG)))
    opinion = await submit_letter(office)

    for person in (KHANH, THU, HANH):
        card = office.gateway.to(private(person))[-1].markup
        assert (opinion.number in card, MENDED in card) == (True, False)
    told = [call.markup for call in office.gateway.to(private(GIANG))[before:]]
    assert not any("chờ anh/chị duyệt" in one for one in told)


async def test_nobody_approves_what_they_wrote(office: Office) -> None:
    opinion = await submit_letter(office)
    await opened(office, KHANH, opinion)
    button = await office.button(private(KHANH), "opinion:approve_letter")

    with pytest.raises(Refusal) as refused:
        await office.approve_letter.approve(actor(GIANG), button, office.cause())
    assert refused.value.key == "letter.own"


async def test_nobody_approves_in_the_writers_stead(office: Office) -> None:
    opinion = await submit_letter(office)
    await opened(office, KHANH, opinion)
    button = await office.button(private(KHANH), "opinion:approve_letter")
    deputy = replace(actor(KHANH), grants=(Grant(Role.TRIAGER, WARD.id, deputy_of=GIANG.id),))

    with pytest.raises(Refusal) as refused:
        await office.approve_letter.approve(deputy, button, office.cause())
    assert refused.value.key == "letter.in_their_stead"


async def test_of_two_who_approve_at_once_the_second_is_told(office: Office) -> None:
    opinion = await submit_letter(office)
    await opened(office, THU, opinion)
    late = await office.button(private(THU), "opinion:approve_letter")
    await approve_letter(office, opinion)

    with pytest.raises(LostRace) as refused:
        await office.approve_letter.approve(actor(THU), late, office.cause())
    assert refused.value.key == "letter.decided"
    assert office.sql("SELECT count(*) FROM answer") == [(1,)]


async def test_a_letter_that_was_written_anew_needs_a_new_approval(office: Office) -> None:
    opinion = await submit_letter(office)
    await opened(office, KHANH, opinion)
    stale = await office.button(private(KHANH), "opinion:approve_letter")
    await write_and_submit(office, opinion, "Đèn đã thay ngày 21/11.")

    with pytest.raises(LostRace) as refused:
        await office.approve_letter.approve(actor(KHANH), stale, office.cause())
    assert refused.value.key == "letter.changed"
    await approve_letter(office, opinion)
    assert "21/11" in office.gateway.to(EM.chat)[-1].markup


async def test_a_letter_that_reads_otherwise_now_needs_a_new_approval(office: Office) -> None:
    """What is in it beside the words counts: here the name under which it goes."""
    opinion = await submit_letter(office)
    await opened(office, KHANH, opinion)
    stale = await office.button(private(KHANH), "opinion:approve_letter")
    office.sql("UPDATE unit SET issuing_body = 'UBND phường Cái Khế' WHERE id = 'nk'")

    with pytest.raises(LostRace) as refused:
        await office.approve_letter.approve(actor(KHANH), stale, office.cause())
    assert refused.value.key == "letter.changed"
    await approve_letter(office, opinion)
    assert "UBND phường Cái Khế" in office.gateway.to(EM.chat)[-1].markup


async def test_who_was_joined_after_the_letter_was_read_needs_a_new_approval(
    office: Office,
) -> None:
    """It says that several asked already, and now it would go to one more of them."""
    await demand_two(office)
    joined, master = await two_alike(office)
    await join_alike(office, joined, master)
    opinion = await write_and_submit(office, await take(office, master))
    await opened(office, KHANH, opinion)
    stale = await office.button(private(KHANH), "opinion:approve_letter")
    await join_alike(office, await file_opinion(office, ONE, CHI), opinion)

    with pytest.raises(LostRace) as refused:
        await office.approve_letter.approve(actor(KHANH), stale, office.cause())
    assert refused.value.key == "letter.changed"
    await approve_letter(office, opinion)
    assert MENDED in office.gateway.to(CHI.chat)[-1].markup


async def test_what_is_returned_comes_back_with_the_reason_and_is_sent_by_nobody(
    office: Office,
) -> None:
    opinion = await submit_letter(office)
    await opened(office, THU, opinion)
    late = await office.button(private(THU), "opinion:approve_letter")
    await return_letter(office, opinion, REASON)
    assert REASON not in office.gateway.to(private(GIANG))[-1].markup
    await opened(office, GIANG, opinion)
    shown = office.gateway.to(private(GIANG))[-1].markup

    assert (REASON in shown, MENDED in shown) == (True, True)
    with pytest.raises(LostRace) as refused:
        await office.approve_letter.approve(actor(THU), late, office.cause())
    assert refused.value.key == "letter.decided"


async def test_a_case_that_is_given_to_somebody_else_takes_the_letter_away(
    office: Office,
) -> None:
    opinion = await submit_letter(office)
    await opened(office, KHANH, opinion)
    button = await office.button(private(KHANH), "opinion:approve_letter")
    await assign(office, THU, KHANH, opinion)

    assert office.sql(KEPT) == []
    with pytest.raises(LostRace) as refused:
        await office.approve_letter.approve(actor(KHANH), button, office.cause())
    assert refused.value.key == "letter.decided"


async def test_a_writer_who_lost_the_role_sends_nothing(office: Office) -> None:
    opinion = await submit_letter(office)
    await opened(office, KHANH, opinion)
    button = await office.button(private(KHANH), "opinion:approve_letter")
    office.sql("UPDATE role_grant SET left_on = '2026-11-01' WHERE person_id = 'giang'")

    with pytest.raises(LostRace) as refused:
        await office.approve_letter.approve(actor(KHANH), button, office.cause())
    assert refused.value.key == "letter.writer_gone"


async def test_a_refusal_needs_the_second_person_too_and_a_question_does_not(
    office: Office,
) -> None:
    await demand_two(office)
    opinion = await take(office, await file_opinion(office))
    question = await previewed(office, opinion, "opinion:ask_back", "Cột số mấy?")
    press(question.buttons, "case_letter:send")
    refusal = await previewed(office, opinion, "opinion:decline", REASON)
    button = press(refusal.buttons, "case_letter:submit")
    waiting, _ = await office.write_back.send(actor(GIANG), button, office.cause())
    await office.send_all()

    moved = await approve_letter(office, waiting)
    assert moved.state is OpinionState.DECLINED
    assert REASON in office.gateway.to(EM.chat)[-1].markup


async def test_a_rule_that_was_set_after_the_preview_holds_at_the_press(office: Office) -> None:
    opinion = await take(office, await file_opinion(office))
    preview = await office.answer.preview_answer(actor(GIANG), opinion.id, MENDED, office.cause())
    await demand_two(office)
    button = press(preview.buttons, "answer:send")
    sent = await office.answer.send_answer(actor(GIANG), button, office.cause())

    assert sent.state is OpinionState.IN_PROGRESS


async def test_where_nobody_else_can_approve_nothing_is_lost(office: Office) -> None:
    await set_rule(office, "thu_tra_loi=2")
    office.sql("UPDATE role_grant SET left_on = '2026-11-01' WHERE person_id = 'hanh'")
    opinion = await take(office, await file_opinion(office))

    with pytest.raises(Refusal) as refused:
        await write_and_submit(office, opinion)
    assert refused.value.key == "letter.no_approver"
    assert office.sql("SELECT note FROM dialog WHERE person_id = 'giang'") == [(MENDED,)]


async def test_an_erased_case_leaves_no_word_of_its_letter(office: Office) -> None:
    opinion = await submit_letter(office)
    async with office.file.begin() as work:
        await work.opinions.erase(await work.opinions.get(opinion.id), office.clock.now())
        await work.commit()

    assert office.sql(KEPT) == []


async def test_the_office_is_still_reminded_of_the_day_that_is_due(office: Office) -> None:
    opinion = await submit_letter(office)
    office.clock.moment = opinion.due_at
    await office.remind_staff.remind_due()
    await office.send_all()

    assert opinion.number in office.gateway.to(private(GIANG))[-1].markup
