"""What staff keep beside cases: letters that wait for a second person, notes, templates."""

from collections.abc import Sequence
from typing import Protocol

from domain.model.case_note import CaseNote
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
    """Templates for answers."""

    async def of(self, unit_ids: Sequence[str]) -> tuple[LetterTemplate, ...]:
        """In the order of these units, and of their names."""
        ...

    async def keep(self, template: LetterTemplate) -> None:
        """A new one, or in the place of that with the same id."""
        ...

    async def remove(self, template_id: str) -> None: ...
