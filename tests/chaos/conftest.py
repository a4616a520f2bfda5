"""A place for one post on each kind of database."""

from pathlib import Path

import pytest

from tests.chaos.office import Place
from tests.postgres import Cluster


@pytest.fixture
def tmp_path(on_disk: Path) -> Path:
    """Where a real disk makes a process wait, and may find it killed."""
    return on_disk


@pytest.fixture(params=["sqlite", "postgresql"])
async def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "sqlite":
        return Place.in_files(tmp_path)
    cluster: Cluster = request.getfixturevalue("postgres")
    return await Place.on_server(tmp_path, cluster, f"chaos_{tmp_path.name}"[-50:])
