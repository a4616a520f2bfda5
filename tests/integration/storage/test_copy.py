"""A move from files to a server takes everything over, or leaves everything as it was."""

from pathlib import Path

import pytest
from sqlalchemy import select

from domain.model.audit import AuditEvent, first_break
from domain.model.delivery import to_person
from domain.ports import Received
from storage.copy import TABLES, copy
from storage.engine import make_engine
from storage.errors import StorageUnusable
from storage.migrate import bring_up_to_date
from storage.open import open_main, open_vault
from storage.revisions import Which
from tests.databases import REFUSED, Databases, InFiles, ServerWay, only_servers
from tests.integration.conftest import Offices
from tests.integration.storage.cast import AN, BOT, EM, NOW, CountingIds, FrozenClock, card_to
from tests.integration.storage.test_refusals import fill

pytestmark = only_servers


def silent(_table: str, _done: int, _total: int) -> None:
    """Tells nobody."""


@pytest.fixture
async def files(in_files: Offices, tmp_path: Path) -> InFiles:
    """An office in the middle of its work."""
    office = in_files[0]
    assert isinstance(office, InFiles)
    office.refresh()
    await fill(office.main)
    vault, inbox = await open_vault(office.vault, tmp_path / "keys", FrozenClock(), CountingIds())
    await inbox.store(BOT, [Received(41, EM.chat, b"first"), Received(42, "khach", b"other")])
    await vault.seal_address("h1", EM, NOW)
    await vault.close()
    return office


@pytest.fixture
async def ready(empty: str) -> str:
    await bring_up_to_date(empty, Which.MAIN)
    return empty


async def everything(where: Path | str, which: Which) -> dict[str, list[str]]:
    engine, held = make_engine(where), {}
    async with engine.connect() as connection:
        for table in TABLES[which]:
            rows = await connection.execute(select(table))
            held[table.name] = sorted(str(tuple(row)) for row in rows)
    await engine.dispose()
    return held


async def test_all_rows_of_main_are_the_same_afterwards(files: InFiles, ready: str) -> None:
    counted = await copy("main", files.main, ready, silent)

    assert await everything(ready, Which.MAIN) == await everything(files.main, Which.MAIN)
    assert counted["outbox"] == (4, 4)


async def test_all_rows_of_the_vault_are_the_same_afterwards(
    files: InFiles, empty: str, tmp_path: Path
) -> None:
    await bring_up_to_date(empty, Which.VAULT)
    await copy("vault", files.vault, empty, silent)

    assert await everything(empty, Which.VAULT) == await everything(files.vault, Which.VAULT)
    vault, inbox = await open_vault(empty, tmp_path / "keys", FrozenClock(), CountingIds())
    assert await vault.address("h1") == EM
    assert [one.body for one in await inbox.oldest(BOT, 9)] == [b"first", b"other"]
    await vault.close()


async def test_work_goes_on_where_it_stood(files: InFiles, ready: str) -> None:
    await copy("main", files.main, ready, silent)
    memory = await open_main(ready, FrozenClock())
    async with memory.begin() as work:
        await work.outbox.add([card_to(to_person(AN.id), 9)])
        await work.audit.append(AuditEvent(NOW, "an", "bulletin:submit", "b1"))
        await work.commit()
    async with memory.begin() as work:
        assert first_break(await work.audit.entries()) is None
    await memory.close()


async def test_the_rules_hold_again_afterwards(files: InFiles, ready: str) -> None:
    await copy("main", files.main, ready, silent)
    way = ServerWay(ready)

    with pytest.raises(REFUSED, match="the record never changes"):
        way.run("UPDATE audit SET actor_id = 'chi'")
    way.close()


async def test_nothing_is_copied_over_what_is_there(files: InFiles, databases: Databases) -> None:
    before = databases.everything("main")

    with pytest.raises(StorageUnusable, match="not_empty"):
        await copy("main", files.main, str(databases.main), silent)
    assert databases.everything("main") == before


async def test_what_was_added_meanwhile_is_noticed_and_nothing_kept(
    files: InFiles, ready: str
) -> None:
    def meddle(table: str, done: int, _total: int) -> None:
        if table == "button":
            files.sql("INSERT INTO processed (bot_id, update_id) VALUES (7, ?)", 1000 + done)

    counted = await copy("main", files.main, ready, meddle)

    assert [name for name, (there, here) in counted.items() if there != here] == ["processed"]
    assert not any((await everything(ready, Which.MAIN)).values())


async def test_a_copy_cut_short_leaves_nothing_and_can_be_made_again(
    files: InFiles, ready: str
) -> None:
    def end(table: str, _done: int, _total: int) -> None:
        if table == "outbox":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await copy("main", files.main, ready, end)
    assert not any((await everything(ready, Which.MAIN)).values())
    await copy("main", files.main, ready, silent)


async def test_a_file_of_older_code_is_not_copied(files: InFiles, ready: str) -> None:
    files.sql("UPDATE alembic_version SET version_num = 'main_0001'")

    with pytest.raises(StorageUnusable, match="behind"):
        await copy("main", files.main, ready, silent)
