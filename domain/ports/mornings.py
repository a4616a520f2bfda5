"""What main remembers of mornings: what goes out that day, who is told when, how many read it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Protocol

from domain.model.broadcast import Broadcast
from domain.model.delivery import OutboxEntry
from domain.model.morning import Reader, Wish
from domain.model.unit import Unit


class Mornings(Protocol):
    """One day's content, for those who pass it on."""

    async def going_out(
        self, unit_ids: Sequence[str], begin: datetime, end: datetime
    ) -> tuple[tuple[Broadcast, Unit], ...]:
        """Broadcasts planned between two moments, and the unit of each one's audience.

        Of approved bulletins only, that stand and wait for nobody's word, whose audience lies
        above, at or below one of these units; by their times.
        """
        ...

    async def related(self, unit_ids: Sequence[str]) -> Mapping[str, frozenset[str]]:
        """Of each of these units all that lie above, at or below it."""
        ...

    async def wish(self, person_id: str) -> Wish: ...
    async def save_wish(self, person_id: str, wish: Wish) -> None: ...

    async def rounds(self, day: date) -> frozenset[time]:
        """The hours of a day whose cards are in line."""
        ...

    async def begin_round(self, day: date, hour: time) -> bool:
        """Note that its cards are in line with this commit; False if they are already."""
        ...

    async def readers(self, day: date, hour: time) -> tuple[Reader, ...]:
        """Those with an account and, on this day, a role to whom content goes at this hour."""
        ...

    async def owe(self, entries: Sequence[OutboxEntry]) -> None:
        """Put many cards to people in line at once; one that is there already stays as it is."""
        ...

    async def salt(self, day: date, fresh: str) -> str:
        """What this day's marks are salted with: `fresh`, unless there is something already."""
        ...

    async def has_mark(self, mark: str) -> bool: ...
    async def count_reader(self, unit_id: str, day: date, mark: str) -> bool:
        """One more reader of this unit; False, and nothing changes, if the mark is there."""
        ...

    async def read_below(self, unit_ids: Sequence[str], day: date) -> int:
        """How many readers were counted in these units' subtrees."""
        ...

    async def forget_counts(self, before: date) -> int:
        """Remove how many read on earlier days, and which cards were owed then."""
        ...

    async def forget_marks(self, before: date) -> int:
        """Remove the marks of earlier days, and what they were salted with."""
        ...
