"""An author sets when a bulletin goes out again, how long it is good, and what holidays do."""

from dataclasses import dataclass, replace

from domain.model.access import Actor
from domain.model.bulletin import Draft
from domain.model.button import Button
from domain.model.recurrence import HolidayRule
from domain.model.typed_schedule import read_expiry, weekly
from domain.ports import Cause
from domain.usecases.compose import Compose
from domain.usecases.drafting import Preview


@dataclass(frozen=True, slots=True)
class SetTime:
    """What is set of a draft with an eye to what was set before (đặt giờ phát)."""

    compose: Compose

    async def repeat_weekly(self, actor: Actor, button: Button, cause: Cause | None) -> Preview:
        """Make the one time that was chosen the first of many, a week apart."""
        chosen = (await self._draft(button.subject)).send_at
        return await self.compose.change_by_button(
            actor, button, cause, send_at=None, recurrence=weekly(chosen) if chosen else None
        )

    async def choose_holiday_rule(
        self, actor: Actor, button: Button, cause: Cause | None
    ) -> Preview:
        """Say what becomes of a fire on a public holiday."""
        rule = (await self._draft(button.subject)).recurrence
        changed = rule and replace(rule, on_holiday=HolidayRule(button.choice))
        return await self.compose.change_by_button(actor, button, cause, recurrence=changed)

    async def type_expiry(
        self, actor: Actor, bulletin_id: str, typed: str, cause: Cause | None
    ) -> Preview:
        """How long it is good, as typed: so many hours, or until a moment."""
        now, draft = self.compose.clock.now(), await self._draft(bulletin_id)
        due = None if draft.recurrence or draft.is_template else draft.send_at or now
        return await self.compose.change_draft(
            actor, bulletin_id, cause, good_for=read_expiry(typed, due, now)
        )

    async def _draft(self, bulletin_id: str) -> Draft:
        async with self.compose.memory.begin() as work:
            return await work.bulletins.draft(bulletin_id)
