"""The time of day goes on while nothing runs, or jumps while something does."""

import asyncio
import signal
from datetime import timedelta
from pathlib import Path

import pytest

from tests.chaos.office import Place
from tests.chaos.rounds import Chaos, comes_true, opened
from tests.chaos.scene import STAFF, USERNAME
from tests.e2e.town import Person, sentence

pytestmark = pytest.mark.chaos

SEED, JUMPS = 1, "a clock that jumps"
SOON, LATER = timedelta(seconds=30), timedelta(hours=1)
SHORT = timedelta(minutes=5)
MEANWHILE = 3.0
DONE = 30.0


class TimeOfDay:
    """What the process believes of it, in seconds ahead of the truth."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.ahead(0)

    def ahead(self, seconds: float) -> None:
        # Put in place as a whole: the process reads it at any moment.
        written = self.file.with_suffix(".new")
        written.write_text(str(seconds))
        written.replace(self.file)

    @property
    def setting(self) -> dict[str, str]:
        return {"CLOCK_IS_AHEAD": str(self.file)}


async def sent(chaos: Chaos) -> int:
    """How many messages groups got."""
    return sum(each["chat"] < 0 for each in await chaos.scene.lines("receipts"))


async def everybody_has(chaos: Chaos, copies: int) -> bool:
    async def arrived() -> bool:
        return await sent(chaos) >= copies * len(chaos.scene.groups)

    return await comes_true(arrived, DONE)


async def test_what_fell_due_while_nothing_ran_goes_out_late_and_once_and_what_expired_does_not(
    place: Place,
) -> None:
    clock = TimeOfDay(place.folder / "clock")
    async with opened(place, SEED, JUMPS) as chaos:
        await chaos.people.greet()
        late = await chaos.office.announce(SOON)
        expired = await chaos.office.announce(SOON, good_for=SHORT)
        chaos.office.called_off.add("bc2")
        life = await chaos.post.start(**clock.setting)
        assert await comes_true(chaos.scene.is_heard, DONE)
        life.send(signal.SIGKILL)
        await life.wait()
        before = await sent(chaos)

        clock.ahead(20 * 60)
        life = await chaos.post.start(**clock.setting)
        for account in STAFF[:2]:
            person = Person(chaos.scene.practice, account, USERNAME)
            await person.sees(f"60/60 nhóm.*{sentence('lateness.note')}.*{late}")
            await person.sees(f"quá hạn.*{expired}")
        await chaos.come_to_peace(life)
        verdict = await chaos.verdict(SEED)

    assert before == 0, "nothing goes out ahead of its time"
    assert verdict.holds, verdict.line()


async def test_a_clock_that_jumps_sends_nothing_early_and_nothing_twice(place: Place) -> None:
    clock = TimeOfDay(place.folder / "clock")
    async with opened(place, SEED, JUMPS) as chaos:
        await chaos.office.announce(LATER)
        life = await chaos.post.start(**clock.setting)
        await asyncio.sleep(MEANWHILE)
        early = await sent(chaos)
        clock.ahead(LATER.total_seconds() + 1)
        assert await everybody_has(chaos, 1)

        clock.ahead(-LATER.total_seconds())
        await chaos.office.announce()
        await asyncio.sleep(MEANWHILE)
        set_back = await sent(chaos)
        clock.ahead(0)
        assert await everybody_has(chaos, 2)
        await chaos.come_to_peace(life)
        verdict = await chaos.verdict(SEED)

    assert early == 0
    assert set_back == len(chaos.scene.groups)
    assert verdict.holds, verdict.line()
