"""What staff keep beside cases: letters that wait for a second person, notes, templates, labels."""

from collections.abc import Sequence
from typing import Protocol

from domain.model.case_note import CaseNote
from domain.model.label import Label
from domain.model.letter_template import LetterTemplate
from domain.model.office_word import WaitingLetter


class WaitingLetters(Protocol):
    """One at most for each case; it goes when the case moves, and with its words."""

    async def about(self, opinion_id: str) -> WaitingLetter | None: ...
    async def keep(self, letter: WaitingLetter) -> None:
        """In the place of the one that waited before."""
        ...


class CaseNotes(Protocol):
    """Notes on cases; they go with the words."""

    async def add(self, note: CaseNote) -> None: ...
    async def on(self, opinion_id: str) -> tuple[CaseNote, ...]:
        """Oldest first."""
        ...


class LetterTemplates(Protocol):
    """Templates for letters."""

    async def of(self, unit_ids: Sequence[str]) -> tuple[LetterTemplate, ...]:
        """In the order of these units, of their kinds, and of their names."""
        ...

    async def keep(self, template: LetterTemplate) -> None:
        """A new one, or in the place of that with the same id."""
        ...

    async def remove(self, template_id: str) -> None: ...


class Labels(Protocol):
    """Labels, and the cases that they stand on; from these they go with the words."""

    async def of(self, unit_ids: Sequence[str]) -> tuple[Label, ...]:
        """In the order of these units, and of their names."""
        ...

    async def find(self, label_id: str) -> Label | None: ...
    async def add(self, label: Label) -> None: ...
    async def count(self, label_id: str) -> int:
        """On how many cases it stands."""
        ...

    async def remove(self, label_id: str) -> int:
        """Also from every case that it stands on; how many these were."""
        ...

    async def on(self, opinion_id: str) -> tuple[Label, ...]:
        """In the order of their names."""
        ...

    async def put_on(self, opinion_id: str, label_id: str) -> bool:
        """Whether it was not there."""
        ...

    async def take_off(self, opinion_id: str, label_id: str) -> bool:
        """Whether it was there."""
        ...

    async def leave(self, opinion_id: str, unit_ids: Sequence[str]) -> None:
        """Take off those that none of these units keeps."""
        ...
