"""Cases in lists: a page of them wherever it is, without their text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.model.opinion_words import Sought
from domain.model.queue import Found, Load, QueueEntry, QueueMark, QueueView, UnitFigures


@dataclass(frozen=True, slots=True)
class Reader:
    """Whoever looks, where they may look, and when they do."""

    id: str
    unit_ids: Sequence[str]
    """Each reaches its subtree."""
    now: datetime


class Queue(Protocol):
    """The cases as lists show them."""

    async def page(
        self, reader: Reader, view: QueueView, limit: int, after: QueueMark | None = None
    ) -> tuple[QueueEntry, ...]:
        """The next of these cases; what is open by its due date, all else the newest first.

        It takes no longer the further back it is.
        """
        ...

    async def find(
        self,
        reader: Reader,
        view: QueueView,
        sought: Sought,
        limit: int,
        after: QueueMark | None = None,
    ) -> Found:
        """Those of these cases whose text holds what is sought, the newest first."""
        ...

    async def figures(
        self, unit_ids: Sequence[str], months: tuple[str, str]
    ) -> tuple[UnitFigures, ...]:
        """How many came in with each of these units and all below it, from month to month.

        A unit with none is left out.
        """
        ...

    async def numbered(self, reader: Reader, number: str) -> QueueEntry | None:
        """The case that staff call so; None also if this reader may not open it."""
        ...

    async def workload(self, reader: Reader) -> tuple[Load, ...]:
        """Open cases of these units by who has them, nobody's first."""
        ...

    async def views(self, person_id: str) -> tuple[QueueView, ...]:
        """Those that a person keeps, oldest first."""
        ...

    async def keep_view(self, person_id: str, view: QueueView, now: datetime) -> None:
        """Keep it for this person; one that is kept already stays as it is."""
        ...

    async def drop_view(self, person_id: str, view: QueueView) -> None: ...
