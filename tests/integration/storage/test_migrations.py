"""The migrations build exactly the tables that the code expects, for each database alone."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, TextClause, inspect, select, text
from sqlmodel import col

from domain.clock import SystemClock
from domain.model.opinion_words import Sought, tokens_of
from domain.model.queue import QueueView
from domain.ports.queue import Reader
from storage.engine import make_engine
from storage.migrate import _upgrade, migrate
from storage.opinion_index import facet
from storage.postings import numbered
from storage.revisions import (
    MIGRATIONS,
    Which,
    _revisions,
    current_revision,
    head_revision,
)
from storage.tables import MAIN
from storage.tables.cases import OpinionRow
from storage.unit_of_work import SqlMemory
from storage.vault.tables import VAULT

Place = Path | str
TABLES = {Which.MAIN: MAIN, Which.VAULT: VAULT}


@pytest.mark.parametrize("which", Which)
async def test_the_migrations_and_the_tables_agree(which: Which, empty: Place) -> None:
    def differences(connection: Connection, tables: MetaData) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, tables))

    engine = make_engine(empty)
    await migrate(engine, which)
    async with engine.connect() as connection:
        found = await connection.run_sync(differences, TABLES[which])
    await engine.dispose()

    assert found == []


@pytest.mark.parametrize("which", Which)
def test_each_file_is_named_by_the_migration_in_it(which: Which) -> None:
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS / which))

    in_order = ScriptDirectory.from_config(settings).walk_revisions()

    assert [script.revision for script in in_order] == _revisions(which)[::-1]


def test_opening_a_database_does_not_load_the_migration_library() -> None:
    loaded = "import sys, storage.open; print('alembic' in sys.modules)"

    told = subprocess.run([sys.executable, "-c", loaded], capture_output=True, check=True)

    assert told.stdout.decode().strip() == "False"


@pytest.mark.parametrize("which", Which)
async def test_migrating_twice_changes_nothing(which: Which, empty: Place) -> None:
    engine = make_engine(empty)
    assert await current_revision(engine) is None
    await migrate(engine, which)
    await migrate(engine, which)

    assert await current_revision(engine) == head_revision(which)
    await engine.dispose()


async def test_a_migration_cut_short_leaves_nothing_behind(empty: Place) -> None:
    engine = make_engine(empty)
    async with engine.connect() as connection:
        await connection.run_sync(_upgrade, Which.MAIN, "new.db")
        await connection.rollback()
        tables = await connection.run_sync(lambda plain: inspect(plain).get_table_names())
    await engine.dispose()

    assert tables == []


def test_the_two_lines_know_nothing_of_each_other() -> None:
    assert head_revision(Which.MAIN).startswith("main_")
    assert head_revision(Which.VAULT).startswith("vault_")
    assert not set(MAIN.tables) & set(VAULT.tables)


OLD_FORM = """
INSERT INTO unit VALUES ('nk', 'nk', 'N', 'ward', NULL, 'U', NULL, NULL);
INSERT INTO person VALUES ('an', 'An', NULL), ('binh', 'Bình', NULL);
INSERT INTO bulletin VALUES ('b1', 'nk', 'an', '{state}', 1);
INSERT INTO revision VALUES ('r1', 'b1', 'nk', 1, 'an', 'T', 'khac', 'thong_thuong', 'U', 'S',
 'nk', NULL, 1, '{{"chats":[]}}', 'h', '2026-01-01');
INSERT INTO approval VALUES ('a1', 'r1', 'h', 'an', 'binh', '2026-01-01');
INSERT INTO broadcast VALUES ('bc1', 'b1', 'r1', 'h', 'a1', '2026-01-01', '2027-01-01',
 '{broadcast}', FALSE)
"""


@pytest.mark.parametrize(
    ("state", "broadcast", "after"),
    [("approved", "planned", "draft"), ("approved", "released", "sent")],
)
async def test_what_was_hashed_with_its_groups_goes_back_to_its_author(
    empty: Place, state: str, broadcast: str, after: str
) -> None:
    engine = make_engine(empty)
    async with engine.begin() as connection:
        await connection.run_sync(_upgrade, Which.MAIN, "old.db", "main_0005")
        for statement in OLD_FORM.format(state=state, broadcast=broadcast).split(";"):
            await connection.exec_driver_sql(statement)
    await migrate(engine, Which.MAIN)
    async with engine.connect() as connection:
        found = await connection.exec_driver_sql(
            "SELECT bulletin.state, broadcast.state FROM bulletin, broadcast"
        )
        states = found.one()
    await engine.dispose()

    assert tuple(states) == (after, "stopped")


IN_LINE = """
INSERT INTO outbox (id, origin_kind, origin_id, destination, part, lane, payload, payload_hash,
 state, attempt, refusals, message_id, link, reason)
 VALUES ('gone', 'letter', 'k', 'handle:h', 0, 1, NULL, 'abc', 'queued', 1, 0, '', '', ''),
 ('kept', 'letter', 'l', 'handle:h', 0, 1, 'words', 'def', 'queued', 1, 0, '', '', '')
