"""Who is on duty: one at a time, and nobody twice in the same term."""

import asyncio

from domain.model.duty import Watch
from domain.ports import Work
from storage.unit_of_work import SqlMemory

NOBODY = Watch()


async def test_nobody_is_on_duty_at_first(work: Work) -> None:
    assert await work.duties.look("bot:7") == NOBODY


async def test_whoever_takes_it_begins_the_next_term(work: Work) -> None:
    assert await work.duties.take("bot:7", "one", NOBODY)
    assert await work.duties.take("bot:7", "two", Watch("one", 1, 1))

    assert await work.duties.look("bot:7") == Watch("two", 2, 1)
    assert not await work.duties.holds("bot:7", "one", 1)
    assert await work.duties.holds("bot:7", "two", 2)


async def test_a_sign_of_life_keeps_others_from_taking_it(work: Work) -> None:
    await work.duties.take("bot:7", "one", NOBODY)
    assert await work.duties.beat("bot:7", "one", 1)

    assert not await work.duties.take("bot:7", "two", Watch("one", 1, 1))


async def test_an_earlier_holder_gives_no_more_signs(work: Work) -> None:
    await work.duties.take("bot:7", "one", NOBODY)
    await work.duties.take("bot:7", "two", Watch("one", 1, 1))

    assert not await work.duties.beat("bot:7", "one", 1)
    await work.duties.leave("bot:7", "one", 1)
    assert (await work.duties.look("bot:7")).holder == "two"


async def test_duties_do_not_touch_each_other(work: Work) -> None:
    await work.duties.take("bot:7", "one", NOBODY)

    assert await work.duties.take("bot:8", "two", NOBODY)


async def test_of_two_that_try_at_once_one_is_on_duty(memory: SqlMemory) -> None:
    async def take(me: str) -> bool:
        async with memory.begin(crowded=True) as work:
            taken = await work.duties.take("bot:7", me, NOBODY)
            await work.commit()
        return taken

    taken = await asyncio.gather(*(take(f"p{number}") for number in range(8)))

    assert sum(taken) == 1
