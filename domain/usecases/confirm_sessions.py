"""Whoever is in charge reads what was logged, and confirms it or gives it back with a note."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from domain.clock import Clock
from domain.errors import Forbidden, LostRace, Refusal
from domain.ids import Ids
from domain.model.access import Actor, Permission, Person
from domain.model.audit import AuditEvent
from domain.model.button import GOOD_FOR, Button, offer, require_version
from domain.model.delivery import Lane, card, to_person
from domain.model.dialog import Awaited, Dialog
from domain.model.frozen import fingerprint
from domain.model.session import OutreachSession, SessionState
from domain.model.session_oddity import Oddity, oddities, usual_at
from domain.model.text import has_words, normalised, units_over
from domain.model.unit import Unit
from domain.ports import Cause, Letterhead, Memory, Work
from domain.usecases.change_form import may_change_form
from domain.usecases.session_care import places_under, under_care
from domain.usecases.session_screen import Screen

LINES_SHOWN = 10
AT_ONCE = 500
"""Sessions that are looked through, and confirmed, at one press."""
LOOKED_BACK = timedelta(days=180)
"""For what is usual in a place."""
LONGEST_NOTE = 500
COMMEND = "commendation:list"
"""Answered by commend.py."""


@dataclass(frozen=True, slots=True)
class Line:
    """One session in the list."""

    session: OutreachSession
    unit: Unit
    person: Person
    odd: tuple[Oddity, ...]


@dataclass(frozen=True, slots=True)
class WaitingList:
    """What waits, what of it looks odd in front (danh sách chờ xác nhận)."""

    total: int
    odd: int
    lines: tuple[Line, ...]
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One session as whoever decides on it sees it: how many questions there were, not which."""

    screen: Screen
    person: Person
    odd: tuple[Oddity, ...]


