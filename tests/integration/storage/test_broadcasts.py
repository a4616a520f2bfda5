"""Occurrences: due, released, settled, told of."""

from dataclasses import replace
from datetime import timedelta

from domain.model.broadcast import Broadcast, BroadcastState
from domain.model.delivery import EntryState, Lane, Lost, SendOutcome, Sent, Unknown
from domain.model.unit import DEFAULT_QUIET_HOURS
from domain.ports import Work
from tests.integration.storage.cast import (
    APPROVAL,
    BROADCAST,
    BULLETIN,
    CITY,
    DRAFT,
    GROUP,
    LATER,
    NOW,
    OTHER_WARD,
    QUARTER_GROUP,
    REVISION,
    SENDER,
    TO_GROUP,
    approve,
    frozen,
    release,
    taken,
)

RELEASED = replace(BROADCAST, state=BroadcastState.RELEASED)


async def settle(work: Work, entry_id: str, state: EntryState, outcome: SendOutcome) -> None:
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

    assert await work.broadcasts.between([CITY.id], NOW, LATER) == (RELEASED,)
    assert await work.broadcasts.between([CITY.id], NOW - timedelta(days=1), NOW) == ()
    assert await work.broadcasts.between([OTHER_WARD.id], NOW, LATER) == ()
    assert await work.broadcasts.of_bulletin("b1") == (RELEASED,)


async def test_a_broadcast_is_settled_when_no_send_is_open(work: Work) -> None:
    await release(work)
    await settle(work, "bc1.g1", EntryState.SENT, Sent("55"))
    assert await work.broadcasts.settled() == ()
    await settle(work, "bc1.g2", EntryState.FAILED, Lost("kicked"))

    assert await work.broadcasts.settled() == (RELEASED,)


async def test_an_uncertain_send_does_not_keep_a_broadcast_open(work: Work) -> None:
    await release(work)
    await settle(work, "bc1.g1", EntryState.SENT, Sent("55"))
    await work.outbox.claim(["bc1.g2"], NOW)
    await work.outbox.lapse(SENDER, NOW)

    assert await work.broadcasts.settled() == (RELEASED,)


async def test_receipts_name_every_group_with_link_and_reason(work: Work) -> None:
    await release(work)
    await settle(work, "bc1.g1", EntryState.SENT, Sent("55", "https://example.test/55"))
    await settle(work, "bc1.g2", EntryState.FAILED, Lost("kicked"))

    quarter, ward = await work.broadcasts.receipts("bc1", 9)

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


async def test_trouble_stands_first_and_the_rest_is_counted(work: Work) -> None:
    await release(work)
    await settle(work, "bc1.g1", EntryState.UNCERTAIN, Unknown("reset"))
    await settle(work, "bc1.g2", EntryState.SENT, Sent("55"))

    (first,) = await work.broadcasts.receipts("bc1", 1)
    tally = await work.broadcasts.tally("bc1")
    assert first.chat_title == GROUP.title > QUARTER_GROUP.title
    assert (tally.sent, tally.uncertain, tally.total) == (1, 1, 2)


async def test_where_nobody_knows_the_link_is_that_of_what_came_before(work: Work) -> None:
    await release(work)
    await settle(work, "bc1.g1", EntryState.SENT, Sent("55", "https://example.test/55"))
    await release_another(work)
    await settle(work, "bc2.g1", EntryState.UNCERTAIN, Unknown("reset"))

    assert (await work.broadcasts.receipts("bc2", 1))[0].link == "https://example.test/55"


async def release_another(work: Work) -> None:
    """A second bulletin to the same groups."""
    await work.bulletins.add(replace(BULLETIN, id="b2"), replace(DRAFT, bulletin_id="b2"))
    frozen_too = frozen(replace(REVISION, id="r2", bulletin_id="b2"))
    await work.bulletins.add_revision(frozen_too, NOW)
    approval = replace(APPROVAL, id="a2", revision_id="r2", revision_hash=frozen_too.hash)
    await work.bulletins.add_approval(approval)
    planned = replace(
        BROADCAST,
        id="bc2",
        bulletin_id="b2",
        revision_id="r2",
        revision_hash=frozen_too.hash,
        approval_id="a2",
    )
    await work.broadcasts.add(planned)
    await work.broadcasts.save_state(planned, BroadcastState.RELEASED)
    await line_up(work, replace(planned, state=BroadcastState.RELEASED))


async def line_up(work: Work, broadcast: Broadcast, at_a_time: int = 9) -> int:
    """How many rounds it takes until every group has its entry."""
    rounds = 1
    while await work.broadcasts.line_up(broadcast, Lane.BULK, NOW, (), at_a_time):
        rounds += 1
    return rounds


async def test_every_group_gets_one_entry_some_at_a_time(work: Work) -> None:
    await approve(work)
    await work.broadcasts.save_state(BROADCAST, BroadcastState.RELEASED)
    assert await work.broadcasts.unlined() == (RELEASED,)

    assert await line_up(work, RELEASED, at_a_time=1) == 3
    assert await work.outbox.get("bc1.g1") == TO_GROUP
    assert await work.broadcasts.unlined() == ()


async def test_lining_up_again_adds_nothing(work: Work) -> None:
    await release(work)
    await work.outbox.claim(["bc1.g1"], LATER)

    assert await line_up(work, RELEASED) == 1
    assert (await work.broadcasts.tally("bc1")).total == 2


async def test_a_broadcast_is_not_over_before_every_group_stands_in_line(work: Work) -> None:
    await approve(work)
    await work.broadcasts.save_state(BROADCAST, BroadcastState.RELEASED)
    await work.broadcasts.line_up(RELEASED, Lane.BULK, NOW, (), 1)
    await settle(work, "bc1.g1", EntryState.SENT, Sent("55"))

    assert await work.broadcasts.settled() == ()


async def test_what_was_stopped_gets_no_more_entries(work: Work) -> None:
    await approve(work)
    await work.broadcasts.save_state(BROADCAST, BroadcastState.STOPPED)

    assert not await work.broadcasts.line_up(RELEASED, Lane.BULK, NOW, (), 9)
    assert (await work.broadcasts.tally("bc1")).total == 0


async def test_groups_that_keep_quiet_wait_until_it_is_over(work: Work) -> None:
    await approve(work)
    await work.broadcasts.save_state(BROADCAST, BroadcastState.RELEASED)
    quiet = [(DEFAULT_QUIET_HOURS, LATER)]
    await work.broadcasts.line_up(RELEASED, Lane.BULK, NOW, quiet, 9)

    waits = [(await work.outbox.get(f"bc1.{one}")).not_before for one in ("g1", "g2")]
    assert waits == [LATER, NOW]
