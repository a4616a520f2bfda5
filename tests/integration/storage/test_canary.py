"""A resident's account and name, planted wherever they pass through, are in no file."""

import json
import traceback
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from domain.model.opinion import OpinionState
from domain.model.resident import DraftStep, OpinionDraft, Resident, Written
from domain.ports import Cause, Received
from storage.errors import StorageUnusable, Unusable
from storage.unit_of_work import SqlMemory
from storage.vault.inbox import SqlInbox
from storage.vault.residents import SqlVault
from tests.databases import only_files
from tests.integration.storage.cast import BOT, EM, LATER, NOW, OPINION, letter_to_em

NAME = "Nguyễn Thị Em"
UPDATE = json.dumps({"from": {"id": EM.chat, "name": NAME}}, ensure_ascii=False).encode()
DRAFT = OpinionDraft("h1", DraftStep.CONFIRM, LATER, (Written(1, f"{NAME} viết."),), "nk")


async def pass_through(memory: SqlMemory, vault: SqlVault, inbox: SqlInbox) -> None:
    """Em writes, agrees, files, and a letter to her is refused for a while."""
    await inbox.store(BOT, [Received(41, EM.chat, UPDATE)])
    await vault.save_resident(EM, Resident().consenting(NOW))
    await vault.save_draft(EM, DRAFT, None, NOW)
    await vault.seal_address("h1", EM, NOW)
    async with memory.begin(Cause(BOT, 41)) as work:
        await work.opinions.add(OPINION)
        await work.outbox.add([letter_to_em()])
        await work.outbox.hold(EM, letter_to_em().destination, LATER)
        await work.commit()


def traces(folder: Path) -> list[tuple[str, bytes]]:
    files = [path for path in folder.iterdir() if path.is_file()]
    assert {"main.db", "main.db-wal", "vault.db", "vault.db-wal"} <= {path.name for path in files}
    canaries = (EM.chat.encode(), NAME.encode(), b"Nguy\\u1ec5n")
    return [(path.name, c) for path in files for c in canaries if c in path.read_bytes()]


@only_files
async def test_nothing_on_disk_names_a_resident(
    memory: SqlMemory, vault: SqlVault, inbox: SqlInbox, main_path: Path
) -> None:
    await pass_through(memory, vault, inbox)

    assert traces(main_path.parent) == []


@only_files
async def test_nothing_sealed_is_left_after_forgetting(
    memory: SqlMemory, vault: SqlVault, inbox: SqlInbox, vault_path: Path
) -> None:
    await pass_through(memory, vault, inbox)
    async with vault.engine.connect() as connection:
        found = await connection.exec_driver_sql("SELECT sealed FROM address")
        sealed = found.scalar_one()
    await vault.forget_address("h1")

    left = b"".join(path.read_bytes() for path in vault_path.parent.glob("vault.db*"))
    assert sealed not in left


async def test_an_opinions_life_leaves_no_handle_behind(memory: SqlMemory) -> None:
    closed = replace(OPINION, state=OpinionState.CLOSED, closed_at=NOW, waits_until=NOW)
    async with memory.begin() as work:
        await work.opinions.add(closed)
        await work.opinions.drop_handle("o1")
        await work.commit()

    async with memory.begin() as work:
        assert await work.opinions.by_handle("h1") is None
        assert await work.opinions.closed_before(NOW + timedelta(days=1)) == ()


def logged(failure: BaseException) -> str:
    """What a log would show of it, with everything that led to it."""
    return "".join(traceback.format_exception(failure))


async def file_twice(memory: SqlMemory) -> None:
    async with memory.begin() as work:
        await work.opinions.add(OPINION)
        await work.opinions.add(OPINION)


async def file_on_a_full_disk(memory: SqlMemory) -> None:
    async with memory.begin() as work:
        connection = await work._session.connection()
        pages = (await connection.exec_driver_sql("PRAGMA page_count")).scalar_one()
        await connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        await work.opinions.add(replace(OPINION, text=OPINION.text * 1000))


async def test_a_refused_write_does_not_quote_what_was_written(memory: SqlMemory) -> None:
    with pytest.raises(IntegrityError) as refused:
        await file_twice(memory)

    assert "opinion" in logged(refused.value)
    assert OPINION.text not in logged(refused.value)


@only_files
async def test_a_full_disk_does_not_quote_what_was_written(memory: SqlMemory) -> None:
    with pytest.raises(StorageUnusable) as full:
        await file_on_a_full_disk(memory)

    assert full.value.reason is Unusable.FULL
    assert OPINION.text not in logged(full.value)


async def test_a_refused_write_to_the_vault_does_not_quote_it_either(vault: SqlVault) -> None:
    statement = text("INSERT INTO address (handle) VALUES (:name)")
    async with vault.engine.connect() as connection:
        with pytest.raises(IntegrityError) as refused:
            await connection.execute(statement, {"name": NAME})

    assert NAME not in logged(refused.value)
