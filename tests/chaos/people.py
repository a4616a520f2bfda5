"""People who write all the time: each of their acts is one update, and has one effect."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from tests.chaos.scene import FIRST_PERSON, STAFF, USERNAME, Scene
from tests.e2e.town import Json, button

AN = STAFF[0]
RESIDENTS = tuple(range(FIRST_PERSON, FIRST_PERSON + 5))
STRANGERS = tuple(range(FIRST_PERSON + 100, FIRST_PERSON + 103))
EVERYBODY = (*RESIDENTS, *STRANGERS)
WAYS_ON = ("📨", "Ninh Kiều", "Bỏ qua", "đồng ý")
"""The buttons that lead from a text to a filed opinion, the last first."""
LOOK = 0.3
MOST_TRIES = 3
"""How often a resident writes at the end, where nothing came of it."""
ANSWER_IN = 8.0
"""Seconds after which whoever got no answer goes on: it may have died with the process.

Where a dead process is only replaced after some more, they wait so much longer: whoever writes on
instead puts all of it into one opinion, until it is too long.
"""


@dataclass(slots=True)
class People:
    """Everybody outside, and all that they did."""

    scene: Scene
    chance: random.Random
    acts: int = 0
    """How many updates the bot is owed."""
    drafts: int = 0
    """How many bulletins An has begun."""
    texts: list[str] = field(default_factory=list)
    """What residents wrote: each in one opinion, once."""
    authors: list[int] = field(default_factory=list)
    """Who wrote each of them."""
    patience: float = 0.0
    """Seconds more than usual that an answer may take."""
    seen: dict[int, int] = field(default_factory=dict)
    """The last message that each resident has acted on."""
    begun: set[asyncio.Future[Json]] = field(default_factory=set)
    may_act: asyncio.Event = field(default_factory=asyncio.Event)
    """Whether anybody begins anything new."""

    async def greet(self) -> None:
        """Whoever is on the staff opens the private chat, or no card could reach them."""
        for user in STAFF:
            await self.say(user, "/trogiup")

    @asynccontextmanager
    async def busy(self) -> AsyncIterator[None]:
        """They come and go for as long as this lasts."""
        self.may_act.set()
        lives = [self._resident(user) for user in RESIDENTS]
        lives += [self._stranger(user) for user in STRANGERS]
        tasks = [asyncio.ensure_future(life) for life in (*lives, self._author())]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            ended = await asyncio.gather(*tasks, return_exceptions=True)
            await asyncio.gather(*self.begun)
        for error in ended:
            if not isinstance(error, asyncio.CancelledError):
                raise AssertionError("somebody could not act") from error

    async def finish(
        self, until_heard: Callable[[], Awaitable[None]], unfiled: Callable[[], Awaitable[set[int]]]
    ) -> None:
        """Every resident brings what was begun to its end, looking at the newest message only.

        Whoever got no answer writes once more, as people do: what is still in a draft goes along.
        """
        left: Collection[int] = RESIDENTS
        for _ in range(MOST_TRIES):
            for user in left:
                await self._write(user)
            for _ in WAYS_ON:
                await until_heard()
                for user in left:
                    if offered := await self._offer(user):
                        await self._press(user, *offered)
            await until_heard()
            left = await unfiled()
            if not left:
                return

    async def say(self, user: int, text: str) -> None:
        await self._act("say", user=user, text=text)

    async def _press(self, user: int, message: Json, label: str) -> None:
        self.seen[user] = message["message_id"]
        pressed = {"message_id": message["message_id"], "button": label}
        await self._act("press", user=user, wait=0, **pressed)

    async def _act(self, path: str, **wish: object) -> None:
        """An act that has begun comes to its end, whatever becomes of the actor."""
        self.acts += 1
        act = asyncio.ensure_future(self.scene.practice.post(path, chat=USERNAME, **wish))
        self.begun.add(act)
        act.add_done_callback(self.begun.discard)
        await asyncio.shield(act)

    async def _resident(self, user: int) -> None:
        while True:
            await self.may_act.wait()
            await self._write(user)
            await self._walk(user)
            await asyncio.sleep(self.chance.uniform(0, 6))

    async def _write(self, user: int) -> None:
        text = f"Đèn đường số {len(self.texts)}k hỏng."
        self.texts.append(text)
        self.authors.append(user)
        await self.say(user, text)

    async def _walk(self, user: int) -> bool:
        """From the text to the filed opinion; False if an answer stays away."""
        for _ in WAYS_ON:
            offered = await self._offered(user)
            if offered is None:
                return False
            message, label = offered
            await self._press(user, message, label)
            if WAYS_ON[0] in label:
                return True
        return False

    async def _offered(self, user: int) -> tuple[Json, str] | None:
        """The same, once it is there; None if it stays away."""
        for _ in range(int((ANSWER_IN + self.patience) / LOOK)):
            if offered := await self._offer(user):
                return offered
            await asyncio.sleep(LOOK)
        return None

    async def _offer(self, user: int) -> tuple[Json, str] | None:
        """The newest message with a way on, and that way."""
        seen = self.seen.get(user, 0)
        found = await self.scene.practice.get("messages", user=user, chat=USERNAME, after=seen)
        for message in reversed(found["messages"]):
            for way in WAYS_ON:
                if offered := button(message, way):
                    return message, offered["text"]
        return None

    async def _author(self) -> None:
        while True:
            await self.may_act.wait()
            self.drafts += 1
            await self.say(AN, "/soan")
            # Her chat takes one message a second, the answers and the receipts together.
            await asyncio.sleep(self.chance.uniform(5, 9))

    async def _stranger(self, user: int) -> None:
        while True:
            await self.may_act.wait()
            await self.say(user, self.chance.choice(("/thoitiet", "/trogiup", "/ngonngu")))
            await asyncio.sleep(self.chance.uniform(2, 5))
