"""A database that cannot be worked with ends in one exception that says which and why."""

import asyncio
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.engine import make_engine, transaction
from storage.errors import StorageUnusable, Unusable
from storage.migrate import bring_up_to_date
from storage.open import open_main
from storage.revisions import Which
from storage.unit_of_work import SqlMemory
from tests.databases import Databases, only_files, only_servers
from tests.integration.storage.cast import FrozenClock


async def reason_for(main: Path | str) -> tuple[str, Unusable]:
    with pytest.raises(StorageUnusable) as raised:
        await open_main(main, FrozenClock())
    return raised.value.path, raised.value.reason


async def test_a_text_file_is_not_a_database(tmp_path: Path) -> None:
    path = tmp_path / "main.db"
    path.write_text("not a database, but long enough to be read as one" * 40)

    assert await reason_for(path) == (str(path), Unusable.NOT_A_DATABASE)


@only_files
async def test_half_a_file_is_damaged(main_path: Path) -> None:
    os.truncate(main_path, 20 * 4096)

    assert await reason_for(main_path) == (str(main_path), Unusable.DAMAGED)


@only_files
async def test_a_page_of_noise_is_damage(main_path: Path) -> None:
    with main_path.open("r+b") as file:
        file.seek(8 * 4096)
        file.write(b"\x5a" * 4096)

    assert await reason_for(main_path) == (str(main_path), Unusable.DAMAGED)


async def test_another_programs_database_is_foreign(tmp_path: Path) -> None:
    path = tmp_path / "main.db"
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("CREATE TABLE songs (title TEXT)")

    assert await reason_for(path) == (str(path), Unusable.FOREIGN)


async def test_the_vault_is_not_taken_for_main(databases: Databases) -> None:
    assert (await reason_for(databases.vault))[1] is Unusable.FOREIGN


async def test_a_database_of_newer_code_is_left_alone(databases: Databases) -> None:
    databases.sql("UPDATE alembic_version SET version_num = 'main_9999'")

    assert (await reason_for(databases.main))[1] is Unusable.NEWER
    with pytest.raises(StorageUnusable, match="newer"):
        await bring_up_to_date(databases.main, Which.MAIN)


async def test_a_file_without_tables_is_behind(tmp_path: Path) -> None:
    path = tmp_path / "main.db"
    path.touch()

    assert await reason_for(path) == (str(path), Unusable.BEHIND)


async def test_a_file_that_is_not_there_is_behind(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "main.db"

    assert await reason_for(path) == (str(path), Unusable.BEHIND)


async def test_a_folder_in_the_files_place_cannot_be_written(tmp_path: Path) -> None:
    assert await reason_for(tmp_path) == (str(tmp_path), Unusable.UNWRITABLE)


async def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    path = tmp_path / "data" / "main.db"

    with pytest.raises(StorageUnusable, match="unwritable"):
        await bring_up_to_date(path, Which.MAIN)


async def test_a_database_is_closed_to_other_users(tmp_path: Path) -> None:
    path = tmp_path / "data" / "main.db"
    await bring_up_to_date(path, Which.MAIN)

    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


async def test_another_process_that_keeps_the_lock_is_reported(databases: Databases) -> None:
    memory = SqlMemory(make_engine(databases.main, busy_seconds=0.05), FrozenClock())
    other = await open_main(databases.main, FrozenClock())
    async with other.begin():
        with pytest.raises(StorageUnusable, match="locked"):
            async with memory.begin():
                pytest.fail("began while another process was writing")
    await other.close()
    await memory.close()


async def test_after_the_lock_is_gone_work_goes_on(databases: Databases) -> None:
    memory = SqlMemory(make_engine(databases.main, busy_seconds=0.05), FrozenClock())
    other = await open_main(databases.main, FrozenClock())
    async with other.begin():
        with pytest.raises(StorageUnusable):
            async with memory.begin():
                pytest.fail("began while another process was writing")
    await other.close()
    async with memory.begin() as work:
        assert await work.units.root() is not None
    await memory.close()


@only_servers
async def test_who_is_stopped_in_mid_statement_stops(memory: SqlMemory) -> None:
    async def slow() -> None:
        async with transaction(memory.engine) as session:
            begun.set()
            await (await session.connection()).execute(text("SELECT pg_sleep(10)"))

    begun = asyncio.Event()
    stopped = asyncio.create_task(slow())
    await begun.wait()
    for _ in range(20):  # until the statement is on its way
        await asyncio.sleep(0)
    stopped.cancel()
    await asyncio.wait({stopped})

    assert stopped.cancelled()
