"""A resident follows a case by its code, says whether it is solved, and can erase it."""

from dataclasses import dataclass, field, replace

from domain.clock import Clock
from domain.errors import LostRace, Refusal
from domain.ids import Ids, read_code
from domain.model.access import RESIDENT, Permission
from domain.model.audit import AuditEvent
from domain.model.button import Button, offer
from domain.model.case_times import CaseTimes
from domain.model.chat import Address
from domain.model.delivery import card
from domain.model.objection import Objection
from domain.model.opinion import Answer, Opinion, OpinionState
from domain.model.unit import Unit
from domain.ports import Cause, Letterhead, Memory, Vault, Work
from domain.usecases.announce import staff_destinations
from domain.usecases.join_cases import offer_again


@dataclass(frozen=True, slots=True)
class CaseStatus:
    """What whoever holds the code may see."""

    opinion: Opinion
    unit: Unit
    answers: tuple[Answer, ...]
    formerly: Unit | None = None
    """The unit that it lay with until this one took its place."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a case on the resident's word, and what they can still say of it."""

    opinion: Opinion
    further: tuple[Button, ...]
    """The way back from "solved"; the reasons for "not solved"."""


@dataclass(frozen=True, slots=True)
class Follow:
    """Following a case (tra cứu) whose code may be used: see OpenByCode."""

    memory: Memory
    vault: Vault
    clock: Clock
    ids: Ids
    letterhead: Letterhead
    times: CaseTimes = field(default_factory=CaseTimes)

    async def look_up(self, typed: str) -> CaseStatus:
        """The case behind a code; one sentence serves for a wrong code and an erased case."""
        async with self.memory.begin() as work:
            opinion = await self._by_code(work, typed)
            unit = await work.units.get(opinion.unit_id)
            former = opinion.former_unit_id
            before = await work.units.get(former) if former else None
            # Handed on since, it lies with its unit for another reason.
            formerly = before if before and before.successor_id == unit.id else None
            return CaseStatus(opinion, unit, await work.opinions.answers(opinion.id), formerly)

    async def settle_case(self, button: Button, cause: Cause | None = None) -> Settled:
        """ "Solved" closes the case; "not solved" puts it back into the queue with its owner.

        It is open again at once; why, the resident may still say.
        """
        now, solved = self.clock.now(), button.choice == "solved"
        async with self.memory.begin(cause) as work:
            was = await work.opinions.get(button.subject)
            RESIDENT.require(Permission.OPINION_FOLLOW, await work.units.lineage(was.unit_id))
            if not solved and not was.may_be_disputed(now):
                raise Refusal("follow.too_late_to_reopen")
            office = await work.calendar.office_days()
            opinion = was.settled(solved, now, self.times.answer_due(now, office, was.kind))
            if opinion != was:
                await work.opinions.save(opinion, was)
            if opinion.version != was.version and not solved:
                await self._announce_again(work, opinion)
            await self._note(work, opinion, button.choice)
            await work.buttons.use(button.id, now)
            asked = [("opinion:settle", "not_solved")]
            if not solved:
                asked = [("opinion:object", reason) for reason in Objection]
            further = self._offer(button, opinion, asked)
            await work.buttons.add(further)
            await work.commit()
        return Settled(opinion, further)

    async def object_to(self, button: Button, cause: Cause | None = None) -> Opinion:
        """Why it is not solved: whoever has the case reads it there."""
        async with self.memory.begin(cause) as work:
            was = await work.opinions.get(button.subject)
            RESIDENT.require(Permission.OPINION_FOLLOW, await work.units.lineage(was.unit_id))
            if was.state is OpinionState.WITHDRAWN:
                raise LostRace("follow.no_such_code")
            # No move: what staff are looking at stays good.
            opinion = replace(was, objection=Objection(button.choice))
            await work.opinions.save(opinion, was)
            await self._note(work, opinion, f"objection={button.choice}")
            await work.buttons.use(button.id, self.clock.now())
            await work.commit()
        return opinion

    async def erase_case(
        self, typed: str, cause: Cause | None = None, by: Address | None = None
    ) -> Opinion:
        """Erase text, answers and address; staff see only that a case was erased.

        What `by`, whoever asks for this, began to add and did not send goes too.
        """
        now = self.clock.now()
        # The cause already here, or a replay would be told that there is no such code.
        async with self.memory.begin(cause) as work:
            opinion = await self._by_code(work, typed)
        if by is not None:
            await self._drop_leftovers(by, opinion)
        if opinion.handle is not None:
            # A crash at its filing may have left its words there; without it they wait unfiled.
            await self.vault.clear_draft(opinion.handle)
            await self.vault.drop_replies([opinion.handle], filed=True)
            await self.vault.forget_address(opinion.handle)
        else:
            await self.vault.clear_draft(opinion.id)
        async with self.memory.begin(cause) as work:
            was = await work.opinions.get(opinion.id)
            RESIDENT.require(Permission.OPINION_ERASE, await work.units.lineage(was.unit_id))
            joined = await work.opinions.joined_to(was.id)
            await work.opinions.erase(was, now)
            for other in joined:
                again = await work.opinions.get(other.id)
                await offer_again(work, self.ids, self.letterhead, again)
            event = AuditEvent(now, RESIDENT.id, Permission.OPINION_ERASE, opinion.id)
            await work.audit.append(event)
            await work.commit()
        return opinion

    async def _drop_leftovers(self, by: Address, opinion: Opinion) -> None:
        """What they began to add, and parts that a crash left of what was filed as this case."""
        now = self.clock.now()
        begun = (await self.vault.known(by, now)).draft
        if begun is not None and begun.replies_to == opinion.id:
            await self.vault.drop_draft(begun.handle)
        held = await self.vault.held_replies(by, now)
        ends = [one for one in held if one.handle == opinion.handle]
        parts = [one.handle for one in held if any(one.is_filed_with(last) for last in ends)]
        await self.vault.drop_replies(parts, filed=False)

    def _offer(
        self, button: Button, opinion: Opinion, asked: list[tuple[str, str]]
    ) -> tuple[Button, ...]:
        """For as long as the pressed one would have been good, and for the same holder."""
        return offer(
            self.ids,
            asked,
            subject=opinion.id,
            version=opinion.version,
            holder=button.holder,
            expires_at=button.expires_at,
        )

    async def _note(self, work: Work, opinion: Opinion, detail: str) -> None:
        action = Permission.OPINION_FOLLOW
        event = AuditEvent(self.clock.now(), RESIDENT.id, action, opinion.id, detail)
        await work.audit.append(event)

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
