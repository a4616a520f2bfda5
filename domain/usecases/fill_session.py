"""A communicator fills in a session: typed answers, chosen ones, questions that were raised."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from domain.clock import Clock
from domain.errors import LostRace, Refusal
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.button import Button, require_version
from domain.model.case_times import CaseTimes
from domain.model.form import FieldKind, Form, FormField
from domain.model.locality import Point
from domain.model.session import (
    OutreachSession,
    RaisedQuestion,
    SessionState,
    UsedBulletin,
    like,
)
from domain.model.session_answers import read_answer, read_question
from domain.ports import Cause, Letterhead, Memory, Work
from domain.usecases.raise_questions import RaiseQuestions
from domain.usecases.session_choices import BULLETINS_OFFERED, hamlet_near, unit_named
from domain.usecases.session_screen import Screen, Screens, own_session

MOST_QUESTIONS = 20
LONGEST_TOPIC = 120
"""Characters of a bulletin that name a topic."""
NOT_TYPED = {
    FieldKind.BULLETIN: "session.press_a_button",
    FieldKind.PHOTOS: "session.photo_wanted",
    FieldKind.VOICE: "session.voice_wanted",
}
"""What is not answered by words, and how it is."""
Change = Callable[[Work, OutreachSession, Form], Awaitable[OutreachSession]]
Naming = Callable[[FormField, str], str]
"""Makes ids of the names by which choices were typed."""


def as_typed(_: FormField, typed: str) -> str:
    return typed


@dataclass(frozen=True, slots=True)
class FillSession:
    """Filling in a session (điền buổi tuyên truyền)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead
    times: CaseTimes = field(default_factory=CaseTimes)

    async def answer_field(
        self,
        actor: Actor,
        session_id: str,
        key: str,
        typed: str,
        cause: Cause | None = None,
        naming: Naming = as_typed,
    ) -> Screen:
        """Keep what was typed in answer to a field, and go on to the next."""
        now = self.clock.now()

        async def answered(work: Work, session: OutreachSession, form: Form) -> OutreachSession:
            asked = form.field(key)
            if asked.kind in NOT_TYPED:
                raise Refusal(NOT_TYPED[asked.kind])
            if asked.kind is FieldKind.UNIT:
                return session.answered(key, await unit_named(work, actor, typed), now)
            return session.answered(key, read_answer(asked, naming(asked, typed), now), now)

        return await self._change(actor, session_id, answered, cause)

    async def place_nearby(
        self, actor: Actor, session_id: str, here: Point | None, cause: Cause | None = None
    ) -> Screen:
        """A place was shared as a point on the map, of which nothing is kept.

        A hamlet near it is offered; where none is known, or the point is not known any more, it
        becomes the unit's name, no finer.
        """
        async with self.memory.begin(cause, crowded=True) as work:
            was = await own_session(work, actor, session_id)
            form = await work.forms.get(was.form_version)
            asked, near = form.field("place"), here and await hamlet_near(work, actor, here)
            if near:
                was.touched(self.clock.now())  # one that is confirmed is closed
                screens = Screens(self.clock, self.ids)
                offered = await screens.asking(work, actor, was, form, asked, near)
                screen = replace(offered, near=near)
            else:
                unit = await work.units.get(was.unit_id)
                session = was.answered("place", unit.name, self.clock.now())
                screen = await self._saved(work, actor, session, was, form, "")
            await work.commit()
        return screen

    async def choose(self, actor: Actor, button: Button, cause: Cause | None = None) -> Screen:
        """Keep what a button says, if nothing has changed since it was shown."""
        key, _, value = button.choice.partition("=")
        now = self.clock.now()

        async def chosen(_: Work, session: OutreachSession, form: Form) -> OutreachSession:
            return session.answered(key, read_answer(form.field(key), value, now), now)

        return await self._press(actor, button, chosen, cause)

    async def toggle(self, actor: Actor, button: Button, cause: Cause | None = None) -> Screen:
        """Add one of several choices, or take it away; the same question stays open."""
        key, _, value = button.choice.partition("=")

        async def toggled(_: Work, session: OutreachSession, form: Form) -> OutreachSession:
            before = session.answers.get(key)
            kept = set(before if isinstance(before, tuple) else ()) ^ {value}
            ordered = tuple(one for one in form.field(key).choices if one in kept)
            return session.answered(key, ordered or None, self.clock.now())

        return await self._press(actor, button, toggled, cause, stay_at=key)

    async def clear(self, actor: Actor, button: Button, cause: Cause | None = None) -> Screen:
        """Leave a field empty."""

        async def cleared(_: Work, session: OutreachSession, form: Form) -> OutreachSession:
            if form.field(button.choice).is_required:
                raise Refusal("session.required")
            return session.answered(button.choice, None, self.clock.now())

        return await self._press(actor, button, cleared, cause)

    async def use_bulletin(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> Screen:
        """The session was about a bulletin: its words name the topic, its field is theirs."""

        async def about(work: Work, session: OutreachSession, form: Form) -> OutreachSession:
            lineage = await work.units.lineage(session.unit_id)
            sent = await work.sessions.bulletins_for(lineage, BULLETINS_OFFERED)
            used = next((one for one in sent if one.id == button.choice), None)
            if used is None:
                raise LostRace("button.stale")
            return self._about(session, form, used)

        return await self._press(actor, button, about, cause)

    async def copy_last(self, actor: Actor, button: Button, cause: Cause | None = None) -> Screen:
        """Like the last session: only its time and its listeners are asked."""

        async def copied(work: Work, session: OutreachSession, form: Form) -> OutreachSession:
            last = await work.sessions.last_of(actor.id)
            if last is None:
                raise LostRace("button.stale")
            lineage = await work.units.lineage(last.unit_id)
            if not actor.may(Permission.SESSION_LOG, lineage):  # they have moved since
                last = replace(last, unit_id=session.unit_id)
            return like(last, session.touched(self.clock.now()), form)

        return await self._press(actor, button, copied, cause)

    async def add_question(
        self, actor: Actor, session_id: str, typed: str, cause: Cause | None = None
    ) -> Screen:
        """Keep a question as it was asked; of a submitted session it is filed at once."""
        text, now = read_question(typed), self.clock.now()
        async with self.memory.begin(cause) as work:
            was = await own_session(work, actor, session_id)
            session = was.touched(now)
            before = await work.sessions.questions(was.id)
            if len(before) >= MOST_QUESTIONS:
                raise Refusal("session.too_many_questions", limit=MOST_QUESTIONS)
            number = max((one.number for one in before), default=0) + 1
            question = RaisedQuestion(self.ids.new(), was.id, number, text)
            await work.sessions.add_question(question)
            if session.state is SessionState.SUBMITTED:
                await self._raising.file_all(work, session)
            form = await work.forms.get(was.form_version)
            screen = await self._saved(work, actor, session, was, form, "questions")
            await work.commit()
        return screen

    async def drop_questions(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> Screen:
        """Take back the questions that are not filed yet."""
        async with self.memory.begin(cause) as work:
            was = await own_session(work, actor, button.subject)
            require_version(button.version, was.version)
            for one in await work.sessions.questions(was.id):
                await work.sessions.drop_question(one.id)
            session = was.touched(self.clock.now())
            form = await work.forms.get(was.form_version)
            screen = await self._saved(work, actor, session, was, form, "questions")
            await work.commit()
        return screen

    async def _press(
        self,
        actor: Actor,
        button: Button,
        change: Change,
        cause: Cause | None,
        stay_at: str = "",
    ) -> Screen:
        async def fresh(work: Work, session: OutreachSession, form: Form) -> OutreachSession:
            require_version(button.version, session.version)
            return await change(work, session, form)

        return await self._change(actor, button.subject, fresh, cause, stay_at)

    async def _change(
        self, actor: Actor, session_id: str, change: Change, cause: Cause | None, stay_at: str = ""
    ) -> Screen:
        async with self.memory.begin(cause, crowded=True) as work:
            was = await own_session(work, actor, session_id)
            form = await work.forms.get(was.form_version)
            session = await change(work, was, form)
            if session.unit_id != was.unit_id:
                lineage = await work.units.lineage(session.unit_id)
                actor.require(Permission.SESSION_LOG, lineage)
            screen = await self._saved(work, actor, session, was, form, stay_at)
            await work.commit()
        return screen

    async def _saved(
        self,
        work: Work,
        actor: Actor,
        session: OutreachSession,
        was: OutreachSession,
        form: Form,
        stay_at: str,
    ) -> Screen:
        await work.sessions.save(session, was)
        screens = Screens(self.clock, self.ids)
        if stay_at:
            return await screens.asking(work, actor, session, form, form.field(stay_at))
        return await screens.next_of(work, actor, session, form)

    def _about(self, session: OutreachSession, form: Form, used: UsedBulletin) -> OutreachSession:
        now, asked = self.clock.now(), {one.key for one in form.shown}
        topic = " ".join(used.text.split())[:LONGEST_TOPIC]
        for key, value in (("bulletin", used.id), ("topic", topic), ("field", used.field)):
            if key in asked:
                session = session.answered(key, value, now)
        return session

    @property
    def _raising(self) -> RaiseQuestions:
        return RaiseQuestions(self.clock, self.ids, self.letterhead, self.times)
