"""What is known of a resident, and only inside the vault: language, consent, an unsent draft."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from domain.errors import Refusal, TooLong
from domain.model.bulletin import Field
from domain.model.heard import Heard
from domain.model.opinion import OpinionSource
from domain.model.text import has_words, normalised, units_over

LONGEST_TEXT = 3000
"""UTF-16 units of one opinion: what a case's view can still show in one message."""
NOTICE_VERSION = 1
"""Raise it when the privacy notice changes in substance: everybody is asked again."""


class DraftStep(StrEnum):
    """What the bot is waiting for before an opinion can be filed."""

    CONSENT = "consent"
    BEARING = "bearing"
    TEXT = "text"
    FIELD = "field"
    UNIT = "unit"
    SPREAD = "spread"
    INTEREST = "interest"
    CONFIRM = "confirm"


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody who wrote to the bot (người dân): no name, no history, no list of cases."""

    language: str = "vi"
    consented_at: datetime | None = None
    notice_version: int = 0

    @property
    def has_consented(self) -> bool:
        """Whether the notice in its present form was agreed to; silence is not agreement."""
        return self.consented_at is not None and self.notice_version == NOTICE_VERSION

    def consenting(self, now: datetime) -> "Resident":
        return replace(self, consented_at=now, notice_version=NOTICE_VERSION)


@dataclass(frozen=True, slots=True)
class Written:
    """One message of a draft, as it was last edited (tin đã viết)."""

    number: int
    """The channel's number of the message: later ones are higher."""
    text: str
    edited: int = 0
    """When it was edited, on the channel's clock; 0 as it was first written."""


@dataclass(frozen=True, slots=True)
class OpinionDraft:
    """An opinion that was not filed yet: sealed, read by nobody, erased when it expires."""

    handle: str
    """Becomes the case's handle when the opinion is filed."""
    step: DraftStep
    expires_at: datetime
    written: tuple[Written, ...] = ()
    unit_id: str | None = None
    version: int = 1
    language: str = ""
    """Chosen before consent: known for as long as the draft lives, and no longer."""
    last_update: int = 0
    """The update that brought it here, so that a replay does not move it twice."""
    heard: Heard | None = None
    """What is said of an opinion that is not one's own; None of one's own."""
    poll_field: Field | None = None
    """What the poll was about on which it is a comment; None of any other."""

    @property
    def text(self) -> str:
        """All that was written, in the order of the messages."""
        return normalised("\n".join(each.text for each in self.written))

    @property
    def source(self) -> OpinionSource:
        """How it came in, once it is filed."""
        if self.heard is not None:
            return OpinionSource.HEARD
        return OpinionSource.POLL_COMMENT if self.poll_field else OpinionSource.PRIVATE

    @property
    def next_step(self) -> DraftStep:
        """What is still missing, once there is consent."""
        wanted: dict[DraftStep, object] = {DraftStep.TEXT: self.text, DraftStep.UNIT: self.unit_id}
        if self.heard is not None:
            wanted = {
                DraftStep.BEARING: self.heard.bearing,
                DraftStep.TEXT: self.text,
                DraftStep.FIELD: self.heard.field,
                DraftStep.UNIT: self.unit_id,
                DraftStep.SPREAD: self.heard.spread,
                DraftStep.INTEREST: self.heard.interest,
            }
        return next((step for step, said in wanted.items() if not said), DraftStep.CONFIRM)

    def holds(self, number: int) -> bool:
        """Whether this message's words are in it."""
        return any(each.number == number for each in self.written)

    def with_more(self, words: Written) -> "OpinionDraft":
        """These words in their place; Refusal if they say nothing, or too much.

        Of one message the newest edit stays, in whatever order they come.
        """
        if not has_words(words.text):
            raise Refusal("intake.nothing_written")
        newest = {each.number: each for each in (*self.written, words)}
        for each in self.written:
            if each.number == words.number and each.edited > words.edited:
                newest[each.number] = each
        written = tuple(newest[number] for number in sorted(newest))
        more = replace(self, written=written)
        if over := units_over(more.text, LONGEST_TEXT):
            raise TooLong("intake.too_long", limit=LONGEST_TEXT, over=over)
        return more

    def moved_to(self, step: DraftStep, update_id: int, expires_at: datetime) -> "OpinionDraft":
        return replace(
            self,
            step=step,
            expires_at=expires_at,
            version=self.version + 1,
            last_update=update_id,
        )


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of whoever speaks, as their turn begins (điều đã biết)."""

    resident: Resident = Resident()
    draft: OpinionDraft | None = None
    """Not sent yet, and not expired."""

    @property
    def language(self) -> str:
        return speaking(self.resident, self.draft).language


def speaking(resident: Resident, draft: OpinionDraft | None) -> Resident:
    """The resident in the language they chose, be it only for the draft they have not sent."""
    if draft is None or not draft.language:
        return resident
    return replace(resident, language=draft.language)
