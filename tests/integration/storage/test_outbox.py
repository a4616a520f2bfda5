"""The outbox: at most one row for each send, and conditional updates only."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.errors import Missing
from domain.model.delivery import (
    CARD_ATTEMPTS,
    EntryState,
    Lane,
    OutboxEntry,
    Payload,
    Sent,
    Unknown,
    to_person,
)
from domain.model.sending import Sender
from domain.model.withdrawal import Overdue
from domain.ports import Work
from storage.open import open_main
from tests.databases import Databases
from tests.integration.storage.cast import (
    AN,
    BINH,
    EM,
    GROUP,
    LATER,
    NOW,
    SENDER,
    TO_GROUP,
    TO_QUARTER,
    WARD,
    FrozenClock,
    card_to,
    letter_to_em,
    release,
    taken,
)

CARD = replace(card_to(to_person(AN.id)), delete_after=timedelta(hours=24))
SECOND = timedelta(seconds=1)


async def claimed(work: Work, entry: OutboxEntry = CARD) -> OutboxEntry:
    await work.outbox.add([entry])
    return await taken(work, entry.id)


async def ready(work: Work, now: datetime = NOW, sender: Sender = SENDER) -> list[str]:
    return [one.entry.id for one in await work.outbox.ready(sender, now, 10)]


async def test_an_entry_comes_back_as_it_went_in(work: Work) -> None:
    await work.outbox.add([CARD])

    assert await work.outbox.get(CARD.id) == CARD


async def test_the_same_send_is_owed_once(work: Work) -> None:
    await work.outbox.add([CARD, replace(CARD, id="again", payload=Payload("Khác"))])

    assert await work.outbox.get(CARD.id) == CARD
    with pytest.raises(Missing):
        await work.outbox.get("again")


async def test_people_go_before_groups_and_then_the_oldest(work: Work) -> None:
    await release(work)
    priority = replace(letter_to_em(), lane=Lane.PRIORITY)
    await work.outbox.add([priority, CARD])

    assert await ready(work) == [CARD.id, priority.id, TO_GROUP.id, TO_QUARTER.id]


async def test_a_backlog_for_one_chat_hides_nobody(work: Work) -> None:
    await work.outbox.add([card_to(to_person(AN.id), number) for number in range(300)])
    await work.outbox.add([card_to(to_person(BINH.id), 300), letter_to_em()])

    assert await ready(work) == ["c0", "c300", "l1"]


async def test_of_one_chats_entries_the_most_urgent_comes_first(work: Work) -> None:
    bulk = replace(CARD, id="bulk", origin=card_to("", 7).origin, lane=Lane.BULK)
    await work.outbox.add([bulk, CARD])
    assert await ready(work) == [CARD.id]
    card = await taken(work, CARD.id)
    assert await ready(work) == []  # one at a time in each chat

    await work.outbox.settle(card, EntryState.SENT, NOW, Sent("55"))
    assert await ready(work) == ["bulk"]


async def test_what_is_urgent_comes_first_whoevers_share_it_is(work: Work) -> None:
    bulk = await claimed(work, replace(card_to(to_person(BINH.id), 2), lane=Lane.BULK))
    await work.outbox.hand_over(bulk, SENDER.bot_id)
    await work.outbox.add([CARD])

    assert await ready(work) == [CARD.id, bulk.id]


async def test_what_must_wait_lets_the_next_for_its_chat_go_ahead(work: Work) -> None:
    await work.outbox.add([replace(CARD, not_before=NOW + SECOND), card_to(to_person(AN.id), 2)])

    assert await ready(work) == ["c2"]


async def test_main_does_not_count_a_residents_messages(work: Work, databases: Databases) -> None:
    entry = await claimed(work, letter_to_em())
    await work.outbox.settle(entry, EntryState.SENT, NOW, Sent("987654", "https://t.me/987654"))
    await work.commit()

    assert databases.sql("SELECT message_id, link FROM outbox") == [("", "")]


async def test_what_is_ready_knows_its_place(work: Work) -> None:
    await release(work)
    await work.outbox.add([CARD, letter_to_em()])
    card, letter, group, quarter = await work.outbox.ready(SENDER, NOW, 9)

    assert card.address == AN.private_chat(SENDER.bot_id)
    assert (group.address, group.language, group.quiet) == (GROUP.address, "vi", WARD.quiet_hours)
    assert (letter.address, quarter.quiet) == (None, None)


async def test_a_lost_group_has_no_address(work: Work) -> None:
    await release(work)
    await work.chats.lose(GROUP.id)

    assert (await work.outbox.ready(SENDER, NOW, 1))[0].address is None


async def test_each_bot_sends_what_is_its_own(work: Work) -> None:
    await release(work)
    await work.outbox.add([CARD])

    assert await ready(work, sender=Sender(SENDER.bot_id, is_front=False)) == ["bc1.g1", "bc1.g2"]
    assert await ready(work, sender=Sender(8)) == [CARD.id]
    assert await ready(work, sender=Sender(8, is_front=False)) == []


async def test_an_entry_is_handed_to_the_bot_whose_chat_it_is(work: Work) -> None:
    entry = await claimed(work, letter_to_em())
    await work.outbox.hand_over(entry, 8)

    assert await ready(work) == []
    assert await ready(work, sender=Sender(8, is_front=False)) == [entry.id]


async def test_many_receipts_are_written_at_once(work: Work) -> None:
    await release(work)
    both = [await taken(work, one) for one in ("bc1.g1", "bc1.g2")]
    await work.outbox.settle_sent([(one, Sent(one.id, "link")) for one in both], NOW)

    lines = await work.broadcasts.receipts("bc1", 9)
    assert [(line.state, line.sent_at, line.link) for line in lines] == [
        (EntryState.SENT, NOW, "link")
    ] * 2


async def test_a_receipt_that_comes_late_ends_the_doubt(work: Work) -> None:
    await release(work)
    entry = await taken(work, "bc1.g1")
    await work.outbox.lapse(SENDER, LATER)
    await work.outbox.settle_sent([(entry, Sent("55", "link"))], LATER)

    line = next(one for one in await work.broadcasts.receipts("bc1", 9) if one.link)
    assert (line.entry_id, line.state, line.sent_at) == (entry.id, EntryState.SENT, LATER)


@pytest.mark.parametrize("decided", ["again", "again and claimed", "arrived"])
async def test_a_receipt_that_comes_after_somebody_decided_changes_nothing(
    work: Work, decided: str
) -> None:
    entry = await claimed(work)
    await work.outbox.lapse(SENDER, LATER)
    if decided == "arrived":
        await work.outbox.confirm_arrival(CARD.id, NOW)
    else:
        await work.outbox.send_again(CARD.id)
    if decided == "again and claimed":
        await work.outbox.claim([CARD.id], LATER)
    before = await work.outbox.get(CARD.id)
    await work.outbox.settle_sent([(entry, Sent("55"))], LATER)

    assert await work.outbox.get(CARD.id) == before
    assert await work.outbox.to_delete(SENDER, LATER, 5) == ()


async def test_an_entry_waits_for_its_time(work: Work) -> None:
    await work.outbox.add([replace(CARD, not_before=NOW + SECOND)])

    assert await ready(work) == []


async def test_a_held_group_is_left_alone_and_others_go_on(work: Work) -> None:
    await release(work)
    await work.outbox.hold(GROUP.address, TO_GROUP.destination, NOW + SECOND)

    assert await ready(work) == [TO_QUARTER.id]
    assert await ready(work, NOW + SECOND) == [TO_GROUP.id, TO_QUARTER.id]


async def test_a_shorter_hold_does_not_end_a_longer_one(work: Work) -> None:
    await release(work)
    await work.outbox.hold(GROUP.address, TO_GROUP.destination, NOW + 9 * SECOND)
    await work.outbox.hold(GROUP.address, TO_GROUP.destination, NOW + SECOND)

    assert await ready(work, NOW + 8 * SECOND) == [TO_QUARTER.id]


async def test_a_hold_holds_all_that_is_in_line_for_a_person(work: Work) -> None:
    letters = [letter_to_em(1), replace(letter_to_em(2), not_before=NOW + 9 * SECOND)]
    await work.outbox.add([*letters, CARD])
    await work.outbox.hold(EM, "handle:h1", NOW + SECOND)

    assert await ready(work) == [CARD.id]
    waits = [(await work.outbox.get(letter.id)).not_before for letter in letters]
    assert waits == [NOW + SECOND, NOW + 9 * SECOND]


async def test_an_entry_is_claimed_once_and_with_its_words(work: Work) -> None:
    entry = await claimed(work)

    assert (entry.state, entry.payload, entry.lease_until) == (
        EntryState.SENDING,
        CARD.payload,
        LATER,
    )
    assert await work.outbox.claim([CARD.id], LATER) == frozenset()


async def test_a_settled_entry_keeps_its_receipt_and_forgets_its_words(work: Work) -> None:
    entry = await claimed(work)

    assert await work.outbox.settle(entry, EntryState.SENT, NOW, Sent("55", "link"))
    kept = await work.outbox.get(CARD.id)
    assert (kept.state, kept.payload, kept.lease_until) == (EntryState.SENT, None, None)


async def test_an_uncertain_entry_keeps_its_words_for_a_repeat(work: Work) -> None:
    entry = await claimed(work)
    await work.outbox.settle(entry, EntryState.UNCERTAIN, NOW, Unknown("reset"))

    assert (await work.outbox.get(CARD.id)).payload == CARD.payload


async def test_a_card_that_is_given_up_forgets_its_words(work: Work) -> None:
    entry = await claimed(work)
    for _ in range(CARD_ATTEMPTS - 1):
        await work.outbox.lapse(SENDER, LATER)
        await work.outbox.send_again(CARD.id)
        await work.outbox.claim([CARD.id], LATER)
    assert (await work.outbox.get(CARD.id)).payload == entry.payload
    await work.outbox.lapse(SENDER, LATER)

    assert (await work.outbox.get(CARD.id)).payload is None


async def test_a_send_that_lapsed_can_no_longer_be_settled(work: Work) -> None:
    entry = await claimed(work)
    await work.outbox.lapse(SENDER, LATER)

    assert await work.outbox.settle(entry, EntryState.SENT, LATER, Sent("55")) is False


async def test_the_sender_of_an_earlier_attempt_has_no_say(work: Work) -> None:
    entry = await claimed(work)
    await work.outbox.lapse(SENDER, LATER)
    await work.outbox.send_again(CARD.id)
    await work.outbox.claim([CARD.id], LATER)

    assert await work.outbox.settle(entry, EntryState.SENT, LATER, Sent("55")) is False
    assert await work.outbox.put_back(entry, NOW) is False


async def test_what_surely_never_left_is_queued_again(work: Work) -> None:
    entry = await claimed(work)
    assert await work.outbox.put_back(replace(entry, refusals=1), NOW + SECOND)

    again = await work.outbox.get(CARD.id)
    assert (again.state, again.refusals, again.attempt) == (EntryState.QUEUED, 1, 1)
    assert await ready(work) == []


async def test_a_lease_lapses_when_it_runs_out_and_not_before(work: Work) -> None:
    await claimed(work)

    assert await work.outbox.lapse(SENDER, LATER - SECOND) == ()
    (lapsed,) = await work.outbox.lapse(SENDER, LATER)
    assert (lapsed.id, lapsed.state) == (CARD.id, EntryState.UNCERTAIN)


async def test_at_the_start_everything_under_way_is_uncertain(work: Work) -> None:
    await claimed(work)

    assert len(await work.outbox.lapse(SENDER, NOW, everything=True)) == 1


async def test_a_repeat_is_the_next_attempt(work: Work) -> None:
    await claimed(work)
    await work.outbox.lapse(SENDER, LATER)

    assert await work.outbox.send_again(CARD.id) is True
    assert await work.outbox.send_again(CARD.id) is False
    assert (await work.outbox.get(CARD.id)).attempt == 2


async def test_a_person_can_say_that_it_arrived(work: Work) -> None:
    await claimed(work)
    await work.outbox.lapse(SENDER, LATER)

    assert await work.outbox.confirm_arrival(CARD.id, LATER) is True
    assert (await work.outbox.get(CARD.id)).state is EntryState.SENT
    assert await work.outbox.confirm_arrival(CARD.id, LATER) is False


async def test_a_stop_cancels_what_is_still_queued(work: Work) -> None:
    await release(work)
    await work.outbox.claim([TO_GROUP.id], LATER)

    assert await work.outbox.cancel("bc1") == 1
    assert (await work.outbox.get(TO_GROUP.id)).state is EntryState.SENDING
    assert (await work.outbox.get(TO_QUARTER.id)).state is EntryState.CANCELLED


async def test_uncertain_sends_of_a_broadcast_are_listed(work: Work) -> None:
    await release(work)
    await work.outbox.claim([TO_GROUP.id], LATER)
    await work.outbox.lapse(SENDER, LATER)

    assert [entry.id for entry in await work.outbox.uncertain("bc1")] == [TO_GROUP.id]


async def test_a_message_is_deleted_after_its_time_and_once(work: Work) -> None:
    entry = await claimed(work)
    await work.outbox.settle(entry, EntryState.SENT, NOW, Sent("55"))
    assert await work.outbox.to_delete(SENDER, LATER - SECOND, 5) == ()

    assert await work.outbox.to_delete(SENDER, LATER, 5) == (
        Overdue(CARD.id, "person:an", "55", NOW),
    )
    await work.outbox.deleted(CARD.id)
    assert await work.outbox.to_delete(SENDER, LATER, 5) == ()


STEPS = ["claim", "settle", "settle many", "unknown", "put back", "lapse", "again", "confirm"]


async def take(work: Work, step: str, held: OutboxEntry | None) -> tuple[bool, OutboxEntry | None]:
    """One step of whatever senders, ticks and people may do in any order."""
    outbox, claim = work.outbox, held or CARD
    match step:
        case "claim":
            happened = bool(await outbox.claim([CARD.id], LATER))
            return happened, await outbox.get(CARD.id) if happened else held
        case "settle many":
            before = (await outbox.get(CARD.id)).state
            await outbox.settle_sent([(claim, Sent("5"))], NOW)
            return (await outbox.get(CARD.id)).state is not before, held
        case "settle":
            return await outbox.settle(claim, EntryState.SENT, NOW, Sent("5")), held
        case "unknown":
            return await outbox.settle(claim, EntryState.UNCERTAIN, NOW, Unknown("?")), held
        case "put back":
            return await outbox.put_back(claim, NOW), held
        case "lapse":
            return bool(await outbox.lapse(SENDER, LATER)), held
        case "again":
            return await outbox.send_again(CARD.id), held
        case _:
            return await outbox.confirm_arrival(CARD.id, NOW), held


async def counted(main: Path | str, steps: list[str]) -> dict[str, int]:
    memory = await open_main(main, FrozenClock())
    done, held = dict.fromkeys(STEPS, 0), None
    async with memory.begin() as work:
        await work.outbox.add([CARD])
        for step in steps:
            happened, held = await take(work, step, held)
            done[step] += happened
        done["attempt"] = (await work.outbox.get(CARD.id)).attempt
    await memory.close()
    return done


SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(steps=st.lists(st.sampled_from(STEPS), max_size=14))
def test_nothing_is_sent_twice_unless_it_never_left_or_somebody_said_so(
    databases: Databases, steps: list[str]
) -> None:
    databases.refresh()

    done = asyncio.run(counted(databases.main, steps))

    assert done["claim"] <= 1 + done["put back"] + done["again"]
    assert done["attempt"] == 1 + done["again"]
    assert done["settle"] + done["settle many"] + done["confirm"] <= 1
