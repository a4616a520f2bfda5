"""What main remembers of everybody on the roster, read and written many at once."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Protocol

from domain.model.field_work import Service
from domain.model.invite import Invite
from domain.model.roster import Book, Change, Member, Newcomer, Seat

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

    async def change(self, changes: Sequence[Change], tell: Tell) -> None:
        """Change grants and languages; where somebody sits is `seat`'s."""
        ...

    async def seat(self, taken: Sequence[tuple[str, Seat]]) -> None:
        """Put people, by their ids, in these places; who led before must be among them."""
        ...

    async def unseat(self, person_id: str, unit_id: str) -> None:
        """Take somebody out of every team of a unit."""
        ...

    async def seats(self, person_id: str) -> tuple[Seat, ...]: ...

    async def services(self, unit_id: str, today: date) -> tuple[Service, ...]:
        """Every role in the field in this subtree that is not over, by unit and name."""
        ...

    async def newcomers(
        self, unit_id: str, today: date, asked_since: datetime
    ) -> tuple[Newcomer, ...]:
        """Whoever has no account and a role in this subtree that is not over, by unit and name.

        Left out is whoever used an invite since that moment and waits for a supervisor's word.
        """
        ...

    async def invite(self, invites: Sequence[Invite], now: datetime) -> int:
        """Add invites of people on the roster; their unused ones die. How many those were."""
        ...

    async def revoke_invites(self, person_id: str, unit_id: str, now: datetime) -> None:
        """Make useless what would still let somebody into this unit's field, used or not."""
        ...

    async def move_invites(self, person_id: str, unit_id: str, to: str) -> None:
        """Let into another unit's field whomever an invite would still let into this one's."""
        ...
