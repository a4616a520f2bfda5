"""A communicator begins to log a session, comes back to it, or throws it away."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.clock import Clock
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.audit import AuditEvent
from domain.model.button import Button, require_version
from domain.model.form import Form
from domain.model.session import OutreachSession, beginning, role_of
from domain.ports import Cause, Memory, Work
from domain.usecases.session_choices import units_of
from domain.usecases.session_screen import Screen, Screens, own_session

OTHERS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class LogSession:
    """Logging a session (ghi buổi tuyên truyền)."""

    memory: Memory
    clock: Clock
    ids: Ids

    async def start_session(self, actor: Actor, cause: Cause | None = None) -> Screen:
        """A fresh draft with its first question, and the ways to what was left unfinished."""
        role_of(actor)
        async with self.memory.begin(cause, crowded=True) as work:
            form = await work.forms.newest()
            unfinished = await work.sessions.unfinished(actor.id)
            for one in unfinished:
                if one.is_untouched:
                    await work.sessions.discard(one)
            fresh = await self._fresh(work, actor, form)
            await work.sessions.add(fresh)
            now, action = self.clock.now(), Permission.SESSION_LOG
            await work.audit.append(AuditEvent(now, actor.id, action, fresh.id))
            screen = await self._screens.next_of(work, actor, fresh, form)
            others = [one for one in unfinished if not one.is_untouched][:OTHERS_SHOWN]
            screen = await self._beside(work, actor, screen, others)
            await work.commit()
        return screen

    async def open_session(
        self, actor: Actor, session_id: str, cause: Cause | None = None
    ) -> Screen:
        """A session as it stands, with the next question if something is missing."""
        async with self.memory.begin(cause, crowded=True) as work:
            session = await own_session(work, actor, session_id)
            form = await work.forms.get(session.form_version)
            screen = await self._screens.next_of(work, actor, session, form)
            await work.commit()
        return screen

    async def ask_field(self, actor: Actor, button: Button, cause: Cause | None = None) -> Screen:
        """Ask for one field again; the next plain message answers it."""
        async with self.memory.begin(cause, crowded=True) as work:
            session = await own_session(work, actor, button.subject)
            session.touched(self.clock.now())  # one that is confirmed is closed
            form = await work.forms.get(session.form_version)
            asked = form.field(button.choice)
            screen = await self._screens.asking(work, actor, session, form, asked)
            await work.commit()
        return screen

    async def list_sent(
        self, actor: Actor, cause: Cause | None = None
    ) -> tuple[tuple[OutreachSession, Button], ...]:
        """What waits for its confirmation and can still be changed, each with a way to it."""
        async with self.memory.begin(cause, crowded=True) as work:
            waiting = await work.sessions.waiting_of(actor.id, OTHERS_SHOWN)
            ways = self._ways_to(actor, waiting)
            await work.buttons.add(ways)
            await work.commit()
        return tuple(zip(waiting, ways, strict=True))

    async def discard(self, actor: Actor, button: Button, cause: Cause | None = None) -> None:
        """Throw a draft away, with the questions in it."""
        async with self.memory.begin(cause) as work:
            session = await own_session(work, actor, button.subject)
            require_version(button.version, session.version)
            await work.sessions.discard(session)
            await work.dialogs.close(actor.id)
            await work.commit()

    @property
    def _screens(self) -> Screens:
        return Screens(self.clock, self.ids)

    async def _fresh(self, work: Work, actor: Actor, form: Form) -> OutreachSession:
        """A draft for the unit of the last session if that is still theirs, else their first."""
        places = await units_of(work, actor)
        last = await work.sessions.last_of(actor.id)
        wanted = last.unit_id if last else ""
        unit = next((one for one in places if one.id == wanted), places[0])
        actor.require(Permission.SESSION_LOG, await work.units.lineage(unit.id))
        role, now = role_of(actor), self.clock.now()
        fresh = OutreachSession(self.ids.new(), unit.id, actor.id, role, form.version, now)
        return beginning(fresh, last, form)

    async def _beside(
        self, work: Work, actor: Actor, screen: Screen, others: Sequence[OutreachSession]
    ) -> Screen:
        """With ways to what is unfinished, and to what was sent."""
        ways = self._ways_to(actor, others)
        if await work.sessions.waiting_of(actor.id, 1):
            ways += self._screens.buttons(actor, screen.session, [("session:sent", "")])
        await work.buttons.add(ways)
        return replace(screen, buttons=(*screen.buttons, *ways), others=tuple(others))

    def _ways_to(self, actor: Actor, sessions: Sequence[OutreachSession]) -> tuple[Button, ...]:
        asked = [("session:open", "")]
        return tuple(b for one in sessions for b in self._screens.buttons(actor, one, asked))
