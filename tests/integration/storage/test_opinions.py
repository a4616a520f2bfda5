"""Cases: kept word for word, moved one at a time, and forgotten."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.errors import LostRace
from domain.model.delivery import EntryState
from domain.model.opinion import Opinion, OpinionState
from domain.ports import Work
from tests.integration.storage.cast import (
    ANSWER,
    GIANG,
    LATER,
    NOW,
    OPINION,
    SENDER,
    letter_to_em,
)

TAKEN = OPINION.taken_by(GIANG.id, NOW)
ANSWERED = TAKEN.moved_to(OpinionState.ANSWERED, NOW, until=NOW)
CLOSED = ANSWERED.moved_to(OpinionState.CLOSED, NOW)


async def file(work: Work, *states: Opinion) -> None:
    """File Em's opinion and take it through these states."""
    await work.opinions.add(OPINION)
    await work.opinions.add_answer(ANSWER)
    for was, now in zip((OPINION, *states), states, strict=False):
        await work.opinions.save(now, was)


async def test_an_opinion_comes_back_word_for_word(work: Work) -> None:
    await file(work)

    assert await work.opinions.get("o1") == OPINION
    assert await work.opinions.by_code(OPINION.code) == OPINION
    assert await work.opinions.by_handle("h1") == OPINION


async def test_a_case_is_taken_once(work: Work) -> None:
    await file(work, TAKEN)

    with pytest.raises(LostRace, match=r"opinion\.moved_on"):
        await work.opinions.save(OPINION.taken_by("an", NOW), OPINION)
    assert await work.opinions.get("o1") == TAKEN


async def test_saving_a_case_cannot_change_its_words(work: Work) -> None:
    await file(work)
    await work.opinions.save(replace(TAKEN, text="Đèn sáng."), OPINION)

    assert (await work.opinions.get("o1")).text == OPINION.text


async def test_answers_come_oldest_first(work: Work) -> None:
    await file(work)
    second = replace(ANSWER, id="w0", answered_at=LATER)
    await work.opinions.add_answer(second)

    assert await work.opinions.answers("o1") == (ANSWER, second)


async def test_an_answered_case_is_found_when_its_time_is_over(work: Work) -> None:
    await file(work, TAKEN, ANSWERED)

    assert await work.opinions.undisputed(NOW) == ()
    assert await work.opinions.undisputed(LATER) == (ANSWERED,)


async def test_a_closed_case_is_found_until_its_address_is_gone(work: Work) -> None:
    await file(work, TAKEN, ANSWERED, CLOSED)
    assert await work.opinions.closed_before(NOW) == ()
    assert await work.opinions.closed_before(LATER) == (CLOSED,)

    await work.opinions.drop_handle("o1")

    assert await work.opinions.closed_before(LATER) == ()
    assert await work.opinions.by_handle("h1") is None


async def test_letters_that_can_no_longer_arrive_lose_their_words(work: Work) -> None:
    await file(work)
    await work.outbox.add([letter_to_em(1), letter_to_em(2)])
    await work.outbox.claim(["l1"], NOW)
    await work.outbox.lapse(SENDER, NOW)
    await work.opinions.drop_handle("o1")

    uncertain, queued = await work.outbox.get("l1"), await work.outbox.get("l2")
    assert (uncertain.state, uncertain.payload) == (EntryState.UNCERTAIN, None)
    assert (queued.state, queued.payload) == (EntryState.CANCELLED, None)


async def test_texts_of_closed_cases_are_erased_when_their_time_is_over(work: Work) -> None:
    await file(work, TAKEN, ANSWERED, CLOSED)

    assert await work.opinions.erase_texts(LATER, LATER) == 1
    assert await work.opinions.erase_texts(LATER, LATER) == 0
    assert (await work.opinions.get("o1")).text == ""
    assert [answer.text for answer in await work.opinions.answers("o1")] == [""]


@pytest.mark.parametrize("before", [NOW, NOW - timedelta(days=1)])
async def test_texts_still_needed_stay(work: Work, before: datetime) -> None:
    await file(work, TAKEN, ANSWERED, CLOSED)

    assert await work.opinions.erase_texts(before, LATER) == 0


async def test_an_erased_case_keeps_only_that_it_was_erased(work: Work) -> None:
    await file(work, TAKEN)
    await work.opinions.erase(TAKEN, NOW)

    left = await work.opinions.get("o1")
    assert (left.text, left.handle, left.state) == ("", None, OpinionState.WITHDRAWN)
    assert [answer.text for answer in await work.opinions.answers("o1")] == [""]


async def test_a_button_shown_before_the_erasure_is_stale(work: Work) -> None:
    await file(work, TAKEN)
    await work.opinions.erase(TAKEN, NOW)

    with pytest.raises(LostRace):
        await work.opinions.save(ANSWERED, TAKEN)


@pytest.mark.parametrize("state", OpinionState)
async def test_a_case_can_stand_in_every_state(work: Work, state: OpinionState) -> None:
    stands = replace(OPINION, state=state, moved_at=LATER, version=2, waits_until=LATER)
    if state is OpinionState.DUPLICATE_OF:
        other = replace(OPINION, id="o0", code="HC-0", number="YK-0", handle=None)
        await work.opinions.add(other)
        stands = replace(stands, master_id=other.id)
    await file(work, stands)

    assert await work.opinions.get("o1") == stands
