"""What the law gives an office time for, when somebody asks about their data."""

from datetime import datetime, timedelta

from domain.clock import LOCAL_ZONE
from domain.model.deadline import WorkingDay, after_working_days
from domain.model.opinion_kind import DATA_REQUESTS, OpinionKind

ANSWERED_WITHIN = 2
"""Working days until somebody has taken it on; that it came is said at once (Decree 356/2025)."""
DONE_WITHIN = {
    OpinionKind.SEE_DATA: 10,
    OpinionKind.CORRECT_DATA: 10,
    OpinionKind.END_CONSENT: 15,
    OpinionKind.OBJECT: 15,
    OpinionKind.ERASE_DATA: 20,
}
"""Days, days off among them, until it is done (Law 91/2025/QH15, Decree 356/2025).

An objection asks for an end of what is done, as taking back a consent does: it has the same days.
"""


def due_for(
    kind: OpinionKind | None, start: datetime, usually: int, is_working_day: WorkingDay
) -> datetime:
    """When the office's word is due, in UTC; of a request, the last working day that is in time."""
    if kind not in DATA_REQUESTS:
        return after_working_days(start, usually, is_working_day)
    day = start.astimezone(LOCAL_ZONE) + timedelta(days=DONE_WITHIN[kind])
    while day.date() > start.astimezone(LOCAL_ZONE).date() and not is_working_day(day.date()):
        day -= timedelta(days=1)
    return after_working_days(day, 0, is_working_day)


def must_be_taken_within(kind: OpinionKind | None, usually: int) -> int:
    """Working days until somebody has it in hand."""
    return ANSWERED_WITHIN if kind in DATA_REQUESTS else usually
