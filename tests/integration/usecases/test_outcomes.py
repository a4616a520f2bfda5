"""What each outcome of a send leads to."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import CredentialsRefused
from domain.model.chat import ChatState
from domain.model.delivery import (
    EntryState,
    Held,
    Lost,
    Moved,
    NotSent,
    Rejected,
    SendOutcome,
    Sent,
    Unauthorised,
    Unknown,
    to_person,
)
from domain.model.sending import Sender
from tests.integration.storage.cast import (
    AN,
    BINH,
    BOT,
    EM,
    GIANG,
    GROUP,
    HANH,
    NOW,
    QUARTER_GROUP,
    STAFF_GROUP,
    card_to,
)
from tests.integration.usecases.office import Office, private
from tests.integration.usecases.story import answer, file_opinion, release

WARD_CHAT, QUARTER_CHAT = GROUP.address.chat, QUARTER_GROUP.address.chat
TO_WARD, TO_QUARTER = f"chat:{GROUP.id}", f"chat:{QUARTER_GROUP.id}"
STAFF_CHAT = STAFF_GROUP.address.chat


@pytest.mark.parametrize(
    ("outcome", "state", "waits"),
    [
        (Sent("55"), EntryState.SENT, None),
        (NotSent("refused"), EntryState.QUEUED, 1.0),
        (Held(30.0), EntryState.QUEUED, 30.0),
        (Moved("-100999"), EntryState.QUEUED, 0.0),
        (Lost("kicked"), EntryState.FAILED, None),
        (Rejected("too long"), EntryState.FAILED, None),
        (Unknown("reset"), EntryState.UNCERTAIN, None),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, float | str) else "",
)
async def test_an_outcome_leads_to_its_state(
    office: Office, outcome: SendOutcome, state: EntryState, waits: float | None
) -> None:
    await release(office)
    office.gateway.will(WARD_CHAT, outcome)
    first = await office.send_one()

    async with office.memory.begin() as work:
        entry = await work.outbox.get(first.id)
    assert (first.destination, entry.state, entry.attempt) == (TO_WARD, state, 1)
    if waits is not None:
        assert entry.not_before == NOW + timedelta(seconds=waits)


async def test_a_certain_failure_is_tried_until_it_arrives(office: Office) -> None:
    office.gateway.will(WARD_CHAT, *[NotSent("refused")] * 3)
    await release(office)
    for seconds in (0, 1, 2, 5):
        office.wait(seconds=seconds)
        await office.send_all()

    assert [type(call.outcome) for call in office.gateway.to(WARD_CHAT)] == [NotSent] * 3 + [Sent]


async def test_refused_credentials_stop_the_sender_and_leave_everything_queued(
    office: Office,
) -> None:
    await release(office)
    office.gateway.will(WARD_CHAT, Unauthorised("InvalidToken"))

    with pytest.raises(CredentialsRefused):
        await office.send_all()

    assert set((await office.states()).values()) == {EntryState.QUEUED}


async def test_a_held_group_is_left_alone_also_after_a_restart(office: Office) -> None:
    office.gateway.will(WARD_CHAT, Held(10_072.0))
    await release(office)
    await office.send_all()
    await office.restart()
    office.wait(seconds=10_071)
    await office.send_all()
    assert len(office.gateway.to(WARD_CHAT)) == 1

    office.wait(seconds=1)
    await office.send_all()
    assert len(office.gateway.to(WARD_CHAT)) == 2


async def test_a_held_group_is_held_for_the_next_broadcast_too(office: Office) -> None:
    office.gateway.will(WARD_CHAT, Held(60.0))
    await release(office)
    await office.send_all()
    await office.restart()
    await release(office, text="Lịch tiêm chủng.")
    await office.send_all()

    assert len(office.gateway.to(WARD_CHAT)) == 1


async def test_one_groups_hold_does_not_stop_the_others(office: Office) -> None:
    office.gateway.will(WARD_CHAT, Held(60.0))
    await release(office)
    await office.send_all()

    assert len(office.gateway.to(QUARTER_CHAT)) == 1


async def test_a_group_that_moved_gets_it_at_its_new_address(office: Office) -> None:
    office.gateway.will(WARD_CHAT, Moved("-100999"))
    await release(office)
    await office.send_all()

    assert len(office.gateway.to("-100999")) == 1
    async with office.memory.begin() as work:
        assert (await work.chats.get(GROUP.id)).address.chat == "-100999"


async def test_a_group_that_moved_and_was_bound_there_ends_its_old_binding(
    office: Office,
) -> None:
    await release(office)
    async with office.memory.begin() as work:
        address = replace(GROUP.address, chat="-100999")
        await work.chats.add(replace(GROUP, id="g9", address=address))
        await work.commit()
    office.gateway.will(WARD_CHAT, Moved("-100999"))
    await office.send_all()

    assert (await office.states())[TO_WARD] is EntryState.FAILED
    async with office.memory.begin() as work:
        assert (await work.chats.get(GROUP.id)).state is ChatState.LOST


async def test_a_lost_group_is_told_of_once(office: Office) -> None:
    office.gateway.will(WARD_CHAT, Lost("kicked"))
    await release(office)
    await release(office, text="Lịch tiêm chủng.")
    await office.send_all()

    told = [call for call in office.gateway.to(private(HANH)) if GROUP.title in call.markup]
    assert len(told) == 1
    async with office.memory.begin() as work:
        assert (await work.chats.get(GROUP.id)).state is ChatState.LOST


async def test_a_card_for_a_lost_staff_group_reaches_the_triager(office: Office) -> None:
    office.gateway.will(STAFF_CHAT, Lost("kicked"))
    opinion = await file_opinion(office)
    next_one = await file_opinion(office, "Việc khác.")

    first, second = office.gateway.to(private(GIANG))
    assert opinion.number in first.markup
    assert next_one.number in second.markup


async def test_a_group_that_refuses_the_message_is_named_in_the_receipts(office: Office) -> None:
    office.gateway.will(WARD_CHAT, Rejected("not enough rights"))
    await release(office)
    await office.go_round()

    for person in (AN, BINH):
        assert "1/2" in office.gateway.to(private(person))[-1].markup
    assert office.gateway.to(private(HANH)) == []


@pytest.mark.parametrize("outcome", [Lost("blocked"), Rejected("chat not found")])
async def test_staff_hear_of_a_letter_that_cannot_be_delivered(
    office: Office, outcome: Lost | Rejected
) -> None:
    opinion = await answer(office)
    office.gateway.will(EM.chat, outcome)
    await office.send_all()

    told = office.gateway.to(STAFF_CHAT)[-1]
    assert told.payload == office.letterhead.undeliverable_card(opinion)
    assert office.sql("SELECT count(*) FROM outbox WHERE state = 'failed'") == [(1,)]


async def test_a_held_letter_waits_without_main_learning_whose_it_is(office: Office) -> None:
    office.gateway.will(EM.chat, Held(60.0))
    await file_opinion(office)
    assert len(office.gateway.to(EM.chat)) == 1
    office.wait(seconds=60)
    await office.send_all()

    assert len(office.gateway.to(EM.chat)) == 2
    assert office.sql("SELECT count(*) FROM chat WHERE chat = ?", EM.chat) == [(0,)]


async def test_a_held_person_is_left_alone_also_after_a_restart(office: Office) -> None:
    office.gateway.will(private(BINH), Held(3600.0))
    async with office.memory.begin() as work:
        await work.outbox.add([card_to(to_person(BINH.id), number) for number in range(3)])
        await work.commit()
    await office.send_all()
    await office.restart()
    office.wait(seconds=3599)
    await office.send_all()
    assert len(office.gateway.to(private(BINH))) == 1

    office.wait(seconds=1)
    await office.send_all()
    assert len(office.gateway.to(private(BINH))) == 4


async def test_an_address_that_can_never_be_opened_ends_the_letter_and_staff_hear_of_it(
    office: Office,
) -> None:
    opinion = await answer(office)
    office.sql("UPDATE address SET sealed = ?", bytes(40), which="vault")
    before = len(office.gateway.to(EM.chat))
    await office.send_all()

    assert office.gateway.to(STAFF_CHAT)[-1].payload == office.letterhead.undeliverable_card(
        opinion
    )
    assert len(office.gateway.to(EM.chat)) == before
    reason = office.sql("SELECT reason FROM outbox WHERE state = 'failed'")
    assert reason == [("address unreadable",)]


async def test_a_chat_whose_turn_is_far_off_is_not_claimed(office: Office) -> None:
    await release(office)
    office.gateway.waits[WARD_CHAT] = 3.0
    claims = await office.deliver.go_round([], 2)

    assert claims.waits == ((TO_WARD, 3.0),)
    assert (await office.states())[TO_WARD] is EntryState.QUEUED


async def test_an_entry_that_somebody_else_took_is_left_alone(office: Office) -> None:
    await release(office)
    mine = await office.deliver.go_round([], 2)
    theirs = await office.deliver.go_round([], 2)

    assert (len(mine.claimed), len(theirs.claimed)) == (2, 0)


async def test_a_destination_that_rests_is_left_alone(office: Office) -> None:
    await release(office)
    claims = await office.deliver.go_round([], 2, resting={TO_WARD})

    assert [one.entry.destination for one in claims.claimed] == [TO_QUARTER]


async def test_what_has_ended_is_written_down_in_the_round_that_claims_the_next(
    office: Office,
) -> None:
    await release(office)
    first = await office.deliver.go_round([], 1)
    done = await office.deliver.send(first.claimed[0])
    await office.deliver.go_round([done], 1)

    assert await office.states() == {TO_WARD: EntryState.SENT, TO_QUARTER: EntryState.SENDING}


async def test_an_entry_that_cannot_be_judged_keeps_no_other_waiting(office: Office) -> None:
    await release(office)
    office.past_the_rules(
        "an_entry_keeps_what_it_is",
        "UPDATE outbox SET origin_id = 'nowhere' WHERE destination = ?",
        TO_WARD,
    )
    await office.send_all()

    assert await office.states() == {TO_WARD: EntryState.QUEUED, TO_QUARTER: EntryState.SENT}


async def test_a_letter_whose_chat_is_another_bots_is_handed_to_that_bot(office: Office) -> None:
    await answer(office)
    before = len(office.gateway.to(EM.chat))
    other = replace(office.deliver, sender=Sender(BOT + 1))
    claims = await other.go_round([], 9)
    assert EM.chat not in {one.address.chat for one in claims.claimed}
    await office.send_all()

    assert len(office.gateway.to(EM.chat)) == before + 1


async def test_words_are_forgotten_once_they_have_arrived(office: Office) -> None:
    await answer(office)
    await office.send_all()

    assert office.sql("SELECT count(*) FROM outbox WHERE payload IS NOT NULL") == [(0,)]


@pytest.mark.parametrize("changed", ["replace(payload, 'đèn', 'nến')", "'{'"])
async def test_a_letter_that_was_changed_in_line_is_not_sent(office: Office, changed: str) -> None:
    await answer(office)
    sent = len(office.gateway.to(EM.chat))
    office.past_the_rules(
        "words_can_only_be_forgotten",
        f"UPDATE outbox SET payload = {changed} WHERE origin_kind = 'letter' AND state = 'queued'",
    )
    await office.send_all()

    assert len(office.gateway.to(EM.chat)) == sent
    failed = "SELECT reason FROM outbox WHERE origin_kind = 'letter' AND state = 'failed'"
    assert office.sql(failed) == [("words forgotten or changed",)]
