"""Month keys: made whole, closed to others, and missed at once when they are gone."""

import base64
from datetime import timedelta
from pathlib import Path

import pytest

from storage.errors import StorageUnusable, Unusable
from storage.open import open_vault
from storage.vault.keys import KeyRing
from storage.vault.residents import SqlVault
from tests.databases import Databases
from tests.integration.storage.cast import EM, NOW, CountingIds, FrozenClock


async def reopened(databases: Databases, keys_folder: Path) -> StorageUnusable:
    with pytest.raises(StorageUnusable) as raised:
        await open_vault(databases.vault, keys_folder, FrozenClock(), CountingIds())
    return raised.value


def test_a_key_is_made_when_it_is_first_needed(keys_folder: Path) -> None:
    keys = KeyRing(keys_folder, FrozenClock())
    assert not keys_folder.exists()
    keys.current()

    (path,) = keys_folder.iterdir()
    assert path.name == "vault-2026-11.key"
    assert len(base64.b64decode(path.read_bytes())) == 32


def test_a_key_is_closed_to_other_users(keys_folder: Path) -> None:
    KeyRing(keys_folder, FrozenClock()).current()
    (path,) = keys_folder.iterdir()

    assert (path.stat().st_mode & 0o777, keys_folder.stat().st_mode & 0o777) == (0o600, 0o700)


def test_each_month_has_its_own_key(keys_folder: Path) -> None:
    clock = FrozenClock()
    keys = KeyRing(keys_folder, clock)
    november = keys.current().index("resident", "em")
    clock.moment = NOW + timedelta(days=20)

    assert keys.current().index("resident", "em") != november
    assert keys.indexes("resident", "em")[1] == november


def test_two_processes_share_one_key(keys_folder: Path) -> None:
    first, second = (KeyRing(keys_folder, FrozenClock()) for _ in range(2))

    assert first.current().index("line", "em") == second.current().index("line", "em")


def test_indexes_of_two_kinds_show_no_likeness(keys_folder: Path) -> None:
    key = KeyRing(keys_folder, FrozenClock()).current()

    assert key.index("resident", "em") != key.index("draft", "em")


async def test_a_missing_key_is_named(
    vault: SqlVault, databases: Databases, keys_folder: Path
) -> None:
    await vault.seal_address("h1", EM, NOW)
    path = keys_folder / "vault-2026-11.key"
    path.unlink()

    missing = await reopened(databases, keys_folder)
    assert (missing.path, missing.reason) == (str(path), Unusable.KEY_MISSING)
    assert not path.exists(), "a new key under the old name would hide the loss"


async def test_another_key_under_the_same_name_is_noticed(
    vault: SqlVault, databases: Databases, keys_folder: Path
) -> None:
    await vault.seal_address("h1", EM, NOW)
    path = keys_folder / "vault-2026-11.key"
    path.write_bytes(base64.b64encode(b"k" * 32))

    wrong = await reopened(databases, keys_folder)
    assert (wrong.path, wrong.reason) == (str(path), Unusable.KEY_WRONG)


@pytest.mark.parametrize("content", [b"", b"not base64!", base64.b64encode(b"short")])
def test_a_key_file_that_is_no_key_is_named(keys_folder: Path, content: bytes) -> None:
    keys_folder.mkdir()
    (keys_folder / "vault-2026-11.key").write_bytes(content)

    with pytest.raises(StorageUnusable, match="key_wrong"):
        KeyRing(keys_folder, FrozenClock())


def test_a_key_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("a file where the folder should be")

    with pytest.raises(StorageUnusable, match="unwritable"):
        KeyRing(tmp_path / "keys", FrozenClock()).current()
