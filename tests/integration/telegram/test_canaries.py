"""Sixty conversations, or as many as CANARIES says, with a canary in every field of an account.

The full proof: CANARIES=3000 .venv/bin/python -m pytest \\
    tests/integration/telegram/test_canaries.py
"""

import json
import logging
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from domain.model.access import OPERATOR
from domain.model.sending import Done
from domain.usecases.export_roster import ExportRoster
from handlers.console.app import make_app
from handlers.console.desk import Desk
from handlers.logs import CHATTY
from storage.backup import back_up
from storage.errors import SealBroken
from storage.figures import figures
from tests.databases import InFiles, only_files
from tests.integration.storage.cast import GIANG, WARD
from tests.integration.telegram.house import House, Json, presses, says
from tests.integration.usecases.office import Office, actor
from tests.integration.usecases.story import take, write_answer

MANY = int(os.environ.get("CANARIES", "60"))
FIRST = 7_313_000_017
STEP = 7_919
"""Account ids lie far apart: no number that counts comes by chance near one of them."""
PREFERRED = ("intake:file", "intake:unit", "intake:field", "intake:kind", "intake:agree")
"""What is pressed wherever it is offered, the furthest step first."""
PAGES = ("/", "/quyen-rieng-tu", "/tin", "/metrics", "/healthz")
MOST_STEPS = 12
FAR_NUMBERS = 10**8
"""Of what staff do: no number of an update that came in."""
AT_ONCE = 50
"""Sends in one round."""


@dataclass(frozen=True)
class Canary:
    """Somebody whose account can be told from every other in any byte of it (chim báo)."""

    number: int

    @property
    def account(self) -> int:
        return FIRST + self.number * STEP

    @property
    def person(self) -> Json:
        return {
            "id": self.account,
            "is_bot": False,
            "first_name": f"CanaryZq{self.number:05}",
            "last_name": f"HoangYen{self.number:05}",
            "username": f"chimzq{self.number:05}",
            "language_code": "vi",
            "is_premium": True,
        }

    @property
    def phone(self) -> str:
        return f"+84{self.own_digits}"

    @property
    def own_digits(self) -> str:
        return f"977{self.number:05}313"

    def says(self, text: str, message: int, **more: object) -> Json:
        chat = {name: self.person[name] for name in ("id", "first_name", "last_name", "username")}
        said = {"chat": chat | {"type": "private"}, "from": self.person}
        return says(text, self.account, message, **said, **more)

    def presses(self, data: str) -> Json:
        query = presses(data, self.account)
        query["callback_query"]["from"] = self.person
        return query

    @property
    def contact(self) -> Json:
        """Somebody shares their own card, telephone number and all."""
        names = {name: self.person[name] for name in ("first_name", "last_name")}
        card = names | {"phone_number": self.phone, "user_id": self.account}
        update = self.says("", 2, contact=card)
        del update["message"]["text"]
        return update

    @property
    def traces(self) -> tuple[str, ...]:
        person = self.person
        names = (person["first_name"], person["last_name"], person["username"])
        return (*names, str(self.account), self.own_digits)


_SHAPES = re.compile(
    rb"(?=(CanaryZq\d{5}|HoangYen\d{5}|chimzq\d{5}|977\d{5}313|73\d{8}))", re.IGNORECASE
)
"""What a trace looks like, wherever it begins."""


@dataclass
class Town:
    """Everybody who writes in, and what the channel was given for them."""

    house: House
    people: list[Canary] = field(default_factory=lambda: [Canary(n) for n in range(MANY)])
    shown: dict[str, list[str]] = field(default_factory=dict)
    """By chat: the buttons of what came last, and all that was ever said there."""
    said: dict[str, list[str]] = field(default_factory=dict)

    @property
    def office(self) -> Office:
        return self.house.office

    def look(self) -> None:
        """Take note of what was sent since, and put the list aside."""
        for call in self.office.gateway.calls:
            faces = [face.press for row in call.payload.buttons for face in row if face.press]
            self.said.setdefault(call.chat, []).append(call.payload.markup)
            if faces:
                self.shown[call.chat] = faces
        self.office.gateway.calls.clear()

    async def hear(self, updates: Iterable[Json]) -> None:
        """The real way in: raw bytes, read as the webhook reads them, into the inbox and on."""
        received = []
        for update in updates:
            numbered = {"update_id": next(self.house.numbers)} | update
            read = self.house.rooms.updates.read(json.dumps(numbered).encode())
            received += [read] if read else []
        await self.house.inlet.keep(received)
        await self.house.handle_all()
        self.look()

    async def press_on(self) -> bool:
        """Everybody presses what brings their opinion further; whether anybody could."""
        stored = self.office.sql("SELECT id, action, choice FROM button WHERE used_at IS NULL")
        known = {button: (action, choice) for button, action, choice in stored}
        wishes = [(who, self._wish(who, known)) for who in self.people]
        pressed = [who.presses(wish) for who, wish in wishes if wish]
        await self.hear(pressed)
        return bool(pressed)

    def _wish(self, who: Canary, known: dict[str, tuple[str, str]]) -> str | None:
        there = [(one, *known[one]) for one in self.shown.get(str(who.account), ()) if one in known]
        ranked = sorted(
            (PREFERRED.index(action), choice != WARD.id, button)
            for button, action, choice in there
            if action in PREFERRED
        )
        return ranked[0][2] if ranked else None

    async def write_in(self) -> None:
        await self.hear(who.says(f"Việc số {who.number:05}: đèn hỏng.", 1) for who in self.people)
        await self.hear(who.contact for who in self.people)
        for _ in range(MOST_STEPS):
            if not await self.press_on():
                break
        await self.send_all()
        self.look()

    async def send_all(self) -> None:
        """The sender's loop, however much is in line."""
        deliver, done, taken = self.office.deliver, list[Done](), 1
        while taken:
            claims = await deliver.go_round(done, AT_ONCE)
            done, taken = [await deliver.send(one) for one in claims.claimed], claims.taken

    async def answer_all(self) -> None:
        """Giang reads and answers each; her answer names what it is about."""
        self.office.updates = FAR_NUMBERS
        for (opinion_id,) in self.office.sql("SELECT id FROM opinion ORDER BY id"):
            async with self.office.file.begin() as work:
                opinion = await work.opinions.get(opinion_id)
            taken = await take(self.office, opinion)
            about = opinion.text.partition(":")[0]
            button = await write_answer(self.office, taken, f"Đã xong {about.lower()}.")
            await self.office.answer.send_answer(actor(GIANG), button, self.office.cause())
            await self.office.send_all()
            self.look()


