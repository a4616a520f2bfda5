"""What the bot is waiting for from a member of staff: a row, so that a restart loses nothing."""

from dataclasses import dataclass
from enum import StrEnum

from domain.errors import LostRace


class Awaited(StrEnum):
    """The one thing that the next plain message will be taken as."""

    BULLETIN_TEXT = "bulletin_text"
    BULLETIN_TITLE = "bulletin_title"
    BULLETIN_VERSION = "bulletin_version"
    """The note names the language."""
    BULLETIN_BODY = "bulletin_body"
    BULLETIN_SOURCE = "bulletin_source"
    BULLETIN_POINTS = "bulletin_points"
    BULLETIN_POLL = "bulletin_poll"
    BULLETIN_TIME = "bulletin_time"
    BULLETIN_EXPIRY = "bulletin_expiry"
    BULLETIN_SERIES = "bulletin_series"
    BULLETIN_MEDIA = "bulletin_media"
    BULLETIN_ALT = "bulletin_alt"
    """The note is the SHA-256 of the file that is to be described."""
    RETURN_REASON = "return_reason"
    DEPUTY_TERM = "deputy_term"
    """The subject is the place, the note whoever is to stand in."""
    REVIEW_NOTE = "review_note"
    ANSWER_TEXT = "answer_text"
    TEMPLATE_BODY = "template_body"
    """The note names the letter's kind and the template, as kind/template."""
    LETTER_TEMPLATE = "letter_template"
    """The note names the one that is changed, or the kind of a new one; an empty one is of old."""
    LABEL = "label"
    """The subject is the unit whose list it goes on."""
    CASE_QUESTION = "case_question"
    CASE_REFUSAL = "case_refusal"
    CASE_REFERRAL = "case_referral"
    CASE_NOTE = "case_note"
    MATTER_TITLE = "matter_title"
    """The subject is the case in hand, the note the unit that the matter is for."""
    LETTER_REASON = "letter_reason"
    """The note names the letter that is returned."""
    OFFICE_DAY = "office_day"
    MATERIAL = "material"
    """The note names the part of a draft that is asked, or says that a reason is."""
    COMMENDATION = "commendation"
    """The subject is the person and the unit, as person@unit."""
    POPULATION = "population"
    MONTHLY_PLAN = "monthly_plan"
    GROUP_DECISION = "group_decision"
    GROUP_TAGS = "group_tags"
    SESSION_ANSWER = "session_answer"
    """The note names the field; without one the session is complete, and nothing is asked."""
    SESSION_NOTE = "session_note"
    FORM_FIELD = "form_field"
    CONFERENCE = "conference"
    """The note says what: something about a draft, a new time or place, a name, a code."""


@dataclass(frozen=True, slots=True)
class Dialog:
    """A question that a member of staff has not answered yet."""

    person_id: str
    awaited: Awaited
    subject: str
    """The id of what the answer is for."""
    note: str = ""
    """What was typed so far, where a confirmation is still to come."""
    seal: str = ""
    """A random word that the note shares with the button under its preview."""

    def require_sealed(self, seal: str) -> None:
        """Refuse a button that was shown under other words."""
        # Not a hash of them: that would stay with the button when the words are gone.
        if not self.seal or self.seal != seal:
            raise LostRace("button.stale")
