"""A communicator leafs through their own sessions, opens one, or takes all of them along."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.clock import Clock
from domain.errors import Forbidden, Refusal
from domain.ids import Ids
from domain.model.access import Actor
from domain.model.button import Button, around
from domain.model.form import Form
from domain.model.session import OutreachSession, SessionState, role_of
from domain.model.unit import Unit
from domain.ports import Cause, Memory
from domain.usecases.own_buttons import put_own_buttons
from domain.usecases.session_screen import Screen, Screens

ON_A_PAGE = 8
MOST_EXPORTED = 5000
"""Rows of a file: more than anybody logs in ten years."""
HISTORY, OPEN, CHANGE = "own:history", "own:session", "session:open"


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """One page of what somebody handed in, the newest in front (các buổi đã ghi)."""

    number: int
    sessions: tuple[OutreachSession, ...]
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class OwnList:
    """All of it, for a file."""

    form: Form
    """The newest: it knows the fields of all before it."""
    sessions: tuple[OutreachSession, ...]
    units: Mapping[str, Unit]
    questions: Mapping[str, int]
    """How many were raised at each; never what was asked."""


@dataclass(frozen=True, slots=True)
class ListOwnSessions:
    """Looking back at one's own sessions (các buổi đã ghi)."""

    memory: Memory
    clock: Clock
    ids: Ids

    async def show_history(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> HistoryPage:
        """One page, with a way to each session and to the pages around it."""
        role_of(actor)
        page = int(button.choice)
        async with self.memory.begin(cause, crowded=True) as work:
            found = await work.sessions.logged_by(actor.id, page * ON_A_PAGE, ON_A_PAGE + 1)
            shown = found[:ON_A_PAGE]
            asked = [(OPEN, one.id) for one in shown]
            asked += around(HISTORY, page, len(found) > ON_A_PAGE)
            buttons = await put_own_buttons(work, self, actor.id, asked, "own")
            await work.commit()
        return HistoryPage(page, shown, buttons)

    async def open_own(self, actor: Actor, button: Button, cause: Cause | None = None) -> Screen:
        """One session under its own form, to be read; as long as it is open, with a way to it."""
        role_of(actor)
        async with self.memory.begin(cause, crowded=True) as work:
            session = await work.sessions.get(button.choice)
            if session.person_id != actor.id:
                raise Forbidden("session.not_yours")
            form = await work.forms.get(session.form_version)
            unit = await work.units.get(session.unit_id)
            questions = await work.sessions.questions(session.id)
            asked = [] if session.state is SessionState.CONFIRMED else [(CHANGE, "")]
            buttons = Screens(self.clock, self.ids).buttons(actor, session, asked)
            await work.buttons.add(buttons)
            await work.commit()
        return Screen(session, form, unit, None, buttons, questions)

    async def take_along(self, actor: Actor) -> OwnList:
        """Everything that this person handed in; Refusal if there is nothing."""
        role_of(actor)
        async with self.memory.begin(crowded=True) as work:
            sessions = await work.sessions.logged_by(actor.id, 0, MOST_EXPORTED)
            if not sessions:
                raise Refusal("own.nothing_yet")
            places = dict.fromkeys(one.unit_id for one in sessions)
            units = {unit_id: await work.units.get(unit_id) for unit_id in places}
            questions = await work.sessions.question_counts(actor.id)
            return OwnList(await work.forms.newest(), sessions, units, questions)
