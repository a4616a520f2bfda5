"""An author sets when a bulletin goes out again, how long it is good, and what holidays do."""

from dataclasses import dataclass, replace

from domain.model.access import Actor
from domain.model.bulletin import Draft
from domain.model.button import Button
from domain.model.recurrence import HolidayRule
from domain.model.typed_schedule import read_expiry, weekly
from domain.ports import Cause
from domain.usecases.compose import Compose, DraftFields
from domain.usecases.drafting import Preview


@dataclass(frozen=True, slots=True)
class SetTime:
    """What is set of a draft with an eye to what was set before (đặt giờ phát)."""

    compose: Compose

    async def repeat_weekly(self, actor: Actor, button: Button, cause: Cause | None) -> Preview:
        """Make the one time that was chosen the first of many, a week apart."""

        def repeated(was: Draft) -> DraftFields:
            return {"send_at": None, "recurrence": weekly(was.send_at) if was.send_at else None}

        return await self.compose.rewrite_by_button(actor, button, cause, repeated)

    async def choose_holiday_rule(
        self, actor: Actor, button: Button, cause: Cause | None
    ) -> Preview:
        """Say what becomes of a fire on a public holiday."""

        def ruled(was: Draft) -> DraftFields:
            rule = was.recurrence
            return {"recurrence": rule and replace(rule, on_holiday=HolidayRule(button.choice))}

        return await self.compose.rewrite_by_button(actor, button, cause, ruled)

    async def type_expiry(
        self, actor: Actor, bulletin_id: str, typed: str, cause: Cause | None
    ) -> Preview:
        """How long it is good, as typed: so many hours, or until a moment."""
        now = self.compose.clock.now()

        def good(was: Draft) -> DraftFields:
            due = None if was.recurrence or was.is_template else was.send_at or now
            return {"good_for": read_expiry(typed, due, now)}

        return await self.compose.rewrite(actor, bulletin_id, cause, good)
