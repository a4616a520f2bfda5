"""The files of month keys: made whole, read, destroyed; of a destroyed one a note remains."""

import base64
import binascii
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from domain.model.month_key import is_epoch
from domain.ports import Steps
from storage.errors import StorageUnusable, Unusable
from storage.folders import sync_folder
from storage.vault.sealing import KEY_BYTES

PREFIX, SUFFIX, NOTE = "vault-", ".key", ".destroyed"


@dataclass(frozen=True, slots=True)
class KeyFiles:
    """The folder in which the keys lie (thư mục khóa)."""

    folder: Path

    def names(self) -> frozenset[str]:
        """All that lies there, by which it is seen whether anything has changed."""
        try:
            with os.scandir(self.folder) as entries:
                return frozenset(entry.name for entry in entries)
        except FileNotFoundError:
            return frozenset()
        except OSError as error:
            raise StorageUnusable(str(self.folder), Unusable.UNWRITABLE) from error

    def path(self, epoch: str) -> Path:
        return self.folder / f"{PREFIX}{epoch}{SUFFIX}"

    def note(self, epoch: str) -> Path:
        return self.folder / f"{PREFIX}{epoch}{NOTE}"

    def read(self, epoch: str) -> bytes:
        """The key itself; StorageUnusable if the file holds none."""
        path = self.path(epoch)
        try:
            secret = base64.b64decode(path.read_bytes(), validate=True)
        except (OSError, binascii.Error) as error:
            raise StorageUnusable(str(path), Unusable.KEY_WRONG) from error
        if len(secret) != KEY_BYTES:
            raise StorageUnusable(str(path), Unusable.KEY_WRONG)
        return secret

    def made_at(self, epoch: str) -> datetime | None:
        try:
            return datetime.fromtimestamp(self.path(epoch).stat().st_mtime, UTC)
        except OSError:
            return None

    def destroyed_at(self, epoch: str) -> datetime | None:
        try:
            return datetime.fromisoformat(json.loads(self.note(epoch).read_bytes())["at"])
        except (OSError, ValueError, KeyError):
            return None

    def write(self, epoch: str, secret: bytes, now: datetime) -> None:
        """Have this key there; one that is there already stays."""
        self._create(self.path(epoch), base64.b64encode(secret), now)

    def destroy(self, epoch: str, now: datetime, steps: Steps) -> None:
        """First it is written down that it goes, so that a start in the middle ends the same."""
        self._create(self.note(epoch), json.dumps({"at": now.isoformat()}).encode(), now)
        steps.reached("key noted")
        try:
            # Halves of a making that was cut short hold the key as well.
            for path in (*self.folder.glob(f".{PREFIX}{epoch}{SUFFIX}.*"), self.path(epoch)):
                _overwrite(path)
                steps.reached("key overwritten")
                path.unlink(missing_ok=True)
            sync_folder(self.folder)
        except OSError as error:
            raise StorageUnusable(str(self.path(epoch)), Unusable.UNWRITABLE) from error

    def _create(self, path: Path, content: bytes, now: datetime) -> None:
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _create_whole(path, content, now)
        except OSError as error:
            raise StorageUnusable(str(self.folder), Unusable.UNWRITABLE) from error


def epochs(names: frozenset[str], ending: str) -> frozenset[str]:
    """Of file names, the epochs of those with this ending."""
    fit = (name for name in names if name.startswith(PREFIX) and name.endswith(ending))
    inner = (name.removeprefix(PREFIX).removesuffix(ending) for name in fit)
    return frozenset(epoch for epoch in inner if is_epoch(epoch))


def _overwrite(path: Path) -> None:
    with suppress(FileNotFoundError), path.open("r+b") as file:
        file.write(os.urandom(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())


def _create_whole(path: Path, content: bytes, now: datetime) -> None:
    """Make a file that is never seen half-written; one that is there already stays."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.unlink(missing_ok=True)
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.utime(aside, (now.timestamp(), now.timestamp()))
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        path.hardlink_to(aside)
    aside.unlink()
    sync_folder(path.parent)
