"""Counts for the console: every state is there, also when it has no rows."""

from domain.model.delivery import EntryState, Sent
from domain.ports import Cause
from storage.figures import figures
from storage.revisions import Which, head_revision
from storage.unit_of_work import SqlMemory
from tests.integration.storage.cast import GROUP, NOW, OPINION, TO_GROUP, release, taken


async def test_an_empty_house_counts_nothing(memory: SqlMemory) -> None:
    counted = await figures(memory.engine)

    assert set(counted.outbox) == set(EntryState)
    assert set(counted.outbox.values()) == {0}
    assert counted.queues == {"outbox": 0, "broadcasts": 0, "cases": 0}


async def test_sends_cases_updates_and_groups_are_counted(memory: SqlMemory) -> None:
    async with memory.begin(Cause(7, 41)) as work:
        await release(work)
        await work.opinions.add(OPINION)
        claimed = await taken(work, TO_GROUP.id)
        assert await work.outbox.settle(claimed, EntryState.SENT, NOW, Sent("5"))
        await work.chats.lose(GROUP.id)
        await work.commit()
    counted = await figures(memory.engine)

    assert (counted.deliveries["sent"], counted.outbox["queued"]) == (1, 1)
    assert (counted.updates, counted.opinions["new"]) == ({"processed": 1}, 1)
    assert counted.chats == {"active": 3, "lost": 1}
    assert counted.queues == {"outbox": 1, "broadcasts": 0, "cases": 1}


async def test_the_migrations_are_told(memory: SqlMemory) -> None:
    counted = await figures(memory.engine)

    assert (counted.migration, counted.at_head) == (head_revision(Which.MAIN), True)
