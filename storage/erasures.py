"""The journal of erasures: beside the databases, so that no backup of them undoes one."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from domain.clock import Clock
from domain.model.erasure import BACKUP_KEPT, Erased, ErasedKind
from storage.errors import StorageUnusable, Unusable
from storage.folders import sync_folder


@dataclass(frozen=True, slots=True)
class ErasureJournal:
    """Names of what is erased, one file for each month and kind (sổ xóa)."""

    # Neither moments nor one order across the kinds: who took a consent back and erased a case in
    # the same minute must not be found by two lines that stand together.

    folder: Path
    clock: Clock

    def make_ready(self) -> None:
        """Be there before the first erasure: a missing journal is one that was lost."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise StorageUnusable(str(self.folder), Unusable.UNWRITABLE) from error

    def write(self, kind: ErasedKind, names: Iterable[str]) -> None:
        """Have it on the disk before it is erased; StorageUnusable if it cannot be."""
        self.make_ready()
        try:
            path = self.folder / f"{self.clock.now().astimezone(UTC):%Y-%m}.{kind}"
            # Before each name too: a line that a power cut tore does not swallow the next.
            _append(path, "".join(f"\n{name}\n" for name in names).encode())
            self._forget_old_months()
        except OSError as error:
            raise StorageUnusable(str(self.folder), Unusable.UNWRITABLE) from error

    def read(self) -> Erased:
        """All that is remembered; StorageUnusable if it cannot be read."""
        return Erased(
            addresses=self._names(ErasedKind.ADDRESS),
            drafts=self._names(ErasedKind.DRAFT),
            residents=self._names(ErasedKind.RESIDENT),
            cases=self._names(ErasedKind.CASE),
            media=self._names(ErasedKind.MEDIA),
        )

    def _names(self, kind: ErasedKind) -> frozenset[str]:
        try:
            lines = [path.read_text().split() for path in self.folder.glob(f"*.{kind}")]
        except OSError as error:
            raise StorageUnusable(str(self.folder), Unusable.UNWRITABLE) from error
        return frozenset(name for names in lines for name in names)

    def _forget_old_months(self) -> None:
        oldest = self.clock.now() - BACKUP_KEPT
        for path in self.folder.glob("????-??.*"):
            if _end_of(path.stem) < oldest:
                path.unlink(missing_ok=True)


def _append(path: Path, lines: bytes) -> None:
    is_new = not path.exists()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(lines)
        file.flush()
        os.fsync(handle)
    if is_new:
        sync_folder(path.parent)


def _end_of(month: str) -> datetime:
    year, number = (int(part) for part in month.split("-"))
    return datetime(year + number // 12, number % 12 + 1, 1, tzinfo=UTC)
