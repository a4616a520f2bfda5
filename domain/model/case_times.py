"""When staff are reminded of a case, and when their supervisor hears of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.model.case_news import CaseNews
from domain.model.data_request import due_for, must_be_taken_within
from domain.model.deadline import after_working_days, end_of_day
from domain.model.office_days import OfficeDays
from domain.model.office_hours import worked_between
from domain.model.opinion import UNREAD, Opinion, OpinionState
from domain.model.opinion_kind import OpinionKind

LATE = frozenset({CaseNews.RECEIVE_LATE, CaseNews.FORWARD_LATE, CaseNews.ANSWER_LATE})
"""What a supervisor hears of too."""


@dataclass(frozen=True, slots=True)
class CaseTimes:
    """What an office owes to a case, in working time (thời hạn xử lý)."""

    receive: timedelta = timedelta(hours=8)
    receive_urgent: timedelta = timedelta(hours=4)
    forward_days: int = 5
    """Until somebody has taken it, or handed it to the right unit."""
    forward_warning_days: int = 1
    answer_days: int = 10
    """Until it is answered; a case keeps the day that was promised when it was filed."""
    answer_warning_days: int = 2
    more_info_days: int = 5
    """How long a resident is waited for who was asked for more; a case keeps its day."""
    reopen_days: int = 14
    """How long they can object to the office's word; a case keeps its day."""

    def answer_due(
        self, start: datetime, office: OfficeDays, kind: OpinionKind | None = None
    ) -> datetime:
        """The end of the last day that is in time, in UTC; of a request about data, the law's."""
        return due_for(kind, start, self.answer_days, office.is_working_day)

    def waits_until(self, start: datetime, is_question: bool) -> datetime:
        """The last second of the last day on which a resident may write back, or object; in UTC."""
        return end_of_day(start, self.more_info_days if is_question else self.reopen_days)


@dataclass(frozen=True, slots=True)
class CaseClock:
    """What of a case its deadlines depend on: none of its words."""

    id: str
    state: OpinionState
    urgent: bool
    filed_at: datetime
    arrived_at: datetime | None
    due_at: datetime
    kind: OpinionKind | None = None

    @classmethod
    def of(cls, opinion: Opinion) -> "CaseClock":
        return cls(
            opinion.id,
            opinion.state,
            opinion.urgent,
            opinion.filed_at,
            opinion.arrived_at,
            opinion.due_at,
            opinion.kind,
        )


@dataclass(frozen=True, slots=True)
class CaseStep:
    """One thing to say of one case; said once for each deadline that it is about."""

    opinion_id: str
    news: CaseNews
    about: datetime
    """What the deadline counts from, or the deadline itself: a new one is told of anew."""


def looked_at_until(now: datetime, office: OfficeDays, times: CaseTimes) -> datetime:
    """What somebody has in hand, and is due later than this, has nothing to be said of it yet."""
    return after_working_days(now, times.answer_warning_days, office.is_working_day)


def steps_due(
    clock: CaseClock, now: datetime, office: OfficeDays, times: CaseTimes
) -> tuple[CaseStep, ...]:
    """All that there is to say now; of one deadline only that it is late, once it is."""
    arrived = clock.arrived_at or clock.filed_at
    found = [
        (_receiving(clock, arrived, now, office, times), arrived),
        (_forwarding(clock, arrived, now, office, times), arrived),
        (_answering(clock, now, office, times), clock.due_at),
    ]
    return tuple(CaseStep(clock.id, news, about) for news, about in found if news)


def _receiving(
    clock: CaseClock, arrived: datetime, now: datetime, office: OfficeDays, times: CaseTimes
) -> CaseNews | None:
    """Half of the time is left when it is said for the first time."""
    if clock.state not in UNREAD:
        return None
    within = times.receive_urgent if clock.urgent else times.receive
    worked = worked_between(arrived, now, office)
    if worked >= within:
        return CaseNews.RECEIVE_LATE
    return CaseNews.RECEIVE_SOON if worked >= within / 2 else None


def _forwarding(
    clock: CaseClock, arrived: datetime, now: datetime, office: OfficeDays, times: CaseTimes
) -> CaseNews | None:
    if clock.state not in UNREAD | {OpinionState.RECEIVED}:
        return None
    days = must_be_taken_within(clock.kind, times.forward_days)
    due = after_working_days(arrived, days, office.is_working_day)
    if now > due:
        return CaseNews.FORWARD_LATE
    warned = after_working_days(now, times.forward_warning_days, office.is_working_day)
    return CaseNews.FORWARD_SOON if warned >= due else None


def _answering(
    clock: CaseClock, now: datetime, office: OfficeDays, times: CaseTimes
) -> CaseNews | None:
    if now > clock.due_at:
        return CaseNews.ANSWER_LATE
    until = looked_at_until(now, office, times)
    return CaseNews.ANSWER_SOON if clock.due_at <= until else None
