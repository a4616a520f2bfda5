"""Which grants hold on a day, as a condition of SQL; domain.model.access.Grant says the same."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, or_
from sqlmodel import col

from storage.tables.offices import GrantRow

_HOLDER = GrantRow.metadata.tables["role_grant"].alias("holder")


def in_force(today: date | Any) -> tuple[ColumnElement[bool], ...]:
    """Within its term, not resting, not given up; of a deputy's, its holder still has the role."""
    starts = col(GrantRow.valid_from)
    begun = or_(starts.is_(None), starts <= today)
    return (begun, col(GrantRow.suspended_on).is_(None), *stands(today), still_held(today))


def stands(today: date | Any) -> tuple[ColumnElement[bool], ...]:
    """Not over: it holds, rests, or begins later."""
    ends, left = col(GrantRow.valid_until), col(GrantRow.left_on)
    return or_(ends.is_(None), ends >= today), or_(left.is_(None), left > today)


def still_held(today: date | Any) -> ColumnElement[bool]:
    """No deputy's, or whoever it stands in for still has the role, be it resting."""
    ends, left = _HOLDER.c.valid_until, _HOLDER.c.left_on
    theirs = exists().where(
        _HOLDER.c.person_id == col(GrantRow.deputy_of),
        _HOLDER.c.role == col(GrantRow.role),
        _HOLDER.c.unit_id == col(GrantRow.unit_id),
        _HOLDER.c.deputy_of.is_(None),
        or_(ends.is_(None), ends >= today),
        or_(left.is_(None), left > today),
    )
    return or_(col(GrantRow.deputy_of).is_(None), theirs.correlate(GrantRow))
