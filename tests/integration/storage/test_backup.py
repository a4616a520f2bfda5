"""A backup is of one moment, however much is being written."""

import asyncio
import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from domain.model.audit import AuditEvent
from storage.backup import back_up
from storage.errors import StorageUnusable
from storage.unit_of_work import SqlMemory
from storage.vault.inbox import SqlInbox
from storage.vault.residents import SqlVault
from tests.databases import InFiles, only_files
from tests.integration.storage.cast import EM, NOW

pytestmark = only_files
BACKUPS = 20
SOON = 2.0
"""Seconds: far less than a write may wait for another program's."""


async def write_all_the_time(
    memory: SqlMemory, vault: SqlVault, written: asyncio.Semaphore
) -> None:
    """As every act does: what belongs in the vault, then main, then the vault is tidied up."""
    for number in count():
        handle = f"h{number}"
        await vault.seal_address(handle, EM, NOW)
        async with memory.begin() as work:
            await work.audit.append(AuditEvent(NOW, "em", "opinion:file", handle))
            await work.commit()
        await vault.forget_address(f"h{number - 1}")
        written.release()


def found(folder: Path) -> tuple[list[str], set[str]]:
    """What main has filed, in order, and what the vault can deliver to."""
    with closing(sqlite3.connect(folder / "main.db")) as main:
        filed = [subject for (subject,) in main.execute("SELECT subject FROM audit ORDER BY seq")]
    with closing(sqlite3.connect(folder / "vault.db")) as vault:
        return filed, {handle for (handle,) in vault.execute("SELECT handle FROM address")}


def files(databases: InFiles) -> dict[str, Path]:
    return {"main": databases.main, "vault": databases.vault}


async def test_main_and_the_vault_are_of_one_moment(
    databases: InFiles, memory: SqlMemory, vault: SqlVault, tmp_path: Path
) -> None:
    written = asyncio.Semaphore(0)
    writing = asyncio.create_task(write_all_the_time(memory, vault, written))
    for number in range(BACKUPS):
        folder = tmp_path / str(number)
        folder.mkdir()
        await written.acquire()
        await back_up(files(databases), folder)
    writing.cancel()
    await asyncio.wait({writing})

    for number in range(BACKUPS):
        filed, deliverable = found(tmp_path / str(number))
        assert set(filed[-1:]) <= deliverable
        assert len(deliverable - {*filed}) <= 1
    assert len(found(tmp_path / str(BACKUPS - 1))[0]) >= BACKUPS


async def test_a_copy_counts_its_rows(databases: InFiles, tmp_path: Path) -> None:
    counted = await back_up(files(databases), tmp_path)

    assert counted["main"]["person"] == databases.sql("SELECT count(*) FROM person")[0][0] > 0
    assert counted["vault"]["address"] == 0


async def test_a_file_that_is_damaged_is_named(databases: InFiles, tmp_path: Path) -> None:
    databases.vault.write_bytes(b"no database at all" * 500)

    with pytest.raises(StorageUnusable, match=r"vault\.db"):
        await back_up(files(databases), tmp_path)


async def test_an_erasure_does_not_wait_for_a_backup_and_the_log_is_emptied_after_it(
    databases: InFiles, vault: SqlVault, inbox: SqlInbox
) -> None:
    await vault.seal_address("h1", EM, NOW)
    ((sealed,),) = databases.sql("SELECT sealed FROM address", which="vault")
    with closing(sqlite3.connect(databases.vault, isolation_level=None)) as backup:
        backup.execute("BEGIN")
        backup.execute("SELECT count(*) FROM address").fetchone()
        async with asyncio.timeout(SOON):
            await vault.forget_address("h1")
    await inbox.purge(NOW, NOW)

    assert sealed not in databases.everything("vault")