"""


async def test_a_hash_whose_words_were_forgotten_is_cleared(empty: Place) -> None:
    engine = make_engine(empty)
    async with engine.begin() as connection:
        await connection.run_sync(_upgrade, Which.MAIN, "old.db", "main_0003")
        await connection.exec_driver_sql(IN_LINE)
    await migrate(engine, Which.MAIN)
    async with engine.connect() as connection:
        found = await connection.exec_driver_sql("SELECT id, payload_hash FROM outbox ORDER BY id")
        hashes = [tuple(row) for row in found]
    await engine.dispose()

    assert hashes == [("gone", ""), ("kept", "def")]


RUNNING = """
INSERT INTO unit (id, code, name, kind, parent_id, issuing_body)
 VALUES ('nk', 'nk', 'N', 'phuong', NULL, 'U');
INSERT INTO opinion (id, code, number, unit_id, source, text, language, filed_at, due_at, version,
 urgent, is_public, replied_to, state, answered_at, moved_at)
 SELECT id, id, id, 'nk', 'private', 'T', 'vi', '2026-11-01 00:00:00.000000',
 '2026-11-20 10:00:00.000000', 2, FALSE, FALSE, '', state, said, moved FROM (
 SELECT 'asked' AS id, 'more_info_asked' AS state, NULL AS said, {late} AS moved
 UNION ALL SELECT 'closed', 'closed', {early}, {late}
 UNION ALL SELECT 'open', 'in_progress', NULL, NULL
 UNION ALL SELECT 'said', 'answered', {early}, {early}) AS cases
"""
EARLY, LATE_AT_NIGHT = "2026-11-02 03:00:00.000000", "2026-11-02 18:30:00.000000"
"""The second is half past one in the morning of the third, where the office is."""


async def test_running_cases_keep_the_days_that_their_residents_were_promised(
    empty: Place,
) -> None:
    engine = make_engine(empty)
    moments = {"early": f"'{EARLY}'", "late": f"'{LATE_AT_NIGHT}'"}
    if engine.dialect.name == "postgresql":
        moments = {name: f"{said}::timestamptz" for name, said in moments.items()}
    async with engine.begin() as connection:
        await connection.run_sync(_upgrade, Which.MAIN, "old.db", "main_0068")
        for statement in RUNNING.format(**moments).split(";"):
            await connection.exec_driver_sql(statement)
    await migrate(engine, Which.MAIN)
    async with engine.connect() as connection:
        found = await connection.execute(
            select(col(OpinionRow.id), col(OpinionRow.waits_until)).order_by(col(OpinionRow.id))
        )
        kept = {name: until and until.replace(tzinfo=UTC) for name, until in found}
    await engine.dispose()

    assert kept == {
        "asked": datetime(2026, 11, 8, 16, 59, 59, tzinfo=UTC),
        "closed": datetime(2026, 11, 16, 16, 59, 59, tzinfo=UTC),
        "open": None,
        "said": datetime(2026, 11, 16, 16, 59, 59, tzinfo=UTC),
    }


LEFT_CLOSED = """
INSERT INTO unit (id, code, name, kind, parent_id, issuing_body)
 VALUES ('nk', 'nk', 'N', 'phuong', NULL, 'U');
INSERT INTO opinion (id, code, number, unit_id, source, text, language, filed_at, due_at, version,
 urgent, is_public, replied_to, state, closed_at, waits_until)
 SELECT state, state, state, 'nk', 'private', 'T', 'vi', {day}, {day}, 2, FALSE, FALSE, '', state,
 {day}, {day} FROM (SELECT 'received' AS state UNION ALL SELECT 'closed'
 UNION ALL SELECT 'withdrawn') AS cases
