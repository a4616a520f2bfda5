"""A process of its own that seals a vault anew, and may kill itself at a named step."""

import asyncio
import sys
from datetime import timedelta
from pathlib import Path

from domain.usecases.reseal import Reseal
from handlers.cli.crash import CrashAt
from storage.open import open_main, open_vault
from tests.integration.storage.cast import NOW, CountingIds, FrozenClock


async def main(main_place: str, vault_place: str, keys: str, days: str, step: str) -> None:
    clock = FrozenClock(NOW + timedelta(days=int(days)))
    memory = await open_main(_place(main_place), clock)
    vault, _ = await open_vault(_place(vault_place), Path(keys), clock, CountingIds())
    name, _, time = step.partition(":")
    await Reseal(memory, vault.chest, clock, CrashAt(name, int(time))).reseal_all()
    await vault.close()
    await memory.close()


def _place(given: str) -> Path | str:
    return given if "://" in given else Path(given)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
