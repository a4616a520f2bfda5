"""`sessions`: what logging costs a communicator, alone, among fifty, and three thousand times.

All of it through the processes that an office runs: the practice Telegram, `bot.py run post` on
files, and people with the chat page open, who came in from a roster by their invites. They, the
practice Telegram and `post` share this machine. A wait is from the message or the press, before
it is on its way to the practice Telegram, to the next question on the page.

Fifty people at a human pace are measured twice. With the limits of pace off on both sides they
answer a second after each question (half a second to one and a half): 50 steps a second, more
than Telegram would let a bot answer. As it is run, with the pacer and Telegram's limits, they
take five seconds, which keeps below 30 messages a second; that wait holds the pacer's spacing too.
"""

import os
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random

from tests.bench.lines import Goal, Line, line
from tests.bench.participants import alternate, participant, repeats
from tests.bench.places import folder
from tests.bench.waits import p95
from tests.e2e.communicator import Communicator, Held, month_of
from tests.e2e.district import District, Tally, opened
from tests.e2e.town import FRONT_DOOR

STEPS = "steps"
"""`ONLY=steps` measures what one step takes and nothing else, in three minutes."""
CROWD = 50
PEOPLE, EACH = 100, 30
A_YEAR, LOOKS = 36_000, 200
PAUSE, LONGER_PAUSE = 1.0, 5.0
"""Seconds from reading a question to answering it, on average."""
STEP = Goal("value", "≤", 150)
FEW, SOON, NONE = Goal("value", "≤", 12), Goal("value", "≤", 60), Goal("value", "=", 0)


async def figures() -> list[Line]:
    with folder() as place:
        if os.environ.get("ONLY") == STEPS:
            async with opened(place / "unpaced", CROWD) as district:
                lines = [await crowd(district, PAUSE, "limits off")]
            return [*lines, await paced(place)]
        async with opened(place / "unpaced", PEOPLE) as district:
            lines = await shortest(district)
            lines.append(await crowd(district, PAUSE, "limits off"))
            lines += await totals(district)
        lines.append(await paced(place))
        lines += await months(place)
    return lines


async def paced(place: Path) -> Line:
    async with opened(place / "paced", CROWD, FRONT_DOOR) as district:
        return await crowd(district, LONGER_PAUSE, "as it is run")


async def shortest(district: District) -> list[Line]:
    """Somebody's first session, every question answered, and one like the last; the median."""
    first, like = list[tuple[int, float]](), list[tuple[int, float]]()
    for one in district.listed[: repeats()]:
        async with district.communicator(one).listening() as person:
            was, then = month_of(Random(one.user), datetime.now(UTC), 2)
            first.append(await timed(person, person.log, was))
            like.append(await timed(person, person.log_like_the_last, then))
            for session in (was, then):
                district.count(one, session)
    return [*told("the first, in full", first), *told("like the last", like)]


async def timed(
    person: Communicator, log: Callable[[Held], Awaitable[None]], session: Held
) -> tuple[int, float]:
    """Messages and presses, and the seconds from the first of them to the last answer."""
    acts, began = person.acts, time.perf_counter()
    await log(session)
    return person.acts - acts, time.perf_counter() - began


def told(variant: str, tries: Sequence[tuple[int, float]]) -> list[Line]:
    taps, seconds = (statistics.median(one) for one in zip(*tries, strict=True))
    return [
        line("sessions", variant, (taps, "messages and presses"), goal=FEW),
        line("sessions", variant, (seconds, "s, the bot's share"), goal=SOON),
    ]


async def crowd(district: District, pause: float, variant: str) -> Line:
    """Everybody logs two sessions at the same time, at a human pace."""
    people = district.listed[-CROWD:]
    waits = await district.log(people, each=2, pause=pause, at_once=CROWD)
    variant = f"{CROWD} at once, {pause:g} s to answer, {variant}"
    return line("sessions", variant, (p95(waits), "ms, p95 of a step"), goal=STEP)


async def totals(district: District) -> list[Line]:
    """As fast as they can: what the database holds at the end, beside what its people counted."""
    began = time.perf_counter()
    await district.log(district.listed, each=EACH)
    lasted = time.perf_counter() - began
    stored, variant = district.stored("submitted"), f"{PEOPLE * EACH:,} in one run"
    wrong = difference(stored, district.held)
    return [
        line("sessions", variant, (PEOPLE * EACH / lasted, "sessions/s")),
        *(line("sessions", variant, (wrong[what], f"{what} off"), goal=NONE) for what in wrong),
    ]


async def months(place: Path) -> list[Line]:
    """A supervisor's `/donvi` at the head of 103 communes, a year after the first session."""
    async with participant("ours.activity") as ours:
        task = {"folder": str(place), "server": "", "sessions": A_YEAR, "looks": LOOKS}
        measured = (await alternate({"ours": partial(ours.ask, **task)}))["ours"]
    variant = f"/donvi, {A_YEAR:,} sessions in a year"
    return [
        line("sessions", variant, (measured["p95"], "ms, p95"), goal=Goal("value", "≤", 100)),
        line("sessions", variant, (measured["off"], "sessions and people off"), goal=NONE),
    ]


def difference(one: Tally, other: Tally) -> dict[str, int]:
    """By how much two counts differ, unit by unit, so that nothing evens out."""
    return {
        what: sum(
            abs(getattr(one, what)[unit] - getattr(other, what)[unit])
            for unit in {*getattr(one, what), *getattr(other, what)}
        )
        for what in ("sessions", "people", "minutes")
    }
