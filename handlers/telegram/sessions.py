"""The communicator's door: /phien, the questions of a session, its summary."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass

from markupsafe import Markup

from domain.model.access import FIELD_ROLES, Permission
from domain.model.button import Button
from domain.model.delivery import ButtonFace, Payload
from domain.model.dialog import Dialog
from domain.model.form import FieldKind, FormField
from domain.usecases.fill_session import Naming
from domain.usecases.session_screen import Screen
from handlers.faces import one_a_row, shortened
from handlers.session_pages import buttons, chosen_label, draft_name, page
from handlers.session_pages import typed_choices as read_choices
from handlers.telegram.change_form import ChangeFormDoor
from handlers.telegram.confirm_sessions import ConfirmSessionsDoor
from handlers.telegram.presses import Route
from handlers.telegram.rooms import Rooms
from handlers.telegram.session_media import SessionMediaDoor
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn

EXCERPT = 120
NAMED = frozenset({FieldKind.CHOICE, FieldKind.CHOICES})


@dataclass(frozen=True, slots=True)
class SessionsDoor:
    """Logging sessions in the chat (ghi buổi tuyên truyền)."""

    rooms: Rooms
    speak: Speak
    confirming: ConfirmSessionsDoor
    changing: ChangeFormDoor
    media: SessionMediaDoor

    def presses(self) -> dict[str, Route]:
        """The buttons of whoever logs a session, and of whoever decides on it."""
        return {
            "session:open": self.open,
            "session:sent": self.show_sent,
            "session:edit": self.edit,
            "session:choose": self.choose,
            "session:toggle": self.toggle,
            "session:bulletin": self.use_bulletin,
            "session:copy": self.copy_last,
            "session:clear": self.clear,
            "session:done": self.open,
            "session:drop": self.drop_questions,
            "session:remove": self.media.remove,
            "session:media": self.media.show,
            "session:discard": self.discard,
            Permission.SESSION_SUBMIT: self.submit,
            "session:waiting": self.confirming.list_waiting,
            "session:review": self.confirming.review,
            "session:confirm_all": self.confirming.confirm_all,
            Permission.SESSION_CONFIRM: self.confirming.confirm,
            Permission.SESSION_RETURN: self.confirming.ask_note,
            "form:list": self.changing.show,
            "form:open": self.changing.open,
            "form:add": self.changing.ask,
            Permission.FORM_CHANGE: self.changing.change,
        }

    async def start(self, turn: Turn) -> None:
        """/phien"""
        if not turn.actor.has_role(FIELD_ROLES) and turn.actor.is_staff:
            await self.confirming.start(turn)
            return
        screen = await self.rooms.log_session.start_session(turn.actor, turn.cause)
        await self.confirming.tell_of_waiting(turn)
        await self._show(turn, screen)

    async def open(self, turn: Turn, button: Button) -> None:
        screen = await self.rooms.log_session.open_session(turn.actor, button.subject, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self._show(turn, screen)

    async def show_sent(self, turn: Turn, _: Button) -> None:
        sent = await self.rooms.log_session.list_sent(turn.actor, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        names = [draft_name(self.rooms.words, one, turn.language) for one, _ in sent]
        rows = tuple(
            (ButtonFace(name, press=way.id),) for name, (_, way) in zip(names, sent, strict=True)
        )
        await self.speak.reply(turn, "session.sent_list", rows)

    async def edit(self, turn: Turn, button: Button) -> None:
        screen = await self.rooms.log_session.ask_field(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self._show(turn, screen)

    async def choose(self, turn: Turn, button: Button) -> None:
        screen = await self.rooms.fill_session.choose(turn.actor, button, turn.cause)
        await self._note_and_show(turn, screen, button.choice)

    async def use_bulletin(self, turn: Turn, button: Button) -> None:
        screen = await self.rooms.fill_session.use_bulletin(turn.actor, button, turn.cause)
        await self._note_and_show(turn, screen, "topic")

    async def copy_last(self, turn: Turn, button: Button) -> None:
        screen = await self.rooms.fill_session.copy_last(turn.actor, button, turn.cause)
        await self._go_on(turn, screen, self.speak.close_press(turn, "session.copied"))

    async def toggle(self, turn: Turn, button: Button) -> None:
        """The same message with the other mark: a list is ticked off in one place."""
        screen = await self.rooms.fill_session.toggle(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        rows = buttons(self.rooms.words, screen, turn.language)
        ticked = Payload(page(self.rooms.words, screen, turn.language), rows)
        await self.rooms.gateway.edit(turn.chat, turn.message_id, ticked)

    async def clear(self, turn: Turn, button: Button) -> None:
        screen = await self.rooms.fill_session.clear(turn.actor, button, turn.cause)
        await self._go_on(turn, screen, self.speak.close_press(turn, "session.cleared"))

    async def drop_questions(self, turn: Turn, button: Button) -> None:
        screen = await self.rooms.fill_session.drop_questions(turn.actor, button, turn.cause)
        await self.speak.close_press(turn, "session.questions_dropped")
        await self._show(turn, screen)

    async def discard(self, turn: Turn, button: Button) -> None:
        await self.rooms.log_session.discard(turn.actor, button, turn.cause)
        await self.speak.close_press(turn, "session.discarded")

    async def submit(self, turn: Turn, button: Button) -> None:
        handed = await self.rooms.submit_session.submit_session(turn.actor, button, turn.cause)
        await self.speak.close_press(turn, "session.submitted_note")
        rows = one_a_row(self.rooms.words, handed.buttons, turn.language)
        if not handed.filed:
            await self.speak.reply(turn, "session.submitted", rows)
            return
        line = Markup("• <code>{}</code> {}")
        lines = Markup("\n").join(
            line.format(opinion.number, shortened(raised.text, EXCERPT))
            for raised, opinion in handed.filed
        )
        await self.speak.reply(turn, "session.submitted_with_questions", rows, lines=lines)

    async def take_words(self, turn: Turn, dialog: Dialog) -> None:
        """A plain message that answers the question of a session, or none of them."""
        fill, cause = self.rooms.fill_session, turn.cause
        if not dialog.note:
            await self._say_how(turn, dialog)
        elif dialog.note == "questions":
            screen = await fill.add_question(turn.actor, dialog.subject, turn.text, cause)
            await self._show(turn, screen)
        else:
            screen = await fill.answer_field(
                turn.actor, dialog.subject, dialog.note, turn.text, cause, self._naming(turn)
            )
            await self._show(turn, screen)

    async def take_point(self, turn: Turn, dialog: Dialog) -> None:
        """A point on the map, of which only the name of a hamlet or of the unit is left."""
        fill = self.rooms.fill_session
        screen = await fill.place_nearby(turn.actor, dialog.subject, turn.point, turn.cause)
        key = "session.point_near" if screen.near else "session.point_rounded"
        await self.speak.reply(turn, key, place=screen.near or screen.unit.name)
        await self._show(turn, screen)

    def _naming(self, turn: Turn) -> Naming:
        """What was typed; a choice that was typed by its name becomes its id."""

        def named(asked: FormField, typed: str) -> str:
            if asked.kind not in NAMED:
                return typed
            return read_choices(self.rooms.words, asked, typed, turn.language)

        return named

    async def _say_how(self, turn: Turn, dialog: Dialog) -> None:
        """Nothing was asked: the words are kept nowhere, and the summary shows how to go on."""
        screen = await self.rooms.log_session.open_session(turn.actor, dialog.subject, turn.cause)
        await self.speak.reply(turn, "session.nothing_asked")
        await self._show(turn, screen)

    async def _note_and_show(self, turn: Turn, screen: Screen, choice: str) -> None:
        label = chosen_label(self.rooms.words, screen, choice, turn.language)
        noting = self.speak.close_press(turn, "session.chosen", choice=label)
        await self._go_on(turn, screen, noting)

    async def _go_on(self, turn: Turn, screen: Screen, noting: Awaitable[None]) -> None:
        """The next question need not wait for the note below the last one."""
        await asyncio.gather(noting, self._show(turn, screen))

    async def _show(self, turn: Turn, screen: Screen) -> None:
        rows = buttons(self.rooms.words, screen, turn.language)
        await self.speak.show(turn, page(self.rooms.words, screen, turn.language), rows)
