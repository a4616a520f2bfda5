"""The office asks back, declines, refers: what the resident reads, and what they can do then."""

import pytest

from domain.errors import LostRace, Refusal
from domain.model.opinion import OpinionState
from tests.integration.storage.cast import EM, GIANG, STAFF_GROUP
from tests.integration.usecases.hands import (
    THU,
    as_sent,
    assign,
    hire,
    opened,
    previewed,
    reply,
    write_back,
)
from tests.integration.usecases.office import Office, actor, message, press, private
from tests.integration.usecases.story import (
    LAMP,
    file_opinion,
    take,
    write_answer,
)

ASK, DECLINE, REFER = "opinion:ask_back", "opinion:decline", "opinion:refer"
QUESTION = "Cột đèn số mấy, trước nhà nào?"
REASON = "Việc này thuộc hợp đồng dân sự giữa hai bên."
WHERE = "Điện lực Ninh Kiều, tổng đài 1900 1006."
ANSWERED = "Cột số 7, trước nhà văn hóa, gọi 0912345678."
STATES = {
    ASK: OpinionState.MORE_INFO_ASKED,
    DECLINE: OpinionState.DECLINED,
    REFER: OpinionState.REFERRED,
}
TEXTS = {ASK: QUESTION, DECLINE: REASON, REFER: WHERE}


@pytest.mark.parametrize("action", STATES)
async def test_the_resident_reads_what_was_previewed_and_the_case_stands_there(
    office: Office, action: str
) -> None:
    opinion = await take(office, await file_opinion(office))
    preview = await previewed(office, opinion, action, TEXTS[action])
    button = press(preview.buttons, "case_letter:send")
    moved, _ = await office.write_back.send(actor(GIANG), button, office.cause())
    await office.send_all()

    shown = as_sent(office, preview, opinion)
    assert office.gateway.to(EM.chat)[-1].markup == shown
    assert (moved.state, TEXTS[action] in shown) == (STATES[action], True)


async def test_nothing_is_sent_before_the_letter_was_seen(office: Office) -> None:
    opinion = await take(office, await file_opinion(office))
    before = len(office.gateway.to(EM.chat))
    await previewed(office, opinion, DECLINE, REASON)
    await office.send_all()

    assert len(office.gateway.to(EM.chat)) == before


async def test_the_button_of_an_earlier_text_sends_no_later_one(office: Office) -> None:
    opinion = await take(office, await file_opinion(office))
    first = await previewed(office, opinion, DECLINE, REASON)
    await previewed(office, opinion, DECLINE, "Lý do khác.")

    with pytest.raises(LostRace) as refused:
        await office.write_back.send(
            actor(GIANG), press(first.buttons, "case_letter:send"), office.cause()
        )
    assert refused.value.key == "button.stale"


async def test_the_button_of_a_question_sends_no_refusal_of_the_same_words(
    office: Office,
) -> None:
    opinion = await take(office, await file_opinion(office))
    first = await previewed(office, opinion, ASK, REASON)
    await previewed(office, opinion, DECLINE, REASON)

    with pytest.raises(LostRace) as refused:
        await office.write_back.send(
            actor(GIANG), press(first.buttons, "case_letter:send"), office.cause()
        )
    assert refused.value.key == "button.stale"


@pytest.mark.parametrize(
    ("action", "said"),
    [(ASK, "đã hỏi thêm"), (DECLINE, "đã báo không tiếp nhận"), (REFER, "đã chuyển nơi khác")],
)
async def test_the_case_says_what_kind_of_letter_went_out(
    office: Office, action: str, said: str
) -> None:
    opinion = await take(office, await file_opinion(office))
    await write_back(office, opinion, action, TEXTS[action])
    await office.triage.open_case(actor(GIANG), opinion.id, office.cause())
    await office.send_all()

    assert f"Cơ quan {said}" in office.gateway.to(private(GIANG))[-1].markup


@pytest.mark.parametrize("action", [DECLINE, REFER])
async def test_whoever_disagrees_opens_the_case_again(office: Office, action: str) -> None:
    opinion = await take(office, await file_opinion(office))
    await write_back(office, opinion, action, TEXTS[action])
    button = await office.button(EM.chat, "opinion:settle", "disagree")
    settled = await office.follow.settle_case(button, office.cause())

    assert settled.opinion.state is OpinionState.IN_PROGRESS


@pytest.mark.parametrize("action", [DECLINE, REFER])
async def test_what_nobody_disputes_closes_after_fourteen_days(office: Office, action: str) -> None:
    opinion = await take(office, await file_opinion(office))
    await write_back(office, opinion, action, TEXTS[action])
    office.wait(days=14)
    assert await office.triage.close_answered() == 0
    office.wait(days=1)

    assert await office.triage.close_answered() == 1
    assert office.sql("SELECT state FROM opinion") == [("closed",)]


async def test_a_reply_stands_word_for_word_beside_the_case(office: Office) -> None:
    opinion = await take(office, await file_opinion(office))
    await write_back(office, opinion, ASK, QUESTION)
    added = await reply(office, ANSWERED)

    assert (added.state, added.text) == (OpinionState.IN_PROGRESS, LAMP)
    assert office.sql("SELECT text FROM addition") == [(ANSWERED,)]
    card = office.gateway.to(private(GIANG))[-1].markup
    assert opinion.number in card
    assert ANSWERED[:10] not in card


