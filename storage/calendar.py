"""Which days the offices work: the public holidays, and what staff decided instead."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cache

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.model.office_days import DayDecision, OfficeDays
from storage import rows
from storage.tables.offices import OfficeDayRow

COUNTRY = "VN"
LANGUAGE = "vi"


@dataclass(frozen=True, slots=True)
class SqlCalendar:
    """The offices' calendar in SQL (lịch làm việc)."""

    session: AsyncSession

    async def office_days(self) -> OfficeDays:
        found = await self.session.exec(select(OfficeDayRow))
        return OfficeDays(public_holidays(), {row.day: row.is_working for row in found})

    async def decide(self, decision: DayDecision, now: datetime) -> None:
        await self.forget(decision.day)
        await rows.add(self.session, OfficeDayRow(**asdict(decision), decided_at=now))

    async def forget(self, day: date) -> None:
        await rows.change(self.session, delete(OfficeDayRow).where(col(OfficeDayRow.day) == day))

    async def decisions(self, first: date, last: date) -> tuple[DayDecision, ...]:
        statement = (
            select(OfficeDayRow)
            .where(col(OfficeDayRow.day).between(first, last))
            .order_by(col(OfficeDayRow.day))
        )
        found = await self.session.exec(statement)
        return tuple(DayDecision(**row.model_dump(exclude={"decided_at"})) for row in found)


@cache
def public_holidays() -> Mapping[date, str]:
    """Viet Nam's public holidays by name, lunar ones and substitution days included."""
    # A tenth of a second and eighteen megabytes that most processes never need.
    from holidays import country_holidays  # noqa: PLC0415 - imported when first asked

    return country_holidays(COUNTRY, language=LANGUAGE)
