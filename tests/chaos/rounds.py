"""A `post` that is killed again and again while it works, and at last left in peace."""

import asyncio
import logging
import os
import random
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import reduce
from operator import add
from pathlib import Path

from tests.chaos import nursery as nurseries
from tests.chaos import office as offices
from tests.chaos import scene as scenes
from tests.chaos.nursery import Life, Nursery
from tests.chaos.office import Office, Place
from tests.chaos.people import EVERYBODY, People
from tests.chaos.scene import TOKENS, Scene
from tests.chaos.verdict import Run, Verdict, in_drafts, judge

log = logging.getLogger(__name__)

WORKERS = {"sqlite": 2, "postgresql": 4}
"""Posts side by side, each in a world of its own; on a server they mostly wait."""
GROUPS = 60
IN_LINE = 150
"""So many sends wait at least when a post is started: more than it can do before it dies."""
MOST_WAITING = 20
"""While more updates wait to be handled, or more cards for the staff to be sent, nobody outside
begins anything new: each chat takes one message a second, and a process that dies each second, and
on a server is only replaced after some more, would fall behind for ever."""
STEPS = {
    "stored": 6, "picked": 12, "handled": 12, "sealed": 1, "filed": 1,
    "before claim": 60, "claimed": 60, "sent": 60, "settled": 60,
}  # fmt: skip
"""Each numbered step, and the highest time it is surely reached before patience is over."""
LONGEST_LIFE = 10.0
"""Whoever did not come to its step by then is killed all the same."""
PEACE = 60.0
"""Seconds after the last kill within which everything must have come to its end."""
ORDERLY_END = 35.0
LOOK = 0.3


@dataclass(frozen=True, slots=True)
class Kill:
    """When a process dies: at the n-th time it comes to a step, or after some seconds."""

    step: str = ""
    time: int = 0
    after: float = LONGEST_LIFE

    @property
    def settings(self) -> dict[str, str]:
        return {"CRASH_AT": f"{self.step}:{self.time}"} if self.step else {}


def kills(number: int, chance: random.Random) -> Iterator[Kill]:
    """First every step; then steps and moments by chance."""
    sweep = list(STEPS)
    chance.shuffle(sweep)
    for done in range(number):
        if done < len(sweep):
            yield Kill(sweep[done], 1)
        elif chance.random() < 0.5:
            step, most = chance.choice(list(STEPS.items()))
            yield Kill(step, chance.randint(1, most))
        else:
            yield Kill(after=chance.uniform(0.3, 5))


@dataclass(slots=True)
class Post:
    """How the process is started; what it says goes to a file."""

    place: Place
    url: str
    log: Path
    nursery: Nursery

    async def start(self, **settings: str) -> Life:
        plain = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
        ours = {
            "BOT_TOKEN": ",".join(TOKENS.values()),
            "BOT_API_URL": self.url,
            "LOG_LEVEL": "WARNING",
        }
        whole = plain | ours | self.place.settings | settings
        return await self.nursery.bear(["run", "post"], whole, self.log)


