"""A communicator looks at their own sessions: this month beside the unit's plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.clock import Clock
from domain.ids import Ids
from domain.model.access import Actor, Role
from domain.model.activity import bounds, first_of_month, month_before
from domain.model.button import Button, around
from domain.model.monthly_plan import MonthlyPlan, plan_for
from domain.model.own_sessions import MONTHS_SHOWN, OwnMonth, OwnPage, ThanksPage
from domain.model.session import role_of
from domain.model.unit import Lineage
from domain.ports import Cause, Memory, Work
from domain.usecases.commend import SHOWN, with_authors
from domain.usecases.own_buttons import own_buttons

WAYS = (("own:history", "0"), ("own:export", ""))
THANKS = "own:thanks"
LAST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class ReviewOwnSessions:
    """Looking at one's own sessions (buổi của tôi); there is no other person's page."""

    memory: Memory
    clock: Clock
    ids: Ids

    async def show_page(self, actor: Actor, cause: Cause | None = None) -> OwnPage:
        """The last months, and this one in detail."""
        role_of(actor)
        first_on = first_of_month(self.clock.now())
        async with self.memory.begin(cause, crowded=True) as work:
            lineage, plans = await _plans(work, actor)
            months = [await _month(work, actor, one, lineage, plans) for one in _months(first_on)]
            counts = plan_for(plans, lineage, first_on)
            unit = await work.units.get(counts.unit_id) if counts else None
            returned = await work.activity.returned_to(actor.id, *bounds(first_on))
            questions = await work.activity.questions_of(actor.id, *bounds(first_on))
            attended = await work.attendance.attended(actor.id, *bounds(first_on))
            found = await work.commendations.given_to(actor.id, 0, LAST_SHOWN + 1)
            thanks = await with_authors(work, found[:LAST_SHOWN])
            more = [(THANKS, "0")] if len(found) > LAST_SHOWN else []
            buttons = self._buttons(actor, [*more, *WAYS])
            await work.buttons.add(buttons)
            await work.commit()
        return OwnPage(tuple(months), returned, questions, unit, attended, thanks, buttons)

    async def show_thanks(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> ThanksPage:
        """All the good words that this person was given, page by page."""
        role_of(actor)
        page = int(button.choice)
        async with self.memory.begin(cause, crowded=True) as work:
            found = await work.commendations.given_to(actor.id, page * SHOWN, SHOWN + 1)
            thanks = await with_authors(work, found[:SHOWN])
            buttons = self._buttons(actor, around(THANKS, page, len(found) > SHOWN))
            await work.buttons.add(buttons)
            await work.commit()
        return ThanksPage(thanks, buttons)

    def _buttons(self, actor: Actor, asked: Sequence[tuple[str, str]]) -> tuple[Button, ...]:
        return own_buttons(self, actor.id, asked, "own")


async def _plans(work: Work, actor: Actor) -> tuple[Lineage, tuple[MonthlyPlan, ...]]:
    """Of the unit for which somebody is a communicator; others are expected nothing of."""
    places = [grant.unit_id for grant in actor.grants if grant.role is Role.COMMUNICATOR]
    if not places:
        return Lineage(()), ()
    lineage = await work.units.lineage(places[0])
    return lineage, await work.monthly_plans.above(lineage)


async def _month(
    work: Work, actor: Actor, first_on: date, lineage: Lineage, plans: tuple[MonthlyPlan, ...]
) -> OwnMonth:
    count = await work.activity.of_person(actor.id, *bounds(first_on))
    plan = plan_for(plans, lineage, first_on)
    return OwnMonth(first_on, count, plan.sessions if plan else 0)


def _months(last: date) -> list[date]:
    """The last months in their order."""
    months = [last]
    while len(months) < MONTHS_SHOWN:
        months.append(month_before(months[-1]))
    return months[::-1]
