"""`backup` and `restore` as an operator types them, and the whole drill on real files."""

import json
import shutil
import sqlite3
import subprocess
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from domain.model.delivery import EntryState
from handlers.cli.data_dir import POST_LOCK, SWAPPING, held
from handlers.periods import office_words
from tests.databases import InFiles, OnServer, only_files, only_servers
from tests.integration.cli.front_door import ask
from tests.integration.conftest import Offices
from tests.integration.storage.cast import AN, GROUP, QUARTER_GROUP
from tests.integration.usecases.conftest import moved_in
from tests.integration.usecases.office import Office, Premises, actor, private
from tests.integration.usecases.story import LAMP, file_opinion, release

BOTH = (GROUP.address.chat, QUARTER_GROUP.address.chat)


@pytest.fixture
def backup(office: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "backup"
    assert ask("backup", str(folder), DATA_DIR=office).returncode == 0
    return folder


@pytest.fixture
async def town(offices: Offices) -> AsyncIterator[Office]:
    """Everybody at work in the directory that the commands are given."""
    async with moved_in(Premises.at(offices[0]), office_words()) as town:
        yield town


def restore(data_dir: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    return ask("restore", *map(str, arguments), DATA_DIR=data_dir)


def test_a_backup_says_what_is_in_it_and_is_closed_to_others(office: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backup"
    done = ask("backup", str(folder), "--json", DATA_DIR=office)
    report = json.loads(done.stdout)

    assert report == json.loads((folder / "manifest.json").read_text())
    assert report["databases"]["main"]["rows"]["unit"] == 1
    names = ("main.db", "manifest.json", "vault.db")
    assert sorted(path.name for path in folder.iterdir()) == [*names]
    assert {(folder / name).stat().st_mode & 0o777 for name in names} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_backup_is_not_put_on_top_of_another(office: Path, backup: Path) -> None:
    again = ask("backup", str(backup), DATA_DIR=office)

    assert (again.returncode, str(backup) in again.stderr) == (2, True)


def test_the_old_files_are_kept_aside(office: Path, backup: Path) -> None:
    with closing(sqlite3.connect(office / "main.db")) as main:
        main.execute("UPDATE unit SET name = 'Sau khi sao lưu'")
        main.commit()
    done = restore(office, backup)
    (aside,) = office.glob("main.before-*.db")

    assert done.returncode == 0, done.stderr
    with closing(sqlite3.connect(aside)) as main:
        assert main.execute("SELECT name FROM unit").fetchall() == [("Sau khi sao lưu",)]
    assert ask("audit", "verify", DATA_DIR=office).returncode == 0


@pytest.mark.parametrize("command", ["migrate", "seed", "run", "run post"])
def test_after_a_restore_that_was_cut_short_nothing_begins_from_nothing(
    office: Path, backup: Path, command: str
) -> None:
    for name in ("main.db", "vault.db"):
        (office / name).rename(office / f"{name}.before")
    (office / SWAPPING).touch()
    token = {"BOT_TOKEN": f"7:{'A' * 35}"} if command == "run post" else {}
    refused = ask(*command.split(), DATA_DIR=office, **token)

    assert (refused.returncode, "restore" in refused.stderr) == (2, True), refused.stderr
    assert not (office / "main.db").exists()
    assert restore(office, backup).returncode == 0
    assert ask("migrate", DATA_DIR=office).returncode == 0


@pytest.mark.parametrize("flaw", ["changed", "missing", "no manifest"])
def test_what_is_not_a_whole_backup_is_refused_and_nothing_changes(
    office: Path, backup: Path, flaw: str
) -> None:
    if flaw == "changed":
        with (backup / "vault.db").open("r+b") as file:
            file.seek(5000)
            file.write(b"x")
    else:
        (backup / ("vault.db" if flaw == "missing" else "manifest.json")).unlink()
    before = (office / "main.db").read_bytes()
    refused = restore(office, backup)

    assert (refused.returncode, len(refused.stderr.splitlines())) == (2, 1)
    assert (office / "main.db").read_bytes() == before


def test_a_backup_that_is_too_old_is_refused(office: Path, backup: Path) -> None:
    manifest = json.loads((backup / "manifest.json").read_text())
    manifest["taken_at"] = "2025-01-01T00:00:00Z"
    (backup / "manifest.json").write_text(json.dumps(manifest))
    refused = restore(office, backup)

    assert (refused.returncode, "01/01/2025" in refused.stderr) == (2, True)


def test_a_directory_that_post_works_in_is_not_restored(office: Path, backup: Path) -> None:
    with held(office, POST_LOCK):
        refused = restore(office, backup)

    assert (refused.returncode, str(office) in refused.stderr) == (2, True)


def test_without_the_journal_of_erasures_nothing_is_restored(office: Path, backup: Path) -> None:
    shutil.rmtree(office / "erasures")
    refused = restore(office, backup)

    assert (refused.returncode, "erasures" in refused.stderr) == (2, True)


def test_databases_on_a_server_are_not_backed_up_here(office: Path, tmp_path: Path) -> None:
    server = {"DATABASE_URL": "postgresql://haichieu@127.0.0.1/main"}
    refused = ask("backup", str(tmp_path / "backup"), DATA_DIR=office, **server)

    assert (refused.returncode, "pg_dump" in refused.stderr) == (2, True)
    assert not (tmp_path / "backup").exists()


@only_files
async def test_the_drill_from_a_backup_to_a_broadcast_that_goes_on(
    town: Office, tmp_path: Path
) -> None:
    assert isinstance(town.databases, InFiles)
    data, folder = town.databases.folder, tmp_path / "backup"
    opinion = await file_opinion(town)
    await release(town)
    assert ask("backup", str(folder), DATA_DIR=data).returncode == 0
    await town.go_round()
    await town.follow.erase_case(opinion.code, town.cause())
    await town.close()

    done = restore(data, folder)
    assert done.returncode == 0, done.stderr
    await town.restart()
    await town.go_round()

    assert set((await town.states()).values()) == {EntryState.UNCERTAIN}
    assert [len(town.gateway.to(chat)) for chat in BOTH] == [1, 1]
    for path in data.glob("main.db*"):
        assert LAMP.encode() not in path.read_bytes()
    assert town.sql("SELECT count(*) FROM address", which="vault") == [(0,)]
    button = await town.button(private(AN), "delivery:settle", "again")
    await town.release.settle_uncertain(actor(AN), button, town.cause())
    await town.send_all()
    assert sum(len(town.gateway.to(chat)) for chat in BOTH) == 3


@only_servers
async def test_a_server_that_was_restored_goes_on_in_the_same_way(
    town: Office, tmp_path: Path
) -> None:
    server = town.databases
    assert isinstance(server, OnServer)
    opinion = await file_opinion(town)
    await release(town)
    dumps = {name: server.cluster.folder / f"{server.name}-{name}" for name in ("main", "vault")}
    for name, dump in dumps.items():
        server.cluster.run(
            "pg_dump",
            "-Fc",
            "-n",
            "public",
            "-f",
            dump,
            server.cluster.url(f"{server.name}_{name}"),
        )
    await town.follow.erase_case(opinion.code, town.cause())
    await town.close()
    for name, dump in dumps.items():
        where = server.cluster.url(f"{server.name}_{name}")
        server.cluster.run("pg_restore", "--clean", "--if-exists", "-d", where, dump)

    settings = {"DATABASE_URL": server.main, "VAULT_URL": server.vault}
    done = ask("restore", "--after", DATA_DIR=server.folder, **settings)
    assert done.returncode == 0, done.stderr

    await town.restart()
    assert set((await town.states()).values()) == {EntryState.UNCERTAIN}
    assert town.sql("SELECT text FROM opinion") == [("",)]
    assert town.sql("SELECT count(*) FROM address", which="vault") == [(0,)]
