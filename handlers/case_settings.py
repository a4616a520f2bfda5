"""The settings of the offices' own deadlines: how long a case may wait before somebody hears."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from domain.model.case_times import CaseTimes

HOW_READ = SettingsConfigDict(
    extra="ignore", env_ignore_empty=True, frozen=True, validate_default=False
)
"""Of every setting."""
_USUAL = CaseTimes()
_AN_HOUR = timedelta(hours=1)

Hours = Annotated[int, Field(ge=1, le=80)]
Days = Annotated[int, Field(ge=1, le=30)]
MoreInfoDays = Annotated[int, Field(ge=2, le=30)]
ReopenDays = Annotated[int, Field(ge=7, le=60)]
"""Of a resident's own time there is always some: less than a week to object would be none."""


class CaseSettings(BaseSettings):
    """How long until a case is opened, is in somebody's hand, is answered (thời hạn xử lý)."""

    model_config = HOW_READ

    receive_hours: Hours = _USUAL.receive // _AN_HOUR
    receive_urgent_hours: Hours = _USUAL.receive_urgent // _AN_HOUR
    forward_days: Days = _USUAL.forward_days
    answer_days: Days = _USUAL.answer_days
    more_info_days: MoreInfoDays = _USUAL.more_info_days
    reopen_days: ReopenDays = _USUAL.reopen_days

    @property
    def case_times(self) -> CaseTimes:
        return CaseTimes(
            receive=self.receive_hours * _AN_HOUR,
            receive_urgent=self.receive_urgent_hours * _AN_HOUR,
            forward_days=self.forward_days,
            answer_days=self.answer_days,
            more_info_days=self.more_info_days,
            reopen_days=self.reopen_days,
        )
