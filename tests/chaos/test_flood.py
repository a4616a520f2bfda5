"""One account writes a hundred messages a second: the others are answered, and little is kept."""

import asyncio
import time

import pytest

from storage.vault.arrivals import MOST_WAITING
from tests.chaos.office import Place
from tests.chaos.people import RESIDENTS, STRANGERS
from tests.chaos.rounds import Chaos, comes_true, opened
from tests.chaos.scene import USERNAME
from tests.e2e.town import Person

pytestmark = pytest.mark.chaos

SEED = 1
A_SECOND, SECONDS = 100, 6
SOON = 5.0


async def flood(chaos: Chaos) -> None:
    """Every hundredth of a second one more, whether or not the one before is through."""
    began, acts = time.monotonic(), []
    for number in range(A_SECOND * SECONDS):
        await asyncio.sleep(began + number / A_SECOND - time.monotonic())
        acts.append(asyncio.ensure_future(chaos.people.say(STRANGERS[0], "/thoitiet")))
    await asyncio.gather(*acts)


async def longest_wait(chaos: Chaos, user: int, until: asyncio.Future[None]) -> float:
    """In seconds, of somebody who says something again as soon as there is an answer."""
    person, waits = Person(chaos.scene.practice, user, USERNAME), [0.0]
    while not until.done():
        asked, last = time.monotonic(), await person.last()
        await chaos.people.say(user, "/trogiup")

        async def answered(own: int = last + 1) -> bool:
            return await person.last() > own

        assert await comes_true(answered, 30), f"{user} is not answered"
        waits.append(time.monotonic() - asked)
        await asyncio.sleep(1)
    return max(waits)


async def test_a_flood_from_one_account_keeps_nobody_else_waiting_and_fills_no_inbox(
    place: Place,
) -> None:
    async with opened(place, SEED) as chaos:
        life = await chaos.post.start()
        await chaos.people.say(RESIDENTS[0], "/trogiup")
        assert await comes_true(chaos.scene.is_heard, 30)
        flooding = asyncio.ensure_future(flood(chaos))
        waits = await asyncio.gather(*(longest_wait(chaos, one, flooding) for one in RESIDENTS))
        assert await comes_true(chaos.scene.is_heard, 30)
        kept = await chaos.office.waiting()
        await chaos.end(life)

    assert max(waits) < SOON, waits
    assert MOST_WAITING // 2 < kept <= MOST_WAITING
    assert chaos.ended_well
