"""From the code to the answer, and back when it was none."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from domain.errors import LostRace, Refusal
from domain.model.access import Actor, Grant, Role
from domain.model.delivery import Payload
from domain.model.opinion import Opinion, OpinionState
from domain.ports import Cause, Work
from domain.usecases.preview_letter import LONGEST_LETTER
from handlers.letterhead import CatalogLetterhead
from tests.databases import only_files
from tests.integration.storage.cast import BINH, EM, GIANG, HANH, STAFF_GROUP, WARD
from tests.integration.usecases.between import Between
from tests.integration.usecases.hands import as_sent
from tests.integration.usecases.office import Office, actor, press, private
from tests.integration.usecases.story import (
    LAMP,
    MENDED,
    answer,
    file_opinion,
    settle,
    take,
    write_answer,
)

STAFF_CHAT = STAFF_GROUP.address.chat


async def test_the_code_opens_the_case_for_whoever_holds_it(office: Office) -> None:
    opinion = await answer(office)
    status = await office.follow.look_up(opinion.code.lower().replace("-", " "))

    assert (status.opinion.id, status.opinion.state) == (opinion.id, OpinionState.ANSWERED)
    assert [given.text for given in status.answers] == [MENDED]


@pytest.mark.parametrize("typed", ["HC-22222-22222", "HC-7K3MQ", "", "xin chào"])
async def test_a_wrong_code_opens_nothing(office: Office, typed: str) -> None:
    await file_opinion(office)

    with pytest.raises(Refusal) as refused:
        await office.follow.look_up(typed)
    assert refused.value.key == "follow.no_such_code"


async def test_reading_a_case_marks_it_received(office: Office) -> None:
    opinion = await file_opinion(office)
    read = await office.triage.open_case(actor(GIANG), opinion.id, office.cause())

    assert read.state is OpinionState.RECEIVED
    await office.send_all()
    assert "&lt;hai tuần&gt; &amp; chưa ai sửa!" in office.gateway.to(private(GIANG))[0].markup


async def test_the_queue_shows_what_is_due_first(office: Office) -> None:
    late = await file_opinion(office, "Cũ hơn.")
    office.wait(days=3)
    await file_opinion(office)

    queue = await office.queue.begin(actor(GIANG), "", office.cause())
    assert (len(queue.entries), queue.entries[0].id) == (2, late.id)


async def test_whoever_takes_a_case_owns_it(office: Office) -> None:
    opinion = await take(office, await file_opinion(office))

    assert (opinion.owner_id, opinion.state) == (GIANG.id, OpinionState.IN_PROGRESS)


async def test_an_answer_is_seen_before_it_is_sent(office: Office) -> None:
    opinion = await take(office, await file_opinion(office))
    before = len(office.gateway.to(EM.chat))
    await write_answer(office, opinion)
    await office.send_all()

    assert len(office.gateway.to(EM.chat)) == before


async def test_an_answer_too_long_for_its_letter_is_refused_with_the_limit(office: Office) -> None:
    opinion = await take(office, await file_opinion(office))

    with pytest.raises(Refusal) as refused:
        await office.answer.preview_answer(
            actor(GIANG), opinion.id, "👍" * (LONGEST_LETTER // 2 + 1), office.cause()
        )
    assert refused.value.key == "answer.too_long"
    assert refused.value.values == {"limit": LONGEST_LETTER, "over": 2}


async def test_the_resident_gets_the_answer_as_it_was_previewed(office: Office) -> None:
    opinion = await take(office, await file_opinion(office))
    preview = await office.answer.preview_answer(actor(GIANG), opinion.id, MENDED, office.cause())
    button = press(preview.buttons, "answer:send")
    await office.answer.send_answer(actor(GIANG), button, office.cause())
    await office.send_all()

    shown = as_sent(office, preview, opinion)
    assert office.gateway.to(EM.chat)[-1].markup == shown


async def test_a_case_does_not_die_with_its_owners_job(office: Office) -> None:
    opinion = await take(office, await file_opinion(office))
    office.sql("UPDATE role_grant SET valid_until = '2026-01-01' WHERE person_id = ?", GIANG.id)
    async with office.file.begin() as work:
        await work.people.grant(HANH.id, Role.TRIAGER, WARD.id)
        await work.commit()
    oanh = Actor(HANH.id, (Grant(Role.TRIAGER, WARD.id),))

    await office.triage.open_case(oanh, opinion.id, office.cause())
    await office.send_all()
    button = await office.button(private(HANH), "opinion:take")

    assert (await office.triage.take_case(oanh, button, office.cause())).owner_id == HANH.id


async def test_the_button_of_an_earlier_preview_does_not_send_a_later_text(
    office: Office,
) -> None:
    opinion = await take(office, await file_opinion(office))
    first = await write_answer(office, opinion, "Bản thứ nhất.")
    await office.answer.preview_answer(actor(GIANG), opinion.id, "Bản thứ hai.", office.cause())

    with pytest.raises(LostRace) as refused:
        await office.answer.send_answer(actor(GIANG), first, office.cause())
    assert refused.value.key == "button.stale"


async def test_a_case_is_not_answered_before_it_is_taken(office: Office) -> None:
    opinion = await file_opinion(office)

    with pytest.raises(LostRace):
        await office.answer.preview_answer(actor(GIANG), opinion.id, MENDED, office.cause())


async def test_an_answer_without_words_is_refused(office: Office) -> None:
    opinion = await take(office, await file_opinion(office))

    with pytest.raises(Refusal) as refused:
        await office.answer.preview_answer(actor(GIANG), opinion.id, "\u200b", office.cause())
    assert refused.value.key == "answer.nothing_written"


async def test_a_case_whose_owner_has_left_can_be_taken_by_another(office: Office) -> None:
    opinion = await take(office, await file_opinion(office))
    office.sql("UPDATE role_grant SET person_id = 'binh' WHERE person_id = 'giang'")
    successor = replace(actor(GIANG), id=BINH.id)
    await office.triage.open_case(successor, opinion.id, office.cause())
    await office.send_all()
    button = await office.button(private(BINH), "opinion:take")
    taken = await office.triage.take_case(successor, button, office.cause())

    assert (taken.owner_id, taken.state) == (BINH.id, OpinionState.IN_PROGRESS)


async def test_solved_closes_the_case(office: Office) -> None:
    await answer(office)
    settled = await settle(office, "solved")

    assert settled.opinion.state is OpinionState.CLOSED


async def test_not_solved_puts_it_back_with_its_owner_and_tells_staff(office: Office) -> None:
    await answer(office)
    before = len(office.gateway.to(STAFF_CHAT))
    settled = await settle(office, "not_solved")
    await office.send_all()

    assert settled.opinion.state is OpinionState.IN_PROGRESS
    assert settled.opinion.owner_id == GIANG.id
    assert len(office.gateway.to(STAFF_CHAT)) == before + 1


async def test_a_reopened_case_can_be_answered_again(office: Office) -> None:
    await answer(office)
    opinion = (await settle(office, "not_solved")).opinion
    await office.triage.open_case(actor(GIANG), opinion.id, office.cause())
    await office.send_all()
    button = await write_answer(office, opinion, "Đã thay cả trụ đèn.")
    await office.answer.send_answer(actor(GIANG), button, office.cause())

    status = await office.follow.look_up(opinion.code)
    assert [given.text for given in status.answers] == [MENDED, "Đã thay cả trụ đèn."]


async def test_an_answered_case_closes_by_itself_after_fourteen_days(office: Office) -> None:
    await answer(office)
    office.wait(days=14)
    assert await office.triage.close_answered() == 0
    office.wait(days=1)

    assert await office.triage.close_answered() == 1
    assert office.sql("SELECT state FROM opinion") == [(OpinionState.CLOSED,)]


async def answered_long_ago(office: Office) -> tuple[Opinion, Opinion]:
    """Two cases that are due to be closed."""
    both = await answer(office), await answer(office, "Đã nạo vét cống.")
    office.wait(days=15)
    return both


async def test_one_case_that_cannot_be_closed_holds_up_no_other(office: Office) -> None:
    first, second = await answered_long_ago(office)

    class Torn(CatalogLetterhead):
        """No paper for the first of them."""

        def closed_letter(self, opinion: Opinion) -> Payload:
            if opinion.id == first.id:
                raise ValueError(opinion.id)
            return super().closed_letter(opinion)

    torn = Torn(office.letterhead.words, office.letterhead.deep_link)
    with pytest.raises(ExceptionGroup):
        await replace(office.triage, letterhead=torn).close_answered()

    closed = office.sql("SELECT id FROM opinion WHERE state = 'closed'")
    assert closed == [(second.id,)]


class Meanwhile(Between):
    """Em says that it is not solved, just after the cases that are due were looked for."""

    def __init__(self, office: Office) -> None:
        super().__init__(office.memory)
        self.office, self.times = office, 0

    @asynccontextmanager
    async def begin(self, cause: Cause | None = None, crowded: bool = False) -> AsyncIterator[Work]:
        self.times += 1
        if self.times == 2:
            # In time, but while the tick is under way.
            self.office.wait(days=-1)
            await settle(self.office, "not_solved")
        async with super().begin(cause, crowded) as work:
            yield work


async def test_a_case_disputed_at_the_last_moment_does_not_close(office: Office) -> None:
    await answer(office)
    office.wait(days=15)
    await replace(office.triage, memory=Meanwhile(office)).close_answered()

    assert office.sql("SELECT state FROM opinion") == [("in_progress",)]


async def test_a_case_closed_by_staff_can_still_be_reopened(office: Office) -> None:
    opinion = await answer(office)
    await office.triage.open_case(actor(GIANG), opinion.id, office.cause())
    await office.send_all()
    close = await office.button(private(GIANG), "opinion:close")
    await office.triage.close_case(actor(GIANG), close, office.cause())
    settled = await settle(office, "not_solved")

    assert settled.opinion.state is OpinionState.IN_PROGRESS


async def test_a_solved_case_can_be_reopened_with_the_button_that_comes_with_it(
    office: Office,
) -> None:
    await answer(office)
    (way_back,) = (await settle(office, "solved")).further
    settled = await office.follow.settle_case(way_back, office.cause())

    assert settled.opinion.state is OpinionState.IN_PROGRESS


async def test_an_old_close_button_does_not_close_a_reopened_case(office: Office) -> None:
    opinion = await answer(office)
    await office.triage.open_case(actor(GIANG), opinion.id, office.cause())
    await office.send_all()
    close = await office.button(private(GIANG), "opinion:close")
    await settle(office, "not_solved")

    with pytest.raises(LostRace) as refused:
        await office.triage.close_case(actor(GIANG), close, office.cause())
    assert refused.value.key == "button.stale"


async def test_the_code_erases_the_case(office: Office) -> None:
    opinion = await answer(office)
    await office.follow.erase_case(opinion.code, office.cause())

    assert office.sql("SELECT text, handle, state FROM opinion") == [("", None, "withdrawn")]
    assert office.sql("SELECT text FROM answer") == [("",)]
    assert office.sql("SELECT count(*) FROM address", which="vault") == [(0,)]


@only_files
async def test_what_was_erased_is_in_no_file(office: Office) -> None:
    opinion = await answer(office)
    await office.send_all()
    await office.follow.erase_case(opinion.code, office.cause())
    left = office.databases.everything("main") + office.databases.everything("vault")

    assert LAMP.split("<")[0].encode() not in left
    assert MENDED.encode() not in left


async def test_a_letter_in_line_dies_with_its_case(office: Office) -> None:
    opinion = await answer(office)
    before = len(office.gateway.to(EM.chat))
    await office.follow.erase_case(opinion.code, office.cause())
    await office.send_all()

    assert len(office.gateway.to(EM.chat)) == before


async def test_an_erased_case_has_no_code_any_more(office: Office) -> None:
    opinion = await file_opinion(office)
    await office.follow.erase_case(opinion.code, office.cause())

    with pytest.raises(Refusal) as refused:
        await office.follow.look_up(opinion.code)
    assert refused.value.key == "follow.no_such_code"


async def test_staff_hear_that_a_case_was_erased_when_they_open_it(office: Office) -> None:
    opinion = await file_opinion(office)
    await office.follow.erase_case(opinion.code, office.cause())

    with pytest.raises(LostRace) as refused:
        await office.triage.open_case(actor(GIANG), opinion.id, office.cause())
    assert refused.value.key == "triage.erased"
