"""Who is there says so by the code that the hall is shown, or a supervisor says it of them."""

from dataclasses import dataclass
from datetime import datetime

from domain.clock import Clock
from domain.errors import LostRace, Refusal
from domain.ids import Ids
from domain.model.access import Actor
from domain.model.audit import AuditEvent
from domain.model.button import Button
from domain.model.conference import Conference
from domain.model.dialog import Awaited, Dialog
from domain.model.guest import Attender, Came, Turnout
from domain.model.hall_code import Tries, changes_at, code_at, fits, read_code
from domain.model.text import has_words
from domain.model.typed_words import folded
from domain.ports import Cause, Memory, Work
from domain.usecases.answer_invitation import require_field
from domain.usecases.conference_screen import CODE, MARK, led, offered

FOUND_SHOWN = 8
AGAIN, PICTURE = "again", "picture"
"""What is shown next: the code of that moment, as a message or to be scanned."""
NAME, TYPE_CODE = "name", "code"
"""What the next message will be."""


@dataclass(frozen=True, slots=True)
class CodeView:
    """The code of the moment, for everybody in the hall to see (mã điểm danh)."""

    conference: Conference
    code: str
    until: datetime
    turnout: Turnout
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class FoundView:
    """Whoever has that name and was not there yet (kết quả tìm tên)."""

    conference: Conference
    people: tuple[Attender, ...]
    here: tuple[Attender, ...]
    """Those of that name who are there already."""
    left_out: int
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class AttendConference:
    """Being there, and its being known (điểm danh)."""

    memory: Memory
    clock: Clock
    ids: Ids

    async def show_code(self, actor: Actor, button: Button, cause: Cause | None = None) -> CodeView:
        """For the supervisor who shows it to the hall."""
        now = self.clock.now()
        async with self.memory.begin(cause) as work:
            conference = await led(work, actor, button.subject, MARK)
            if not conference.is_open_at(now):
                raise LostRace("conference.not_open")
            turnout = await work.conferences.turnout(conference.id)
            buttons = offered(self.ids, now, actor, [(CODE, AGAIN), (CODE, PICTURE)], conference)
            await work.buttons.add(buttons)
            await work.commit()
        code = code_at(conference.secret, conference.id, now)
        return CodeView(conference, code, changes_at(now), turnout, buttons)

    async def ask_code(self, actor: Actor, cause: Cause | None = None) -> None:
        """Take the next plain message as the code."""
        require_field(actor)
        async with self.memory.begin(cause) as work:
            if not await work.attendance.open_to(actor.id, self.clock.now()):
                raise LostRace("conference.none_open")
            await work.dialogs.open(Dialog(actor.id, Awaited.CONFERENCE, "code", TYPE_CODE))
            await work.commit()

    async def check_in(
        self, actor: Actor, typed: str, cause: Cause | None = None
    ) -> tuple[Conference, bool]:
        """They are there; False if that was known. A wrong code counts, whatever it is close to."""
        require_field(actor)
        code, now = read_code(typed), self.clock.now()
        async with self.memory.begin(cause) as work:
            tries = await work.attendance.tries(actor.id)
            tries.require_another(now)
            open_now = await work.attendance.open_to(actor.id, now)
            if not open_now:
                raise LostRace("conference.none_open")
            right = [one for one in open_now if fits(code, one[0].secret, one[0].id, now)]
            came = await self._note(work, actor, right, tries)
            await work.commit()
        if came is None:
            raise Refusal("conference.wrong_code")
        return came

    async def ask_name(self, actor: Actor, button: Button, cause: Cause | None = None) -> None:
        """Take the next plain message as the name of somebody who is there."""
        async with self.memory.begin(cause) as work:
            conference = await led(work, actor, button.subject, MARK)
            self._require_markable(conference)
            await work.dialogs.open(Dialog(actor.id, Awaited.CONFERENCE, conference.id, NAME))
            await work.commit()

    async def find(
        self, actor: Actor, conference_id: str, typed: str, cause: Cause | None = None
    ) -> FoundView:
        """Those of the unit whose name holds what was typed, whatever its marks."""
        async with self.memory.begin(cause) as work:
            conference = await led(work, actor, conference_id, MARK)
            self._require_markable(conference)
            if not has_words(typed):
                raise Refusal("conference.empty")
            people = await work.attendance.of_unit(conference)
            fitting = [one for one in people if folded(typed) in folded(one.name)]
            away = [one for one in fitting if one.came is Came.NOT]
            here = tuple(one for one in fitting if one.came is not Came.NOT)
            shown = tuple(away[:FOUND_SHOWN])
            asked = [(str(MARK), one.person_id) for one in shown]
            buttons = offered(self.ids, self.clock.now(), actor, asked, conference)
            await work.buttons.add(buttons)
            await work.commit()
        return FoundView(conference, shown, here[:FOUND_SHOWN], len(away) - len(shown), buttons)

    async def mark(self, actor: Actor, button: Button, cause: Cause | None = None) -> Attender:
        """A supervisor says of somebody that they are there; on record."""
        now = self.clock.now()
        async with self.memory.begin(cause) as work:
            conference = await led(work, actor, button.subject, MARK)
            self._require_markable(conference)
            people = await work.attendance.of_unit(conference)
            found = next((one for one in people if one.person_id == button.choice), None)
            if found is None:
                raise LostRace("button.stale")
            unit_id, how = found.unit_id, Came.HAND
            if not await work.attendance.come(conference.id, found.person_id, unit_id, how):
                raise LostRace("conference.here_already")
            event = AuditEvent(now, actor.id, MARK, conference.id, found.person_id)
            await work.audit.append(event)
            await work.buttons.use(button.id, now)
            await work.commit()
        return found

    async def _note(
        self, work: Work, actor: Actor, right: list[tuple[Conference, str]], tries: Tries
    ) -> tuple[Conference, bool] | None:
        """What a code brings: somebody more who is there, or one wrong try more."""
        if not right:
            await work.attendance.save_tries(actor.id, tries.with_another(self.clock.now()))
            return None
        conference, unit_id = right[0]
        is_new = await work.attendance.come(conference.id, actor.id, unit_id, Came.CODE)
        if is_new:
            # Else somebody who is there could guess at another one's code without end.
            await work.attendance.save_tries(actor.id, Tries())
        await work.dialogs.close(actor.id)
        return conference, is_new

    def _require_markable(self, conference: Conference) -> None:
        if not conference.may_be_marked_at(self.clock.now()):
            raise LostRace("conference.not_open")
