"""A whole town for one test: the real processes, and people who only use the chat page's means."""

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from handlers.cli.demo import BOT_USERNAME, CAST, RESIDENTS, STAFF_GROUP
from handlers.periods import office_words
from tests.cradle import Started, start
from tests.migrated import lay_files

ROOT = Path(__file__).parents[2]
FRONT_DOOR = (str(ROOT / "bot.py"),)
PATIENCE = 90.0
"""Seconds within which whatever is awaited must have happened, however busy the machine is."""
Json = dict[str, Any]
WORDS = office_words()


class Process:
    """One of our roles, as the operator would start it."""

    def __init__(
        self,
        arguments: Sequence[str],
        settings: dict[str, str],
        log: Path,
        door: Sequence[str] | None = None,
    ) -> None:
        """Behind a door named here it has a Python of its own; else it is born in the cradle."""
        plain = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
        self.log = log
        with log.open("ab") as sink:
            self.popen = self._started(door, arguments, plain | settings, sink.fileno())

    def _started(
        self, door: Sequence[str] | None, arguments: Sequence[str], settings: Json, sink: int
    ) -> Started:
        if door is None:
            return start(arguments, settings, sink, sink)
        command = [sys.executable, *door, *arguments]
        return subprocess.Popen(command, env=settings, cwd=ROOT, stdout=sink, stderr=sink)

    async def ended(self, patience: float = PATIENCE) -> int:
        """Its exit code, once it has ended."""
        await until(lambda: self.popen.poll() is not None, "the end of a process", patience)
        return int(self.popen.wait())

    async def stop(self) -> None:
        if self.popen.poll() is None:
            self.popen.send_signal(signal.SIGTERM)
            try:
                await self.ended(10)
            except AssertionError:
                self.kill()

    def kill(self) -> None:
        self.popen.kill()
        self.popen.wait()


