"""`make chaos`: many kills on each database, and one line of JSON for each."""

import argparse
import asyncio
import secrets
import sys
import tempfile
import time
from functools import reduce
from operator import add
from pathlib import Path

from tests.chaos.office import Place
from tests.chaos.rounds import Chaos, run
from tests.chaos.verdict import Verdict

WORKERS = 2
TOLD_EVERY = 10


class Progress:
    """A line on stderr now and then."""

    def __init__(self, kills: int) -> None:
        self.kills, self.done, self.began = kills, 0, time.monotonic()

    def __call__(self, chaos: Chaos) -> None:
        self.done += 1
        if self.done % TOLD_EVERY == 0 or self.done == self.kills:
            sent = len(chaos.office.written) * len(chaos.office.chats)
            lasted = time.monotonic() - self.began
            said = f"{self.done}/{self.kills} kills in {lasted:.0f} s; one worker: {sent} owed,"
            print(said, chaos.people.acts, "updates", file=sys.stderr, flush=True)


async def sqlite(kills: int, seed: int, folder: Path) -> Verdict:
    """Two posts side by side, each with a world of its own."""
    progress = Progress(kills)
    shares = [kills // WORKERS + (worker < kills % WORKERS) for worker in range(WORKERS)]
    verdicts = await asyncio.gather(
        *(
            run(Place.in_files(folder / f"worker{worker}"), share, seed + worker, tell=progress)
            for worker, share in enumerate(shares)
            if share
        )
    )
    return reduce(add, verdicts)


def main() -> int:
    parser = argparse.ArgumentParser(prog="make chaos")
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int)
    options = parser.parse_args()
    seed = secrets.randbelow(10**6) if options.seed is None else options.seed
    print(f"SEED={seed}", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory(prefix="chaos") as folder:
        verdict = asyncio.run(sqlite(options.kills, seed, Path(folder)))
    print(verdict.line(), flush=True)
    return 0 if verdict.holds else 1


if __name__ == "__main__":
    sys.exit(main())
