"""When approvers are reminded of what waits for them, and when it is too late for that."""

from datetime import datetime, timedelta
from enum import StrEnum

from domain.model.office_days import OfficeDays
from domain.model.office_hours import worked_between

SOON = timedelta(hours=2)
"""So long before its time a bulletin that is not approved is urgent."""


class ReminderStep(StrEnum):
    """What is said about a bulletin that waits, each of them once (nhắc duyệt)."""

    WAITING = "waiting"
    """It has waited longer than its unit wants."""
    SOON = "soon"
    PASSED = "passed"
    """Its time has gone by; author and approvers are told."""


def step_due(
    submitted_at: datetime,
    send_at: datetime | None,
    patience: timedelta,
    now: datetime,
    office: OfficeDays,
) -> ReminderStep | None:
    """How far it has come; None while nobody has to be reminded.

    What was submitted shortly before its time is not called urgent at once: half of what was left
    is given to whoever is to approve it.
    """
    if send_at is not None:
        if now >= send_at:
            return ReminderStep.PASSED
        if now >= send_at - min(SOON, (send_at - submitted_at) / 2):
            return ReminderStep.SOON
    if worked_between(submitted_at, now, office) >= patience:
        return ReminderStep.WAITING
    return None
