"""The vault's month keys: one small file each, readable by the post process alone."""

import base64
import binascii
import os
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from domain.clock import Clock
from storage.errors import StorageUnusable, Unusable
from storage.folders import sync_folder
from storage.vault.sealing import KEY_BYTES, MonthKey
from storage.vault.tables import SealedRow

Sealed = TypeVar("Sealed", bound=SealedRow)

_PREFIX, _SUFFIX = "vault-", ".key"


class KeyRing:
    """All month keys there are; this month's is made when it is first needed."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock
        self._keys = {epoch: self._read(epoch) for epoch in self._epochs()}

    def current(self) -> MonthKey:
        """The key under which everything is sealed now."""
        epoch = f"{self._clock.now():%Y-%m}"
        if epoch not in self._keys:
            self._make(epoch)
            self._keys[epoch] = self._read(epoch)
        return self._keys[epoch]

    def seal(self, row: Sealed, plain: bytes) -> Sealed:
        """The row, with this sealed inside it under the current key."""
        key = self.current()
        row.epoch = key.epoch
        row.sealed = key.seal(plain, row.bound_to())
        return row

    def open(self, row: SealedRow) -> bytes:
        """What is sealed inside a row; SealBroken if it is not this row's."""
        return self.unseal(row.epoch, row.sealed, row.bound_to())

    def unseal(self, epoch: str, sealed: bytes, bound_to: str) -> bytes:
        """What was sealed under that month's key, bound to these words."""
        return self._of(epoch).open(sealed, bound_to)

    def indexes(self, kind: str, name: str) -> list[str]:
        """What this name may be found under: a blind index for each month, the newest first."""
        return [key.index(kind, name) for key in self.newest_first()]

    def newest_first(self) -> list[MonthKey]:
        """Every month's key, this month's first."""
        self.current()
        return [self._keys[epoch] for epoch in sorted(self._keys, reverse=True)]

    def path(self, epoch: str) -> Path:
        return self._folder / f"{_PREFIX}{epoch}{_SUFFIX}"

    def _of(self, epoch: str) -> MonthKey:
        if epoch not in self._keys:
            raise StorageUnusable(str(self.path(epoch)), Unusable.KEY_MISSING)
        return self._keys[epoch]

    def _epochs(self) -> list[str]:
        names = [path.name for path in self._folder.glob(f"{_PREFIX}*{_SUFFIX}")]
        return [name.removeprefix(_PREFIX).removesuffix(_SUFFIX) for name in names]

    def _read(self, epoch: str) -> MonthKey:
        path = self.path(epoch)
        try:
            secret = base64.b64decode(path.read_bytes(), validate=True)
        except (OSError, binascii.Error) as error:
            raise StorageUnusable(str(path), Unusable.KEY_WRONG) from error
        if len(secret) != KEY_BYTES:
            raise StorageUnusable(str(path), Unusable.KEY_WRONG)
        return MonthKey(epoch, secret)

    def _make(self, epoch: str) -> None:
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _create_whole(self.path(epoch), base64.b64encode(os.urandom(KEY_BYTES)))
        except OSError as error:
            raise StorageUnusable(str(self._folder), Unusable.UNWRITABLE) from error


def _create_whole(path: Path, content: bytes) -> None:
    """Make a file that is never seen half-written; one that is there already stays."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.unlink(missing_ok=True)
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        path.hardlink_to(aside)
    aside.unlink()
    sync_folder(path.parent)
