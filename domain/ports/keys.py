"""The month keys of the vault, and what is sealed under each."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from domain.model.month_key import KeyStanding
from domain.ports.outside import Steps


class KeyChest(Protocol):
    """Keys and seals (rương khóa): it moves what is sealed, and shows nobody what that is."""

    async def reseal(self, limit: int) -> int:
        """Move so many rows of older months under the key in use; 0 once there are none.

        Each row is changed only as it was read: it may be repeated, and ended anywhere.
        """
        ...

    async def due(self, now: datetime) -> Sequence[KeyStanding]:
        """Those whose time has come, whatever may still be sealed under them."""
        ...

    async def standings(self) -> Sequence[KeyStanding]:
        """Every key there is or was, and those that are missing; the oldest first."""
        ...

    async def held_by(self, epoch: str) -> Mapping[str, int]:
        """What needs this key, by table; nothing that needs none is in it."""
        ...

    async def destroy(self, epoch: str, steps: Steps | None = None) -> None:
        """Overwrite the key's file and remove it; what it sealed can never be opened again."""
        ...

    async def forget_unreadable(self) -> Mapping[str, int]:
        """Drop what is sealed under keys that were destroyed; how much, by table."""
        ...

    async def make(self, month: str) -> str:
        """A fresh key of that month, under a name that no key had; its epoch."""
        ...

    async def split(self, epoch: str) -> tuple[str, str]:
        """Two shares of a key, as they are printed; Refusal if its file cannot be read."""
        ...

    async def require_room(self, epoch: str, secret: bytes, fingerprint: str) -> None:
        """Refusal unless this is the key of that fingerprint, and may lie there."""
        ...

    async def put_back(self, epoch: str, secret: bytes) -> None: ...
