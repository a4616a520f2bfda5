"""A throw-away PostgreSQL for one run of the tests, gone when the last that uses it has ended."""

import fcntl
import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "200",
    "timezone": "UTC",
}
"""Fast and careless: nothing in it outlives the run."""


def find_programs() -> Path | None:
    """The folder with initdb and pg_ctl; Debian keeps them out of PATH."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    kept = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    return kept[-1].parent if kept else None


def _version(initdb: Path) -> int:
    return int(initdb.parent.parent.name)


@dataclass(frozen=True)
class Cluster:
    """One server with its data, reached by a socket in its folder; its superuser is trusted."""

    programs: Path
    folder: Path

    @classmethod
    def make(cls, programs: Path, **settings: str) -> "Cluster":
        folder = Path(tempfile.mkdtemp(prefix="haichieu-pg-", dir="/tmp"))
        cluster = cls(programs, folder)
        # PostgreSQL refuses to run as root: then it runs as its own user, or as nobody.
        shutil.chown(folder, *cluster.owner)
        folder.chmod(0o755)
        options = ("--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
        cluster.run("initdb", "-D", cluster.data, *options, "--username=postgres")
        with (cluster.data / "postgresql.conf").open("a") as conf:
            given = SETTINGS | {"unix_socket_directories": str(folder)} | settings
            conf.writelines(f"{name} = '{value}'\n" for name, value in given.items())
        return cluster

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def owner(self) -> tuple[int, int]:
        if os.getuid() != 0:
            return os.getuid(), os.getgid()
        users = {user.pw_name: user for user in pwd.getpwall()}
        user = users.get("postgres") or users["nobody"]
        return user.pw_uid, user.pw_gid

    def start(self) -> None:
        self.run("pg_ctl", "-D", self.data, "-l", self.folder / "log", "-w", "start")

    def stop(self, mode: str = "immediate") -> None:
        self.run("pg_ctl", "-D", self.data, "-m", mode, "-w", "stop")

    def run(self, program: str, *arguments: object) -> None:
        as_owner: dict[str, Any] = {}
        if os.getuid() == 0:
            uid, gid = self.owner
            as_owner = {"user": uid, "group": gid, "extra_groups": []}
        command = [str(self.programs / program), *map(str, arguments)]
        # The server inherits what pg_ctl has: a pipe of ours would never end.
        said = self.folder / "said"
        with said.open("w") as out:
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, check=False, **as_owner
            )
        if done.returncode:
            raise AssertionError(f"{program} failed: {said.read_text()}")

    def url(self, database: str, user: str = "postgres") -> str:
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def shared_cluster(programs: Path, meeting_place: Path) -> Iterator[Cluster]:
    """One cluster for all processes of a run: the first starts it, the last lets it be removed."""
    noted = meeting_place / "postgres.json"
    with _locked(meeting_place / "postgres.start"):
        using = (meeting_place / "postgres.using").open("w")
        fcntl.flock(using, fcntl.LOCK_SH)  # waits while a former one is being removed
        if noted.exists():
            cluster = Cluster(programs, Path(json.loads(noted.read_text())))
        else:
            cluster = Cluster.make(programs)
            cluster.start()
            noted.write_text(json.dumps(str(cluster.folder)))
            _remove_when_unused(cluster, noted, Path(using.name))
    try:
        yield cluster
    finally:
        using.close()


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _remove_when_unused(cluster: Cluster, noted: Path, using: Path) -> None:
    """Leave a process behind that waits for the end of all who use it, however they end."""
    subprocess.run(
        [sys.executable, __file__, cluster.programs, cluster.folder, noted, using],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
        start_new_session=True,
    )


if __name__ == "__main__":
    if os.fork():
        sys.exit()
    programs, folder, noted, using = map(Path, sys.argv[1:])
    with using.open("w") as last:
        fcntl.flock(last, fcntl.LOCK_EX)
        noted.unlink(missing_ok=True)
        cluster = Cluster(programs, folder)
        cluster.stop()
        cluster.remove()
