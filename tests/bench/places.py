"""Where a bench keeps its databases: a folder on a real disk, and a PostgreSQL cluster."""

import os
import shutil
import signal
import socket
import sqlite3
import tempfile
from asyncio import StreamReader, create_subprocess_exec
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path

import asyncpg

ON_DISK = "/var/tmp"
"""Kept across a restart by convention, so no tmpfs, where a sync would cost nothing."""
ROOT_RUNS_IT_AS = "postgres"
"""PostgreSQL refuses to run as root."""


@contextmanager
def folder() -> Iterator[Path]:
    """A folder for one figure's files; removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="haichieu-bench-", dir=ON_DISK) as path:
        yield Path(path)


def emptied(path: Path) -> Path:
    """The folder of this name, with nothing in it."""
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    return path


def copied(first: Path, copy: Path) -> Path:
    """A fresh copy of a folder, in place of the last one."""
    shutil.rmtree(copy, ignore_errors=True)
    return shutil.copytree(first, copy)


def asked(file: Path, question: str) -> int:
    """One number from an SQLite file, read beside those who work with it; 0 for no row."""
    with closing(sqlite3.connect(file)) as connection:
        found = connection.execute(question).fetchone()
    return found[0] if found else 0


def postgres_program(name: str) -> str | None:
    """Where one of PostgreSQL's programs is; Debian keeps the server's off the PATH."""
    kept = [str(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    return shutil.which(name) or shutil.which(name, path=os.pathsep.join(kept))


@asynccontextmanager
async def cluster() -> AsyncIterator[str | None]:
    """A cluster as it comes, fsync on; gives its address without a database, or None."""
    initdb, postgres = postgres_program("initdb"), postgres_program("postgres")
    if initdb is None or postgres is None:
        yield None
        return
    user = ROOT_RUNS_IT_AS if os.geteuid() == 0 else None
    with folder() as place:
        if user is not None:
            shutil.chown(place, user)
        data = str(place / "data")
        await _run(
            initdb, "-D", data, "-U", "bench", "-A", "trust", "-E", "UTF8", "--no-locale", user=user
        )
        port = free_port()
        server = await create_subprocess_exec(
            postgres, "-D", data, "-p", str(port), "-k", str(place), "-h", "127.0.0.1",
            "-c", "log_min_messages=log", "-c", "log_checkpoints=off",
            stdout=DEVNULL, stderr=PIPE, user=user,
        )  # fmt: skip
        try:
            assert server.stderr is not None
            await _ready(server.stderr)
            yield f"postgresql+asyncpg://bench@127.0.0.1:{port}"
        finally:
            server.send_signal(signal.SIGINT)  # fast: whoever is still connected is sent away
            await server.communicate()


async def _ready(log: StreamReader) -> None:
    while said := await log.readline():
        if b"ready to accept connections" in said:
            return
    raise RuntimeError("PostgreSQL did not start")


async def _run(*command: str, user: str | None) -> None:
    process = await create_subprocess_exec(*command, stdout=DEVNULL, stderr=PIPE, user=user)
    _, complaint = await process.communicate()
    if process.returncode:
        raise RuntimeError(complaint.decode())


def free_port() -> int:
    """One that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def fresh_database(cluster_url: str, name: str, like: str = "template1") -> str:
    """A copy of an empty or of another database, in place of what had the name; its address."""
    connection = await asyncpg.connect(f"{plain(cluster_url)}/postgres")
    try:
        await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        await connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
    finally:
        await connection.close()
    return f"{cluster_url}/{name}"


def plain(url: str) -> str:
    """The address as the driver itself reads it, without the ORM's name for the driver."""
    return url.replace("postgresql+asyncpg", "postgresql")
