"""What main remembers of commendations, as long as nobody takes them back."""

from datetime import datetime
from typing import Protocol

from domain.model.commendation import Commendation


class Commendations(Protocol):
    """Good words, each for one person."""

    async def add(self, commendation: Commendation) -> None: ...
    async def get(self, commendation_id: str) -> Commendation:
        """LostRace("commendation.gone") once it was taken back."""
        ...

    async def given_to(self, person_id: str, skip: int, limit: int) -> tuple[Commendation, ...]:
        """What somebody was given, the newest in front."""
        ...

    async def given_at(
        self, person_id: str, unit_id: str, skip: int, limit: int
    ) -> tuple[Commendation, ...]:
        """Those of them that are for work in this unit."""
        ...

    async def take_back(self, commendation: Commendation, now: datetime) -> None:
        """Remove it, and its message: unsent it never goes out, what arrived is deleted.

        LostRace("commendation.on_its_way") while it is being sent.
        """
        ...

    async def spoken_by(self, person_id: str) -> tuple[str, ...]:
        """The languages that the roster knows of somebody; empty if it knows none."""
        ...
