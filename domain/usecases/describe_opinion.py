"""A resident says what an opinion is, what about, whether it is urgent; each may be left open."""

from dataclasses import dataclass, replace

from domain.model.button import Button
from domain.model.opinion_kind import FormalMatter
from domain.model.resident import DraftStep
from domain.usecases.receive import Receive
from domain.usecases.visit import Intake, Visit

STEPS = {"intake:kind": DraftStep.KIND, "intake:field": DraftStep.FIELD}


@dataclass(frozen=True, slots=True)
class DescribeOpinion:
    """Saying what it is (loại ý kiến, lĩnh vực, việc gấp)."""

    receive: Receive

    async def choose(self, visit: Visit, button: Button) -> Intake:
        """What it is, or what about, as pressed; an empty choice skips the question."""
        step = STEPS[button.action]
        resident, draft = await self.receive.pressed(visit, button, step)
        draft = await self.receive.saved(draft.told(step, button.choice), resident, visit)
        return await self.receive.show(visit, resident, draft, button)

    async def turn_fields(self, visit: Visit, button: Button) -> Intake:
        """Another page of fields; nothing is chosen yet."""
        resident, draft = await self.receive.pressed(visit, button, DraftStep.FIELD)
        return await self.receive.show(visit, resident, draft, button, page=int(button.choice))

    async def go_back(self, visit: Visit, button: Button) -> Intake:
        """To the question before this one."""
        resident, draft = await self.receive.pressed(visit, button)
        if draft.last_update != visit.cause.update_id:
            draft = await self.receive.saved(draft.one_back(), resident, visit)
        return await self.receive.show(visit, resident, draft, button)

    async def mark_urgent(self, visit: Visit, button: Button) -> Intake:
        """Or not any more; the numbers to call in danger stand above the button."""
        resident, draft = await self.receive.pressed(visit, button, DraftStep.CONFIRM)
        marked = replace(draft, urgent=button.choice == "yes")
        draft = await self.receive.saved(marked, resident, visit)
        return await self.receive.show(visit, resident, draft, button)

    async def lead_elsewhere(self, visit: Visit, button: Button) -> FormalMatter:
        """It is a complaint or a denunciation: its words are erased, and nothing is filed."""
        await self.receive.cancel_draft(visit, button)
        return FormalMatter(button.choice)