@dataclass(frozen=True, slots=True)
class ConfirmSessions:
    """Confirming sessions (xác nhận buổi tuyên truyền)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def count_waiting(self, actor: Actor) -> int:
        """How many sessions wait for this person; 0 for whoever decides on none."""
        async with self.memory.begin(crowded=True) as work:
            places = await places_under(work, actor)
            return await work.sessions.count_to_confirm(places, actor.id) if places else 0

    async def list_waiting(self, actor: Actor, cause: Cause | None = None) -> WaitingList:
        """The sessions that wait, with a way to each and to all that look usual."""
        async with self.memory.begin(cause) as work:
            places = await places_under(work, actor)
            if not places:
                raise Forbidden("session.not_yours_to_log")
            total = await work.sessions.count_to_confirm(places, actor.id)
            waiting = await self._waiting(work, actor)
            first = [*[w for w in waiting if w[1]], *[w for w in waiting if not w[1]]][:LINES_SHOWN]
            lines = [await _line(work, session, odd) for session, odd in first]
            plain = [session for session, odd in waiting if not odd]
            buttons = self._ways(actor, [line.session for line in lines], plain)
            if await may_change_form(work, actor):
                buttons += self._buttons(actor, [("form:list", "")], "form", 1)
            await work.buttons.add(buttons)
            await work.commit()
        return WaitingList(total, len(waiting) - len(plain), tuple(lines), buttons)

    async def open_session(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> Reviewed:
        """One session, with the ways to decide on it."""
        async with self.memory.begin(cause) as work:
            session = await _decidable(work, actor, button.subject)
            odd = next((o for s, o in await self._looked_at(work, [session])), ())
            asked = [("session:confirm", ""), ("session:return", "")]
            asked += [("session:media", "")] if session.has_media else []
            buttons = self._buttons(actor, asked, session.id, session.version)
            about = f"{session.person_id}@{session.unit_id}"
            buttons += self._buttons(actor, [(COMMEND, "")], about, 1)
            await work.buttons.add(buttons)
            form = await work.forms.get(session.form_version)
            unit = await work.units.get(session.unit_id)
            questions = await work.sessions.questions(session.id)
            person = await work.people.get(session.person_id)
            await work.commit()
        return Reviewed(Screen(session, form, unit, None, buttons, questions), person, odd)

    async def confirm(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> OutreachSession:
        """Confirm it as it was shown."""
        now = self.clock.now()
        async with self.memory.begin(cause) as work:
            was = await _decidable(work, actor, button.subject)
            require_version(button.version, was.version)
            session = was.confirmed(actor, now)
            await self._confirm(work, actor, [session], button)
            await work.commit()
        return session

    async def confirm_all(self, actor: Actor, button: Button, cause: Cause | None = None) -> int:
        """Confirm all that looked usual in the list, if it is still the same; returns how many."""
        async with self.memory.begin(cause) as work:
            plain = [session for session, odd in await self._waiting(work, actor) if not odd]
            if not plain or _named(plain) != button.choice:
                raise LostRace("button.stale")
            now = self.clock.now()
            confirmed = [session.confirmed(actor, now) for session in plain]
            await self._confirm(work, actor, confirmed, button)
            await work.commit()
        return len(plain)

    async def ask_note(self, actor: Actor, button: Button, cause: Cause | None = None) -> None:
        """Take the next plain message as the reason for giving it back."""
        async with self.memory.begin(cause) as work:
            session = await _decidable(work, actor, button.subject)
            require_version(button.version, session.version)
            await work.dialogs.open(Dialog(actor.id, Awaited.SESSION_NOTE, session.id))
            await work.commit()

    async def return_session(
        self, actor: Actor, session_id: str, note: str, cause: Cause | None = None
    ) -> OutreachSession:
        """Give it back with a note; its communicator is told, and can mend it."""
        note = _acceptable(note)
        async with self.memory.begin(cause) as work:
            was = await _decidable(work, actor, session_id)
            session = was.returned(actor, note)
            await work.sessions.save(session, was)
            await self._tell(work, actor, session)
            await work.dialogs.close(actor.id)
            await self._audit(work, actor, Permission.SESSION_RETURN, session)
            await work.commit()
        return session

    async def _confirm(
        self, work: Work, actor: Actor, sessions: Sequence[OutreachSession], button: Button
    ) -> None:
        """Keep them as confirmed by one press; each communicator hears of theirs once."""
        now, action = self.clock.now(), Permission.SESSION_CONFIRM
        await work.sessions.confirm(sessions)
        by = await work.people.get(actor.id)
        theirs = Counter(session.person_id for session in sessions)
        one = sessions[0] if len(sessions) == 1 else None
        notices = [
            card(
                self.ids.new(),
                f"sessions_confirmed:{button.id}",
                to_person(person_id),
                self.letterhead.confirmed_sessions_card(count, by, one),
            )
            for person_id, count in theirs.items()
        ]
        # Nobody waits for them: an answer that somebody owes goes first.
        await work.outbox.add([replace(notice, lane=Lane.BULK) for notice in notices])
        events = [AuditEvent(now, actor.id, action, session.id) for session in sessions]
        await work.audit.append_all(events)
        await work.buttons.use(button.id, now)

    async def _tell(self, work: Work, actor: Actor, session: OutreachSession) -> None:
        holder = to_person(session.person_id)
        asked = [("session:open", "")]
        buttons = self._buttons(actor, asked, session.id, session.version, holder)
        await work.buttons.add(buttons)
        by = await work.people.get(actor.id)
        payload = self.letterhead.returned_session_card(session, by, buttons)
        about = f"session_returned:{session.id}:{session.version}"
        await work.outbox.add([card(self.ids.new(), about, holder, payload)])

    async def _waiting(
        self, work: Work, actor: Actor
    ) -> list[tuple[OutreachSession, tuple[Oddity, ...]]]:
        places = await places_under(work, actor)
        waiting = await work.sessions.to_confirm(places, actor.id, AT_ONCE)
        return await self._looked_at(work, waiting)

    async def _looked_at(
        self, work: Work, sessions: Sequence[OutreachSession]
    ) -> list[tuple[OutreachSession, tuple[Oddity, ...]]]:
        """Each with what is odd about it, measured against the places around it."""
        units = sorted({session.unit_id for session in sessions})
        above = [(await work.units.lineage(unit)).unit_ids[:2][-1] for unit in units]
        people = await work.sessions.people_at(above, self.clock.now() - LOOKED_BACK)
        living = await work.units.populations(units)
        at_once = await work.sessions.overlapping(sessions)
        found = []
        for session in sessions:
            overlaps = session.id in at_once
            usual = usual_at(session.unit_id, people)
            odd = oddities(session, usual, overlaps, living.get(session.unit_id))
            found.append((session, odd))
        return found

    def _ways(
        self, actor: Actor, lines: Sequence[OutreachSession], plain: Sequence[OutreachSession]
    ) -> tuple[Button, ...]:
        opened = [
            self._buttons(actor, [("session:review", str(n))], session.id, session.version)[0]
            for n, session in enumerate(lines)
        ]
        if not plain:
            return tuple(opened)
        every = self._buttons(actor, [("session:confirm_all", _named(plain))], "sessions", 1)
        return (*opened, *every)

    def _buttons(
        self,
        actor: Actor,
        asked: Sequence[tuple[str, str]],
        subject: str,
        version: int,
        holder: str = "",
    ) -> tuple[Button, ...]:
        return offer(
            self.ids,
            asked,
            subject=subject,
            version=version,
            holder=holder or to_person(actor.id),
            expires_at=self.clock.now() + GOOD_FOR,
        )

    async def _audit(
        self, work: Work, actor: Actor, action: Permission, session: OutreachSession
    ) -> None:
        await work.audit.append(AuditEvent(self.clock.now(), actor.id, action, session.id))


async def _decidable(work: Work, actor: Actor, session_id: str) -> OutreachSession:
    """A submitted session on which this person may decide."""
    session = await work.sessions.get(session_id)
    await under_care(work, actor, session)
    if session.state is not SessionState.SUBMITTED:
        raise LostRace("session.moved_on")
    return session


async def _line(work: Work, session: OutreachSession, odd: tuple[Oddity, ...]) -> Line:
    unit, person = await work.units.get(session.unit_id), await work.people.get(session.person_id)
    return Line(session, unit, person, odd)


def _named(sessions: Sequence[OutreachSession]) -> str:
    """These sessions as they stand, in one word."""
    return fingerprint("\n".join(f"{one.id}:{one.version}" for one in sessions))


def _acceptable(note: str) -> str:
    if not has_words(note):
        raise Refusal("session.nothing_written")
    kept = normalised(note)
    if over := units_over(kept, LONGEST_NOTE):
        raise Refusal("session.too_long", over=over, limit=LONGEST_NOTE)
    return kept
