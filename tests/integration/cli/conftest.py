"""A migrated data directory for each test, copied from one that was made once."""

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.cli.front_door import ask


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("migrated")
    assert ask("migrate", DATA_DIR=folder).returncode == 0
    return folder


@pytest.fixture(scope="session")
def founded(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(shutil.copytree(migrated, tmp_path_factory.mktemp("founded") / "data"))
    ward = ("--unit-code", "31135", "--supervisor", "Trần Thị Hạnh")
    done = ask("init", *ward, DATA_DIR=folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def office(founded: Path, tmp_path: Path) -> Path:
    """A ward with an invite for its first supervisor."""
    return Path(shutil.copytree(founded, tmp_path / "office"))


@pytest.fixture
def data_dir(migrated: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(migrated, tmp_path / "data"))


@pytest.fixture
def busy_port() -> Iterator[str]:
    """An address at which somebody else listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield f"127.0.0.1:{taken.getsockname()[1]}"
