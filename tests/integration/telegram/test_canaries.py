"""Sixty conversations, or as many as CANARIES says, with a canary in every field of an account.

The full proof: CANARIES=3000 .venv/bin/python -m pytest \\
    tests/integration/telegram/test_canaries.py
"""

import logging
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from domain.model.access import OPERATOR
from domain.usecases.export_roster import ExportRoster
from handlers.console.app import make_app
from handlers.console.desk import Desk
from handlers.logs import CHATTY
from storage.backup import back_up
from storage.errors import SealBroken
from storage.figures import figures
from tests.databases import InFiles, only_files
from tests.integration.storage.cast import GIANG
from tests.integration.telegram.canary import Canary, found_in
from tests.integration.telegram.house import House
from tests.integration.telegram.sabotage import failing, sabotaged, until_it_goes
from tests.integration.telegram.town import FAR_NUMBERS, MOST_STEPS, Town
from tests.integration.usecases.office import Office, actor, private
from tests.integration.usecases.story import write_answer

MANY = int(os.environ.get("CANARIES", "60"))
WORDS, ANSWER = "Nhà bên xả nước ra hẻm", "Đã nhắc nhở hộ bên cạnh"
PAGES = ("/", "/quyen-rieng-tu", "/tin", "/metrics", "/healthz")


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
    town, office = Town(house, [Canary(number) for number in range(MANY)]), house.office
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
        "files that staff were sent": b"".join(town.handed),
    }
    for who in town.people:
        answers = [one for one in town.said[str(who.account)] if "Đã xong" in one]
        assert len(answers) == 1, who
        assert f"việc số {who.number:05}" in answers[0]
    assert len(office.sql("SELECT id FROM opinion")) == MANY
    assert office.sql("SELECT count(*) FROM opinion_voice") == [(len(town.speakers),)]
    assert office.sql("SELECT count(*) FROM opinion_point") == [(len(town.placed),)]
    assert len(town.handed) == len(town.speakers)
    assert {place: found_in(content, town.people) for place, content in looked_at.items()} == {
        place: set() for place in looked_at
    }


async def test_what_a_log_says_of_any_failure_names_nobody_and_quotes_nobody(
    house: House, log: pytest.LogCaptureFixture
) -> None:
    """Whatever is written on an opinion's way is refused once by the database, in its own words."""
    town, office = Town(house, [Canary(number) for number in range(3)]), house.office
    with sabotaged():
        for who in town.people:
            for update in (who.says(f"{WORDS} {who.number:05}", 1), who.contact, who.place):
                await failing(town.hear([update]))
        for _ in range(MOST_STEPS):
            await failing(town.press_on())
    await town.write_in()
    office.updates = FAR_NUMBERS
    for (opinion_id,) in office.sql("SELECT id FROM opinion"):
        await answer_against_odds(office, opinion_id)

    codes = [code for (code,) in office.sql("SELECT code FROM opinion")]
    answered = office.sql("SELECT count(DISTINCT opinion_id) FROM answer")
    assert answered == [(len(codes),)]
    assert len([record for record in log.records if record.exc_info]) > 30
    assert found_in(log.text.encode(), town.people) == set()
    assert not [quoted for quoted in (WORDS, ANSWER, "DETAIL", *codes) if quoted in log.text]


async def answer_against_odds(office: Office, opinion_id: str) -> None:
    giang, cause = actor(GIANG), office.cause
    await until_it_goes(partial(office.triage.open_case, giang, opinion_id, cause()))
    await office.send_all()
    take = await office.button(private(GIANG), "opinion:take")
    taken = await until_it_goes(partial(office.triage.take_case, giang, take, cause()))
    await office.send_all()
    letter = await until_it_goes(partial(write_answer, office, taken, ANSWER))
    await until_it_goes(partial(office.answer.send_answer, giang, letter, cause()))
    await office.send_all()


@pytest.mark.parametrize("trace", Canary(3).traces)
def test_a_canary_would_be_found(trace: str) -> None:
    assert found_in(f"…\0{trace}\xff".encode(), [Canary(3)]) != set()


def test_an_account_would_be_found_that_a_file_holds_as_a_number(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "any.db")) as file:
        file.execute("CREATE TABLE found (account INTEGER)")
        file.execute("INSERT INTO found VALUES (?)", (Canary(3).account,))
        file.commit()

    assert found_in(content_of(tmp_path), [Canary(2), Canary(3)]) == {
        f"{Canary(3).account} in binary"
    }


def test_a_recording_as_it_was_sent_would_be_found() -> None:
    who = Canary(3)

    assert found_in(who.recording, [who]) >= {who.person["username"], who.own_digits}


async def test_after_a_swap_of_addresses_nobody_gets_what_is_anothers(house: House) -> None:
    office, town = house.office, Town(house, [Canary(number) for number in range(4)])
    await town.write_in()
    sealed = office.sql("SELECT handle, sealed FROM address ORDER BY handle", which="vault")
    for (handle, _), (_, anothers) in zip(sealed, sealed[1:] + sealed[:1], strict=True):
        swap = "UPDATE address SET sealed = ? WHERE handle = ?"
        office.sql(swap, anothers, handle, which="vault")
    await town.answer_all()

    letters = "SELECT state, reason FROM outbox WHERE origin_id LIKE 'answer:%'"
    assert office.sql(letters) == [("failed", "address unreadable")] * 4
    assert not [one for said in town.said.values() for one in said if "Đã xong" in one]


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
