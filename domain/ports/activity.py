"""What main counts of sessions."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from domain.model.activity import Count, Idle, Questions


class Activity(Protocol):
    """Sessions, counted where they were held, or for whoever held them alone."""

    async def by_place(self, unit_id: str, begin: datetime, end: datetime) -> Mapping[str, Count]:
        """Sessions begun between two moments: of the unit with all below it, and of each child.

        By unit id; a place with none is missing.
        """
        ...

    async def open_questions(self, unit_id: str) -> Mapping[str, int]:
        """Questions from sessions that wait for an answer, in the same way."""
        ...

    async def of_person(self, person_id: str, begin: datetime, end: datetime) -> Count:
        """One person's sessions begun between two moments, counted in the same way."""
        ...

    async def returned_to(self, person_id: str, begin: datetime, end: datetime) -> int:
        """How many of those stand returned; they count nowhere else."""
        ...

    async def questions_of(self, person_id: str, begin: datetime, end: datetime) -> Questions:
        """What was asked at those and handed in."""
        ...

    async def idle(self, unit_id: str, begin: datetime, end: datetime) -> tuple[Idle, ...]:
        """Communicators in force at and below a unit, with an account and no session then.

        A session counts from the moment that it is submitted.
        """
        ...

    async def reminded(self, about: str) -> frozenset[str]:
        """The people for whom there is a card about this."""
        ...
