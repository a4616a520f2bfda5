"""Killed in the middle of a re-sealing, it goes on: no address is lost, no key goes too early."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from domain.model.chat import Address
from storage.open import open_vault
from storage.vault.key_files import KeyFiles
from storage.vault.keys import KeyRing
from storage.vault.residents import SqlVault
from tests.databases import Databases
from tests.integration.storage.cast import EM, NOW, CountingIds, FrozenClock
from tests.integration.storage.resealing import main
from tests.integration.storage.test_vault import CONSENTED

MANY = 450
"""More than two batches."""
ROOT = Path(__file__).parents[3]
NEVER = "never:1"
PEOPLE = [replace(EM, chat=str(1000 + number)) for number in range(MANY)]


def places(databases: Databases, keys: Path, days: int, step: str = NEVER) -> list[str]:
    return [str(place) for place in (databases.main, databases.vault, keys, days, step)]


def killed_at(step: str, databases: Databases, keys: Path, days: int) -> bool:
    where = places(databases, keys, days, step)
    command = [sys.executable, "-m", "tests.integration.storage.resealing", *where]
    return subprocess.run(command, cwd=ROOT, timeout=120, check=False).returncode == -9


async def sealed_in_november(vault: SqlVault) -> None:
    for number, who in enumerate(PEOPLE):
        await vault.seal_address(f"h{number:04}", who, NOW)
    await vault.save_resident(EM, CONSENTED)


async def delivered(databases: Databases, keys: Path) -> list[Address | None]:
    clock = FrozenClock(NOW.replace(month=12))
    vault, _ = await open_vault(databases.vault, keys, clock, CountingIds())
    found = [await vault.address(f"h{number:04}") for number in range(MANY)]
    assert (await vault.known(EM, NOW)).resident == CONSENTED
    await vault.close()
    return found


@pytest.mark.parametrize("step", ["resealed:1", "resealed:2"])
async def test_killed_between_two_batches_every_address_is_still_delivered_to(
    vault: SqlVault, databases: Databases, keys_folder: Path, step: str
) -> None:
    await sealed_in_november(vault)
    assert killed_at(step, databases, keys_folder, 12)
    assert await delivered(databases, keys_folder) == PEOPLE
    await main(*places(databases, keys_folder, 12))
    await main(*places(databases, keys_folder, 13))

    assert KeyRing(keys_folder, FrozenClock()).gone == {"2026-11"}
    assert await delivered(databases, keys_folder) == PEOPLE


@pytest.mark.parametrize("step", ["key noted:1", "key overwritten:1", "key destroyed:1"])
async def test_killed_while_a_key_is_destroyed_the_next_start_ends_it(
    vault: SqlVault, databases: Databases, keys_folder: Path, step: str
) -> None:
    await vault.seal_address("h0000", EM, NOW)
    await main(*places(databases, keys_folder, 12))
    assert killed_at(step, databases, keys_folder, 13)
    await main(*places(databases, keys_folder, 13))

    assert not KeyFiles(keys_folder).names() & {"vault-2026-11.key"}
    assert KeyRing(keys_folder, FrozenClock()).gone == {"2026-11"}
