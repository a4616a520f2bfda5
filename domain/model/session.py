"""One outreach session as a communicator logs it, from its draft to its confirmation."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from domain.clock import LOCAL_ZONE
from domain.errors import Forbidden, LostRace, Refusal
from domain.model.access import FIELD_ROLES, Actor, Role
from domain.model.form import NEVER_REQUIRED, Form, FormField

OLDEST = timedelta(days=60)
"""How long afterwards a session may still be logged."""

Value = datetime | int | str | tuple[str, ...]
"""An answer: a moment in UTC, a count, words or the id of a choice, several choices."""


class SessionState(StrEnum):
    """Where a session stands between its communicator and whoever confirms it."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CONFIRMED = "confirmed"
    RETURNED = "returned"


ALLOWED_MOVES: dict[SessionState, frozenset[SessionState]] = {
    SessionState.DRAFT: frozenset({SessionState.SUBMITTED}),
    SessionState.SUBMITTED: frozenset({SessionState.CONFIRMED, SessionState.RETURNED}),
    SessionState.RETURNED: frozenset({SessionState.SUBMITTED}),
    SessionState.CONFIRMED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class OutreachSession:
    """A session and its answers, under the version of the form it was begun with (buổi)."""

    id: str
    unit_id: str
    person_id: str
    role: Role
    form_version: int
    begun_at: datetime
    state: SessionState = SessionState.DRAFT
    answers: Mapping[str, Value] = field(default_factory=dict)
    """Of photos how many there are, of a voice note how many seconds."""
    version: int = 1
    """Counts the changes, so that a stale button can be told from a fresh one."""
    submitted_at: datetime | None = None
    confirmed_at: datetime | None = None
    confirmed_by: str | None = None
    note: str = ""
    """Why it was returned."""

    @property
    def start_at(self) -> datetime | None:
        start = self.answers.get("start")
        return start if isinstance(start, datetime) else None

    @property
    def is_untouched(self) -> bool:
        return self.state is SessionState.DRAFT and self.version == 1

    @property
    def has_media(self) -> bool:
        return bool(self.number("photos") or self.number("voice"))

    def number(self, key: str) -> int:
        """A count among the answers; 0 if there is none."""
        value = self.answers.get(key)
        return value if isinstance(value, int) else 0

    def missing(self, form: Form) -> tuple[FormField, ...]:
        """What must still be answered, in the form's order."""
        required = [one for one in form.shown if one.is_required and one.kind not in NEVER_REQUIRED]
        return tuple(one for one in required if not self._has(one.key))

    def answered(self, key: str, value: Value | None, now: datetime) -> "OutreachSession":
        """This session with another answer, or without one; LostRace once it is confirmed."""
        changed = self.touched(now)
        if key == "unit" and isinstance(value, str):
            return replace(changed, unit_id=value)
        kept = {name: old for name, old in self.answers.items() if name != key}
        return replace(changed, answers=kept if value is None else kept | {key: value})

    def touched(self, now: datetime) -> "OutreachSession":
        """This session as changed just now; LostRace once it is confirmed."""
        if self.state is SessionState.CONFIRMED:
            raise LostRace("session.confirmed_already")
        submitted_at = now if self.state is SessionState.SUBMITTED else self.submitted_at
        return replace(self, version=self.version + 1, submitted_at=submitted_at)

    def submitted(self, form: Form, now: datetime) -> "OutreachSession":
        """This session as its communicator answers for it; Refusal while something is missing."""
        if self.missing(form):
            raise Refusal("session.incomplete")
        if self.state is SessionState.DRAFT and self.start_at is not None:
            require_recent(self.start_at, now)
        return replace(self._moved_to(SessionState.SUBMITTED), submitted_at=now, note="")

    def confirmed(self, by: Actor, now: datetime) -> "OutreachSession":
        """This session as somebody else has confirmed it."""
        self.require_other(by)
        moved = self._moved_to(SessionState.CONFIRMED)
        return replace(moved, confirmed_at=now, confirmed_by=by.id)

    def returned(self, by: Actor, note: str) -> "OutreachSession":
        """This session back with its communicator, and why."""
        self.require_other(by)
        return replace(self._moved_to(SessionState.RETURNED), note=note)

    def require_other(self, by: Actor) -> None:
        """Forbidden for whoever logged it."""
        if by.id == self.person_id:
            raise Forbidden("session.own")

    def _has(self, key: str) -> bool:
        return key == "unit" or self.answers.get(key) not in (None, "", ())

    def _moved_to(self, state: SessionState) -> "OutreachSession":
        if state not in ALLOWED_MOVES[self.state]:
            raise LostRace("session.moved_on")
        return replace(self, state=state, version=self.version + 1)


@dataclass(frozen=True, slots=True)
class RaisedQuestion:
    """What somebody asked at a session, word for word, until it is filed as an opinion."""

    id: str
    session_id: str
    number: int
    text: str
    """Empty once it is filed: then the words are the case's alone."""
    opinion_id: str | None = None
    filed_at: datetime | None = None


def require_recent(start: datetime, now: datetime) -> None:
    """Refuse a start in the future, or one too long ago."""
    day = start.astimezone(LOCAL_ZONE)
    shown = f"{day.hour}:{day.minute:02} {day.day}/{day.month}/{day.year}"
    if start > now:
        raise Refusal("session.in_future", start=shown)
    if now - start > OLDEST:
        raise Refusal("session.too_old", start=shown, days=OLDEST.days)


def role_of(actor: Actor) -> Role:
    """As what somebody logs a session; Forbidden for whoever goes to nobody."""
    held = [grant.role for grant in actor.grants if grant.role in FIELD_ROLES]
    if not held:
        raise Forbidden("session.not_yours_to_log")
    return held[0]


NEVER_LIKE_THE_LAST = frozenset({"start", "people", "households", "bulletin", "photos", "voice"})


def like(last: OutreachSession, fresh: OutreachSession, form: Form) -> OutreachSession:
    """A fresh session that repeats the last one but for what is each one's own."""
    asked = {one.key for one in form.shown} - NEVER_LIKE_THE_LAST
    kept = {key: value for key, value in last.answers.items() if key in asked}
    return replace(fresh, unit_id=last.unit_id, answers=kept)


CARRIED_OVER = ("scale", "audience", "language")
"""What seldom differs from one session to the next, and may be left empty: shown, not asked."""


def beginning(fresh: OutreachSession, last: OutreachSession | None, form: Form) -> OutreachSession:
    """A fresh session with what seldom differs taken over from the last."""
    if last is None:
        return fresh
    shown = {one.key for one in form.shown if not one.is_required}
    kept = {key: last.answers[key] for key in CARRIED_OVER if key in last.answers and key in shown}
    return replace(fresh, answers=kept)


def carried_over(session: OutreachSession, last: OutreachSession | None) -> tuple[str, ...]:
    """What of a draft that was never sent still stands as it was taken over."""
    if last is None or session.state is not SessionState.DRAFT:
        return ()
    both = (session.answers, last.answers)
    return tuple(k for k in CARRIED_OVER if k in both[0] and both[0][k] == both[1].get(k))


@dataclass(frozen=True, slots=True)
class UsedBulletin:
    """A bulletin that went out where a session was held, and may have been its subject."""

    id: str
    text: str
    field: str
