"""`migrate --copy-from`: onto a server, or a sentence that says why not."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from handlers.cli.data_dir import POST_LOCK, held
from tests.databases import named_on
from tests.integration.cli.front_door import ask
from tests.postgres import Cluster


@pytest.fixture
def server(postgres: Cluster, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The settings that name two empty databases."""
    with named_on(postgres, f"move_{tmp_path.name}") as settings:
        yield settings


def test_a_directory_moves_to_a_server_and_is_worked_with_there(
    office: Path, server: dict[str, str], tmp_path: Path
) -> None:
    moved = ask("migrate", "--copy-from", str(office), DATA_DIR=tmp_path / "new", **server)
    assert moved.returncode == 0, moved.stderr

    assert moved.stdout.count("đếm lại khớp cả") == 2
    assert ask("audit", "verify", DATA_DIR=tmp_path / "new", **server).returncode == 0
    again = ask("migrate", "--copy-from", str(office), DATA_DIR=tmp_path / "new", **server)
    assert (again.returncode, "đã có dữ liệu" in again.stderr) == (2, True)


def test_a_directory_that_post_works_in_is_not_copied(office: Path, server: dict[str, str]) -> None:
    with held(office, POST_LOCK):
        refused = ask("migrate", "--copy-from", str(office), DATA_DIR=office, **server)

    assert (refused.returncode, str(office) in refused.stderr) == (2, True)


@pytest.mark.parametrize(("folder", "said"), [("office", "DATABASE_URL"), ("nowhere", "main.db")])
def test_what_cannot_be_copied_is_named(
    office: Path, server: dict[str, str], folder: str, said: str
) -> None:
    settings = server if folder == "nowhere" else {}
    source = office.parent / folder
    refused = ask("migrate", "--copy-from", str(source), DATA_DIR=office, **settings)

    assert (refused.returncode, said in refused.stderr) == (2, True)
    assert not (office.parent / "nowhere").exists()
