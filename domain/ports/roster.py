"""What main remembers of everybody on the roster, read and written many at once."""

from collections.abc import Callable, Sequence
from typing import Protocol

from domain.model.roster import Book, Change, Member

Tell = Callable[[int], None]
"""Hears how many more have been written."""


class Roster(Protocol):
    """All units and people, for an import."""

    async def book(self) -> Book:
        """Everything that is there; people in the order of their ids."""
        ...

    async def add(self, members: Sequence[Member], tell: Tell) -> None:
        """Add people, none of whom has an account, with their grants and languages."""
        ...

    async def change(self, changes: Sequence[Change], tell: Tell) -> None: ...