def found_in(content: bytes, people: list[Canary]) -> set[str]:
    """Every trace of anybody in these bytes."""
    traces = {trace.lower().encode() for who in people for trace in who.traces}
    shapes = (shape.lower() for shape in _SHAPES.findall(content))
    return {shape.decode() for shape in shapes if shape in traces}


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Everything that a process writes at its most talkative."""
    before = {name: logging.getLogger(name).level for name in CHATTY}
    caplog.set_level(logging.DEBUG)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    yield caplog
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


async def pages(office: Office) -> bytes:
    """Every public page, and what is measured."""
    memory = office.file
    words = office.letterhead.words
    desk = Desk(memory, partial(figures, memory.engine), lambda: None, words, office.clock)
    async with TestClient(TestServer(make_app(desk))) as client:
        return b"".join([await (await client.get(path)).read() for path in PAGES])


async def backed_up(office: Office, folder: Path) -> bytes:
    """What a backup's files hold; a server's is a dump of the same rows."""
    if not isinstance(office.databases, InFiles):
        return b""
    files = {which: office.databases.folder / f"{which}.db" for which in ("main", "vault")}
    make(folder)
    await back_up(files, folder)
    return content_of(folder)


def make(folder: Path) -> None:
    folder.mkdir()


def content_of(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


async def exported(office: Office) -> bytes:
    return repr(await ExportRoster(office.memory, office.clock).export_roster(OPERATOR)).encode()


async def test_no_canary_is_found_anywhere_and_everybody_is_answered(
    house: House, log: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    town, office = Town(house), house.office
    await town.write_in()
    await town.answer_all()
    await office.reseal.reseal_all()

    residents = {str(who.account) for who in town.people}
    others = [one for chat, said in town.said.items() if chat not in residents for one in said]
    looked_at: dict[str, bytes] = {
        "main": office.databases.everything("main"),
        "vault": office.databases.everything("vault"),
        "journal of erasures": repr(await office.vault.erased()).encode(),
        "log": log.text.encode(),
        "pages": await pages(office),
        "backup": await backed_up(office, tmp_path / "backup"),
        "export": await exported(office),
        "what staff were sent": "\n".join(others).encode(),
    }
    for who in town.people:
        answers = [one for one in town.said[str(who.account)] if "Đã xong" in one]
        assert len(answers) == 1, who
        assert f"việc số {who.number:05}" in answers[0]
    assert len(office.sql("SELECT id FROM opinion")) == MANY
    assert {place: found_in(content, town.people) for place, content in looked_at.items()} == {
        place: set() for place in looked_at
    }


@pytest.mark.parametrize("trace", Canary(3).traces)
def test_a_canary_would_be_found(trace: str) -> None:
    assert found_in(f"…\0{trace}\xff".encode(), [Canary(3)]) != set()


@only_files
@pytest.mark.parametrize("journal", ["kept", "lost"])
async def test_after_erasure_and_the_keys_end_an_old_backup_delivers_to_nobody(
    house: House, tmp_path: Path, journal: str
) -> None:
    """Everybody erases what they wrote, the month's key goes; then last month's files return."""
    office = house.office
    town = Town(house, [Canary(number) for number in range(12)])
    await town.write_in()
    backup = tmp_path / "backup"
    await backed_up(office, backup)
    for (code,) in office.sql("SELECT code FROM opinion"):
        await office.follow.erase_case(code, office.cause())
    office.wait(days=12)
    await office.reseal.reseal_all()
    office.wait(days=1)
    assert (await office.reseal.reseal_all()).destroyed == ("2026-11",)
    await go_back_to(office, backup, journal)

    handles = office.sql("SELECT handle FROM address", which="vault")
    opened = [await outcome(office, handle) for (handle,) in handles]
    assert opened == [SealBroken] * 12
    await office.restore.go_on_from(office.clock.now())
    assert office.sql("SELECT count(*) FROM address", which="vault") == [(0,)]
    if journal == "lost":  # else the cases are erased once more, and nothing is left to answer
        await town.answer_all()
    assert not {str(who.account) for who in town.people} & {c.chat for c in office.gateway.calls}


async def outcome(office: Office, handle: str) -> type[Exception] | None:
    try:
        await office.vault.address(handle)
    except Exception as error:
        return type(error)
    return None


async def go_back_to(office: Office, backup: Path, journal: str) -> None:
    """The files of a backup in their place, and a new start; the journal may be lost as well."""
    await office.close()
    put_in_place(backup, office.databases.folder, with_journal=journal == "kept")
    office.gateway.calls.clear()
    await office.restart()


def put_in_place(backup: Path, folder: Path, with_journal: bool) -> None:
    for file in (*folder.glob("main.db*"), *folder.glob("vault.db*")):
        file.unlink()
    for file in backup.iterdir():
        shutil.copy(file, folder)
    if not with_journal:
        shutil.rmtree(folder / "erasures")
