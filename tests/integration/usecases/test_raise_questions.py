"""What was asked at a session becomes a case of nobody's, and its answer is carried back."""

import pytest

from domain.errors import Forbidden
from domain.model.access import RESIDENT
from domain.model.deadline import ADDRESS_DIES_AFTER_CLOSING
from domain.model.delivery import NotSent
from domain.model.opinion import Opinion, OpinionSource, OpinionState
from domain.model.text import visible
from tests.integration.storage.cast import BINH, GIANG, STAFF_GROUP
from tests.integration.usecases.communicators import DUNG, join
from tests.integration.usecases.office import Office, actor, press, private
from tests.integration.usecases.sessions import (
    ASKED,
    DUNG_ACTS,
    ask,
    fill,
    hand_in,
    submit,
)
from tests.integration.usecases.story import MENDED, take, write_answer

OTHER = "Bao giờ có nước lại?"


@pytest.fixture(autouse=True)
async def dung(office: Office) -> None:
    await join(office, DUNG)


async def raised(office: Office, *questions: str) -> tuple[Opinion, ...]:
    screen = await fill(office)
    for words in questions or (ASKED,):
        screen = await ask(office, screen, words)
    return tuple(opinion for _, opinion in (await hand_in(office, screen)).filed)


async def answered(office: Office) -> Opinion:
    (opinion,) = await raised(office)
    taken = await take(office, opinion)
    await office.answer.send_answer(actor(GIANG), await write_answer(office, taken), office.cause())
    await office.send_all()
    return opinion


async def test_each_question_becomes_a_case_word_for_word(office: Office) -> None:
    opinions = await raised(office, ASKED, OTHER)

    assert [one.text for one in opinions] == [ASKED, OTHER]
    assert {one.source for one in opinions} == {OpinionSource.SESSION}
    assert {one.unit_id for one in opinions} == {"kv"}


async def test_no_address_is_behind_such_a_case(office: Office) -> None:
    (opinion,) = await raised(office)

    assert opinion.handle is None
    assert office.sql("SELECT count(*) FROM address", which="vault")[0][0] == 0


async def test_a_draft_files_nothing(office: Office) -> None:
    await ask(office, await fill(office))

    assert office.sql("SELECT count(*) FROM opinion")[0][0] == 0


async def test_the_words_are_kept_in_the_case_alone(office: Office) -> None:
    """What is erased with the case is erased everywhere."""
    await raised(office)

    assert office.sql("SELECT text FROM session_question") == [("",)]
    assert "phun thuốc" not in str(office.sql("SELECT answers, topic, note FROM outreach_session"))


async def test_a_question_added_after_sending_is_filed_at_once_and_alone(office: Office) -> None:
    screen = await ask(office, await fill(office))
    session = (await hand_in(office, screen)).session
    await office.fill_session.add_question(DUNG_ACTS, session.id, OTHER, office.cause())

    texts = office.sql("SELECT text FROM opinion ORDER BY text DESC")
    assert [text for (text,) in texts] == [ASKED, OTHER]


async def test_sending_a_returned_session_again_files_nothing_twice(office: Office) -> None:
    screen = await ask(office, await fill(office))
    session = (await hand_in(office, screen)).session
    office.sql("UPDATE outreach_session SET state = 'returned' WHERE id = ?", session.id)
    screen = await office.log_session.open_session(DUNG_ACTS, session.id, office.cause())

    assert (await hand_in(office, screen)).filed == ()
    assert office.sql("SELECT count(*) FROM opinion")[0][0] == 1


async def test_staff_are_told_of_the_case_and_not_of_the_session(office: Office) -> None:
    (opinion,) = await raised(office)
    await office.send_all()
    await office.triage.open_case(actor(GIANG), opinion.id, office.cause())
    await office.send_all()

    card = office.gateway.to(STAFF_GROUP.address.chat)[-1].markup
    view = office.gateway.to(private(GIANG))[-1].markup
    assert opinion.number in card
    assert "phun thuốc" not in card
    assert "nêu tại một buổi tuyên truyền" in view
    for shown in (card, view):
        assert not any(word in shown for word in ("Dung", "Nhà văn hóa", "sốt xuất huyết"))


