"""Somebody who works among people passes on what they heard there, under their name or without.

The words wait in the vault, as a resident's do. Without a name all goes the resident's way: main
holds nothing that would be different had somebody else brought it.
"""

from dataclasses import dataclass, replace

from domain.errors import Forbidden, LostRace, Refusal
from domain.model.access import RESIDENT, Actor
from domain.model.bulletin import Field
from domain.model.button import Button
from domain.model.heard import Bearing, Heard, Interest, Spread
from domain.model.resident import DraftStep, OpinionDraft, Written
from domain.usecases.intake_steps import common_place, within_reach
from domain.usecases.receive import Receive
from domain.usecases.visit import Intake, Visit

STEPS = {
    "heard:bearing": DraftStep.BEARING,
    "heard:field": DraftStep.FIELD,
    "heard:spread": DraftStep.SPREAD,
    "heard:interest": DraftStep.INTEREST,
}


@dataclass(frozen=True, slots=True)
class Hear:
    """Passing on what was heard (nghe được ở cơ sở)."""

    receive: Receive

    async def begin(self, visit: Visit, words: Written | None = None) -> Intake:
        """Open a draft, or come back to the one being written."""
        _require_reach(visit)
        before = await self.receive.draft_of(visit)
        if before is not None and before.heard is not None:
            return await self.receive.begin_opinion(visit, words=words)
        if before is not None and before.is_begun:
            raise Refusal("heard.own_words_first")
        draft = replace(self.receive.first_draft(visit), heard=Heard())
        draft = draft.with_more(words) if words else draft
        draft = await self.receive.saved(draft, visit.known.resident, visit)
        return await self.receive.show(visit, visit.known.resident, draft)

    async def choose(self, visit: Visit, button: Button) -> Intake:
        """Under which name, about what, how many say it, how much they care: as pressed."""
        _require_reach(visit)
        resident, draft = await self.receive.pressed(visit, button, STEPS[button.action])
        if draft.last_update != visit.cause.update_id:
            heard = _chosen(draft.heard or Heard(), button)
            unit_id = draft.unit_id or await self._place(visit, heard)
            draft = replace(draft, heard=heard, unit_id=unit_id)
            draft = await self.receive.saved(draft, resident, visit)
        return await self.receive.show(visit, resident, draft, button)

    async def file(self, visit: Visit, actor: Actor, button: Button) -> Intake:
        """Hand it over; main learns who brought it only if it is under their name."""
        _require_reach(visit)
        _, draft = await self.receive.pressed(visit, button, DraftStep.CONFIRM)
        if draft.heard is None or draft.heard.bearing != button.choice:
            raise LostRace("button.stale")
        if draft.heard.is_unnamed:
            await self._require_place(visit, draft)
            return await self.receive.file_opinion(visit, button, RESIDENT)
        return await self.receive.file_opinion(visit, button, actor)

    async def _place(self, visit: Visit, heard: Heard) -> str | None:
        """Without a name, where all they reach lies; else the one place that they work in."""
        async with self.receive.memory.begin() as work:
            if heard.is_unnamed:
                return (await common_place(work, visit)).id
            places = await within_reach(work, visit.reach)
        return places[0].id if len(places) == 1 else None

    async def _require_place(self, visit: Visit, draft: OpinionDraft) -> None:
        """Their rights may have changed since they began."""
        async with self.receive.memory.begin() as work:
            place = await common_place(work, visit)
        if place.id != draft.unit_id:
            raise Forbidden("errors.forbidden")


def _require_reach(visit: Visit) -> None:
    if not visit.reach:
        raise Forbidden("errors.forbidden")


def _chosen(heard: Heard, button: Button) -> Heard:
    match button.action:
        case "heard:bearing":
            return replace(heard, bearing=Bearing(button.choice))
        case "heard:field":
            return replace(heard, field=Field(button.choice))
        case "heard:spread":
            return replace(heard, spread=Spread(button.choice))
        case _:
            return replace(heard, interest=Interest(button.choice))
