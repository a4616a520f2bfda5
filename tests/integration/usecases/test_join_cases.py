"""Cases about the same: found by their words, answered as one, and each one's own to the end."""

from datetime import timedelta

import pytest

from domain.errors import Forbidden, LostRace
from domain.model.opinion import OpinionState
from tests.integration.storage.cast import EM, GIANG, LATER, OTHER_WARD, STRANGER
from tests.integration.usecases.alike import (
    ONE,
    OTHER,
    join_alike,
    suggested,
    take_apart,
    two_alike,
)
from tests.integration.usecases.hands import OANH, forward, hire, opened, write_back
from tests.integration.usecases.office import Office, actor, press, private
from tests.integration.usecases.story import MENDED, file_opinion, take, write_answer

SHARED = "nhiều người cùng hỏi"


async def answered_together(office: Office) -> tuple[str, str]:
    """The codes of Em's case and of the stranger's, after one answer to both."""
    joined, master = await two_alike(office)
    await join_alike(office, joined, master)
    button = await write_answer(office, await take(office, master))
    await office.answer.send_answer(actor(GIANG), button, office.cause())
    await office.send_all()
    return master.code, joined.code


async def test_what_says_the_same_is_found_also_without_marks(office: Office) -> None:
    joined, master = await two_alike(office)

    assert [one.id for one in (await suggested(office, joined)).found] == [master.id]


async def test_cases_of_one_person_about_different_things_are_never_put_together(
    office: Office,
) -> None:
    mine = await file_opinion(office, ONE, EM)
    await file_opinion(office, "Chợ bán thịt heo không rõ nguồn gốc, gọi tôi 0912345678.", EM)

    assert (await suggested(office, mine)).found == ()


async def test_one_phone_number_in_two_texts_brings_them_not_together(office: Office) -> None:
    mine = await file_opinion(office, "Gọi tôi số 0912345678 nhé.", EM)
    await file_opinion(office, "Rác đầy, 0912345678.", STRANGER)

    assert (await suggested(office, mine)).found == ()


async def test_another_units_cases_are_not_looked_through(office: Office) -> None:
    mine = await file_opinion(office, ONE, EM)
    await file_opinion(office, OTHER, STRANGER, OTHER_WARD)

    assert (await suggested(office, mine)).found == ()


async def test_one_answer_reaches_each_by_an_address_of_their_own(office: Office) -> None:
    mine, theirs = await answered_together(office)
    letters = [office.gateway.to(who.chat)[-1].markup for who in (EM, STRANGER)]

    assert all(MENDED in letter and SHARED in letter for letter in letters)
    assert [mine in letters[0], theirs in letters[1]] == [True, True]
    assert [theirs in letters[0], mine in letters[1]] == [False, False]
    assert office.sql("SELECT DISTINCT state FROM opinion") == [("answered",)]


async def test_an_answer_to_one_says_nothing_of_others(office: Office) -> None:
    opinion = await take(office, await file_opinion(office))
    button = await write_answer(office, opinion)
    await office.answer.send_answer(actor(GIANG), button, office.cause())
    await office.send_all()

    assert SHARED not in office.gateway.to(EM.chat)[-1].markup


@pytest.mark.parametrize(
    ("action", "state"), [("opinion:decline", "declined"), ("opinion:refer", "referred")]
)
async def test_a_refusal_or_a_referral_reaches_all_too(
    office: Office, action: str, state: str
) -> None:
    joined, master = await two_alike(office)
    await join_alike(office, joined, master)
    await write_back(office, await take(office, master), action, "Điện lực Ninh Kiều.")

    assert SHARED in office.gateway.to(STRANGER.chat)[-1].markup
    assert office.sql("SELECT DISTINCT state FROM opinion") == [(state,)]


async def test_a_question_goes_to_the_one_who_is_asked(office: Office) -> None:
    joined, master = await two_alike(office)
    await join_alike(office, joined, master)
    before = len(office.gateway.to(STRANGER.chat))
    await write_back(office, await take(office, master), "opinion:ask_back", "Cột số mấy?")

    assert len(office.gateway.to(STRANGER.chat)) == before
    assert SHARED not in office.gateway.to(EM.chat)[-1].markup


async def test_who_finds_it_not_solved_opens_their_own_case_alone(office: Office) -> None:
    await answered_together(office)
    button = await office.button(STRANGER.chat, "opinion:settle", "not_solved")
    settled = await office.follow.settle_case(button, office.cause())

    assert (settled.opinion.state, settled.opinion.owner_id) == ("in_progress", GIANG.id)
    assert office.sql("SELECT state FROM opinion ORDER BY seq") == [
        ("answered",),
        ("in_progress",),
    ]


