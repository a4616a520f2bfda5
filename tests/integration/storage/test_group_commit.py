"""Many callers, one commit: each learns what became of its own item."""

import asyncio
from collections.abc import Sequence

import pytest

from domain.errors import MemoryLost
from storage.group_commit import GroupCommit


class Disk:
    """Commits when a test lets it, and remembers what was committed together."""

    def __init__(self) -> None:
        self.commits: list[list[str]] = []
        self.free = asyncio.Event()

    async def commit(self, items: Sequence[str]) -> list[str]:
        self.commits.append(list(items))
        await self.free.wait()
        if "poison" in items:
            raise OSError("no space left")
        if "away" in items:
            raise MemoryLost("away")
        return [item.upper() for item in items]


@pytest.fixture
def disk_that_is_free() -> Disk:
    disk = Disk()
    disk.free.set()
    return disk


async def handed_in(group: GroupCommit[str, str], *items: str) -> list[asyncio.Task[str]]:
    """Each by a caller of its own; the first has reached the disk."""
    tasks = [asyncio.create_task(group.add(item)) for item in items]
    for _ in range(3):
        await asyncio.sleep(0)
    return tasks


async def test_what_comes_during_a_commit_shares_the_next() -> None:
    disk = Disk()
    group = GroupCommit(disk.commit)
    first = await handed_in(group, "a")
    rest = await handed_in(group, "b", "c", "d")
    disk.free.set()

    assert await asyncio.gather(*first, *rest) == ["A", "B", "C", "D"]
    assert disk.commits == [["a"], ["b", "c", "d"]]


async def test_a_commit_that_fails_fails_those_in_it_and_nobody_else() -> None:
    disk = Disk()
    group = GroupCommit(disk.commit)
    first = await handed_in(group, "poison")
    rest = await handed_in(group, "b")
    disk.free.set()

    with pytest.raises(OSError, match="no space"):
        await first[0]
    assert await rest[0] == "B"


async def test_a_failure_is_that_of_the_item_it_is_about(disk_that_is_free: Disk) -> None:
    group = GroupCommit(disk_that_is_free.commit)
    said = await asyncio.gather(*map(group.add, ["a", "poison", "b"]), return_exceptions=True)

    assert [said[0], type(said[1]), said[2]] == ["A", OSError, "B"]


async def test_a_lost_database_is_everybodys_and_is_asked_once(disk_that_is_free: Disk) -> None:
    group = GroupCommit(disk_that_is_free.commit)
    said = await asyncio.gather(*map(group.add, ["a", "away", "b"]), return_exceptions=True)

    assert [type(one) for one in said] == [MemoryLost] * 3
    assert disk_that_is_free.commits == [["a", "away", "b"]]


async def test_whoever_is_stopped_first_sees_the_commit_end() -> None:
    disk = Disk()
    group = GroupCommit(disk.commit)
    (caller,) = await handed_in(group, "a")
    caller.cancel()
    await asyncio.sleep(0)
    assert not caller.done()
    disk.free.set()

    with pytest.raises(asyncio.CancelledError):
        await caller
    assert disk.commits == [["a"]]


async def test_nobody_waits_for_a_commit_that_was_stopped_itself() -> None:
    group = GroupCommit(Disk().commit)
    callers = [*await handed_in(group, "a"), *await handed_in(group, "b")]
    assert group.committing is not None
    for task in (group.committing, *callers):
        task.cancel()
    _, waiting = await asyncio.wait(callers, timeout=1)

    assert not waiting
