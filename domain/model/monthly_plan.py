"""How many sessions a unit expects of each communicator in a month."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from domain.errors import Refusal
from domain.model.text import shown_short
from domain.model.typed_past import read_number
from domain.model.typed_words import folded
from domain.model.unit import Lineage

MOST_SESSIONS = 60
"""In a month, of one person: two a day."""


@dataclass(frozen=True, slots=True)
class MonthlyPlan:
    """What a unit expects of each communicator, from a month on (kế hoạch tháng)."""

    unit_id: str
    number: int
    """Counts the plans of one unit; none is ever changed."""
    from_on: date
    """The first day of the first month that it is for."""
    sessions: int
    """0: from then on the unit has no plan of its own."""
    set_by: str
    set_at: datetime


def plan_for(plans: Iterable[MonthlyPlan], lineage: Lineage, first_on: date) -> MonthlyPlan | None:
    """What a month is measured by: the last plan of the nearest unit that has one then."""
    begun = sorted((one for one in plans if one.from_on <= first_on), key=lambda one: one.number)
    last = {one.unit_id: one for one in begun}
    found = (last[unit_id] for unit_id in lineage.unit_ids if unit_id in last)
    return next((one for one in found if one.sessions), None)


def read_plan(typed: str) -> int:
    """The number of sessions that somebody typed; Refusal says what is wrong with it."""
    try:
        sessions = read_number(folded(typed).removesuffix(" buoi"))
    except Refusal:
        raise Refusal("monthly_plan.not_a_number", typed=shown_short(typed)) from None
    if not 0 <= sessions <= MOST_SESSIONS:
        raise Refusal("monthly_plan.out_of_range", typed=shown_short(typed), most=MOST_SESSIONS)
    return sessions
