"""Which days the offices work: not at weekends, not on public holidays."""

from collections.abc import Container
from datetime import date
from functools import cached_property

COUNTRY = "VN"
SATURDAY = 5


class HolidaysCalendar:
    """Viet Nam's public holidays, lunar ones and substitution days included."""

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < SATURDAY and day not in self._holidays

    @cached_property
    def _holidays(self) -> Container[date]:
        # A tenth of a second and eighteen megabytes that most processes never need.
        from holidays import country_holidays  # noqa: PLC0415 - imported when first asked

        return country_holidays(COUNTRY)
