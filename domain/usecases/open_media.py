"""Who logged a session, and who decides on it, look at its photos and hear its voice note."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.errors import LostRace, Refusal
from domain.model.access import Actor, Permission
from domain.model.attachment import Attachment
from domain.model.audit import AuditEvent
from domain.model.button import Button
from domain.model.session import OutreachSession, SessionState
from domain.ports import Cause, Memory, Work
from domain.usecases.session_care import under_care
from domain.usecases.session_screen import own_session

SHOWN_TO_OTHERS = frozenset({SessionState.SUBMITTED, SessionState.CONFIRMED})


@dataclass(frozen=True, slots=True)
class OpenMedia:
    """Looking at photos and hearing a voice note (xem ảnh, nghe ghi âm)."""

    memory: Memory
    clock: Clock

    async def open_media(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> tuple[Attachment, ...]:
        """The photos in their order, then the voice note; others' looking is on record."""
        async with self.memory.begin(cause) as work:
            session = await work.sessions.get(button.subject)
            if session.person_id == actor.id:
                await own_session(work, actor, session.id)
            else:
                await self._note(work, actor, session)
            found = await work.media.of(session.id)
            if not found:
                raise Refusal("session.media_gone")
            await work.commit()
        return tuple(one.shown for one in found)

    async def _note(self, work: Work, actor: Actor, session: OutreachSession) -> None:
        await under_care(work, actor, session)
        if session.state not in SHOWN_TO_OTHERS:
            raise LostRace("session.moved_on")
        event = AuditEvent(self.clock.now(), actor.id, Permission.MEDIA_OPEN, session.id)
        await work.audit.append(event)
