"""A conference or a training: who is called to it, when and where, and how it goes on."""

from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any

from domain.clock import LOCAL_ZONE
from domain.errors import LostRace, Refusal
from domain.model.access import FIELD_ROLES, Role
from domain.model.unit import QuietHours

OPENS_BEFORE = timedelta(minutes=30)
"""How long before its start people can say that they are there."""
OPEN_AFTER = timedelta(minutes=30)
"""How long after its end they still can."""
MARKED_UNTIL = timedelta(days=3)
"""How long after its end a supervisor can still mark somebody by hand."""
MATERIAL_UNTIL = timedelta(days=30)
KEPT = timedelta(days=365)
"""How long after its start it is kept who answered what and who came; then only how many."""
DRAFT_KEPT = timedelta(days=60)
"""How long a draft is kept to which nobody was called."""
MOST_MATERIALS = 5
SHORT_OF_IT = timedelta(minutes=30)
"""Quiet hours that end later than this before its start are not waited for."""

Value = datetime | int | str


class ConferenceKind(StrEnum):
    """What people are called to (hội nghị, tập huấn)."""

    CONFERENCE = "hoi_nghi"
    TRAINING = "tap_huan"


class ConferenceState(StrEnum):
    """Where it stands between its draft and its end."""

    DRAFT = "draft"
    CALLED = "called"
    HELD = "held"
    CANCELLED = "cancelled"


ALLOWED_MOVES: dict[ConferenceState, frozenset[ConferenceState]] = {
    ConferenceState.DRAFT: frozenset({ConferenceState.CALLED}),
    ConferenceState.CALLED: frozenset({ConferenceState.HELD, ConferenceState.CANCELLED}),
    ConferenceState.HELD: frozenset(),
    ConferenceState.CANCELLED: frozenset(),
}


class Notice(StrEnum):
    """Why those who are called are written to."""

    INVITED = "invited"
    MOVED = "moved"
    ELSEWHERE = "elsewhere"
    UNANSWERED = "unanswered"
    TOMORROW = "tomorrow"
    SOON = "soon"
    CANCELLED = "cancelled"


FIELDS = ("kind", "title", "start", "minutes", "place", "audience", "note")
"""What is asked about one, in this order."""
EVERYBODY = "tat_ca"
"""An audience: all who carry the work in the unit and below it."""
AUDIENCES = (EVERYBODY, *sorted(FIELD_ROLES))


