"""What main remembers of conferences: what they are, who is called, who answered and who came."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from domain.model.activity import Gathered
from domain.model.conference import Conference, Reminder
from domain.model.guest import Attender, Came, Guest, Invitee, Reply, Turnout
from domain.model.hall_code import Tries


class Conferences(Protocol):
    """Conferences and trainings, and whoever is called to them."""

    async def add(self, conference: Conference) -> None: ...
    async def get(self, conference_id: str) -> Conference: ...
    async def save(self, conference: Conference, was: Conference) -> None:
        """Store it; LostRace("conference.moved_on") unless it stands as it was read."""
        ...

    async def discard(self, draft: Conference) -> None:
        """Remove a draft; LostRace("conference.moved_on") if it is none any more."""
        ...

    async def listed(
        self, unit_ids: Sequence[str], maker: str, since: datetime, limit: int
    ) -> tuple[Conference, ...]:
        """In these units' subtrees, the latest first: the maker's drafts, what begins or began
        after a moment and was not cancelled."""
        ...

    async def running(self, before: datetime) -> tuple[Conference, ...]:
        """Those to which people are called and that begin before a moment."""
        ...

    async def callable(self, unit_id: str, roles: frozenset[str]) -> tuple[Invitee, ...]:
        """Those with an account who are one of these today in the unit or below it, each once."""
        ...

    async def out_of_reach(self, unit_id: str, roles: frozenset[str]) -> int:
        """How many of them have no account yet."""
        ...

    async def invite(self, conference_id: str, people: Sequence[Invitee]) -> None: ...
    async def guest(self, conference_id: str, person_id: str) -> Guest | None: ...
    async def reply(self, conference_id: str, person_id: str, reply: Reply) -> None: ...
    async def ask_anew(self, conference_id: str) -> None:
        """Nobody has answered it, and nobody has come."""
        ...

    async def called(self, conference_id: str, replies: Sequence[Reply]) -> tuple[Invitee, ...]:
        """Its guests with one of these answers who still carry the work and have an account."""
        ...

    async def invitations(
        self, person_id: str, since: datetime
    ) -> tuple[tuple[Conference, Guest], ...]:
        """What somebody is called to that begins after a moment, by time; nothing cancelled."""
        ...

    async def turnout(self, conference_id: str) -> Turnout: ...
    async def begin_reminder(self, conference: Conference, reminder: Reminder) -> bool:
        """Note that it is in line with this commit; False if it is already."""
        ...

    async def add_material(self, conference_id: str, number: int, text: str, now: datetime) -> None:
        """LostRace("conference.moved_on") if there is one of this number."""
        ...

    async def materials(self, conference_id: str) -> tuple[str, ...]: ...
    async def forget(self, begun_before: datetime, now: datetime) -> int:
        """Of those begun before a moment keep how many, and no longer who; how many they were.

        Drafts that were left lying go as well, and wrong codes that no longer count.
        """
        ...


class Attendance(Protocol):
    """Who was there."""

    async def open_to(self, person_id: str, now: datetime) -> tuple[tuple[Conference, str], ...]:
        """Where somebody can say now that they are there, and as one of which unit."""
        ...

    async def come(self, conference_id: str, person_id: str, unit_id: str, how: Came) -> bool:
        """They are there, called or not; False if that is known already."""
        ...

    async def of_unit(self, conference: Conference) -> tuple[Attender, ...]:
        """All who carry the work today in its unit and below it, by name, each once."""
        ...

    async def tries(self, person_id: str) -> Tries: ...
    async def save_tries(self, person_id: str, tries: Tries) -> None:
        """None are kept when they are none."""
        ...

    async def attended(self, person_id: str, begin: datetime, end: datetime) -> int:
        """To how many that began between two moments somebody came."""
        ...

    async def by_place(
        self, unit_id: str, begin: datetime, end: datetime
    ) -> Mapping[str, Gathered]:
        """What was held between two moments by the unit with all below it, and by each child;
        called, answered and came those who belong there, whoever called them. By unit id."""
        ...
