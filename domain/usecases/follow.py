"""A resident follows a case by its code, says whether it is solved, and can erase it."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.errors import Refusal
from domain.ids import Ids, read_code
from domain.model.access import RESIDENT, Permission
from domain.model.audit import AuditEvent
from domain.model.button import Button, offer
from domain.model.delivery import card
from domain.model.opinion import Answer, Opinion, OpinionState
from domain.model.unit import Unit
from domain.ports import Cause, Letterhead, Memory, Vault, Work
from domain.usecases.announce import staff_destinations


@dataclass(frozen=True, slots=True)
class CaseStatus:
    """What whoever holds the code may see."""

    opinion: Opinion
    unit: Unit
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a case on the resident's word, and the way to take that word back."""

    opinion: Opinion
    way_back: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Follow:
    """Following a case (tra cứu): the code is enough, whoever holds it."""

    memory: Memory
    vault: Vault
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def look_up(self, typed: str) -> CaseStatus:
        """The case behind a code; one sentence serves for a wrong code and an erased case."""
        async with self.memory.begin() as work:
            opinion = await self._by_code(work, typed)
            unit = await work.units.get(opinion.unit_id)
            return CaseStatus(opinion, unit, await work.opinions.answers(opinion.id))

    async def settle_case(self, button: Button, cause: Cause | None = None) -> Settled:
        """ "Solved" closes the case; "not solved" puts it back into the queue with its owner."""
        now, solved = self.clock.now(), button.choice == "solved"
        async with self.memory.begin(cause) as work:
            was = await work.opinions.get(button.subject)
            RESIDENT.require(Permission.OPINION_FOLLOW, await work.units.lineage(was.unit_id))
            target = OpinionState.CLOSED if solved else OpinionState.IN_PROGRESS
            opinion = was if was.state is target else was.moved_to(target, now)
            if opinion is not was:
                await work.opinions.save(opinion, was)
            if opinion is not was and not solved:
                await self._announce_again(work, opinion)
            event = AuditEvent(
                now, RESIDENT.id, Permission.OPINION_FOLLOW, opinion.id, button.choice
            )
            await work.audit.append(event)
            await work.buttons.use(button.id, now)
            way_back = self._way_back(button, opinion) if solved else ()
            await work.buttons.add(way_back)
            await work.commit()
        return Settled(opinion, way_back)

    async def erase_case(self, typed: str, cause: Cause | None = None) -> Opinion:
        """Erase text, answers and address; staff see only that a case was erased."""
        now = self.clock.now()
        # The cause already here, or a replay would be told that there is no such code.
        async with self.memory.begin(cause) as work:
            opinion = await self._by_code(work, typed)
        if opinion.handle is not None:
            await self.vault.forget_address(opinion.handle)
        async with self.memory.begin(cause) as work:
            was = await work.opinions.get(opinion.id)
            RESIDENT.require(Permission.OPINION_ERASE, await work.units.lineage(was.unit_id))
            await work.opinions.erase(was, now)
            event = AuditEvent(now, RESIDENT.id, Permission.OPINION_ERASE, opinion.id)
            await work.audit.append(event)
            await work.commit()
        return opinion

    def _way_back(self, button: Button, opinion: Opinion) -> tuple[Button, ...]:
        """The button that reopens a case, for as long as the pressed one would have been good."""
        return offer(
            self.ids,
            [("opinion:settle", "not_solved")],
            subject=opinion.id,
            version=opinion.version,
            holder=button.holder,
            expires_at=button.expires_at,
        )

    async def _by_code(self, work: Work, typed: str) -> Opinion:
        code = read_code(typed)
        opinion = await work.opinions.by_code(code) if code else None
        if opinion is None or opinion.state is OpinionState.WITHDRAWN:
            raise Refusal("follow.no_such_code")
        return opinion

    async def _announce_again(self, work: Work, opinion: Opinion) -> None:
        unit = await work.units.get(opinion.unit_id)
        payload = self.letterhead.case_card(opinion, unit, reopened=True)
        about = f"reopened:{opinion.id}:{opinion.version}"
        for destination in await staff_destinations(work, opinion.unit_id):
            await work.outbox.add([card(self.ids.new(), about, destination, payload)])
