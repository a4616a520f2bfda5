"""What main remembers of roster checks, and of when people were last there."""

from datetime import date
from typing import Protocol


class Checks(Protocol):
    """Monthly looks at units' people."""

    async def waiting(self, month: date, today: date) -> tuple[str, ...]:
        """The units with a supervisor who has joined that have not had this month's check."""
        ...

    async def begin(self, unit_id: str, month: date) -> bool:
        """Note that a unit's check of this month was made; False if it was."""
        ...

    async def supervisors(self, unit_id: str, today: date) -> tuple[str, ...]:
        """Those who supervise this very unit today and have joined, by id."""
        ...

    async def saw(self, person_id: str, day: date) -> None:
        """Somebody registered was there on this day; the latest one is kept."""
        ...
