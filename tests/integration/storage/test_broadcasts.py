"""Occurrences: due, released, settled, told of."""

from dataclasses import replace
from datetime import timedelta

from domain.model.broadcast import BroadcastState
from domain.model.delivery import EntryState, Lost, Sent
from domain.ports import Work
from tests.integration.storage.cast import (
    BROADCAST,
    CITY,
    GROUP,
    LATER,
    NOW,
    OTHER_WARD,
    QUARTER_GROUP,
    SENDER,
    approve,
    release,
    taken,
)

RELEASED = replace(BROADCAST, state=BroadcastState.RELEASED)


async def settle(work: Work, entry_id: str, state: EntryState, outcome: Sent | Lost) -> None:
    entry = await taken(work, entry_id)
    assert await work.outbox.settle(entry, state, NOW, outcome)


async def test_a_broadcast_falls_due_at_its_time(work: Work) -> None:
    await approve(work)

    assert await work.broadcasts.due(NOW - timedelta(seconds=1)) == ()
    assert await work.broadcasts.due(NOW) == (BROADCAST,)


async def test_a_released_broadcast_is_no_longer_due(work: Work) -> None:
    await release(work)

    assert await work.broadcasts.due(LATER) == ()


async def test_a_state_is_saved_only_from_the_state_it_was_read_with(work: Work) -> None:
    await release(work)

    assert await work.broadcasts.save_state(BROADCAST, BroadcastState.STOPPED) is False
    assert await work.broadcasts.save_state(RELEASED, BroadcastState.STOPPED) is True


async def test_the_newest_are_seen_in_their_subtree_only(work: Work) -> None:
    await release(work)

    assert await work.broadcasts.newest([CITY.id], 5) == (RELEASED,)
    assert await work.broadcasts.newest([OTHER_WARD.id], 5) == ()
    assert await work.broadcasts.of_bulletin("b1") == (RELEASED,)


async def test_a_broadcast_is_settled_when_no_send_is_open(work: Work) -> None:
    await release(work)
    await settle(work, "e1", EntryState.SENT, Sent("55"))
    assert await work.broadcasts.settled() == ()
    await settle(work, "e2", EntryState.FAILED, Lost("kicked"))

    assert await work.broadcasts.settled() == (RELEASED,)


async def test_an_uncertain_send_does_not_keep_a_broadcast_open(work: Work) -> None:
    await release(work)
    await settle(work, "e1", EntryState.SENT, Sent("55"))
    await work.outbox.claim(["e2"], NOW)
    await work.outbox.lapse(SENDER, NOW)

    assert await work.broadcasts.settled() == (RELEASED,)


async def test_receipts_name_every_group_with_link_and_reason(work: Work) -> None:
    await release(work)
    await settle(work, "e1", EntryState.SENT, Sent("55", "https://example.test/55"))
    await settle(work, "e2", EntryState.FAILED, Lost("kicked"))

    quarter, ward = await work.broadcasts.receipts("bc1")

    assert (quarter.chat_title, quarter.reason, quarter.sent_at) == (
        QUARTER_GROUP.title,
        "kicked",
        None,
    )
    assert (ward.chat_title, ward.link, ward.sent_at) == (
        GROUP.title,
        "https://example.test/55",
        NOW,
    )
