"""Which days the offices work: weekends, public holidays, and what staff decided instead."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

SATURDAY = 5
LONGEST_NOTE = 200
"""UTF-16 units, of why a day is off or not."""


@dataclass(frozen=True, slots=True)
class DayDecision:
    """What staff decided about one day (quyết định ngày nghỉ, ngày làm bù)."""

    day: date
    is_working: bool
    note: str
    decided_by: str


@dataclass(frozen=True, slots=True)
class OfficeDays:
    """The working days of the offices (ngày làm việc)."""

    public_holidays: Mapping[date, str]
    """Each with its name."""
    decided: Mapping[date, bool] = field(default_factory=dict)
    """Days that staff have set, True for a working day; they come before everything else."""

    def is_working_day(self, day: date) -> bool:
        usual = day.weekday() < SATURDAY and day not in self.public_holidays
        return self.decided.get(day, usual)

    def is_holiday(self, day: date) -> bool:
        """Whether a day is off that is not merely a weekend."""
        return not self.decided.get(day, day not in self.public_holidays)

    def holiday_name(self, day: date) -> str:
        """What the public calendar calls a day; nothing for an ordinary one."""
        return self.public_holidays.get(day, "")
