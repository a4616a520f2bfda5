"""What main remembers of outreach sessions: the form, the log, what was asked there."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from domain.model.form import Form
from domain.model.session import OutreachSession, RaisedQuestion, UsedBulletin
from domain.model.session_media import MediaPlace, SessionMedia
from domain.model.unit import Lineage


class Forms(Protocol):
    """The versions of the form; none is ever changed."""

    async def newest(self) -> Form: ...
    async def get(self, version: int) -> Form: ...
    async def add(self, form: Form, changed_by: str, now: datetime) -> None:
        """Keep the next version; LostRace("form.changed") if somebody else's has its number."""
        ...


class Media(Protocol):
    """Photos and voice notes of sessions; their bytes are read only to be shown."""

    async def places(self, session_id: str) -> tuple[MediaPlace, ...]:
        """Those that are taken: the photos' in their order, then the voice note's."""
        ...

    async def of(self, session_id: str) -> tuple[SessionMedia, ...]:
        """All of it, bytes and all, in the same order."""
        ...

    async def add(self, media: SessionMedia) -> None: ...
    async def drop(self, session_id: str, place: MediaPlace) -> bool:
        """Remove what is in this place; whether there was anything."""
        ...

    async def forget(self, before: datetime) -> int:
        """Remove those of sessions confirmed before this, and what came before it to others."""
        ...

    async def erase_again(self, media_ids: Collection[str]) -> int:
        """Remove what a backup has brought back; how many."""
        ...


class Sessions(Protocol):
    """Sessions and the questions raised at them."""

    async def add(self, session: OutreachSession) -> None: ...
    async def get(self, session_id: str) -> OutreachSession: ...
    async def save(self, session: OutreachSession, was: OutreachSession) -> None:
        """Compare and set on the version; LostRace("session.moved_on") when it is late."""
        ...

    async def discard(self, session: OutreachSession) -> None:
        """Remove a draft with all that hangs on it; LostRace("session.moved_on") if it is none."""
        ...

    async def unfinished(self, person_id: str) -> tuple[OutreachSession, ...]:
        """Drafts and what was returned, the newest in front."""
        ...

    async def waiting_of(self, person_id: str, limit: int) -> tuple[OutreachSession, ...]:
        """Submitted and not confirmed yet, the newest in front."""
        ...

    async def logged_by(self, person_id: str, skip: int, limit: int) -> tuple[OutreachSession, ...]:
        """What somebody handed in, whatever became of it, the newest start in front."""
        ...

    async def question_counts(self, person_id: str) -> dict[str, int]:
        """How many questions were raised at each of somebody's sessions that had any."""
        ...

    async def last_of(self, person_id: str) -> OutreachSession | None:
        """The last that was submitted, whatever became of it."""
        ...

    async def places_of(self, person_id: str, limit: int) -> tuple[str, ...]:
        """Where the last sessions were, each place once."""
        ...

    async def bulletins_for(self, lineage: Lineage, limit: int) -> tuple[UsedBulletin, ...]:
        """What went out last to whoever lives here."""
        ...

    async def questions(self, session_id: str) -> tuple[RaisedQuestion, ...]: ...
    async def add_question(self, question: RaisedQuestion) -> None: ...
    async def drop_question(self, question_id: str) -> None:
        """Remove one that is not filed yet."""
        ...

    async def file_question(self, question_id: str, opinion_id: str, now: datetime) -> None:
        """Its words are the case's now; LostRace("session.moved_on") if they were before."""
        ...

    async def carrier(self, opinion_id: str) -> str | None:
        """Who brought this question, as long as its answer is to be carried back."""
        ...

    async def forget_carriers(self, closed_before: datetime) -> int:
        """Part the cases closed before this from their sessions; returns how many."""
        ...

    async def forget_unsent_questions(self, begun_before: datetime) -> int:
        """Erase what was asked at sessions begun before this and never handed in; how many."""
        ...

    async def to_confirm(
        self, unit_ids: Sequence[str], other_than: str, limit: int
    ) -> tuple[OutreachSession, ...]:
        """Submitted in these units' subtrees by anybody else, the oldest in front."""
        ...

    async def count_to_confirm(self, unit_ids: Sequence[str], other_than: str) -> int:
        """How many of these there are."""
        ...

    async def people_at(self, unit_ids: Sequence[str], since: datetime) -> dict[str, list[int]]:
        """How many listened at each confirmed session begun since then, by unit."""
        ...

    async def confirm(self, sessions: Sequence[OutreachSession]) -> None:
        """Keep all of them as confirmed by one person at one moment, or none of them.

        LostRace("session.moved_on") if one is not any more what it was before.
        """
        ...

    async def overlapping(self, sessions: Sequence[OutreachSession]) -> frozenset[str]:
        """Those at whose time the same person has logged another."""
        ...

    async def units_led_by(self, person_id: str) -> tuple[str, ...]:
        """Units in which this person leads a team."""
        ...

    async def leaders_of(self, unit_ids: Sequence[str]) -> tuple[str, ...]:
        """Those who lead a team in one of these units."""
        ...

    async def waiting_by_unit(self) -> dict[str, dict[str, int]]:
        """How many submitted sessions wait in each unit, by who logged them."""
        ...

    async def is_told(self, about: str) -> bool:
        """Whether a card about this was ever owed to anybody."""
        ...