async def test_nobody_is_given_the_code_that_could_erase_it(office: Office) -> None:
    opinion = await answered(office)

    shown = " ".join(call.markup for call in office.gateway.calls)
    assert opinion.code not in shown


async def test_the_record_does_not_say_who_brought_it(office: Office) -> None:
    (opinion,) = await raised(office)

    acts = [one.event for one in await office.record() if one.event.subject == opinion.id]
    assert [(act.actor_id, act.action) for act in acts] == [(RESIDENT.id, "opinion:file")]


async def test_the_answer_comes_back_to_whoever_brought_the_question(office: Office) -> None:
    opinion = await answered(office)

    (card,) = office.gateway.to(private(DUNG))
    assert opinion.number in card.markup
    assert MENDED in visible(card.markup)


async def test_the_askers_word_reopens_the_case(office: Office) -> None:
    opinion = await answered(office)
    button = await office.button(private(DUNG), "opinion:settle", "not_solved")
    await office.follow.settle_case(button, office.cause())

    async with office.file.begin() as work:
        assert (await work.opinions.get(opinion.id)).state is OpinionState.IN_PROGRESS


async def test_an_answered_case_closes_by_itself_and_its_text_dies(office: Office) -> None:
    opinion = await answered(office)
    office.wait(days=15)
    await office.triage.close_answered()
    office.wait(days=121)
    await office.purge.forget_expired()

    async with office.file.begin() as work:
        assert (await work.opinions.get(opinion.id)).text == ""


async def test_a_case_long_closed_no_longer_leads_to_its_session(office: Office) -> None:
    opinion = await answered(office)
    office.wait(days=15)
    await office.triage.close_answered()
    office.wait(days=ADDRESS_DIES_AFTER_CLOSING.days + 1)
    await office.purge.forget_expired()

    async with office.file.begin() as work:
        assert await work.sessions.carrier(opinion.id) is None
    assert office.sql("SELECT filed_at IS NOT NULL FROM session_question") == [(True,)]


async def test_no_letter_that_was_sent_says_whose_answer_it_carried(office: Office) -> None:
    opinion = await answered(office)
    ((answer,),) = office.sql("SELECT id FROM answer")
    carried = office.sql("SELECT origin_id FROM outbox WHERE destination = 'person:dung'")

    assert carried
    assert not [about for (about,) in carried if answer in about or opinion.id in about]


async def test_an_answer_that_reaches_nobody_is_not_kept_for_ever(office: Office) -> None:
    office.gateway.will(private(DUNG), *[NotSent("refused")] * 9)
    await answered(office)
    office.wait(days=31)
    await office.send_all()

    assert office.gateway.to(private(DUNG))[-1].outcome == NotSent("refused")
    kept = "SELECT state, payload FROM outbox WHERE destination = 'person:dung'"
    assert office.sql(kept) == [("expired", None)]


async def test_words_that_were_never_handed_in_are_erased_after_ninety_days(
    office: Office,
) -> None:
    await ask(office, await fill(office))
    office.wait(days=89)
    await office.purge.forget_expired()
    assert office.sql("SELECT text FROM session_question") == [(ASKED,)]

    office.wait(days=2)
    await office.purge.forget_expired()
    assert office.sql("SELECT text FROM session_question") == []


async def test_nobody_reads_such_a_case_without_the_right(office: Office) -> None:
    (opinion,) = await raised(office)

    for reader in (DUNG_ACTS, actor(BINH)):
        with pytest.raises(Forbidden):
            await office.triage.open_case(reader, opinion.id, office.cause())


async def test_a_session_without_questions_files_none(office: Office) -> None:
    assert (await submit(office)).filed == ()


async def test_unsent_questions_can_be_taken_back(office: Office) -> None:
    screen = await fill(office)
    screen = await office.fill_session.add_question(
        DUNG_ACTS, screen.session.id, ASKED, office.cause()
    )
    button = press(screen.buttons, "session:drop")
    screen = await office.fill_session.drop_questions(DUNG_ACTS, button, office.cause())

    assert screen.questions == ()
