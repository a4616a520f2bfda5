"""Illegal SQL, tried directly on the database: it says no by itself."""

import asyncio
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from domain.model.audit import AuditEvent
from domain.model.button import STAFF, Button
from domain.model.delivery import EntryState, to_chat, to_person
from domain.model.opinion import OPEN_CASES
from storage.open import open_main
from tests.databases import (
    REFUSED,
    Databases,
    InFiles,
    OnServer,
    furnish,
    only_files,
    only_servers,
)
from tests.integration.storage.cast import (
    ADDITION,
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
from tests.integration.storage.illegal import (
    ILLEGAL,
    ONLY_POSTGRESQL,
    ONLY_SQLITE,
    OTHER_HASH,
    approval,
    revision,
)
from tests.integration.storage.logged import log_in_every_state
from tests.postgres import Cluster

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
"""Of what is no broadcast's: what was cancelled goes back in line only with its broadcast."""
WAY_TO = {
    "queued": [],
    "cancelled": ["cancelled"],
    "sending": ["sending"],
    **{end: ["sending", end] for end in ("sent", "uncertain", "failed", "expired")},
}


async def fill(main: Path | str) -> None:
    """A release under way, a case with an answer, a used button, two entries on record."""
    memory = await open_main(main, FrozenClock())
    async with memory.begin() as work:
        await release(work)
        await work.outbox.add([card_to(to_person(AN.id)), card_to(to_chat(STAFF_GROUP.id), 2)])
        await work.outbox.claim(["bc1.g1"], LATER)
        await work.opinions.add(OPINION)
        await work.opinions.add_answer(ANSWER)
        await work.opinions.add_addition(ADDITION)
        await log_in_every_state(work)
        await work.buttons.add([Button("k1", "x:y", "s", "", 1, STAFF, LATER, NOW)])
        for _ in range(2):
            await work.audit.append(AuditEvent(NOW, AN.id, "bulletin:submit", "b1"))
        await work.commit()
    await memory.close()


async def furnish_full(main: Path | str, vault: Path | str) -> None:
    await furnish(main, vault)
    await fill(main)


@pytest.fixture(scope="module")
def full_file(tmp_path_factory: pytest.TempPathFactory) -> Databases:
    furnished = tmp_path_factory.mktemp("furnished_full")
    asyncio.run(furnish_full(furnished / "main.db", furnished / "vault.db"))
    return InFiles(tmp_path_factory.mktemp("full"), furnished)


@pytest.fixture(scope="module")
def full_server(postgres: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    name = tmp_path_factory.getbasetemp().name.replace("-", "_") + "_full"
    made = OnServer.make(tmp_path_factory.mktemp("full"), postgres, name, furnish_full)
    yield made
    made.close()


@pytest.fixture
def filled(kind: str, request: pytest.FixtureRequest) -> Databases:
    """As if all this had just been written down; it is so once, and copied for each test."""
    full: Databases = request.getfixturevalue("full_file" if kind == "sqlite" else "full_server")
    full.refresh()
    full.sql(revision("r2", "2", hash="hash || '2'"))
    return full


def require_refused(databases: Databases, statements: str, said: str) -> None:
    *before, last = statements.split(";")
    with databases.straight() as way:
        for statement in before:
            way.run(statement)
        with pytest.raises(REFUSED, match=f"(?i){said}"):
            way.run(last)


@pytest.mark.parametrize("tried", ILLEGAL)
async def test_the_database_refuses(filled: Databases, tried: str) -> None:
    require_refused(filled, *ILLEGAL[tried])


@only_files
@pytest.mark.parametrize("tried", ONLY_SQLITE)
async def test_a_file_refuses(filled: Databases, tried: str) -> None:
    require_refused(filled, *ONLY_SQLITE[tried])


@only_servers
@pytest.mark.parametrize("tried", ONLY_POSTGRESQL)
async def test_a_server_refuses(filled: Databases, tried: str) -> None:
    require_refused(filled, *ONLY_POSTGRESQL[tried])


@pytest.mark.parametrize("state", sorted(OPEN_CASES))
async def test_no_open_case_is_closed(filled: Databases, state: str) -> None:
    """So that a list of what is open need not ask: whoever adds a state adds it here as well."""
    values = f"state = '{state}', waits_until = '{LATER:%Y-%m-%d}', closed_at = '{NOW:%Y-%m-%d}'"
    require_refused(filled, f"UPDATE opinion SET {values}", "what is open is not closed update")


TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}


def test_every_trigger_has_an_illegal_statement(databases: Databases) -> None:
    names = {name.removesuffix("_at_once") for (name,) in databases.sql(TRIGGERS[databases.kind])}

    assert {name.replace("_", " ") for name in names} <= {said for _, said in ILLEGAL.values()}


@only_servers
def test_what_may_not_be_deleted_cannot_be_truncated(databases: Databases) -> None:
    names = {name for (name,) in databases.sql(TRIGGERS["postgresql"])}
    deletes = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgtype & 8 > 0"
    at_once = {f"{name}_at_once" for (name,) in databases.sql(deletes)}

    assert at_once <= names
    assert {name.removesuffix("_at_once").replace("_", " ") for name in at_once} == {
        said for statement, said in ONLY_POSTGRESQL.values() if statement.startswith("TRUNCATE")
    }


@only_files
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE seq = 1",
        "UPDATE audit SET actor_id = 'chi'",
        "UPDATE revision SET written = 'khác'",
        approval("r2", OTHER_HASH, "an", "an"),
    ],
)
async def test_some_refusals_hold_even_with_every_safeguard_off(
    filled: Databases, statement: str
) -> None:
    with filled.straight() as way:
        way.run("PRAGMA foreign_keys = OFF")
        way.run("PRAGMA recursive_triggers = OFF")

        with pytest.raises(REFUSED):
            way.run(statement)


def moves(databases: Databases, old: str, new: str, attempt: int) -> bool:
    with databases.straight() as way:
        way.run("BEGIN")
        try:
            for state in WAY_TO[old]:
                way.run("UPDATE outbox SET state = ? WHERE id = 'c1'", state)
            way.run("UPDATE outbox SET state = ?, attempt = ? WHERE id = 'c1'", new, attempt)
        except REFUSED:
            return False
        finally:
            way.run("ROLLBACK")
        return True


async def test_an_entry_makes_the_allowed_moves_and_no_other(filled: Databases) -> None:
    pairs = [(old, new) for old, new in product(EntryState, EntryState) if old is not new]

    made = {(old.value, new.value) for old, new in pairs if moves(filled, old, new, attempt=1)}

    assert made == ALLOWED_MOVES


async def test_only_an_uncertain_entry_is_repeated_as_the_next_attempt(filled: Databases) -> None:
    pairs = product(EntryState, EntryState)

    made = {(old.value, new.value) for old, new in pairs if moves(filled, old, new, attempt=2)}

    assert made == {("uncertain", "queued")}
