"""The door to a unit's plan for a month: what is expected of each communicator."""

from dataclasses import dataclass

from markupsafe import Markup

from domain.model.button import Button
from domain.model.dialog import Dialog
from domain.model.monthly_plan import MonthlyPlan
from domain.usecases.set_monthly_plan import SHOW, PlanPage
from handlers.activities import month_shown
from handlers.faces import one_a_row
from handlers.telegram.presses import Route
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn


@dataclass(frozen=True, slots=True)
class MonthlyPlanDoor:
    """A unit's plan in the chat (kế hoạch tháng)."""

    rooms: Rooms
    speak: Speak

    def presses(self) -> dict[str, Route]:
        """The button beside a unit's month."""
        return {SHOW: self.show}

    async def show(self, turn: Turn, button: Button) -> None:
        page = await self.rooms.monthly_plan.show_plan(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self._show(turn, page, "monthly_plan.ask")

    async def take_plan(self, turn: Turn, dialog: Dialog) -> None:
        """A plain message: how many sessions."""
        use, unit_id = self.rooms.monthly_plan, dialog.subject
        page = await use.set_plan(turn.actor, unit_id, turn.text, turn.cause)
        await self._show(turn, page, "monthly_plan.set")

    async def _show(self, turn: Turn, page: PlanPage, closing: str) -> None:
        words, language = self.rooms.words, turn.language
        about = {"unit": page.unit.name, "month": month_shown(page.first_on)}
        parts = [self._standing(page, language, about)]
        if page.own:
            lines = [self._line(one, language) for one in page.own]
            head = words.html("monthly_plan.own", language, unit=page.unit.name)
            parts.append(Markup("\n").join([head, *lines]))
        parts.append(words.html(closing, language, **about))
        rows = one_a_row(words, page.buttons, language)
        await self.speak.show(turn, Markup("\n\n").join(parts), rows)

    def _standing(self, page: PlanPage, language: str, about: dict[str, str]) -> Markup:
        words = self.rooms.words
        if page.plan is None or page.set_at is None:
            return words.html("monthly_plan.none", language, **about)
        own = page.set_at.id == page.unit.id
        key = "monthly_plan.stands" if own else "monthly_plan.inherited"
        said = {**about, "above": page.set_at.name, "sessions": page.plan.sessions}
        return words.html(key, language, **said)

    def _line(self, one: MonthlyPlan, language: str) -> Markup:
        words = self.rooms.words
        key = "monthly_plan.line" if one.sessions else "monthly_plan.line_none"
        month, day = month_shown(one.from_on), words.date(one.set_at, language)
        return words.html(key, language, month=month, sessions=one.sessions, day=day)
