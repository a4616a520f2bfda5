"""Illegal SQL, tried directly on the file: the database itself says no."""

import asyncio
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import product
from pathlib import Path

import pytest

from domain.model.audit import AuditEvent
from domain.model.button import STAFF, Button
from domain.model.delivery import EntryState, to_chat, to_person
from storage.open import open_main
from tests.integration.storage.cast import (
    AN,
    ANSWER,
    LATER,
    NOW,
    OPINION,
    STAFF_GROUP,
    FrozenClock,
    card_to,
    release,
)
from tests.integration.storage.illegal import ILLEGAL, OTHER_HASH, approval, revision

ALLOWED_MOVES = {
    ("queued", "sending"),
    ("queued", "cancelled"),
    ("queued", "expired"),
    ("sending", "queued"),
    ("sending", "sent"),
    ("sending", "uncertain"),
    ("sending", "failed"),
    ("sending", "cancelled"),
    ("sending", "expired"),
    ("uncertain", "sent"),
}
WAY_TO = {
    "queued": [],
    "cancelled": ["cancelled"],
    "sending": ["sending"],
    **{end: ["sending", end] for end in ("sent", "uncertain", "failed", "expired")},
}


async def fill(path: Path) -> None:
    """A release under way, a case with an answer, a used button, two entries on record."""
    memory = await open_main(path, FrozenClock())
    async with memory.begin() as work:
        await release(work)
        await work.outbox.add([card_to(to_person(AN.id)), card_to(to_chat(STAFF_GROUP.id), 2)])
        await work.outbox.claim(["bc1.g1"], LATER)
        await work.opinions.add(OPINION)
        await work.opinions.add_answer(ANSWER)
        await work.buttons.add([Button("k1", "x:y", "s", "", 1, STAFF, LATER, NOW)])
        for _ in range(2):
            await work.audit.append(AuditEvent(NOW, AN.id, "bulletin:submit", "b1"))
        await work.commit()
    await memory.close()


@pytest.fixture(scope="session")
def filled(templates: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filled") / "main.db"
    shutil.copy(templates / "main.db", path)
    asyncio.run(fill(path))
    with closing(sqlite3.connect(path)) as file, file:
        file.execute(revision("r2", "2", hash="hash || '2'"))
    return path


@pytest.fixture
def file(filled: Path, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """The file as any program sees it that keeps SQLite's own safeguards on."""
    path = shutil.copy(filled, tmp_path / "main.db")
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.execute("PRAGMA foreign_keys = ON")
        file.execute("PRAGMA recursive_triggers = ON")
        yield file


@pytest.mark.parametrize("tried", ILLEGAL)
def test_the_database_refuses(file: sqlite3.Connection, tried: str) -> None:
    statements, said = ILLEGAL[tried]

    *before, last = statements.split(";")
    for statement in before:
        file.execute(statement)

    with pytest.raises(sqlite3.IntegrityError, match=said):
        file.execute(last)


def test_every_trigger_has_an_illegal_statement(file: sqlite3.Connection) -> None:
    names = file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()

    assert {name.replace("_", " ") for (name,) in names} <= {said for _, said in ILLEGAL.values()}


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE seq = 1",
        "UPDATE audit SET actor_id = 'chi'",
        "UPDATE revision SET written = 'khác'",
        approval("r2", OTHER_HASH, "an", "an"),
    ],
)
def test_some_refusals_hold_even_with_every_safeguard_off(
    file: sqlite3.Connection, statement: str
) -> None:
    file.execute("PRAGMA foreign_keys = OFF")
    file.execute("PRAGMA recursive_triggers = OFF")

    with pytest.raises(sqlite3.IntegrityError):
        file.execute(statement)


def moves(file: sqlite3.Connection, old: str, new: str, attempt: int) -> bool:
    file.execute("BEGIN")
    try:
        for state in WAY_TO[old]:
            file.execute("UPDATE outbox SET state = ? WHERE id = 'c1'", [state])
        file.execute(
            "UPDATE outbox SET state = ?, attempt = ? WHERE id = 'c1'",
            [new, attempt],
        )
    except sqlite3.IntegrityError:
        return False
    finally:
        file.execute("ROLLBACK")
    return True


def test_an_entry_makes_the_allowed_moves_and_no_other(file: sqlite3.Connection) -> None:
    pairs = [(old, new) for old, new in product(EntryState, EntryState) if old is not new]

    made = {(old.value, new.value) for old, new in pairs if moves(file, old, new, attempt=1)}

    assert made == ALLOWED_MOVES


def test_only_an_uncertain_entry_is_repeated_as_the_next_attempt(file: sqlite3.Connection) -> None:
    pairs = product(EntryState, EntryState)

    made = {(old.value, new.value) for old, new in pairs if moves(file, old, new, attempt=2)}

    assert made == {("uncertain", "queued")}
