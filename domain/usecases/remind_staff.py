"""Staff are reminded of what is due, their supervisor of what is late; each is said once."""

import logging
from dataclasses import dataclass, field

from domain.clock import Clock
from domain.ids import Ids
from domain.model.access import CLOCKWORK, Permission
from domain.model.audit import AuditEvent
from domain.model.case_times import LATE, CaseClock, CaseStep, CaseTimes, looked_at_until, steps_due
from domain.model.delivery import card, to_person
from domain.model.opinion import OPEN_CASES, Opinion
from domain.ports import Letterhead, Memory, Work
from domain.usecases.announce import staff_destinations, supervisors_near
from domain.usecases.one_by_one import one_by_one
from domain.usecases.ownership import with_present_owner

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RemindStaff:
    """Reminding and escalating (nhắc hạn, báo người phụ trách)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead
    times: CaseTimes = field(default_factory=CaseTimes)

    async def remind_due(self) -> int:
        """Say all that is due and was not said; returns how much that was."""
        now = self.clock.now()
        async with self.memory.begin() as work:
            office = await work.calendar.office_days()
            until = looked_at_until(now, office, self.times)
            clocks = await work.opinions.clocks(until)
            told = await work.opinions.told_steps(until)
        due = [step for one in clocks for step in steps_due(one, now, office, self.times)]
        waiting = [step for step in due if step not in told]
        unheard: list[CaseStep] = []

        async def remind(step: CaseStep) -> None:
            if not await self._remind(step):
                unheard.append(step)

        await one_by_one(waiting, remind)
        if unheard:
            log.error("%d reminders have nobody to go to, and wait for somebody", len(unheard))
        return len(waiting) - len(unheard)

    async def _remind(self, step: CaseStep) -> bool:
        """The note, the cards and the record are one commit; the case may have moved meanwhile.

        False if there is nobody to be told: then nothing is noted, and it is tried again.
        """
        now = self.clock.now()
        async with self.memory.begin() as work:
            opinion = await work.opinions.get(step.opinion_id)
            office = await work.calendar.office_days()
            due = steps_due(CaseClock.of(opinion), now, office, self.times)
            if opinion.state not in OPEN_CASES or step not in due:
                return True
            if not await work.opinions.tell_step(step, now):
                return True
            if not await self._tell(
                work, await with_present_owner(work, self.clock, opinion), step
            ):
                return False
            action = Permission.OPINION_REMIND
            await work.audit.append(
                AuditEvent(now, CLOCKWORK.id, action, opinion.id, str(step.news))
            )
            await work.commit()
        return True

    async def _tell(self, work: Work, opinion: Opinion, step: CaseStep) -> int:
        """Whoever has it, else the unit; of what is late the nearest supervisor too. How many."""
        places = list(await staff_destinations(work, opinion.unit_id))
        if opinion.owner_id:
            places = [to_person(opinion.owner_id)]
        if step.news in LATE:
            above = await supervisors_near(work, opinion.unit_id)
            places += [to_person(person) for person in above]
        unit = await work.units.get(opinion.unit_id)
        payload = self.letterhead.news_card(step.news, opinion, unit)
        about = f"{step.news}:{opinion.id}:{step.about.isoformat()}"
        told = list(dict.fromkeys(places))
        await work.outbox.add([card(self.ids.new(), about, place, payload) for place in told])
        return len(told)
