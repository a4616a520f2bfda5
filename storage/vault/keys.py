"""The vault's month keys: one small file each, readable by the post process alone."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from domain.clock import Clock
from domain.model.month_key import (
    KeyStanding,
    KeyState,
    begin_of,
    in_force,
    month_of,
    next_epoch,
)
from domain.ports import NoSteps, Steps
from storage.errors import SealBroken, StorageUnusable, Unusable
from storage.vault.key_files import NOTE, SUFFIX, KeyFiles, epochs
from storage.vault.sealing import KEY_BYTES, MonthKey
from storage.vault.tables import SealedRow

log = logging.getLogger(__name__)

Sealed = TypeVar("Sealed", bound=SealedRow)


class KeyRing:
    """All month keys there are; this month's is made when it is first needed.

    The folder is looked at each time: another process, or the operator, may have made a key or
    destroyed one. A key whose file has vanished without a note goes on being used.
    """

    def __init__(self, folder: Path, clock: Clock, lenient: bool = False) -> None:
        self.files = KeyFiles(folder)
        self.clock = clock
        self._keys: dict[str, MonthKey] = {}
        self._seen: frozenset[str] = frozenset()
        self.wrong: frozenset[str] = frozenset()
        """Epochs whose files hold no key; outside a lenient look they stop the start."""
        self._look(lenient)

    def current(self) -> MonthKey:
        """The key under which everything is sealed now."""
        self._look(lenient=True)
        month = month_of(self.clock.now())
        epoch = in_force(month, self._keys)
        return self._keys[epoch] if epoch else self.make(month)

    def make(self, month: str, taken: frozenset[str] = frozenset()) -> MonthKey:
        """A fresh key of that month, beside those it has and these that are missing."""
        epoch = next_epoch(month, taken | self._keys.keys() | self.gone | self.wrong)
        self.files.write(epoch, os.urandom(KEY_BYTES), self.clock.now())
        # Another process may have been first: what lies there is the key.
        self._keys[epoch] = MonthKey(epoch, self.files.read(epoch))
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
        """Every key, the one in use first."""
        current = self.current()
        others = (self._keys[epoch] for epoch in sorted(self._keys, reverse=True))
        return [current, *(key for key in others if key is not current)]

    def has(self, epoch: str) -> bool:
        return epoch in self._keys

    def other_than(self, epoch: str, fingerprint: str) -> bool:
        """Whether a key lies there that is not the one of this fingerprint."""
        return epoch in self._keys and self._keys[epoch].fingerprint != fingerprint

    def path(self, epoch: str) -> Path:
        return self.files.path(epoch)

    @property
    def gone(self) -> frozenset[str]:
        """Epochs whose keys were destroyed, or are being destroyed."""
        return epochs(self._seen, NOTE)

    def destroy(self, epoch: str, steps: Steps | None = None) -> None:
        self.files.destroy(epoch, self.clock.now(), steps or NoSteps())
        self._look(lenient=True)

    def half_destroyed(self) -> frozenset[str]:
        """What was written down as destroyed and still lies there: a process ended in between."""
        self._look(lenient=True)
        return self.gone & epochs(self._seen, SUFFIX)

    def standings(self, needed: frozenset[str] = frozenset()) -> list[KeyStanding]:
        """Every key there is or was, and of these epochs also those that are missing."""
        self._look(lenient=True)
        names = sorted(self._keys.keys() | self.gone | self.wrong | needed)
        return _superseded([self._standing(epoch) for epoch in names])

    def _standing(self, epoch: str) -> KeyStanding:
        if epoch in self.gone:
            at = self.files.destroyed_at(epoch)
            return KeyStanding(epoch, KeyState.DESTROYED, destroyed_at=at)
        made_at = self.files.made_at(epoch)
        if epoch not in self._keys or made_at is None:
            state = KeyState.WRONG if epoch in self.wrong else KeyState.MISSING
            return KeyStanding(epoch, state, made_at)
        fingerprint, month = self._keys[epoch].fingerprint, month_of(self.clock.now())
        if epoch[:7] > month:
            return KeyStanding(epoch, KeyState.MADE_AHEAD, made_at, fingerprint)
        in_use = epoch == in_force(month, self._keys)
        return KeyStanding(
            epoch, KeyState.IN_USE if in_use else KeyState.KEPT, made_at, fingerprint
        )

    def _of(self, epoch: str) -> MonthKey:
        if epoch not in self._keys:
            self._look(lenient=True)
        if epoch in self.gone:
            raise SealBroken(f"the key of {epoch} was destroyed")
        if epoch not in self._keys:
            wrong = Unusable.KEY_WRONG if epoch in self.wrong else Unusable.KEY_MISSING
            raise StorageUnusable(str(self.path(epoch)), wrong)
        return self._keys[epoch]

    def _look(self, lenient: bool) -> None:
        names = self.files.names()
        if names == self._seen:
            return
        self._seen = names
        for epoch in self.gone & self._keys.keys():
            del self._keys[epoch]
        for epoch in epochs(names, SUFFIX) - self.gone - self._keys.keys():
            with self._forgiven(epoch, lenient):
                self._keys[epoch] = MonthKey(epoch, self.files.read(epoch))
                self.wrong -= {epoch}

    @contextmanager
    def _forgiven(self, epoch: str, lenient: bool) -> Iterator[None]:
        try:
            yield
        except StorageUnusable as unusable:
            if not lenient:
                raise
            self.wrong |= {epoch}
            log.error("this file holds no key: %s", unusable.path)


def _superseded(oldest_first: list[KeyStanding]) -> list[KeyStanding]:
    """Each with the moment from which on the next one was in use."""
    found: list[KeyStanding] = []
    since: datetime | None = None
    for standing in reversed(oldest_first):
        found.append(replace(standing, superseded_at=since))
        if standing.made_at is not None and standing.state in (KeyState.IN_USE, KeyState.KEPT):
            since = max(standing.made_at, begin_of(standing.epoch))
    return found[::-1]
