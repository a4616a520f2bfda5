"""Cases of an older database are counted and found after its migrations, however old it is."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.clock import SystemClock
from domain.model.opinion_words import Sought
from domain.model.queue import QueueView
from domain.ports.queue import Reader
from storage.engine import make_engine
from storage.migrate import _upgrade, migrate
from storage.opinion_figures import Key, change, count_all, kept
from storage.revisions import Which
from storage.unit_of_work import SqlMemory

PLACES = """
INSERT INTO unit (id, code, name, kind, parent_id, issuing_body)
 VALUES ('ct', 'ct', 'C', 'tinh', NULL, 'U'), ('nk', 'nk', 'N', 'phuong', 'ct', 'U');
INSERT INTO unit_closure (ancestor_id, descendant_id, depth)
 VALUES ('ct', 'ct', 0), ('nk', 'nk', 0), ('ct', 'nk', 1);
"""
CASES = """
INSERT INTO opinion (id, code, number, unit_id, source, text, language, filed_at, due_at, version,
 state{columns})
 VALUES ('a', 'a', 'a', 'nk', 'private', 'đèn đường', 'vi', {before}, {before}, 1, 'new'{a}),
 ('b', 'b', 'b', 'nk', 'private', 'đèn', 'vi', {after}, {after}, 1, 'received'{b}),
 ('c', 'c', 'c', 'ct', 'private', 'cầu', 'vi', {after}, {after}, 1, 'new'{c})
"""
BEFORE, AFTER = "2026-11-30 16:59:59.999999", "2026-11-30 17:00:00.000000"
"""Midnight at the end of a month, where the office is."""
LATER = ", field, urgent, is_public, replied_to, seq"
FAR = 70_000
"""Beyond the first block of cases on files and servers alike."""
OLD = {
    "main_0004": {"columns": "", "a": "", "b": "", "c": ""},
    "main_0046": {
        "columns": LATER,
        "a": ", 'khac', FALSE, FALSE, '', 1",
        "b": ", NULL, FALSE, FALSE, '', 40000",
        "c": f", 'khac', FALSE, FALSE, '', {FAR}",
    },
}
COUNTED: dict[str, Counter[Key]] = {
    "main_0004": Counter(
        {
            ("nk", "2026-11", ""): 1,
            ("nk", "2026-12", ""): 1,
            ("ct", "2026-11", ""): 1,
            ("ct", "2026-12", ""): 2,
        }
    ),
    "main_0046": Counter(
        {
            ("nk", "2026-11", "khac"): 1,
            ("nk", "2026-12", ""): 1,
            ("ct", "2026-11", "khac"): 1,
            ("ct", "2026-12", ""): 1,
            ("ct", "2026-12", "khac"): 1,
        }
    ),
}


@pytest.fixture
async def engine(empty: Path | str) -> AsyncIterator[AsyncEngine]:
    engine = make_engine(empty)
    yield engine
    await engine.dispose()


async def old_one(engine: AsyncEngine, revision: str, script: str) -> None:
    """A database as it was, with what the script puts into it; `{before}` is a moment."""
    cast = "::timestamptz" * (engine.dialect.name == "postgresql")
    filled_in = script.format(before=f"'{BEFORE}'{cast}", after=f"'{AFTER}'{cast}", **OLD[revision])
    async with engine.begin() as connection:
        await connection.run_sync(_upgrade, Which.MAIN, "old.db", revision)
        for statement in filled_in.split(";"):
            await connection.exec_driver_sql(statement)


@pytest.mark.parametrize("revision", OLD)
async def test_cases_that_were_there_are_counted(engine: AsyncEngine, revision: str) -> None:
    await old_one(engine, revision, PLACES + CASES)
    await migrate(engine, Which.MAIN)
    async with engine.connect() as connection:
        assert await connection.run_sync(kept) == COUNTED[revision]
        assert await connection.run_sync(count_all) == COUNTED[revision]


@pytest.mark.parametrize("revision", OLD)
async def test_cases_that_were_there_are_found(engine: AsyncEngine, revision: str) -> None:
    await old_one(engine, revision, PLACES + CASES)
    await migrate(engine, Which.MAIN)
    memory = SqlMemory(engine, SystemClock())
    reader, view = Reader("giang", ["ct"], datetime.now(UTC)), QueueView(is_open=False)
    found = {}
    async with memory.look() as work:
        for words in ("den", "cau"):
            page = await work.queue.find(reader, view, Sought.of(words), 9)
            found[words] = [entry.id for entry in page.entries]
    await memory.close()

    assert found == {"den": ["b", "a"], "cau": ["c"]}


BY_STATE = """
INSERT INTO opinion_figure (unit_id, state, month, field, count)
 VALUES ('nk', '', '2026-11', 'khac', 7), ('nk', 'new', '2026-11', 'khac', 3),
 ('nk', 'closed', '2026-11', 'khac', 4), ('ct', '', '2026-11', 'khac', 7),
 ('ct', '', '2026-12', '', 2), ('ct', 'new', '2026-12', '', 2)
"""


async def test_what_was_counted_by_state_too_goes_on_being_counted(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.run_sync(_upgrade, Which.MAIN, "old.db", "main_0079")
        for statement in (PLACES + BY_STATE).split(";"):
            await connection.exec_driver_sql(statement)
    await migrate(engine, Which.MAIN)
    more = {("nk", "2026-11", "khac"): 1, ("nk", "2026-12", "khac"): 2}
    async with engine.begin() as connection:
        await connection.run_sync(change, more)
        counted = await connection.run_sync(kept)

    assert counted == {
        ("nk", "2026-11", "khac"): 8,
        ("nk", "2026-12", "khac"): 2,
        ("ct", "2026-11", "khac"): 7,
        ("ct", "2026-12", ""): 2,
    }