@dataclass(frozen=True, slots=True)
class Conference:
    """A conference or a training (hội nghị, tập huấn)."""

    id: str
    unit_id: str
    made_by: str
    made_at: datetime
    state: ConferenceState = ConferenceState.DRAFT
    version: int = 1
    """Counts the changes, so that a stale button can be told from a fresh one."""
    asked: int = 1
    """How many times people were asked whether they come: once more when its time moves."""
    kind: ConferenceKind | None = None
    title: str = ""
    start_at: datetime | None = None
    minutes: int | None = None
    place: str = ""
    audience: str = ""
    note: str | None = None
    """None until it was asked for; it may be empty."""
    told_at: datetime | None = None
    """When those who are called were told of its present time."""
    secret: str = field(default="", repr=False)
    """What its codes are made from, while it can be needed; in no message, log or record."""

    @property
    def missing(self) -> str:
        """The first thing that is still to be said; empty if nothing is."""
        said = {
            "kind": self.kind,
            "title": self.title,
            "start": self.start_at,
            "minutes": self.minutes,
            "place": self.place,
            "audience": self.audience,
        }
        return next((key for key in FIELDS[:-1] if not said[key]), "" if self.has_note else "note")

    @property
    def has_note(self) -> bool:
        return self.note is not None

    @property
    def begins(self) -> datetime:
        if self.start_at is None:
            raise LostRace("conference.moved_on")
        return self.start_at

    @property
    def ends(self) -> datetime:
        return self.begins + timedelta(minutes=self.minutes or 0)

    @property
    def roles(self) -> frozenset[Role]:
        """As what people are called."""
        return FIELD_ROLES if self.audience == EVERYBODY else frozenset({Role(self.audience)})

    def said(self, key: str, value: Value) -> "Conference":
        """This draft with something said about it; LostRace once people were called."""
        self._require(ConferenceState.DRAFT)
        name = "start_at" if key == "start" else key
        changed: dict[str, Any] = {name: value}
        return replace(self, version=self.version + 1, **changed)

    def called(self, secret: str, now: datetime) -> "Conference":
        """As people are called to it; Refusal while something is missing or its time is over."""
        if self.missing:
            raise Refusal("conference.incomplete")
        moved = self._moved_to(ConferenceState.CALLED)
        if self.begins <= now:
            raise Refusal("conference.over_already")
        return replace(moved, secret=secret, told_at=now)

    def at_another_time(self, start: datetime, now: datetime) -> "Conference":
        """At another time: whoever has answered is asked anew."""
        self.require_ahead(now)
        if start <= now:
            raise Refusal("conference.over_already")
        again = replace(self, start_at=start, told_at=now, asked=self.asked + 1)
        return replace(again, version=self.version + 1)

    def at_another_place(self, place: str, now: datetime) -> "Conference":
        self.require_ahead(now)
        return replace(self, place=place, version=self.version + 1)

    def cancelled(self, now: datetime) -> "Conference":
        """Not held after all; once its time is over there is nothing left to call off."""
        moved = self._moved_to(ConferenceState.CANCELLED)
        if now >= self.ends:
            raise LostRace("conference.begun")
        return replace(moved, secret="")

    def held(self) -> "Conference":
        """Over: nobody says any more that they are there, and its codes can never be made again."""
        return replace(self._moved_to(ConferenceState.HELD), secret="")

    def require_ahead(self, now: datetime) -> None:
        """Refuse what can only be done before it begins."""
        self._require(ConferenceState.CALLED)
        if now >= self.begins:
            raise LostRace("conference.begun")

    def is_open_at(self, now: datetime) -> bool:
        """Whether people can say now that they are there."""
        called = self.state is ConferenceState.CALLED
        return called and self.begins - OPENS_BEFORE <= now < self.ends + OPEN_AFTER

    def is_over_at(self, now: datetime) -> bool:
        return self.state is ConferenceState.CALLED and now >= self.ends + OPEN_AFTER

    def may_be_marked_at(self, now: datetime) -> bool:
        """Whether a supervisor can still say of somebody that they were there."""
        stands = self.state in (ConferenceState.CALLED, ConferenceState.HELD)
        return stands and self.begins - OPENS_BEFORE <= now < self.ends + MARKED_UNTIL

    def takes_material_at(self, now: datetime) -> bool:
        stands = self.state in (ConferenceState.CALLED, ConferenceState.HELD)
        return stands and self.begins <= now < self.ends + MATERIAL_UNTIL

    def _require(self, state: ConferenceState) -> None:
        if self.state is not state:
            raise LostRace("conference.moved_on")

    def _moved_to(self, state: ConferenceState) -> "Conference":
        if state not in ALLOWED_MOVES[self.state]:
            raise LostRace("conference.moved_on")
        return replace(self, state=state, version=self.version + 1)


class Reminder(StrEnum):
    """When those who are called are reminded (nhắc)."""

    DAY_BEFORE = "day"
    SOON = "soon"


_BEFORE = {Reminder.DAY_BEFORE: timedelta(days=1), Reminder.SOON: timedelta(hours=2)}
_LATE = {Reminder.DAY_BEFORE: timedelta(hours=12), Reminder.SOON: timedelta(minutes=90)}
"""So long after its moment a reminder still makes sense; later it is left out."""


def due_reminders(conference: Conference, now: datetime) -> tuple[Reminder, ...]:
    """Those whose moment has come, is not too long ago, and came after people were told."""
    if conference.state is not ConferenceState.CALLED or conference.told_at is None:
        return ()
    return tuple(
        one
        for one in Reminder
        if conference.told_at < conference.begins - _BEFORE[one]
        and conference.begins - _BEFORE[one] <= now < reminder_ends(conference, one)
    )


def reminder_ends(conference: Conference, reminder: Reminder) -> datetime:
    return conference.begins - _BEFORE[reminder] + _LATE[reminder]


def soonest(now: datetime, begins: datetime, quiet: QuietHours | None) -> datetime | None:
    """From when on people may be written to about it; None for at once.

    Quiet hours are waited for, unless they end when it is about to begin.
    """
    allowed = quiet.over_at(now) if quiet else now
    return allowed if now < allowed <= begins - SHORT_OF_IT else None


def at_local_time(day_of: datetime, at: time) -> datetime:
    """A time of the local day of a moment."""
    return datetime.combine(day_of.astimezone(LOCAL_ZONE).date(), at, LOCAL_ZONE)
