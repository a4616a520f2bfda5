"""What main remembers of matters: their titles, and which cases are gathered under each."""

from collections.abc import Sequence
from typing import Protocol

from domain.model.matter import Matter, MatterCase


class Matters(Protocol):
    """Matters, and the cases that are gathered; a case is in one open matter at most.

    Whatever lies outside the matter's subtree by now is not among its cases.
    """

    async def add(self, matter: Matter) -> None: ...
    async def get(self, matter_id: str) -> Matter: ...
    async def save(self, matter: Matter, was: Matter) -> None:
        """Compare and set on the version; LostRace("button.stale") when it is late."""
        ...

    async def open_in(self, unit_ids: Sequence[str], skip: int, limit: int) -> tuple[Matter, ...]:
        """Open ones of exactly these units, the newest first."""
        ...

    async def open_below(
        self, unit_ids: Sequence[str], skip: int, limit: int
    ) -> tuple[Matter, ...]:
        """Open ones of these units and all below them, the newest first."""
        ...

    async def with_case(self, opinion_id: str) -> Matter | None:
        """The open matter that this case is gathered under."""
        ...

    async def answered_by(self, bulletin_id: str) -> Matter | None:
        """The open matter whose public answer this is."""
        ...

    async def put_in(self, matter_id: str, opinion_id: str) -> None:
        """Whatever it was gathered under before."""
        ...

    async def take_out(self, opinion_id: str) -> None: ...
    async def cases(self, matter_id: str, after: int, limit: int) -> tuple[MatterCase, ...]:
        """In the order in which they were filed, from behind this place on; 0 for the first."""
        ...

    async def count(self, matter_id: str) -> int: ...
    async def owners(self, matter_id: str) -> tuple[str, ...]:
        """Whoever has cases of it in work."""
        ...