async def test_what_was_added_is_read_with_the_case_with_its_numbers_masked(
    office: Office,
) -> None:
    opinion = await take(office, await file_opinion(office))
    await write_back(office, opinion, ASK, QUESTION)
    await reply(office, ANSWERED)
    await opened(office, GIANG, opinion)
    shown = office.gateway.to(private(GIANG))[-1].markup

    assert "trước nhà văn hóa" in shown
    assert "0912345678" not in shown


async def test_a_reply_is_seen_before_it_goes(office: Office) -> None:
    opinion = await take(office, await file_opinion(office))
    await write_back(office, opinion, ASK, QUESTION)
    button = await office.button(EM.chat, "opinion:reply")
    await office.reply.begin(await office.visit(), button)
    await office.receive.begin_opinion(await office.visit(), words=message(ANSWERED))

    assert office.sql("SELECT count(*) FROM addition") == [(0,)]


async def test_a_draft_of_another_opinion_is_not_lost_by_a_reply(office: Office) -> None:
    opinion = await take(office, await file_opinion(office))
    await write_back(office, opinion, ASK, QUESTION)
    await office.receive.begin_opinion(await office.visit(), words=message("Việc khác."))
    button = await office.button(EM.chat, "opinion:reply")

    with pytest.raises(Refusal) as refused:
        await office.reply.begin(await office.visit(), button)
    assert refused.value.key == "reply.own_words_first"
    draft = (await office.known()).draft
    assert draft is not None
    assert draft.text == "Việc khác."


async def test_after_five_days_without_a_reply_both_are_told_once_and_it_goes_on(
    office: Office,
) -> None:
    opinion = await take(office, await file_opinion(office))
    await write_back(office, opinion, ASK, QUESTION)
    office.wait(days=6)
    assert await office.reply.go_on_unanswered() == 1
    assert await office.reply.go_on_unanswered() == 0
    await office.send_all()

    assert office.sql("SELECT state, owner_id FROM opinion") == [("in_progress", GIANG.id)]
    assert "hết hạn chờ" in office.gateway.to(private(GIANG))[-1].markup
    assert "chưa nhận được" in office.gateway.to(EM.chat)[-1].markup


async def test_before_five_days_nobody_is_told_anything(office: Office) -> None:
    opinion = await take(office, await file_opinion(office))
    await write_back(office, opinion, ASK, QUESTION)
    office.wait(days=4, hours=23)

    assert await office.reply.go_on_unanswered() == 0


async def test_staff_can_go_on_without_waiting(office: Office) -> None:
    opinion = await take(office, await file_opinion(office))
    await write_back(office, opinion, ASK, QUESTION)
    await opened(office, GIANG, opinion)
    button = await office.button(private(GIANG), "opinion:take", "go_on")
    taken = await office.triage.take_case(actor(GIANG), button, office.cause())

    assert taken.state is OpinionState.IN_PROGRESS
    assert (await reply(office, ANSWERED)).state is OpinionState.IN_PROGRESS


async def test_a_reply_that_comes_after_the_answer_says_so(office: Office) -> None:
    opinion = await take(office, await file_opinion(office))
    await write_back(office, opinion, ASK, QUESTION)
    late = await office.button(EM.chat, "opinion:reply")
    await opened(office, GIANG, opinion)
    go_on = await office.button(private(GIANG), "opinion:take", "go_on")
    taken = await office.triage.take_case(actor(GIANG), go_on, office.cause())
    await opened(office, GIANG, opinion)
    await office.answer.send_answer(actor(GIANG), await write_answer(office, taken), office.cause())

    with pytest.raises(LostRace) as refused:
        await office.reply.begin(await office.visit(), late)
    assert refused.value.key == "reply.too_late"


async def test_of_two_who_write_to_the_resident_the_second_is_told(office: Office) -> None:
    await hire(office, THU)
    office.sql("UPDATE role_grant SET role = 'triager' WHERE person_id = ?", THU.id)
    opinion = await take(office, await file_opinion(office))
    preview = await previewed(office, opinion, DECLINE, REASON)
    await assign(office, GIANG, THU, opinion)

    with pytest.raises(LostRace) as refused:
        await office.write_back.send(
            actor(GIANG), press(preview.buttons, "case_letter:send"), office.cause()
        )
    assert refused.value.key == "triage.taken_by_another"


async def test_the_staff_group_reads_nothing_of_question_and_reply(office: Office) -> None:
    opinion = await take(office, await file_opinion(office))
    await write_back(office, opinion, ASK, QUESTION)
    await reply(office, ANSWERED)
    said = str([call.markup for call in office.gateway.to(STAFF_GROUP.address.chat)])

    assert QUESTION[:8] not in said
    assert ANSWERED[:8] not in said


async def test_erasing_the_case_erases_what_was_added(office: Office) -> None:
    opinion = await take(office, await file_opinion(office))
    await write_back(office, opinion, ASK, QUESTION)
    await reply(office, ANSWERED)
    await office.follow.erase_case(opinion.code, office.cause())

    assert office.sql("SELECT text FROM addition") == [("",)]


async def test_the_unit_hears_of_a_reply_where_whoever_asked_has_left(office: Office) -> None:
    opinion = await take(office, await file_opinion(office))
    await write_back(office, opinion, ASK, QUESTION)
    office.sql("UPDATE role_grant SET valid_until = '2026-01-01' WHERE role = 'triager'")
    places = private(GIANG), STAFF_GROUP.address.chat
    hers, group = (len(office.gateway.to(one)) for one in places)
    await reply(office, ANSWERED)

    assert [len(office.gateway.to(one)) for one in places] == [hers, group + 1]
