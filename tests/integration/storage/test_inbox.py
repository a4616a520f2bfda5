"""Updates are stored before they are acknowledged, and handled one after the other in each line."""

import asyncio
from datetime import timedelta

from sqlalchemy import event, text

from domain.ports import Received
from storage.vault.arrivals import MOST_WAITING
from storage.vault.heads import HEADS
from storage.vault.inbox import SqlInbox
from tests.databases import Databases, only_files
from tests.integration.storage.cast import BOT, LATER, NOW, FrozenClock

FIRST, SECOND = Received(41, "em", b"first"), Received(42, "em", b"second")
OTHER = Received(43, "khach", b"other")


async def bodies(inbox: SqlInbox) -> list[bytes]:
    return [waiting.body for waiting in await inbox.oldest(BOT, 10)]


async def test_each_line_shows_its_oldest_update(inbox: SqlInbox) -> None:
    await inbox.store(BOT, [FIRST, SECOND, OTHER])

    assert await bodies(inbox) == [b"first", b"other"]


async def test_the_next_in_line_follows_when_one_is_done(inbox: SqlInbox) -> None:
    await inbox.store(BOT, [FIRST, SECOND])
    (waiting,) = await inbox.oldest(BOT, 10)
    await inbox.done(waiting.id)

    assert await bodies(inbox) == [b"second"]


async def test_an_update_that_comes_again_is_left_as_it_is(inbox: SqlInbox) -> None:
    await inbox.store(BOT, [FIRST])
    (before,) = await inbox.oldest(BOT, 10)
    await inbox.store(BOT, [Received(41, "em", b"changed")])

    assert await inbox.oldest(BOT, 10) == (before,)


async def test_an_update_keeps_its_handle_in_every_replay(inbox: SqlInbox) -> None:
    await inbox.store(BOT, [FIRST, OTHER])
    first, other = await inbox.oldest(BOT, 10)

    assert await inbox.oldest(BOT, 10) == (first, other)
    assert first.handle != other.handle


async def test_the_offset_follows_the_last_update_stored(inbox: SqlInbox) -> None:
    assert await inbox.next_offset(BOT) == 0
    await inbox.store(BOT, [FIRST, SECOND])
    assert await inbox.next_offset(BOT) == 43
    await inbox.store(BOT, [])

    assert await inbox.next_offset(BOT) == 43


async def test_the_offset_follows_the_channel_to_lower_numbers(inbox: SqlInbox) -> None:
    await inbox.store(BOT, [SECOND])
    await inbox.store(BOT, [Received(5, "em", b"after a quiet week")])

    assert await inbox.next_offset(BOT) == 6


async def test_bots_do_not_see_each_others_updates(inbox: SqlInbox) -> None:
    await inbox.store(8, [FIRST])

    assert await bodies(inbox) == []
    assert await inbox.next_offset(BOT) == 0


async def test_a_poison_update_is_parked_at_the_third_try(inbox: SqlInbox) -> None:
    await inbox.store(BOT, [FIRST, SECOND])
    (poison,) = await inbox.oldest(BOT, 10)

    assert [await inbox.failed(poison.id, "KeyError") for _ in range(3)] == [False, False, True]
    assert await bodies(inbox) == [b"second"]
    assert await inbox.counts() == {"waiting": 1, "done": 0, "parked": 1}


async def test_tries_are_counted(inbox: SqlInbox) -> None:
    await inbox.store(BOT, [FIRST])
    (waiting,) = await inbox.oldest(BOT, 10)
    await inbox.failed(waiting.id, "KeyError")

    assert [again.tries for again in await inbox.oldest(BOT, 10)] == [1]


async def test_a_line_keeps_its_order_when_the_month_turns(
    inbox: SqlInbox, clock: FrozenClock
) -> None:
    await inbox.store(BOT, [FIRST])
    clock.moment = NOW + timedelta(days=20)
    await inbox.store(BOT, [SECOND, OTHER])

    assert await bodies(inbox) == [b"first", b"other"]


async def test_an_update_that_cannot_be_opened_is_parked_and_its_line_goes_on(
    inbox: SqlInbox, databases: Databases
) -> None:
    await inbox.store(BOT, [FIRST, SECOND])
    databases.sql("UPDATE inbox SET sealed = ? WHERE update_id = 41", bytes(40), which="vault")

    assert await bodies(inbox) == []
    assert await bodies(inbox) == [b"second"]
    assert (await inbox.counts())["parked"] == 1


async def test_a_handled_update_leaves_a_blank_row(inbox: SqlInbox, databases: Databases) -> None:
    await inbox.store(BOT, [FIRST])
    (waiting,) = await inbox.oldest(BOT, 10)
    await inbox.done(waiting.id)

    assert databases.sql("SELECT sealed, line FROM inbox", which="vault") == [(b"", "")]


async def test_a_late_repeat_of_a_handled_update_is_recognised(inbox: SqlInbox) -> None:
    await inbox.store(BOT, [FIRST])
    (waiting,) = await inbox.oldest(BOT, 10)
    await inbox.done(waiting.id)
    await inbox.store(BOT, [FIRST])

    assert await bodies(inbox) == []


