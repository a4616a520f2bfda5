"""What main remembers of opinions: the text and the case, never the person."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.model.opinion import Answer, Opinion


class Opinions(Protocol):
    """Opinions, their cases and the answers given."""

    async def add(self, opinion: Opinion) -> None: ...
    async def get(self, opinion_id: str) -> Opinion: ...
    async def find(self, opinion_id: str) -> Opinion | None: ...
    async def by_code(self, code: str) -> Opinion | None: ...
    async def by_handle(self, handle: str) -> Opinion | None: ...
    async def save(self, opinion: Opinion, was: Opinion) -> None:
        """Compare and set on the version; LostRace("opinion.moved_on") when it is late."""
        ...

    async def add_answer(self, answer: Answer) -> None: ...
    async def answers(self, opinion_id: str) -> tuple[Answer, ...]:
        """Oldest first."""
        ...

    async def waiting(self, unit_ids: Sequence[str], limit: int) -> tuple[Opinion, ...]:
        """Open cases in these units' subtrees, the one due first in front."""
        ...

    async def answered_before(self, moment: datetime) -> tuple[Opinion, ...]:
        """Cases still answered, not closed, whose last answer is older than this."""
        ...

    async def closed_before(self, moment: datetime) -> tuple[Opinion, ...]:
        """Closed cases that still have a handle."""
        ...

    async def drop_handle(self, opinion_id: str) -> None:
        """Forget the name of the address; the case itself stays."""
        ...

    async def erase_texts(self, closed_before: datetime, now: datetime) -> int:
        """Erase text and answers of cases closed before this; returns how many."""
        ...

    async def erase(self, opinion: Opinion, now: datetime) -> None:
        """Erase one case's text, answers and handle; what stays is that a case was erased."""
        ...