"""


async def test_a_case_that_is_open_is_due_however_it_was_left(empty: Place) -> None:
    engine = make_engine(empty)
    day = f"'{EARLY}'" + "::timestamptz" * (engine.dialect.name == "postgresql")
    async with engine.begin() as connection:
        await connection.run_sync(_upgrade, Which.MAIN, "old.db", "main_0075")
        for statement in LEFT_CLOSED.format(day=day).split(";"):
            await connection.exec_driver_sql(statement)
    await migrate(engine, Which.MAIN)
    async with engine.connect() as connection:
        found = await connection.exec_driver_sql("SELECT id FROM opinion WHERE closed_at IS NULL")
        still_due = found.scalars().all()
    await engine.dispose()

    assert still_due == ["received"]


FOUND_BY = """
INSERT INTO unit (id, code, name, kind, parent_id, issuing_body)
 VALUES ('nk', 'nk', 'N', 'phuong', NULL, 'U');
INSERT INTO unit_closure (ancestor_id, descendant_id, depth) VALUES ('nk', 'nk', 0);
INSERT INTO opinion (id, code, number, unit_id, source, text, language, filed_at, due_at, version,
 urgent, is_public, replied_to, state, seq)
 SELECT seq, seq, seq, 'nk', 'private', 'đèn ' || seq, 'vi', {day}, {day}, 1, FALSE, FALSE, '',
 'new', seq FROM (SELECT 7 AS seq UNION ALL SELECT 40000 UNION ALL SELECT 70000
 UNION ALL SELECT 100000) AS cases
"""
BEFORE = {
    False: "CREATE VIRTUAL TABLE opinion_words_{} USING fts5(words, content='', detail=none,"
    " tokenize=\"ascii tokenchars '#~_'\")",
    True: "CREATE TABLE opinion_words_{} (seq integer PRIMARY KEY, words integer[] NOT NULL)",
}
AS_LONG = 1 << 15
"""Cases in a block, of files and servers alike then."""


async def test_what_opinions_are_found_by_outlives_a_change_of_its_form(empty: Place) -> None:
    engine = make_engine(empty)
    is_server = engine.dialect.name == "postgresql"
    day = f"'{EARLY}'" + "::timestamptz" * is_server
    async with engine.begin() as connection:
        await connection.run_sync(_upgrade, Which.MAIN, "old.db", "main_0077")
        for statement in FOUND_BY.format(day=day).split(";"):
            await connection.exec_driver_sql(statement)
        for block in {seq // AS_LONG for seq in FILED}:
            await connection.exec_driver_sql(BEFORE[is_server].format(block))
        for seq in FILED:
            await connection.execute(*as_it_was_kept(seq, is_server))
    await migrate(engine, Which.MAIN)
    memory = SqlMemory(engine, SystemClock())
    async with memory.look() as work:
        reader, view = Reader("giang", ["nk"], datetime.now(UTC)), QueueView(is_open=False)
        all_of_them = await work.queue.find(reader, view, Sought.of("den"), 9)
        one = await work.queue.find(reader, view, Sought.of("70000"), 9)
    async with engine.connect() as connection:
        left_over = (await connection.exec_driver_sql(OF_OLD[is_server])).scalars().all()
    async with memory.begin() as work:
        await work.opinions.erase(await work.opinions.get("40000"), datetime.now(UTC))
        left = await work.queue.find(reader, view, Sought.of("den"), 9)
    await memory.close()

    assert [entry.id for entry in all_of_them.entries] == ["100000", "70000", "40000", "7"]
    assert [entry.id for entry in one.entries] == ["70000"]
    assert [entry.id for entry in left.entries] == ["100000", "70000", "7"]
    assert left_over == []


OF_OLD = {
    False: "SELECT name FROM sqlite_master WHERE name LIKE 'opinion_words_%'",
    True: "SELECT relname FROM pg_class WHERE relname LIKE 'opinion_words_%'",
}
FILED = (7, 40_000, 70_000, 100_000)


def as_it_was_kept(seq: int, is_server: bool) -> tuple[TextClause, dict[str, object]]:
    tokens = [*tokens_of(f"đèn {seq}"), facet("nk")]
    table = f"opinion_words_{seq // AS_LONG}"
    if is_server:
        kept = text(f"INSERT INTO {table} VALUES (:seq, CAST(:words AS integer[]))")
        return kept, {"seq": seq, "words": sorted(numbered(token) % (1 << 31) for token in tokens)}
    kept = text(f"INSERT INTO {table} (rowid, words) VALUES (:seq, :words)")
    return kept, {"seq": seq, "words": " ".join(tokens)}