async def test_an_address_outlives_its_master_case(office: Office) -> None:
    joined, master = await two_alike(office)
    await join_alike(office, joined, master)
    await office.follow.erase_case(master.code, office.cause())
    await office.send_all()

    status = await office.follow.look_up(joined.code)
    assert (status.opinion.state, status.opinion.text) == (OpinionState.RECEIVED, OTHER)
    assert status.opinion.handle in await office.vault.handles(LATER)


async def test_whoever_waited_for_an_erased_case_waits_for_somebody_else(office: Office) -> None:
    joined, master = await two_alike(office)
    await join_alike(office, joined, master)
    await office.follow.erase_case(master.code, office.cause())
    again = await take(office, joined)
    button = await write_answer(office, again)
    await office.answer.send_answer(actor(GIANG), button, office.cause())
    await office.send_all()

    assert MENDED in office.gateway.to(STRANGER.chat)[-1].markup
    assert again.master_id is None


async def test_erasing_a_joined_case_leaves_the_other(office: Office) -> None:
    joined, master = await two_alike(office)
    await join_alike(office, joined, master)
    await office.follow.erase_case(joined.code, office.cause())

    assert office.sql("SELECT state, text <> '' FROM opinion ORDER BY seq") == [
        ("new", True),
        ("withdrawn", False),
    ]


async def test_the_earlier_promise_is_kept(office: Office) -> None:
    first = await file_opinion(office, ONE, EM)
    office.wait(days=5)
    later = await file_opinion(office, OTHER, STRANGER)
    _, master = await join_alike(office, first, later)

    assert (master.id, master.due_at) == (later.id, first.due_at)
    assert later.due_at > first.due_at


async def test_what_was_joined_can_be_taken_apart_again(office: Office) -> None:
    joined, master = await two_alike(office)
    await join_alike(office, joined, master)
    apart = await take_apart(office)

    assert (apart.state, apart.master_id) == (OpinionState.RECEIVED, None)
    button = await write_answer(office, await take(office, master))
    before = len(office.gateway.to(STRANGER.chat))
    await office.answer.send_answer(actor(GIANG), button, office.cause())
    await office.send_all()
    assert len(office.gateway.to(STRANGER.chat)) == before


async def test_those_joined_to_a_case_follow_it_into_a_third(office: Office) -> None:
    joined, master = await two_alike(office)
    third = await file_opinion(office, ONE + " Xin sửa giúp.", EM)
    await join_alike(office, joined, master)
    await join_alike(office, master, third)

    assert office.sql("SELECT master_id FROM opinion WHERE state = 'duplicate_of'") == [
        (third.id,),
        (third.id,),
    ]


async def test_what_was_joined_goes_where_its_master_goes(office: Office) -> None:
    await hire(office, OANH)
    joined, master = await two_alike(office)
    await join_alike(office, joined, master)
    await forward(office, master)

    assert office.sql("SELECT DISTINCT unit_id FROM opinion") == [(OTHER_WARD.id,)]
    assert OTHER_WARD.issuing_body in office.gateway.to(STRANGER.chat)[-1].markup


async def test_a_preview_made_before_another_was_joined_sends_nothing(office: Office) -> None:
    joined, master = await two_alike(office)
    button = await write_answer(office, await take(office, master))
    await join_alike(office, joined, master)

    with pytest.raises(LostRace, match=r"button\.stale"):
        await office.answer.send_answer(actor(GIANG), button, office.cause())


async def test_the_view_names_the_others_by_their_numbers_alone(office: Office) -> None:
    joined, master = await two_alike(office)
    await join_alike(office, joined, master)
    await opened(office, GIANG, master)
    beside = office.gateway.to(private(GIANG))[-1].markup

    assert joined.number in beside
    assert OTHER[:10] not in beside


async def test_who_has_no_right_there_joins_nothing(office: Office) -> None:
    await hire(office, OANH)
    joined, master = await two_alike(office)
    button = press((await suggested(office, joined)).buttons, "merge:into", master.id)

    with pytest.raises(Forbidden):
        await office.join_cases.join(actor(OANH), button, office.cause())


async def test_a_closed_master_does_not_take_others_addresses_along(office: Office) -> None:
    mine, theirs = await answered_together(office)
    await office.follow.settle_case(
        await office.button(EM.chat, "opinion:settle", "solved"), office.cause()
    )
    office.clock.moment += timedelta(days=31)
    await office.purge.forget_expired()

    assert (await office.follow.look_up(mine)).opinion.handle is None
    assert (await office.follow.look_up(theirs)).opinion.handle is not None