async def until(happened: Callable[[], Any], what: str, patience: float = PATIENCE) -> Any:
    """Wait for something to be true, and return it; fail with its name when patience is over."""
    deadline = time.monotonic() + patience
    while True:
        found = happened()
        if asyncio.iscoroutine(found):
            found = await found
        if found:
            return found
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        await asyncio.sleep(0.1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Practice:
    """The practice Telegram's control API."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self.url, self.session = url, session

    async def get(self, path: str, **query: object) -> Json:
        asked = {key: str(value) for key, value in query.items()}
        async with self.session.get(f"{self.url}/control/{path}", params=asked) as answer:
            return await self._read(answer)

    async def post(self, path: str, **wish: object) -> Json:
        async with self.session.post(f"{self.url}/control/{path}", json=wish) as answer:
            return await self._read(answer)

    async def upload(self, content: bytes, **fields: object) -> Json:
        form = aiohttp.FormData({key: str(value) for key, value in fields.items()})
        form.add_field("file", BytesIO(content), filename="tệp")
        async with self.session.post(f"{self.url}/control/upload", data=form) as answer:
            return await self._read(answer)

    async def file(self, file_id: str) -> bytes:
        """What a file holds, as it reached whoever sees it."""
        asked = self.session.get(f"{self.url}/control/file", params={"id": file_id})
        async with asked as answer:
            assert answer.status == 200
            return await answer.read()

    async def _read(self, answer: aiohttp.ClientResponse) -> Json:
        found: Json = await answer.json()
        assert answer.status == 200, found
        return found


class Person:
    """Somebody with the chat page open."""

    def __init__(self, practice: Practice, user: int, bot: str) -> None:
        self.practice, self.user, self.bot = practice, user, bot

    async def say(self, text: str, chat: int | str | None = None) -> None:
        await self.practice.post("say", user=self.user, chat=chat or self.bot, text=text)

    async def send(self, kind: str, content: bytes, **more: object) -> None:
        """A photo, a voice note, a file, as the page sends it."""
        about = {"user": self.user, "chat": self.bot, "kind": kind}
        await self.practice.upload(content, **about, **more)

    async def point(self, latitude: float, longitude: float, **more: object) -> Json:
        """A place, as the page's pin sends it; the message."""
        where = {"latitude": latitude, "longitude": longitude}
        sent = await self.practice.post("point", user=self.user, chat=self.bot, **where, **more)
        message: Json = sent["message"]
        return message

    async def start(self, payload: str = "") -> None:
        await self.practice.post("start", user=self.user, bot=self.bot, payload=payload)

    async def messages(self, chat: int | str | None = None) -> list[Json]:
        found = await self.practice.get("messages", user=self.user, chat=chat or self.bot)
        listed: list[Json] = found["messages"]
        return listed

    async def sees(self, pattern: str, chat: int | str | None = None, after: int = 0) -> Json:
        """The newest message that fits, once there is one."""

        async def newest() -> Json | None:
            fitting = [
                message
                for message in await self.messages(chat)
                if message["message_id"] > after
                and re.search(pattern, message.get("text", ""), re.DOTALL)
            ]
            return fitting[-1] if fitting else None

        found: Json = await until(newest, f"{pattern!r} seen by {self.user}")
        return found

    async def offered(self, label: str, words: str = "", after: int = 0) -> Json:
        """The newest message with such a button under such words, once there is one."""

        async def newest() -> Json | None:
            fitting = [
                message
                for message in await self.messages()
                if message["message_id"] > after
                and button(message, label)
                and re.search(words, message.get("text", ""), re.DOTALL)
            ]
            return fitting[-1] if fitting else None

        found: Json = await until(newest, f"a button {label!r} offered to {self.user}")
        return found

    async def press(self, label: str, words: str = "", after: int = 0) -> Json:
        """Press the newest button whose label holds this, under a message that holds these."""
        return await self.press_on(await self.offered(label, words, after), label)

    async def press_on(self, message: Json, label: str) -> Json:
        found = button(message, label)
        assert found is not None, f"no button {label!r} in {labels(message)}"
        return await self.practice.post(
            "press",
            user=self.user,
            chat=self.bot,
            message_id=message["message_id"],
            button=found["text"],
            wait=5,
        )

    async def hears(
        self, typed: str, key: str, chat: int | None = None, language: str = "vi"
    ) -> None:
        """Say something, and be answered with this sentence of the catalogue."""
        last = await self.last(chat)
        await self.say(typed, chat)
        await self.sees(sentence(key, language), chat, after=last)

    async def last(self, chat: int | None = None) -> int:
        """The number of the newest message in a chat."""
        return max((message["message_id"] for message in await self.messages(chat)), default=0)

    async def press_data(self, message: Json, data: str, chat: int | None = None) -> Json:
        """Press with data of one's own choosing, as a modified app can."""
        return await self.practice.post(
            "press",
            user=self.user,
            chat=chat or self.bot,
            message_id=message["message_id"],
            button=data,
            forged=True,
            wait=PATIENCE,
        )

    async def follow(self, message: Json, label: str) -> None:
        """Follow a link button into the private chat."""
        found = button(message, label)
        assert found is not None, f"no button {label!r} in {labels(message)}"
        await self.start(urlsplit(found["url"]).query.removeprefix("start="))


def sentence(key: str, language: str = "vi") -> str:
    """A pattern for a sentence of the catalogue, whatever its places are filled with."""
    shown = re.sub(r"<[^>]+>", "", WORDS.sentence(key, language))
    return ".*".join(re.escape(part) for part in re.split(r"\{\w+\}", shown))


def labels(message: Json) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [each["text"] for row in rows for each in row]


def button(message: Json, label: str) -> Json | None:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    fitting = [each for row in rows for each in row if label in each["text"]]
    fitting.sort(key=lambda each: each["text"] != label)  # "Trang 1" before "Trang 10"
    return fitting[0] if fitting else None


class Town:
    """One `bot.py run` on a directory of its own: sandbox, `post` and `desk` as its children."""

    bot = BOT_USERNAME

    def __init__(
        self, folder: Path, session: aiohttp.ClientSession, migrated: Path | None = None
    ) -> None:
        self.folder, self.session = folder, session
        self.migrated = migrated
        """Where both databases lie that it begins with, if it keeps them in files; or nowhere:
        then the first start itself is walked, and each process has a Python of its own."""
        self.sandbox, self.console = (f"127.0.0.1:{free_port()}" for _ in "ab")
        self.practice = Practice(f"http://{self.sandbox}", session)
        self.people = {one.name: one.user_id for one in CAST}
        self.groups = [group.chat_id for group in RESIDENTS]
        self.staff = STAFF_GROUP.chat_id
        self.titles: dict[int, str] = {}
        self.runs: list[Process] = []

    async def open(self, **settings: str) -> Process:
        """Start it and wait until both its pages answer and its groups are there."""
        if self.migrated and not self.runs and "DATABASE_URL" not in settings:
            lay_files(self.migrated, self.folder / "data")
        ours = {
            "DATA_DIR": str(self.folder / "data"),
            "SANDBOX_BIND": self.sandbox,
            "CONSOLE_BIND": self.console,
            "LOG_FORMAT": "json",
        }
        door = None if self.migrated else FRONT_DOOR
        run = Process(["run"], ours | settings, self.log, door)
        self.runs.append(run)

        async def ready() -> bool:
            assert run.popen.poll() is None, self.log.read_text()
            return await self._answers()

        await until(ready, "the console and the chat page")
        found = await self.practice.get("chats", user=self.people["Hạnh"])
        groups = (chat for chat in found["chats"] if chat["chat"] != self.bot)
        self.titles = {int(chat["chat"]): chat["title"] for chat in groups}
        return run

    async def fall_silent(self) -> None:
        """Wait until the demo's own bulletin has gone out: from here on nothing comes of itself."""
        await self.person("An").sees("6/6 nhóm.*triều cường")

    @property
    def log(self) -> Path:
        return self.folder / "run.log"

    def person(self, name: str) -> Person:
        return Person(self.practice, self.people[name], self.bot)

    async def copies(self, group: int, text: str) -> int:
        """How many messages in a group hold these words."""
        found = await self.person("Hạnh").messages(group)
        return sum(text in message.get("text", "") for message in found)

    async def desk(self, path: str) -> tuple[int, str]:
        async with self.session.get(f"http://{self.console}{path}") as answer:
            return answer.status, await answer.text()

    async def stop(self) -> None:
        for run in self.runs:
            await run.stop()

    async def _answers(self) -> bool:
        try:
            await self.practice.get("health")
            return (await self.desk("/readyz"))[0] == 200
        except aiohttp.ClientError:
            return False