@dataclass(slots=True)
class Chaos:
    """One post, its databases, and the world around it."""

    scene: Scene
    office: Office
    people: People
    post: Post
    killed: int = 0
    under_way: int = 0
    ended_well: bool = False

    async def live_and_die(self, kill: Kill) -> None:
        """One life of the process."""
        await self.office.keep_in_line(IN_LINE)
        await self._ease()
        life = await self.post.start(**kill.settings)
        ending = asyncio.ensure_future(life.wait())
        await asyncio.wait({ending}, timeout=kill.after + self.post.place.waits)
        if not ending.done():
            life.send(signal.SIGKILL)
        code = await ending
        assert code == -signal.SIGKILL, f"ended by itself ({code}): {self._last_words()}"
        self.killed += 1
        self.under_way += await self.under_way_now()

    async def come_to_rest(self, trouble: bool = False) -> None:
        """The last start, with no more trouble or as before, and at most a minute."""
        if not trouble:
            await self.scene.clear()
        life = await self.post.start()
        began = time.monotonic()
        if self.people.texts:
            await self.people.finish(self._until_heard, self._unfiled)
        await self.come_to_peace(life, PEACE + self.post.place.waits - time.monotonic() + began)

    async def come_to_peace(self, life: Life, patience: float = PEACE) -> None:
        """A process that lives ends all it has begun, and then itself."""
        await comes_true(self._is_quiet, patience)
        await self.end(life)

    async def end(self, life: Life) -> None:
        life.send(signal.SIGTERM)
        ending = asyncio.ensure_future(life.wait())
        await asyncio.wait({ending}, timeout=ORDERLY_END)
        self.ended_well = ending.done() and ending.result() == 0
        if not ending.done():
            life.send(signal.SIGKILL)
            await ending

    async def be_replaced(self) -> None:
        """One life that is ended in good order in the middle of a broadcast."""
        await self.office.keep_in_line(IN_LINE)
        life = await self.post.start()
        assert await comes_true(self.is_sending, PEACE), self._last_words()
        await self.end(life)
        assert self.ended_well, self._last_words()

    async def verdict(self, seed: int) -> Verdict:
        database = self.post.place.database
        what = Run(database, seed, self.killed, self.under_way, self.ended_well)
        return await judge(what, self.scene, self.office, self.people)

    async def is_sending(self) -> bool:
        return await self.under_way_now() > 1

    async def under_way_now(self) -> int:
        return await self.office.count(offices.UNDER_WAY)

    async def _ease(self) -> None:
        owed = await self.office.count(offices.CARDS), await self.office.waiting()
        if max(owed) > MOST_WAITING:
            self.people.may_act.clear()
        else:
            self.people.may_act.set()

    async def _until_heard(self) -> None:
        await comes_true(self._is_heard, PEACE)

    async def _unfiled(self) -> set[int]:
        """Whose words are in no opinion."""
        filed = [one.text for one in await self.office.rows(offices.OPINIONS)]
        people = self.people
        said = zip(people.texts, people.authors, strict=True)
        left = {t: who for t, who in said if not any(t in opinion for opinion in filed)}
        if left:
            log.warning("not filed yet: %s; in drafts: %s", left, await in_drafts(self.office))
        return set(left.values())

    async def _is_heard(self) -> bool:
        return await self.scene.is_heard() and not (await self.office.waiting())

    async def _is_quiet(self) -> bool:
        return await self._is_heard() and not await self.office.count(offices.OPEN)

    def _last_words(self) -> str:
        return self.post.log.read_text()[-2000:]


async def comes_true(what: Callable[[], Awaitable[bool]], patience: float) -> bool:
    """Whether it does within so many seconds."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if await what():
            return True
        await asyncio.sleep(LOOK)
    return False


@asynccontextmanager
async def opened(
    place: Place, seed: int, defect: str = "", groups: int = GROUPS
) -> AsyncIterator[Chaos]:
    """A scene and an office at this place; nothing of ours runs yet."""
    async with (
        nurseries.opened(defect) as nursery,
        scenes.opened(place.folder / "sandbox", groups, EVERYBODY) as scene,
        offices.opened(place, scene.groups) as office,
    ):
        people = People(scene, random.Random(f"people {seed}"), patience=place.waits)
        post = Post(place, scene.url, place.folder / "post.log", nursery)
        yield Chaos(scene, office, people, post)


async def run(
    place: Place,
    deaths: Iterable[Kill],
    seed: int,
    defect: str = "",
    trouble: float = 1.0,
    tell: Callable[[Chaos], None] = lambda _: None,
    to_the_end: bool = False,
) -> Verdict:
    """These kills with `trouble` times one send in twenty in trouble; then the counts.

    The trouble is over with the last kill, or goes on `to_the_end`.
    """
    async with opened(place, seed, defect) as chaos:
        await chaos.scene.trouble(seed, trouble)
        await chaos.people.greet()
        async with chaos.people.busy():
            for kill in deaths:
                await chaos.live_and_die(kill)
                tell(chaos)
        await chaos.come_to_rest(trouble=to_the_end)
        return await chaos.verdict(seed)


async def run_shared(
    places: Sequence[Place], number: int, seed: int, tell: Callable[[Chaos], None] = lambda _: None
) -> Verdict:
    """So many kills, shared among these places side by side; what was found there, added up."""
    deaths, workers = list(kills(number, random.Random(f"kills {seed}"))), len(places)
    verdicts = await asyncio.gather(
        *(
            run(place, deaths[worker::workers], seed + worker, tell=tell)
            for worker, place in enumerate(places)
            if deaths[worker::workers]
        )
    )
    return reduce(add, verdicts)
