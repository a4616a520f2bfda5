"""A resident attaches a point on the map to what they write, or takes it off again."""

from dataclasses import dataclass, replace

from domain.errors import Refusal
from domain.model.button import Button
from domain.model.locality import Point
from domain.model.resident import DraftStep, speaking
from domain.usecases.receive import Receive
from domain.usecases.visit import Intake, Visit


@dataclass(frozen=True, slots=True)
class AttachPoint:
    """Attaching a place (gửi kèm vị trí). It waits in the vault, sealed with the words."""

    receive: Receive

    async def attach(self, visit: Visit, point: Point | None, is_live: bool) -> Intake:
        """Keep it with the draft, in place of an earlier one.

        None is a point that was shared and is not known any more. One that moves along with its
        sender would tell more than they meant to say.
        """
        draft = await self.receive.draft_of(visit)
        if draft is None:
            raise Refusal("point.no_draft")
        visit.require_heard(draft, self.receive.clock.now())
        resident = visit.known.resident
        # After a crash the draft has it already, and the point itself is known no more.
        if draft.last_update != visit.cause.update_id:
            if is_live:
                raise Refusal("point.live")
            if point is None:
                raise Refusal("point.forgotten")
            draft = await self.receive.saved(draft.with_point(point), resident, visit)
        return await self.receive.show(visit, speaking(resident, draft), draft)

    async def take_off(self, visit: Visit, button: Button) -> Intake:
        """Go on without it; it is kept nowhere then."""
        resident, draft = await self.receive.pressed(visit, button, DraftStep.CONFIRM)
        draft = await self.receive.saved(replace(draft, point=None), resident, visit)
        return await self.receive.show(visit, resident, draft, button)