async def test_blank_rows_are_removed_after_their_time(inbox: SqlInbox) -> None:
    await inbox.store(BOT, [FIRST, SECOND])
    (waiting,) = await inbox.oldest(BOT, 10)
    await inbox.done(waiting.id)

    assert await inbox.purge(NOW, LATER) == 0
    assert await inbox.purge(LATER, NOW) == 1
    assert await inbox.counts() == {"waiting": 1, "done": 0, "parked": 0}


async def test_what_was_parked_is_removed_after_its_own_time(
    inbox: SqlInbox, databases: Databases
) -> None:
    await inbox.store(BOT, [FIRST, SECOND, OTHER])
    databases.sql("UPDATE inbox SET sealed = ? WHERE update_id = 43", bytes(40), which="vault")
    (poison,) = await inbox.oldest(BOT, 10)
    for _ in range(3):
        await inbox.failed(poison.id, "KeyError")

    assert await inbox.purge(LATER, NOW) == 0
    assert await inbox.purge(NOW, LATER) == 2
    assert await inbox.counts() == {"waiting": 1, "done": 0, "parked": 0}


async def test_what_arrives_side_by_side_shares_a_commit(inbox: SqlInbox) -> None:
    commits: list[object] = []
    event.listen(inbox.engine.sync_engine, "commit", commits.append)

    await asyncio.gather(*(inbox.store(BOT, [Received(n, str(n), b"x")]) for n in range(1, 41)))

    assert (await inbox.counts())["waiting"] == 40
    assert 1 <= len(commits) <= 2


async def test_a_line_is_handled_by_number_in_whatever_order_it_came(inbox: SqlInbox) -> None:
    await inbox.store(BOT, [SECOND])
    await inbox.store(BOT, [FIRST])

    assert await bodies(inbox) == [b"first"]


async def test_a_message_that_comes_under_another_number_is_left_out(inbox: SqlInbox) -> None:
    await inbox.store(BOT, [Received(41, "em", b"first", said="em|7|0")])
    turned_away = await inbox.store(BOT, [Received(99, "em", b"again", said="em|7|0")])

    assert turned_away == ()
    assert (await inbox.counts())["waiting"] == 1


async def test_an_edit_is_not_the_message_that_it_edits(inbox: SqlInbox) -> None:
    await inbox.store(BOT, [Received(41, "em", b"first", said="em|7|0")])
    await inbox.store(BOT, [Received(42, "em", b"edited", said="em|7|1700000000")])

    assert (await inbox.counts())["waiting"] == 2


async def test_a_full_line_turns_the_rest_away_and_no_other_line(inbox: SqlInbox) -> None:
    flood = [Received(n, "em", b"x", bounded=True) for n in range(1, MOST_WAITING + 3)]
    other = Received(9999, "khach", b"y", bounded=True)

    assert await inbox.store(BOT, [*flood, other]) == tuple(flood[MOST_WAITING:])
    assert (await inbox.counts())["waiting"] == MOST_WAITING + 1


async def test_a_full_line_takes_what_must_not_be_turned_away(inbox: SqlInbox) -> None:
    flood = [Received(n, "em", b"x", bounded=True) for n in range(1, MOST_WAITING + 1)]
    await inbox.store(BOT, flood)

    assert await inbox.store(BOT, [Received(9999, "em", b"the bot was removed")]) == ()
    assert (await inbox.counts())["waiting"] == MOST_WAITING + 1


async def test_what_comes_again_to_a_full_line_was_not_turned_away(inbox: SqlInbox) -> None:
    flood = [Received(n, "em", b"x", bounded=True) for n in range(1, MOST_WAITING + 1)]
    await inbox.store(BOT, flood)

    assert await inbox.store(BOT, flood[:2]) == ()


async def test_what_comes_again_takes_no_room_from_what_is_new(inbox: SqlInbox) -> None:
    flood = [Received(n, "em", b"x", bounded=True) for n in range(1, MOST_WAITING)]
    await inbox.store(BOT, flood)
    new = Received(9998, "em", b"y", bounded=True)

    assert await inbox.store(BOT, [*flood[-2:], new]) == ()
    assert (await inbox.counts())["waiting"] == MOST_WAITING


@only_files
async def test_the_next_are_found_without_reading_what_waits_behind(inbox: SqlInbox) -> None:
    asked = {"bot_id": BOT, "most": 5}
    async with inbox.engine.connect() as connection:
        steps = await connection.execute(text(f"EXPLAIN QUERY PLAN {HEADS}"), asked)
        plan = [step[3] for step in steps]

    assert [step for step in plan if "inbox" in step and not step.startswith("SEARCH")] == []
    assert "SEARCH inbox USING INDEX ix_inbox_waiting (bot_id=? AND line=?)" in plan


async def test_lines_keep_their_order_through_two_turns_of_the_month(
    inbox: SqlInbox, clock: FrozenClock
) -> None:
    """What came after the turn stands in last month's line, and holds it open in its turn."""
    await inbox.store(BOT, [FIRST])
    clock.moment = NOW + timedelta(days=20)
    await inbox.store(BOT, [SECOND])
    (waiting,) = await inbox.oldest(BOT, 10)
    await inbox.done(waiting.id)
    await inbox.store(BOT, [Received(44, "em", b"third")])

    assert await bodies(inbox) == [b"second"]
