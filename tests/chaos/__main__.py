"""`make chaos`: many kills on each database, and one line of JSON for each."""

import argparse
import asyncio
import secrets
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from tests.chaos.office import Place
from tests.chaos.rounds import WORKERS, Chaos, run_shared
from tests.chaos.verdict import Verdict
from tests.postgres import Cluster, find_programs

TOLD_EVERY = 10
MakePlace = Callable[[Path], Awaitable[Place]]


class Progress:
    """A line on stderr now and then."""

    def __init__(self, database: str, kills: int) -> None:
        self.database, self.kills = database, kills
        self.done, self.began = 0, time.monotonic()

    def __call__(self, chaos: Chaos) -> None:
        self.done += 1
        if self.done % TOLD_EVERY == 0 or self.done == self.kills:
            lasted = time.monotonic() - self.began
            said = f"{self.database}: {self.done}/{self.kills} kills in {lasted:.0f} s"
            print(said, file=sys.stderr, flush=True)


async def kill_on(database: str, make: MakePlace, kills: int, seed: int, folder: Path) -> Verdict:
    """Share the kills among the workers, and add up what they found."""
    workers = [await make(folder / f"{database}{number}") for number in range(WORKERS[database])]
    return await run_shared(workers, kills, seed, Progress(database, kills))


async def in_files(folder: Path) -> Place:
    return Place.in_files(folder)


async def on_server(cluster: Cluster, folder: Path) -> Place:
    return await Place.on_server(folder, cluster, folder.name)


@contextmanager
def places(database: str) -> Iterator[MakePlace | None]:
    """How a place on such a database is made; None where there is none."""
    if database == "sqlite":
        yield in_files
        return
    programs = find_programs()
    if programs is None:
        print("PostgreSQL is missing: sudo apt-get install postgresql", file=sys.stderr)
        yield None
        return
    # The server survives whatever is killed here, and so may write as carelessly as it likes.
    cluster = Cluster.make(programs)
    cluster.start()
    try:
        yield partial(on_server, cluster)
    finally:
        cluster.stop()
        cluster.remove()


def main() -> int:
    parser = argparse.ArgumentParser(prog="make chaos")
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--database", choices=list(WORKERS), action="append")
    options = parser.parse_args()
    seed = secrets.randbelow(10**6) if options.seed is None else options.seed
    print(f"SEED={seed}", file=sys.stderr, flush=True)
    held = True
    for database in options.database or WORKERS:
        with tempfile.TemporaryDirectory(prefix="chaos") as folder, places(database) as make:
            if make is not None:
                found = asyncio.run(kill_on(database, make, options.kills, seed, Path(folder)))
                print(found.line(), flush=True)
                held = held and found.holds
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
