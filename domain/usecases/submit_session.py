"""A communicator answers for a session: it is submitted, and what was asked there is filed."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from domain.clock import Clock
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.audit import AuditEvent
from domain.model.button import Button, require_version
from domain.model.case_times import CaseTimes
from domain.model.opinion import Opinion
from domain.model.session import OutreachSession, RaisedQuestion
from domain.ports import Cause, Letterhead, Memory, Work
from domain.usecases.raise_questions import RaiseQuestions
from domain.usecases.session_screen import Screens, own_session


@dataclass(frozen=True, slots=True)
class Handed:
    """A session that was handed in, with the numbers under which its questions are cases."""

    session: OutreachSession
    filed: tuple[tuple[RaisedQuestion, Opinion], ...]
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class SubmitSession:
    """Handing a session in (gửi buổi tuyên truyền)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead
    times: CaseTimes = field(default_factory=CaseTimes)

    async def submit_session(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> Handed:
        """Submit it as it was shown; its questions become cases in the same commit."""
        now = self.clock.now()
        async with self.memory.begin(cause, crowded=True) as work:
            was = await own_session(work, actor, button.subject)
            actor.require(Permission.SESSION_SUBMIT, await work.units.lineage(was.unit_id))
            require_version(button.version, was.version)
            session = was.submitted(await work.forms.get(was.form_version), now)
            await work.sessions.save(session, was)
            filed = await self._file(work, session)
            buttons = Screens(self.clock, self.ids).buttons(actor, session, [("session:open", "")])
            await work.buttons.add(buttons)
            await work.buttons.use(button.id, now)
            await work.dialogs.close(actor.id)
            event = AuditEvent(now, actor.id, Permission.SESSION_SUBMIT, session.id)
            await work.audit.append(event)
            await work.commit()
        return Handed(session, filed, buttons)

    async def _file(
        self, work: Work, session: OutreachSession
    ) -> tuple[tuple[RaisedQuestion, Opinion], ...]:
        asked: Sequence[RaisedQuestion] = await work.sessions.questions(session.id)
        waiting = [question for question in asked if question.filed_at is None]
        raising = RaiseQuestions(self.clock, self.ids, self.letterhead, self.times)
        return tuple(zip(waiting, await raising.file_all(work, session), strict=True))
