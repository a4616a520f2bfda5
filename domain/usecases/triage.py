"""Staff read a case, take it and close it; every reading is on the record."""

from dataclasses import dataclass
from datetime import timedelta

from domain.clock import Clock
from domain.errors import Forbidden, LostRace
from domain.ids import Ids
from domain.model.access import CLOCKWORK, Actor, Permission
from domain.model.audit import AuditEvent
from domain.model.button import GOOD_FOR, Button, offer, require_version
from domain.model.deadline import CLOSES_AFTER_ANSWER
from domain.model.delivery import letter, to_person, view
from domain.model.opinion import Opinion, OpinionState
from domain.ports import Cause, Letterhead, Memory, Work
from domain.usecases.one_by_one import one_by_one
from domain.usecases.ownership import with_present_owner

STAYS_IN_CHAT = timedelta(hours=24)
"""How long a case's text stays in a staffer's private chat."""
QUEUE_LENGTH = 20

MOVES_SHOWN: dict[OpinionState, tuple[Permission, ...]] = {
    OpinionState.NEW: (Permission.OPINION_TAKE,),
    OpinionState.RECEIVED: (Permission.OPINION_TAKE,),
    OpinionState.IN_PROGRESS: (Permission.OPINION_ANSWER,),
    OpinionState.ANSWERED: (Permission.OPINION_CLOSE,),
}


@dataclass(frozen=True, slots=True)
class Triage:
    """Reading, taking and closing cases (phân loại, xử lý)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def open_case(
        self,
        actor: Actor,
        opinion_id: str,
        cause: Cause | None = None,
        numbers_shown: bool = False,
    ) -> Opinion:
        """Send the case's text to the staffer's private chat, and write down that they read it."""
        now = self.clock.now()
        async with self.memory.begin(cause) as work:
            opinion = await self._case(work, actor, opinion_id, Permission.OPINION_OPEN)
            if opinion.state is OpinionState.NEW:
                was, opinion = opinion, opinion.moved_to(OpinionState.RECEIVED, now)
                await work.opinions.save(opinion, was)
            await self._show(work, actor, opinion, numbers_shown)
            shown = "numbers" if numbers_shown else ""
            await self._audit(work, actor, Permission.OPINION_OPEN, opinion, shown)
            await work.commit()
        return opinion

    async def take_case(self, actor: Actor, button: Button, cause: Cause | None = None) -> Opinion:
        """Make the case this staffer's own."""
        now = self.clock.now()
        async with self.memory.begin(cause) as work:
            was = await self._case(work, actor, button.subject, Permission.OPINION_TAKE)
            opinion = was.taken_by(actor.id, now)
            await work.opinions.save(opinion, was)
            await self._show(work, actor, opinion, numbers_shown=False)
            await self._audit(work, actor, Permission.OPINION_TAKE, opinion)
            await work.buttons.use(button.id, now)
            await work.commit()
        return opinion

    async def close_case(self, actor: Actor, button: Button, cause: Cause | None = None) -> Opinion:
        """Close an answered case; the resident is told, and can still reopen it."""
        now = self.clock.now()
        async with self.memory.begin(cause) as work:
            was = await self._case(work, actor, button.subject, Permission.OPINION_CLOSE)
            require_version(button.version, was.version)
            opinion = await self._close(work, actor, was)
            await work.buttons.use(button.id, now)
            await work.commit()
        return opinion

    async def close_answered(self) -> int:
        """Close what was answered 14 days ago and never disputed; returns how many were due."""
        now = self.clock.now()
        async with self.memory.begin() as work:
            settled = await work.opinions.answered_before(now - CLOSES_AFTER_ANSWER)
        await one_by_one(settled, self._close_if_unchanged)
        return len(settled)

    async def list_queue(self, actor: Actor) -> tuple[Opinion, ...]:
        """The open cases this staffer may read, the one due first in front."""
        places = actor.units_for(Permission.OPINION_OPEN)
        if not places:
            raise Forbidden("errors.forbidden")
        async with self.memory.begin() as work:
            return await work.opinions.waiting(places, QUEUE_LENGTH)

    async def _case(
        self, work: Work, actor: Actor, opinion_id: str, permission: Permission
    ) -> Opinion:
        opinion = await work.opinions.get(opinion_id)
        actor.require(permission, await work.units.lineage(opinion.unit_id))
        if opinion.state is OpinionState.WITHDRAWN:
            raise LostRace("triage.erased", code=opinion.number)
        return await with_present_owner(work, self.clock, opinion)

    async def _close_if_unchanged(self, settled: Opinion) -> None:
        """Somebody may have written since it was looked for: then it is not settled any more."""
        async with self.memory.begin() as work:
            if await work.opinions.get(settled.id) == settled:
                await self._close(work, CLOCKWORK, settled)
                await work.commit()

    async def _close(self, work: Work, actor: Actor, was: Opinion) -> Opinion:
        opinion = was.moved_to(OpinionState.CLOSED, self.clock.now())
        await work.opinions.save(opinion, was)
        if opinion.handle:
            about = f"closed:{opinion.id}:{opinion.version}"
            payload = self.letterhead.closed_letter(opinion)
            await work.outbox.add([letter(self.ids.new(), about, opinion.handle, payload)])
        await self._audit(work, actor, Permission.OPINION_CLOSE, opinion)
        return opinion

    async def _show(self, work: Work, actor: Actor, opinion: Opinion, numbers_shown: bool) -> None:
        """Owe the text to the staffer's private chat, with the moves that are open now."""
        unit = await work.units.get(opinion.unit_id)
        answers = await work.opinions.answers(opinion.id)
        buttons = self._buttons(actor, opinion, numbers_shown)
        await work.buttons.add(buttons)
        bearer = (await work.people.get(opinion.bearer_id)).name if opinion.bearer_id else ""
        payload = self.letterhead.case_view(opinion, unit, answers, buttons, numbers_shown, bearer)
        entry = view(self.ids.new(), opinion.id, actor.id, payload, STAYS_IN_CHAT)
        await work.outbox.add([entry])

    def _buttons(self, actor: Actor, opinion: Opinion, numbers_shown: bool) -> tuple[Button, ...]:
        moves: list[str] = list(_moves_open_to(actor, opinion))
        if not numbers_shown:
            moves.append("opinion:numbers")
        return offer(
            self.ids,
            [(move, "") for move in moves],
            subject=opinion.id,
            version=opinion.version,
            holder=to_person(actor.id),
            expires_at=self.clock.now() + GOOD_FOR,
        )

    async def _audit(
        self, work: Work, actor: Actor, action: Permission, opinion: Opinion, detail: str = ""
    ) -> None:
        event = AuditEvent(self.clock.now(), actor.id, action, opinion.id, detail)
        await work.audit.append(event)


def _moves_open_to(actor: Actor, opinion: Opinion) -> tuple[Permission, ...]:
    """What this staffer may do with the case now; a case that lost its owner is taken first."""
    if opinion.owner_id not in (None, actor.id):
        return ()
    if opinion.owner_id is None and opinion.state is OpinionState.IN_PROGRESS:
        return (Permission.OPINION_TAKE,)
    return MOVES_SHOWN.get(opinion.state, ())
