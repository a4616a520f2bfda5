"""Questions raised at a session become cases, and their answers are carried back."""

from dataclasses import dataclass, field, replace

from domain.clock import Clock
from domain.ids import Ids
from domain.model.access import RESIDENT, Permission
from domain.model.audit import AuditEvent
from domain.model.button import offer
from domain.model.case_times import CaseTimes
from domain.model.deadline import ADDRESS_DIES_AFTER_CLOSING
from domain.model.delivery import card, to_person
from domain.model.opinion import Answer, Opinion, OpinionSource, OpinionState
from domain.model.session import OutreachSession, RaisedQuestion
from domain.ports import Letterhead, Work
from domain.usecases.announce import staff_destinations

LANGUAGE = "vi"
"""Letters about these cases go to nobody; what staff read of them is Vietnamese."""


@dataclass(frozen=True, slots=True)
class RaiseQuestions:
    """Filing what was asked at a session (câu hỏi tại buổi tuyên truyền)."""

    clock: Clock
    ids: Ids
    letterhead: Letterhead
    times: CaseTimes = field(default_factory=CaseTimes)

    async def file_all(self, work: Work, session: OutreachSession) -> tuple[Opinion, ...]:
        """File every question that is not filed yet, word for word, and announce each case."""
        waiting = [q for q in await work.sessions.questions(session.id) if q.filed_at is None]
        return tuple([await self._file(work, session, question) for question in waiting])

    async def carry_back(self, work: Work, opinion: Opinion, answer: Answer) -> None:
        """Owe the answer to whoever brought the question, with the asker's word in their hands."""
        carrier = await work.sessions.carrier(opinion.id)
        if carrier is None:
            return
        buttons = offer(
            self.ids,
            [("opinion:settle", "solved"), ("opinion:settle", "not_solved")],
            subject=opinion.id,
            version=opinion.version,
            holder=to_person(carrier),
            expires_at=opinion.buttons_until,
        )
        await work.buttons.add(buttons)
        payload = self.letterhead.carried_answer(opinion, answer, buttons)
        # Not by the answer's name: the row stays, and would tell for ever who brought the question.
        about = f"carried:{self.ids.new()}"
        owed = card(self.ids.new(), about, to_person(carrier), payload)
        # Nothing joins it with the case, so that it cannot be found when that is erased.
        until = self.clock.now() + ADDRESS_DIES_AFTER_CLOSING
        await work.outbox.add([replace(owed, not_after=until)])

    async def _file(
        self, work: Work, session: OutreachSession, question: RaisedQuestion
    ) -> Opinion:
        now, unit = self.clock.now(), await work.units.standing(session.unit_id)
        RESIDENT.require(Permission.OPINION_FILE, await work.units.lineage(unit.id))
        opinion = await self._opinion(work, unit.id, question.text)
        await work.opinions.add(opinion)
        await work.sessions.file_question(question.id, opinion.id, now)
        notice = self.letterhead.case_card(opinion, unit, reopened=False)
        about = f"filed:{opinion.id}"
        for place in await staff_destinations(work, unit.id):
            await work.outbox.add([card(self.ids.new(), about, place, notice)])
        # The record stays for ever, so it names neither who asked nor who brought it.
        event = AuditEvent(now, RESIDENT.id, Permission.OPINION_FILE, opinion.id)
        await work.audit.append(event)
        return opinion

    async def _opinion(self, work: Work, unit_id: str, text: str) -> Opinion:
        """A case without an address. Nobody is given its code, which could erase it."""
        now, office = self.clock.now(), await work.calendar.office_days()
        return Opinion(
            id=self.ids.new(),
            code=self.ids.code(),
            number=self.ids.number(),
            unit_id=unit_id,
            source=OpinionSource.SESSION,
            text=text,
            language=LANGUAGE,
            state=OpinionState.NEW,
            handle=None,
            filed_at=now,
            due_at=self.times.answer_due(now, office),
        )
