"""What is known of a resident, and only inside the vault: language, consent, an unsent draft."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from domain.errors import LostRace, Refusal, TooLong
from domain.model.bulletin import Field
from domain.model.heard import Heard
from domain.model.locality import NOWHERE, Point
from domain.model.opinion import OpinionSource
from domain.model.opinion_kind import DATA_REQUESTS, OpinionKind, names_formal_matter
from domain.model.opinion_picture import MOST_PICTURES
from domain.model.opinion_voice import DraftVoice
from domain.model.text import has_letters, has_words, normalised, units_over

LONGEST_TEXT = 3000
"""UTF-16 units of one opinion: what a case's view can still show in one message."""
NOTICE_VERSION = 7
"""Raise it when the privacy notice changes in substance: everybody is asked again."""


class DraftStep(StrEnum):
    """What the bot is waiting for before an opinion can be filed."""

    CONSENT = "consent"
    VOICE = "voice"
    """Whether a recording may be kept: that is asked by itself."""
    BEARING = "bearing"
    TEXT = "text"
    BELONGS = "belongs"
    """Whether it answers what the office asked, or is an opinion of its own."""
    KIND = "kind"
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
    muted_until: date | None = None
    """The last day on which nothing new is taken in from them (tạm dừng nhận ý kiến)."""

    @property
    def has_consented(self) -> bool:
        """Whether the notice in its present form was agreed to; silence is not agreement."""
        return self.consented_at is not None and self.notice_version == NOTICE_VERSION

    def is_muted_on(self, day: date) -> bool:
        return self.muted_until is not None and day <= self.muted_until

    def require_heard(self, today: date) -> None:
        """Refuse, with the day on which it ends, what is new from whoever is muted."""
        if self.muted_until is not None and self.is_muted_on(today):
            raise Refusal("mute.told", until=f"{self.muted_until:%d/%m/%Y}")

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
    kind: OpinionKind | None = None
    field: Field | None = None
    urgent: bool = False
    skipped: tuple[DraftStep, ...] = ()
    """What was asked and not answered, as its writer is free to do."""
    pictures: tuple[int, ...] = ()
    """The numbers of the messages whose pictures go along; they lie apart, sealed as well."""
    point: Point | None = None
    """A place on the map that goes along, because its writer attached it (vị trí gửi kèm)."""
    voice: DraftVoice | None = None
    """It goes along, or waits for a consent of its own; it lies apart, too."""
    replies_to: str = ""
    """The case for which the office asked this; '' if it is an opinion of its own."""
    corrects: bool = False
    """Whether nobody asked: it is their own correction of that case."""
    may_answer: str = ""
    """The case that waits for its resident, until they have said whether this belongs to it."""
    at_desk: bool = False
    """Whether staff type it for somebody who came to the office (ghi hộ)."""
    agreed_notice: int = 0
    """The version of the notice that was read to that person, who agreed; 0 before that."""

    @property
    def text(self) -> str:
        """All that was written, in the order of the messages."""
        return normalised("\n".join(each.text for each in self.written))

    @property
    def is_begun(self) -> bool:
        """Whether anything is in it that its writer would miss."""
        return bool(self.text or self.pictures or self.point or self.voice)

    @property
    def is_owed(self) -> bool:
        """Whether everybody may send it: it belongs to an earlier case, or the law gives the right.

        Until they have said otherwise, that goes for what may belong to one, too.
        """
        return bool(self.replies_to or self.may_answer) or self.kind in DATA_REQUESTS

    def may_be_kept(self, writer: Resident) -> bool:
        """Whether there is consent: its writer's own, or that of whoever stands at the desk."""
        if self.at_desk:
            return self.agreed_notice == NOTICE_VERSION
        return writer.has_consented

    @property
    def source(self) -> OpinionSource:
        """How it came in, once it is filed."""
        if self.at_desk:
            return OpinionSource.WALK_IN
        if self.heard is not None:
            return OpinionSource.HEARD
        return OpinionSource.POLL_COMMENT if self.poll_field else OpinionSource.PRIVATE

    @property
    def next_step(self) -> DraftStep:
        """What is still missing, once there is consent."""
        if self.voice and not self.voice.consent:
            return DraftStep.VOICE
        if self.replies_to:
            return DraftStep.CONFIRM if self.text else DraftStep.TEXT
        if self.may_answer:
            return DraftStep.BELONGS
        wanted: dict[DraftStep, object] = {
            DraftStep.TEXT: self.text or self.voice,
            DraftStep.KIND: self.kind or DraftStep.KIND in self.skipped,
            DraftStep.FIELD: self.about or DraftStep.FIELD in self.skipped,
            DraftStep.UNIT: self.unit_id,
        }
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

    @property
    def about(self) -> Field | None:
        """What it is about, whoever said so."""
        heard = self.heard.field if self.heard else None
        return heard or self.poll_field or self.field

    @property
    def stays_at_the_top(self) -> bool:
        """Whether only the body that runs the channel can do it: a commune has nobody's data."""
        return self.kind in DATA_REQUESTS

    def placed(self, unit_id: str | None) -> "OpinionDraft":
        """About this place, unless it is for no commune to do."""
        return self if self.stays_at_the_top else replace(self, unit_id=unit_id)

    def told(self, step: DraftStep, choice: str) -> "OpinionDraft":
        """What it is, or what about; an empty choice leaves it open."""
        skipped = (*self._asked_but(step), *(() if choice else (step,)))
        if step is DraftStep.KIND:
            return replace(self, kind=OpinionKind(choice) if choice else None, skipped=skipped)
        return replace(self, field=Field(choice) if choice else None, skipped=skipped)

    def one_back(self) -> "OpinionDraft":
        """Without the answer to the question before this one, which is then asked again."""
        if self.stays_at_the_top:
            raise LostRace("button.stale")
        match self.step:
            case DraftStep.CONFIRM:
                return replace(self, unit_id=None)
            case DraftStep.UNIT if self.poll_field is None:
                return replace(self, field=None, skipped=self._asked_but(DraftStep.FIELD))
            case _:
                return replace(self, kind=None, skipped=self._asked_but(DraftStep.KIND))

    def _asked_but(self, step: DraftStep) -> tuple[DraftStep, ...]:
        return tuple(each for each in self.skipped if each is not step)

    def holds(self, number: int) -> bool:
        """Whether this message's words, its picture or its recording are in it."""
        along = (*self.pictures, self.voice.number) if self.voice else self.pictures
        return number in (*along, *(each.number for each in self.written))

    def emptied(self) -> "OpinionDraft":
        """Without words and what goes along; what it is about and where stays said."""
        return replace(self, written=(), pictures=(), point=None, voice=None)

    def _require_along(self, refusal: str) -> None:
        if self.heard is not None or self.replies_to or self.at_desk:
            raise Refusal(refusal)
        if self.may_answer:
            raise Refusal("reply.choose_first")

    def with_voice(self, voice: DraftVoice) -> "OpinionDraft":
        """With it; one agreed to stays so. Refusal if there is another, or if it can have none."""
        self._require_along("voice.not_here")
        if self.voice and self.voice.number != voice.number:
            raise Refusal("voice.one_only")
        return self if self.voice and self.voice.consent else replace(self, voice=voice)

    def with_point(self, point: Point) -> "OpinionDraft":
        """With this place and no other; Refusal if it lies on no map, or if it can have none."""
        self._require_along("point.not_here")
        if point == NOWHERE:
            raise Refusal("point.nowhere")
        return replace(self, point=point)

    def with_picture(self, number: int) -> "OpinionDraft":
        """One more that goes along; Refusal if there are enough, or if it can have none."""
        self._require_along("intake.no_pictures_here")
        if number in self.pictures:
            return self
        if len(self.pictures) >= MOST_PICTURES:
            raise Refusal("intake.too_many_pictures", limit=MOST_PICTURES)
        return replace(self, pictures=(*self.pictures, number))

    def with_more(self, words: Written) -> "OpinionDraft":
        """These words in their place; Refusal if they say nothing, or too much.

        Of one message the newest edit stays, in whatever order they come.
        """
        if not has_words(words.text):
            raise Refusal("intake.nothing_written")
        if not self.text and not has_letters(words.text):
            raise Refusal("intake.only_signs")
        newest = {each.number: each for each in (*self.written, words)}
        for each in self.written:
            if each.number == words.number and each.edited > words.edited:
                newest[each.number] = each
        written = tuple(newest[number] for number in sorted(newest))
        more = replace(self, written=written)
        if over := units_over(more.text, LONGEST_TEXT):
            raise TooLong("intake.too_long", limit=LONGEST_TEXT, over=over)
        if names_formal_matter(words.text) and not self.stays_at_the_top:
            # What it is was asked before these words came: they may make it something else.
            return replace(more, kind=None, skipped=self._asked_but(DraftStep.KIND))
        return more

    def moved_to(self, step: DraftStep, update_id: int, expires_at: datetime) -> "OpinionDraft":
        moved = replace(self, step=step, expires_at=expires_at, version=self.version + 1)
        return replace(moved, last_update=update_id)


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
