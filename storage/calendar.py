"""Which days the offices work: not at weekends, not on public holidays."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlmodel.ext.asyncio.session import AsyncSession

from domain.model.office_days import OfficeDays

COUNTRY = "VN"


@dataclass(frozen=True, slots=True)
class SqlCalendar:
    """The offices' calendar in SQL (lịch làm việc)."""

    session: AsyncSession

    async def office_days(self) -> OfficeDays:
        return OfficeDays(public_holidays())


@cache
def public_holidays() -> Container[date]:
    """Viet Nam's public holidays, lunar ones and substitution days included."""
    # A tenth of a second and eighteen megabytes that most processes never need.
    from holidays import country_holidays  # noqa: PLC0415 - imported when first asked

    return country_holidays(COUNTRY)
