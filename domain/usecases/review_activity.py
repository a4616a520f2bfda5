"""A supervisor sees what was done in their unit this month, and reminds those who did nothing."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.errors import LostRace
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.activity import (
    PLACES_ON_A_PAGE,
    Count,
    Gathered,
    Idle,
    PlaceActivity,
    UnitActivity,
    bounds,
    first_of_month,
    month_before,
    week_of,
)
from domain.model.audit import AuditEvent
from domain.model.button import Button, one_page
from domain.model.delivery import OutboxEntry, card, to_person
from domain.model.text import name_order
from domain.model.unit import COMMUNE_KINDS, Unit
from domain.ports import Cause, Letterhead, Memory, Work
from domain.usecases.own_buttons import own_buttons

SHOW, PAGE = "activity:show", "activity:page"
ASK, NUDGE = "nudge:ask", Permission.PERSON_NUDGE
SHOW_PLAN = "monthly_plan:show"
"""Answered by set_monthly_plan.py."""
NONE, NOTHING = Count(), Gathered()


@dataclass(frozen=True, slots=True)
class ReviewActivity:
    """Looking at a unit's month (theo dõi hoạt động)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def show_month(
        self, actor: Actor, unit_id: str, page: int = 0, cause: Cause | None = None
    ) -> UnitActivity:
        """This month so far, beside the whole of the month before."""
        first_on = first_of_month(self.clock.now())
        async with self.memory.begin(cause) as work:
            actor.require(Permission.ACTIVITY_READ, await work.units.lineage(unit_id))
            unit = await work.units.get(unit_id)
            this = await work.activity.by_place(unit_id, *bounds(first_on))
            before = await work.activity.by_place(unit_id, *bounds(month_before(first_on)))
            held = await work.attendance.by_place(unit_id, *bounds(first_on))
            held_before = await work.attendance.by_place(unit_id, *bounds(month_before(first_on)))
            asked = await work.activity.open_questions(unit_id)
            idle = await work.activity.idle(unit_id, *bounds(first_on))

            def at(place: Unit) -> PlaceActivity:
                name = place.id
                counts = this.get(name, NONE), before.get(name, NONE)
                both = held.get(name, NOTHING), held_before.get(name, NOTHING)
                return PlaceActivity(place, *counts, asked.get(name, 0), *both)

            below = await work.units.children(unit_id)
            places = tuple(sorted(below, key=lambda place: name_order(place.name)))
            shown = places[page * PLACES_ON_A_PAGE :][:PLACES_ON_A_PAGE]
            buttons = self._ways(actor, unit, places, page, len(idle))
            await work.buttons.add(buttons)
            await work.commit()
        return UnitActivity(first_on, at(unit), tuple(map(at, shown)), len(idle), buttons)

    async def turn_page(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> UnitActivity:
        return await self.show_month(actor, button.subject, int(button.choice or 0), cause)

    async def ask_nudge(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> tuple[int, tuple[Button, ...]]:
        """How many would be reminded, and the button that does it."""
        async with self.memory.begin(cause) as work:
            idle = await self._idle(work, actor, button.subject)
            buttons = self._buttons(actor, button.subject, [(NUDGE, "")])
            await work.buttons.add(buttons)
            await work.commit()
        return len(idle), buttons

    async def nudge(self, actor: Actor, button: Button, cause: Cause | None = None) -> int:
        """Remind everybody who has logged nothing this month; returns how many are reminded now.

        Nobody is reminded twice in one week, whoever asks for it.
        """
        now = self.clock.now()
        async with self.memory.begin(cause) as work:
            idle = await self._idle(work, actor, button.subject)
            unit, about = await work.units.get(button.subject), f"nudge:{week_of(now)}"
            reminded = await work.activity.reminded(about)
            fresh = [one for one in idle if one.person_id not in reminded]
            await work.outbox.add([self._reminder(one, unit, about) for one in fresh])
            action = Permission.PERSON_NUDGE
            await work.audit.append(AuditEvent(now, actor.id, action, unit.id, str(len(fresh))))
            await work.buttons.use(button.id, now)
            await work.commit()
        return len(fresh)

    def _reminder(self, idle: Idle, unit: Unit, about: str) -> OutboxEntry:
        """In the first of their languages in which there are words."""
        ours = self.letterhead.languages()
        language = next((one for one in idle.languages if one in ours), ours[0])
        payload = self.letterhead.nudge_card(unit, language)
        return card(self.ids.new(), about, to_person(idle.person_id), payload)

    async def _idle(self, work: Work, actor: Actor, unit_id: str) -> tuple[Idle, ...]:
        actor.require(Permission.PERSON_NUDGE, await work.units.lineage(unit_id))
        idle = await work.activity.idle(unit_id, *bounds(first_of_month(self.clock.now())))
        if not idle:
            raise LostRace("nudge.nobody")
        return idle

    def _ways(
        self, actor: Actor, unit: Unit, places: tuple[Unit, ...], page: int, idle: int
    ) -> tuple[Button, ...]:
        """Into each place shown that is divided further, around, to a reminder and to the plan."""
        divided = {place.id for place in places if place.kind in COMMUNE_KINDS}
        asked = one_page(SHOW, PAGE, [place.id for place in places], page, PLACES_ON_A_PAGE)
        into = [choice for action, choice in asked if action == SHOW and choice in divided]
        ways = [one for one in asked if one[0] == PAGE]
        ways += [(ASK, "")] if idle else []
        ways.append((SHOW_PLAN, ""))
        below = [button for place in into for button in self._buttons(actor, place, [(SHOW, "")])]
        return (*below, *self._buttons(actor, unit.id, ways))

    def _buttons(
        self, actor: Actor, unit_id: str, asked: list[tuple[str, str]]
    ) -> tuple[Button, ...]:
        return own_buttons(self, actor.id, asked, unit_id)
