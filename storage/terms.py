"""Which grants hold on a day, as a condition of SQL; domain.model.access.Grant says the same."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlmodel import col

from storage.tables.offices import GrantRow


def in_force(today: date | Any) -> tuple[ColumnElement[bool], ...]:
    """Within its term, not resting, not given up."""
    starts = col(GrantRow.valid_from)
    begun = or_(starts.is_(None), starts <= today)
    return (begun, col(GrantRow.suspended_on).is_(None), *stands(today))


def stands(today: date | Any) -> tuple[ColumnElement[bool], ...]:
    """Not over: it holds, rests, or begins later."""
    ends, left = col(GrantRow.valid_until), col(GrantRow.left_on)
    return or_(ends.is_(None), ends >= today), or_(left.is_(None), left > today)
