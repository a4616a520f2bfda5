"""Both kinds of database, for every test that asks for one."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import Databases, InFiles, OnServer, ServerWay, furnish
from tests.postgres import Cluster

Offices = tuple[Databases, Databases]
"""The databases of two offices that know nothing of each other."""


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def in_files(tmp_path_factory: pytest.TempPathFactory) -> Offices:
    furnished = tmp_path_factory.mktemp("furnished")
    asyncio.run(furnish(furnished / "main.db", furnished / "vault.db"))
    one, other = (tmp_path_factory.mktemp(name) for name in ("office", "other"))
    return InFiles(one, furnished), InFiles(other, furnished)


@pytest.fixture(scope="session")
def on_server(postgres: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Offices]:
    worker = tmp_path_factory.getbasetemp().name.replace("-", "_")
    folders = {name: tmp_path_factory.mktemp(name) for name in ("office", "other")}
    one, other = (
        OnServer.make(folder, postgres, f"{worker}_{name}") for name, folder in folders.items()
    )
    yield one, other
    one.close()
    other.close()


@pytest.fixture
def offices(kind: str, request: pytest.FixtureRequest) -> Offices:
    found: Offices = request.getfixturevalue("in_files" if kind == "sqlite" else "on_server")
    return found


@pytest.fixture
def databases(offices: Offices) -> Databases:
    """As if everybody had just moved in."""
    offices[0].refresh()
    return offices[0]


@pytest.fixture
def empty(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path | str]:
    """A database in which nothing is yet."""
    if kind == "sqlite":
        yield tmp_path / "new.db"
        return
    cluster: Cluster = request.getfixturevalue("postgres")
    name = f"empty_{tmp_path.parent.name}_{tmp_path.name}".replace("-", "_")[-60:]
    way = ServerWay(cluster.url("postgres"))
    way.run(f'CREATE DATABASE "{name}" TEMPLATE template0')
    yield cluster.url(name)
    way.run(f'DROP DATABASE "{name}" WITH (FORCE)')
    way.close()
