"""Staff type in what somebody says who came to the office, once that person has agreed.

The words wait in the vault, as a resident's own do. No address is behind such a case: its code goes
to whoever stands there, on paper, and by it the answer is found.
"""

from dataclasses import dataclass, replace

from domain.errors import Forbidden, LostRace, Refusal
from domain.model.access import Actor, Permission
from domain.model.button import Button
from domain.model.resident import NOTICE_VERSION, DraftStep, OpinionDraft, Written
from domain.model.walk_in_slip import slip
from domain.usecases.announce import tell_staff_of_filing
from domain.usecases.case_in_hand import put_on_record
from domain.usecases.intake_steps import within_reach
from domain.usecases.receive import Receive
from domain.usecases.visit import Intake, Visit


@dataclass(frozen=True, slots=True)
class RecordWalkIn:
    """Typing in for somebody (ghi hộ khi tiếp dân)."""

    receive: Receive

    async def begin(self, visit: Visit, words: Written | None = None) -> Intake:
        """Open a draft with the notice to be read out, or come back to the one being typed."""
        _require_desk(visit)
        before = await self.receive.draft_of(visit)
        if before is not None and before.at_desk:
            return await self.receive.begin_opinion(visit, words=words)
        if before is not None and before.is_begun:
            raise Refusal("walk_in.own_words_first")
        draft = replace(self.receive.first_draft(visit), at_desk=True)
        draft = replace(draft, unit_id=await self._only_place(visit))
        draft = draft.with_more(words) if words else draft
        draft = await self.receive.saved(draft, visit.known.resident, visit)
        return await self.receive.show(visit, visit.known.resident, draft)

    async def agree(self, visit: Visit, button: Button) -> Intake:
        """The notice was read out, and whoever stands there agreed to it."""
        _require_desk(visit)
        resident, draft = await self.receive.pressed(visit, button, DraftStep.CONSENT)
        if draft.last_update != visit.cause.update_id:
            draft = replace(_typed_at_desk(draft), agreed_notice=NOTICE_VERSION)
            draft = await self.receive.saved(draft, resident, visit)
        return await self.receive.show(visit, resident, draft, button)

    async def file(self, visit: Visit, actor: Actor, button: Button) -> Intake:
        """File it under the staffer's act, and show them the code for as long as it takes."""
        _require_desk(visit)
        receive, now = self.receive, self.receive.clock.now()
        resident, draft = await receive.pressed(visit, button, DraftStep.CONFIRM)
        if not _typed_at_desk(draft).may_be_kept(resident):
            raise Refusal("walk_in.not_agreed")
        async with receive.memory.begin(visit.cause) as work:
            unit = await work.units.standing(draft.unit_id or "")
            actor.require(Permission.OPINION_RECORD, await work.units.lineage(unit.id))
            opinion = await receive.case_of(work, draft, unit, resident.language)
            # Under the draft's name, so that a replay finds it handed in; it is nobody's address.
            opinion = replace(opinion, id=draft.handle, handle=None)
            await work.opinions.add(opinion)
            await tell_staff_of_filing(work, receive.ids, receive.letterhead, opinion, unit)
            words = receive.letterhead.walk_in_slip(opinion, unit)
            await work.outbox.add([slip(receive.ids.new(), opinion.id, actor.id, words)])
            agreed = f"notice={draft.agreed_notice}"
            action = Permission.OPINION_RECORD
            await put_on_record(work, receive.clock, actor, action, opinion, agreed)
            await work.buttons.use(button.id, now)
            await work.commit()
        receive.steps.reached("filed")
        await receive.vault.clear_draft(draft.handle)
        return Intake(resident, unit=unit, filed=opinion)

    async def _only_place(self, visit: Visit) -> str | None:
        async with self.receive.memory.begin() as work:
            places = await within_reach(work, visit.desk)
        return places[0].id if len(places) == 1 else None


def _require_desk(visit: Visit) -> None:
    if not visit.desk:
        raise Forbidden("errors.forbidden")


def _typed_at_desk(draft: OpinionDraft) -> OpinionDraft:
    if not draft.at_desk:
        raise LostRace("button.stale")
    return draft
