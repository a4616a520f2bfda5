"""What a communicator is shown of a session: one question with its choices, or all of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.clock import Clock
from domain.errors import Forbidden
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.button import Button
from domain.model.dialog import Awaited, Dialog
from domain.model.form import FieldKind, Form, FormField
from domain.model.session import (
    OutreachSession,
    RaisedQuestion,
    SessionState,
    UsedBulletin,
    carried_over,
)
from domain.model.session_media import MEDIA
from domain.model.unit import Unit
from domain.ports import Work
from domain.usecases.own_buttons import own_buttons
from domain.usecases.session_choices import Asked, known_for, offered, panel, ways_out


@dataclass(frozen=True, slots=True)
class Screen:
    """A session as it is shown next (màn hình ghi buổi)."""

    session: OutreachSession
    form: Form
    unit: Unit
    asked: FormField | None
    """None if nothing is asked: then all of it is shown."""
    buttons: tuple[Button, ...] = ()
    questions: tuple[RaisedQuestion, ...] = ()
    units: tuple[Unit, ...] = ()
    bulletins: tuple[UsedBulletin, ...] = ()
    others: tuple[OutreachSession, ...] = ()
    """What was left unfinished before."""
    is_older_form: bool = False
    carried_over: tuple[str, ...] = ()
    """Fields that were not asked, and stand as in the last session."""
    near: str = ""
    """A hamlet near the point that was shared, on offer as the place."""


@dataclass(frozen=True, slots=True)
class Screens:
    """Makes screens, and leaves behind what their answers need: buttons and a dialog."""

    clock: Clock
    ids: Ids

    async def next_of(
        self, work: Work, actor: Actor, session: OutreachSession, form: Form
    ) -> Screen:
        """The next question, or all of it if nothing is missing."""
        missing = session.missing(form)
        if session.state is SessionState.CONFIRMED:
            await work.dialogs.close(actor.id)
            return await self._whole(work, actor, session, form, panel(session, form))
        if missing:
            return await self.asking(work, actor, session, form, missing[0])
        # Words that come now answer nothing; without this they would be taken as an opinion.
        await work.dialogs.open(Dialog(actor.id, Awaited.SESSION_ANSWER, session.id))
        screen = await self._whole(work, actor, session, form, panel(session, form))
        last = await work.sessions.last_of(actor.id)
        return replace(screen, carried_over=carried_over(session, last))

    async def asking(
        self,
        work: Work,
        actor: Actor,
        session: OutreachSession,
        form: Form,
        asked: FormField,
        near: str = "",
    ) -> Screen:
        """This one question, with a place near by in front; the next plain message answers it."""
        await work.dialogs.open(Dialog(actor.id, Awaited.SESSION_ANSWER, session.id, asked.key))
        known = await known_for(work, actor, session, asked)
        if near:
            others = (place for place in known.places if place != near)
            known = replace(known, places=(near, *others))
        ways = offered(session, asked, known, self.clock.now())
        ways += ways_out(session, asked, asked in session.missing(form))
        questions: tuple[RaisedQuestion, ...] = ()
        if asked.kind is FieldKind.QUESTIONS:
            questions = await work.sessions.questions(session.id)
            if any(one.filed_at is None for one in questions):
                ways.append(("session:drop", ""))
        if asked.kind in MEDIA:
            ways += await _ways_to_media(work, session, asked)
        screen = await self._screen(work, actor, session, form, ways)
        shown = replace(screen, asked=asked, questions=questions)
        return replace(shown, units=known.units, bulletins=known.bulletins)

    async def _whole(
        self,
        work: Work,
        actor: Actor,
        session: OutreachSession,
        form: Form,
        ways: Sequence[Asked],
    ) -> Screen:
        screen = await self._screen(work, actor, session, form, ways)
        return replace(screen, questions=await work.sessions.questions(session.id))

    async def _screen(
        self,
        work: Work,
        actor: Actor,
        session: OutreachSession,
        form: Form,
        ways: Sequence[Asked],
    ) -> Screen:
        buttons = self.buttons(actor, session, ways)
        await work.buttons.add(buttons)
        unit = await work.units.get(session.unit_id)
        older = (await work.forms.newest()).version > form.version
        return Screen(session, form, unit, None, buttons, is_older_form=older)

    def buttons(
        self, actor: Actor, session: OutreachSession, asked: Sequence[Asked]
    ) -> tuple[Button, ...]:
        """Buttons about a session, as it stands, for whoever logs it."""
        return own_buttons(self, actor.id, asked, session.id, session.version)


async def own_session(work: Work, actor: Actor, session_id: str) -> OutreachSession:
    """The session, if it is this person's and they may still log any there."""
    session = await work.sessions.get(session_id)
    if session.person_id != actor.id:
        raise Forbidden("session.not_yours")
    if not actor.may(Permission.SESSION_LOG, await work.units.lineage(session.unit_id)):
        raise Forbidden("session.no_longer_there")
    return session


async def _ways_to_media(work: Work, session: OutreachSession, asked: FormField) -> list[Asked]:
    """To look at what is there, and to take each of it away."""
    kept = await work.media.places(session.id)
    ways = [("session:media", "")] if kept else []
    own = [one for one in kept if one.kind is MEDIA[asked.kind]]
    return ways + [("session:remove", f"{asked.key}={one.number}") for one in own]
