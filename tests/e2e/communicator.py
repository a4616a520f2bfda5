"""A communicator with the chat page open, who logs sessions and notes what was said and when."""

import asyncio
import json
import random
import re
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Self

import aiohttp

from domain.clock import LOCAL_ZONE
from tests.e2e.town import PATIENCE, Json, Practice, button, labels, sentence

NO_LIMIT = aiohttp.ClientTimeout(total=None)
LONGEST_EVENT = 2**20
"""Bytes of one event: a message with all its buttons is some thousands."""
TOPICS = ("Phòng chống sốt xuất huyết", "Bảo hiểm y tế", "Vệ sinh đường làng", "Lừa đảo qua mạng")
MINUTES = (30, 45, 60, 90, 120)
MODES = ("Trực tiếp", "Trực tuyến", "Kết hợp")
GATHERINGS = ("Họp dân", "Nhóm nhỏ", "Đến từng hộ")


@dataclass(frozen=True, slots=True)
class Held:
    """A session as it was in life, which its communicator logs (buổi đã diễn ra)."""

    start: datetime
    minutes: int
    place: str
    topic: str
    mode: str
    form: str
    people: int

    @property
    def typed_start(self) -> str:
        return f"{self.start.astimezone(LOCAL_ZONE):%d/%m/%Y %H:%M}"


def month_of(chance: random.Random, now: datetime, count: int) -> list[Held]:
    """One session a day, back from yesterday; all after the first are like it."""
    first = _held(chance, now, 1)
    later = (_held(chance, now, days) for days in range(2, count + 1))
    return [first, *(replace(first, start=one.start, people=one.people) for one in later)]


def _held(chance: random.Random, now: datetime, days_ago: int) -> Held:
    day = now.astimezone(LOCAL_ZONE) - timedelta(days=days_ago)
    return Held(
        start=day.replace(hour=chance.randint(7, 20), minute=0, second=0, microsecond=0),
        minutes=chance.choice(MINUTES),
        place="Nhà văn hóa ấp",
        topic=chance.choice(TOPICS),
        mode=chance.choice(MODES),
        form=chance.choice(GATHERINGS),
        people=chance.randint(20, 60),
    )


@dataclass
class Listener:
    """Somebody who hears at once what the bot says, and does one thing at a time (người dùng)."""

    practice: Practice
    user: int
    bot: str
    pause: float = 0.0
    """About how many seconds pass between what is read and what is done about it."""
    heard: asyncio.Queue[tuple[float, Json]] = field(default_factory=asyncio.Queue)
    waits: list[float] = field(default_factory=list)
    """Seconds from each act to the message that answers it."""
    acts: int = 0
    """Messages and presses so far."""
    skipped: deque[str] = field(default_factory=lambda: deque(maxlen=5))
    acted_at: float = 0.0

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[Self]:
        """With the page open."""
        url, about = f"{self.practice.url}/control/events", {"user": str(self.user)}
        asking = self.practice.session.get(
            url, params=about, timeout=NO_LIMIT, read_bufsize=LONGEST_EVENT
        )
        async with asking as page:
            assert page.status == 200, await page.text()
            await page.content.readline()
            reading = asyncio.create_task(self._read(page))
            try:
                yield self
            finally:
                reading.cancel()
                with suppress(asyncio.CancelledError):
                    await reading

    async def start(self, payload: str) -> None:
        await self._act("start", bot=self.bot, payload=payload)

    async def say(self, text: str) -> None:
        await self._act("say", chat=self.bot, text=text)

    async def press(self, message: Json, label: str) -> None:
        found = button(message, label)
        assert found is not None, f"no button {label!r} in {labels(message)}"
        about = {"message_id": message["message_id"], "button": found["text"]}
        await self._act("press", chat=self.bot, wait=0, **about)

    async def hears(self, words: str) -> Json:
        """The next message of the bot's that fits; it answers what was done last."""
        async with asyncio.timeout(PATIENCE * 3):
            while True:
                at, message = await self._next(words)
                if re.search(words, message.get("text", ""), re.DOTALL):
                    self.waits.append(at - self.acted_at)
                    return message
                self.skipped.append(message.get("text", ""))

    async def _next(self, words: str) -> tuple[float, Json]:
        try:
            return await asyncio.wait_for(self.heard.get(), PATIENCE)
        except TimeoutError:
            told = f"{self.user} waited in vain for {words!r} and heard {list(self.skipped)}"
            raise AssertionError(told) from None

    async def _act(self, deed: str, **wish: object) -> None:
        if self.pause:
            await asyncio.sleep(random.uniform(0.5, 1.5) * self.pause)
        self.acts += 1
        self.acted_at = time.perf_counter()
        await self.practice.post(deed, user=self.user, **wish)

    async def _read(self, page: aiohttp.ClientResponse) -> None:
        kind = b""
        async for line in page.content:
            if line.startswith(b"event: "):
                kind = line[7:].strip()
            elif line.startswith(b"data: ") and kind == b"message":
                message = json.loads(line[6:])["message"]
                if message.get("from", {}).get("is_bot"):
                    self.heard.put_nowait((time.perf_counter(), message))


ASKED = {key: sentence(f"session_ask.{key}") for key in ("start", "minutes", "place", "topic")}
ASKED |= {key: sentence(f"session_ask.{key}") for key in ("field", "mode", "form", "people")}
WHOLE, DONE = sentence("session.summary"), sentence("session.submitted")


@dataclass
class Communicator(Listener):
    """A communicator who logs sessions as they are asked (tuyên truyền viên)."""

    async def log(self, one: Held) -> None:
        """Every question of the form, each answered in one tap or one message."""
        await self._begin()
        await self.say(one.typed_start)
        await self._choose("minutes", f"{one.minutes} phút")
        await self.hears(ASKED["place"])
        await self.say(one.place)
        await self.hears(ASKED["topic"])
        await self.say(one.topic)
        await self._choose("field", "Y tế")
        await self._choose("mode", one.mode)
        await self._choose("form", one.form)
        await self._end(one)

    async def log_like_the_last(self, one: Held) -> None:
        """Only when it was, and how many listened; all else is as it was the last time."""
        first = await self._begin()
        await self.press(first, "Như buổi trước")
        await self.hears(ASKED["start"])
        await self.say(one.typed_start)
        await self._end(one)

    async def _begin(self) -> Json:
        await self.say("/phien")
        return await self.hears(ASKED["start"])

    async def _end(self, one: Held) -> None:
        await self.hears(ASKED["people"])
        await self.say(str(one.people))
        await self.press(await self.hears(WHOLE), "Xong, gửi")
        await self.hears(DONE)

    async def _choose(self, key: str, label: str) -> None:
        await self.press(await self.hears(ASKED[key]), label)
