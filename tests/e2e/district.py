"""A city with its 103 communes, and communicators who came in from a roster by their invites."""

import asyncio
import csv
import html
import random
import re
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import aiohttp

from content.units.gazetteer import province_units
from domain.clock import LOCAL_ZONE
from tests.e2e.communicator import Communicator, Held, Listener, month_of
from tests.e2e.town import PATIENCE, Practice, Process, free_port, sentence, until

TOKEN, BOT, CITY = "4242:practice", "haichieu_cantho_bot", "92"
UNPACED = ("-m", "tests.e2e.unpaced")
FIRST_USER, SUPERVISOR = 20_000, 8
HAMLETS = 3
"""In each commune, as the roster names them."""
A_LINE_EACH = 100
SIDE_BY_SIDE = 32
"""People who join, or log, at one time."""
HEADINGS = ("Họ và tên", "Mã đơn vị", "Tên đơn vị", "Loại đơn vị", "Mã cấp trên", "Vai trò")
SLIP = re.compile(r"<h1>(?P<name>[^<]+)</h1>.*?start=inv_(?P<token>[\w-]+)", re.DOTALL)
LINK = re.compile(r"start=(inv_[\w-]+)")
STORED = """
SELECT unit.code, count(*), sum(people), sum(minutes) FROM outreach_session
JOIN unit ON unit.id = outreach_session.unit_id WHERE state = ? GROUP BY unit.code
"""


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of the roster."""

    name: str
    user: int
    commune: str
    hamlet: int

    @property
    def unit_code(self) -> str:
        return f"{self.commune}.ap{self.hamlet}"

    @property
    def row(self) -> tuple[str, ...]:
        place = (f"Ấp {self.hamlet}", "Ấp", self.commune)
        return (self.name, self.unit_code, *place, "Tuyên truyền viên")


def roster(count: int) -> list[Listed]:
    """So many communicators, spread over all communes and their hamlets."""
    communes = [place.code for place in province_units(CITY) if place.parent_code]
    return [
        Listed(
            name=f"Dung {number + 1}",
            user=FIRST_USER + number,
            commune=communes[number % len(communes)],
            hamlet=number // len(communes) % HAMLETS + 1,
        )
        for number in range(count)
    ]


@dataclass(frozen=True)
class Tally:
    """What was held, by unit: counted by those who held it, from nothing that we store."""

    sessions: Counter[str] = field(default_factory=Counter)
    people: Counter[str] = field(default_factory=Counter)
    minutes: Counter[str] = field(default_factory=Counter)

    def add(self, unit_code: str, one: Held) -> None:
        self.sessions[unit_code] += 1
        self.people[unit_code] += one.people
        self.minutes[unit_code] += one.minutes


def _to_nobody(_: str) -> None:
    """A short run is followed by nobody."""


@dataclass
class District:
    """The practice Telegram, `post` and a roster, on a directory of their own (địa bàn)."""

    folder: Path
    session: aiohttp.ClientSession
    listed: Sequence[Listed]
    door: Sequence[str] = UNPACED
    """How `post` is started: without the limits of pace on both sides, or as it is run."""
    held: Tally = field(default_factory=Tally)
    """What was logged so far, as those who logged it count it."""
    months: dict[date, Tally] = field(default_factory=dict)
    """The same by the first day of the local month in which it was held."""
    tell: Callable[[str], None] = _to_nobody
    """Hears how far it is, for whoever waits for a long run."""
    runs: list[Process] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.bind = f"127.0.0.1:{free_port()}"
        self.practice = Practice(f"http://{self.bind}", self.session)
        self.data = self.folder / "data"
        self.settings = {
            "DATA_DIR": str(self.data),
            "BOT_TOKEN": TOKEN,
            "BOT_API_URL": self.practice.url,
            "SANDBOX_BIND": self.bind,
        }

    async def open(self) -> None:
        """Found the city, take the roster over, and let everybody on it in."""
        await self._open_sandbox()
        founded = await self.command("init", "--unit-code", CITY, "--supervisor", "Hạnh")
        path = self.folder / "roster.csv"
        with path.open("w", newline="") as file:
            csv.writer(file).writerows([HEADINGS, *(one.row for one in self.listed)])
        await self.command("import", "roster", str(path))
        sheet = self.folder / "slips.html"
        await self.command("export", "invites", "--unit", CITY, str(sheet))
        tokens = {html.unescape(m["name"]): m["token"] for m in SLIP.finditer(sheet.read_text())}
        self.runs.append(Process(["run", "post"], self.settings, self._log("post"), self.door))
        await self._let_in(_found(LINK, founded), tokens)

    async def command(self, *arguments: str) -> str:
        """One operator's command to its end; returns what it said."""
        log = self._log(arguments[0])
        patience = PATIENCE * 3 + len(self.listed) / 10
        ended = await Process(arguments, self.settings, log).ended(patience)
        assert ended == 0, log.read_text()
        return log.read_text()

    def communicator(self, one: Listed, pause: float = 0.0) -> Communicator:
        return Communicator(self.practice, one.user, BOT, pause)

    def supervisor(self) -> Listener:
        return Listener(self.practice, SUPERVISOR, BOT)

    async def log(
        self, people: Sequence[Listed], each: int, pause: float = 0.0, at_once: int = SIDE_BY_SIDE
    ) -> list[float]:
        """Each logs so many sessions, the first in full; returns every wait for an answer, in s."""
        room, now, waits = asyncio.Semaphore(at_once), datetime.now(UTC), list[float]()

        async def logged(one: Listed) -> None:
            async with room, self.communicator(one, pause).listening() as person:
                first, *later = month_of(random.Random(one.user), now, each)
                await person.log(first)
                self.count(one, first)
                for session in later:
                    await person.log_like_the_last(session)
                    self.count(one, session)
                waits.extend(person.waits)

        await _all(logged, people)
        return waits

    def count(self, one: Listed, session: Held) -> None:
        """Somebody counts a session of theirs."""
        month = session.start.astimezone(LOCAL_ZONE).date().replace(day=1)
        for tally in (self.held, self.months.setdefault(month, Tally())):
            tally.add(one.unit_code, session)
        self._tell("sessions logged", self.held.sessions.total())

    async def confirm(self) -> float:
        """The supervisor confirms everything that waits, list after list; nothing looks odd.

        Returns the longest wait for a list or for the word that all of it is confirmed, in s.
        """
        listed, nothing = sentence("confirm.list"), sentence("confirm.nothing")
        async with self.supervisor().listening() as supervisor:
            while True:
                await supervisor.say("/phien")
                page = await supervisor.hears(f"{listed}|{nothing}")
                if re.search(nothing, page["text"]):
                    return max(supervisor.waits)
                await supervisor.press(page, "Xác nhận mọi buổi")
                self.tell(f"confirming; the longest wait so far: {max(supervisor.waits):.1f} s")

    def stored(self, state: str) -> Tally:
        """What the database holds of the sessions in this state."""
        stored = Tally()
        with closing(sqlite3.connect(self.data / "main.db")) as file:
            for unit_code, sessions, people, minutes in file.execute(STORED, (state,)):
                stored.sessions[unit_code] = sessions
                stored.people[unit_code] = people
                stored.minutes[unit_code] = minutes
        return stored

    async def stop(self) -> None:
        for run in reversed(self.runs):
            await run.stop()

    async def _open_sandbox(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        run = Process(["sandbox"], self.settings, self._log("sandbox"))
        self.runs.append(run)

        async def answers() -> bool:
            assert run.popen.poll() is None, self._log("sandbox").read_text()
            try:
                return bool(await self.practice.get("health"))
            except aiohttp.ClientError:
                return False

        await until(answers, "the practice Telegram")
        if self.door is UNPACED:
            await self.practice.post("tuning", windows=0)
        await self.practice.post("bots", token=TOKEN, username=BOT)
        await self.practice.post("users", id=SUPERVISOR, first_name="Hạnh")
        for one in self.listed:
            await self.practice.post("users", id=one.user, first_name=one.name)
        self.tell(f"{len(self.listed)} people have the practice Telegram")

    async def _let_in(self, first: str, tokens: dict[str, str]) -> None:
        """The supervisor comes in by the first invite, then confirms whoever comes by theirs."""
        room, supervisor = asyncio.Semaphore(SIDE_BY_SIDE), self.supervisor()

        async def join(one: Listed) -> None:
            async with room, self.communicator(one).listening() as person:
                await person.start(f"inv_{tokens[one.name]}")
                await person.hears(sentence("access.waits"))
                await person.hears(sentence("access.welcome"))

        async with supervisor.listening():
            await supervisor.start(first)
            await supervisor.hears(sentence("access.active"))
            confirming = asyncio.create_task(self._confirm(supervisor))
            await _all(join, self.listed)
            await confirming

    async def _confirm(self, supervisor: Listener) -> None:
        for number, _ in enumerate(self.listed, 1):
            card = await supervisor.hears(sentence("access.invite_used"))
            await supervisor.press(card, "Đúng người")
            self._tell("people let in", number)

    def _tell(self, what: str, done: int) -> None:
        if done % A_LINE_EACH == 0:
            self.tell(f"{what}: {done}")

    def _log(self, name: str) -> Path:
        return self.folder / f"{name}.log"


@asynccontextmanager
async def opened(
    folder: Path,
    count: int,
    door: Sequence[str] = UNPACED,
    tell: Callable[[str], None] = _to_nobody,
) -> AsyncIterator[District]:
    """A district with so many communicators, all of them in; it ends with this block."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        district = District(folder, session, roster(count), door, tell=tell)
        try:
            await district.open()
            yield district
        finally:
            await district.stop()


async def _all(
    deed: Callable[[Listed], Coroutine[None, None, None]], people: Sequence[Listed]
) -> None:
    """Everybody does it; the first failure ends it for all."""
    async with asyncio.TaskGroup() as group:
        for one in people:
            group.create_task(deed(one))


def _found(pattern: re.Pattern[str], said: str) -> str:
    found = pattern.search(said)
    assert found is not None, said
    return found[1]
