"""When a bulletin goes out again and again; each fire is computed, none is kept in a timer."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice
from typing import Any

from domain.clock import LOCAL_ZONE
from domain.errors import Refusal
from domain.model.office_days import OfficeDays

LOOKS_AHEAD = timedelta(days=3 * 366)
"""How far a fire is looked for: a rule that is silent for so long is a mistake."""
LAST_OF_MONTH = 31


class Cadence(StrEnum):
    """Which days a recurrence falls on (nhịp lặp)."""

    DAILY = "daily"
    WEEKLY = "weekly"
    WORKING_DAYS = "working_days"
    MONTHLY = "monthly"


class HolidayRule(StrEnum):
    """What becomes of a fire on a public holiday."""

    SEND = "send"
    SKIP = "skip"
    POSTPONE = "postpone"
    """To the next working day, at the same time."""


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A rule that says when, in local time, for as long as it holds (lịch lặp)."""

    cadence: Cadence
    at: time
    first_on: date
    days: frozenset[int] = frozenset()
    """Weekdays (Monday is 0) or days of the month; beyond a month's end counts as its last day."""
    until: date | None = None
    """The last day on which it may fire."""
    on_holiday: HolidayRule = HolidayRule.SEND

    def next_fires(self, after: datetime, office: OfficeDays) -> Iterator[datetime]:
        """Every fire later than a moment, in UTC, in order and computed as they are asked for."""
        local = after.astimezone(LOCAL_ZONE).date()
        day = self._looked_at_from(local, office)
        last = min(self.until or date.max, local + LOOKS_AHEAD)
        postponed = False
        while day <= last:
            fires = self._falls_on(day, office)
            if fires and office.is_holiday(day) and self.on_holiday is not HolidayRule.SEND:
                fires, postponed = False, self.on_holiday is HolidayRule.POSTPONE
            if office.is_working_day(day):
                fires, postponed = fires or postponed, False
            moment = self._moment(day)
            if fires and moment > after:
                yield moment
            day += timedelta(days=1)

    def preview(self, after: datetime, office: OfficeDays, count: int) -> tuple[datetime, ...]:
        """The next so many fires."""
        return tuple(islice(self.next_fires(after, office), count))

    def require_fires(self, after: datetime, office: OfficeDays) -> None:
        """Refuse a rule that will never fire again."""
        if self.cadence in (Cadence.WEEKLY, Cadence.MONTHLY) and not self.days:
            raise Refusal("recurrence.no_days")
        if not self.preview(after, office, 1):
            raise Refusal("recurrence.never")

    def form(self) -> dict[str, Any]:
        """Everything it says, in plain values that are written down and hashed."""
        return {
            "cadence": self.cadence,
            "at": self.at.isoformat("minutes"),
            "first_on": self.first_on.isoformat(),
            "days": sorted(self.days),
            "until": self.until and self.until.isoformat(),
            "on_holiday": self.on_holiday,
        }

    @classmethod
    def of(cls, form: Mapping[str, Any]) -> "Recurrence":
        """Read back what `form` wrote."""
        return cls(
            cadence=Cadence(form["cadence"]),
            at=time.fromisoformat(form["at"]),
            first_on=date.fromisoformat(form["first_on"]),
            days=frozenset(form["days"]),
            until=date.fromisoformat(form["until"]) if form["until"] else None,
            on_holiday=HolidayRule(form["on_holiday"]),
        )

    def _falls_on(self, day: date, office: OfficeDays) -> bool:
        """Whether the rule names this day, holidays aside."""
        match self.cadence:
            case Cadence.DAILY:
                return True
            case Cadence.WEEKLY:
                return day.weekday() in self.days
            case Cadence.WORKING_DAYS:
                return office.is_working_day(day)
            case Cadence.MONTHLY:
                _, last = monthrange(day.year, day.month)
                return day.day in {min(named, last) for named in self.days}

    def _looked_at_from(self, day: date, office: OfficeDays) -> date:
        """Where to begin, so that a fire postponed by the days off just before is not missed."""
        while day > self.first_on and not office.is_working_day(day - timedelta(days=1)):
            day -= timedelta(days=1)
        return max(day, self.first_on)

    def _moment(self, day: date) -> datetime:
        return datetime.combine(day, self.at, LOCAL_ZONE).astimezone(UTC)
