"""The door of whoever decides on sessions: the list, one of them, all that look usual."""

from dataclasses import dataclass

from markupsafe import Markup

from domain.model.button import Button
from domain.model.delivery import ButtonRows
from domain.model.dialog import Dialog
from domain.model.session_oddity import Oddity
from domain.usecases.confirm_sessions import Line, WaitingList
from handlers.faces import face, one_a_row, paired, shortened
from handlers.session_pages import draft_name, summary
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn

EXCERPT = 60


@dataclass(frozen=True, slots=True)
class ConfirmSessionsDoor:
    """Deciding on sessions in the chat (xác nhận buổi tuyên truyền)."""

    rooms: Rooms
    speak: Speak

    async def start(self, turn: Turn) -> None:
        """/phien of somebody who logs none"""
        await self._show(turn, await self.rooms.confirm_sessions.list_waiting(turn.actor))

    async def list_waiting(self, turn: Turn, _: Button) -> None:
        waiting = await self.rooms.confirm_sessions.list_waiting(turn.actor, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self._show(turn, waiting)

    async def review(self, turn: Turn, button: Button) -> None:
        reviewed = await self.rooms.confirm_sessions.open_session(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        words, person = self.rooms.words, reviewed.person
        role = words.text(f"role.{reviewed.screen.session.role}", turn.language)
        by = words.html("confirm.by", turn.language, name=person.name, role=role)
        odd = [self._odd(oddity, turn.language) for oddity in reviewed.odd]
        page = Markup("\n\n").join([by, summary(words, reviewed.screen, turn.language), *odd])
        rows = one_a_row(words, reviewed.screen.buttons, turn.language)
        await self.speak.show(turn, page, rows)

    async def confirm(self, turn: Turn, button: Button) -> None:
        await self.rooms.confirm_sessions.confirm(turn.actor, button, turn.cause)
        await self.speak.close_press(turn, "confirm.confirmed")

    async def confirm_all(self, turn: Turn, button: Button) -> None:
        count = await self.rooms.confirm_sessions.confirm_all(turn.actor, button, turn.cause)
        await self.speak.close_press(turn, "confirm.confirmed_all", count=count)

    async def ask_note(self, turn: Turn, button: Button) -> None:
        await self.rooms.confirm_sessions.ask_note(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self.speak.reply(turn, "confirm.ask_note")

    async def take_note(self, turn: Turn, dialog: Dialog) -> None:
        """A plain message: why a session is given back."""
        await self.rooms.confirm_sessions.return_session(
            turn.actor, dialog.subject, turn.text, turn.cause
        )
        await self.speak.reply(turn, "confirm.returned")

    async def tell_of_waiting(self, turn: Turn) -> None:
        """To somebody who logs sessions and decides on others' as well."""
        count = await self.rooms.confirm_sessions.count_waiting(turn.actor)
        if count:
            await self._show(turn, await self.rooms.confirm_sessions.list_waiting(turn.actor))

    async def _show(self, turn: Turn, waiting: WaitingList) -> None:
        language = turn.language
        lines = [self._line(n, line, language) for n, line in enumerate(waiting.lines, 1)]
        key = "confirm.list_odd" if waiting.odd else "confirm.list"
        await self.speak.reply(
            turn,
            key if waiting.total else "confirm.nothing",
            self._rows(waiting, language),
            count=waiting.total,
            odd=waiting.odd,
            lines=Markup("\n").join(lines),
        )

    def _rows(self, waiting: WaitingList, language: str) -> ButtonRows:
        """All at once on top, each in pairs, the form at the end."""
        faces = [(b.action, face(self.rooms.words, b, language)) for b in waiting.buttons]
        every = tuple((one,) for action, one in faces if action == "session:confirm_all")
        each = paired(one for action, one in faces if action == "session:review")
        form = tuple((one,) for action, one in faces if action == "form:list")
        return (*every, *each, *form)

    def _line(self, number: int, line: Line, language: str) -> Markup:
        words = self.rooms.words
        return words.html(
            "confirm.line_odd" if line.odd else "confirm.line",
            language,
            number=number,
            session=shortened(draft_name(words, line.session, language), EXCERPT),
            unit=line.unit.name,
            name=line.person.name,
            people=line.session.number("people"),
            odd=words.listed([words.text(f"oddity.{one}", language) for one in line.odd], language),
        )

    def _odd(self, oddity: Oddity, language: str) -> Markup:
        words = self.rooms.words
        return words.html("confirm.look", language, odd=words.text(f"oddity.{oddity}", language))
