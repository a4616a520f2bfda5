"""The door of whoever gathers cases about one matter, and answers them by a bulletin."""

from dataclasses import dataclass

from domain.model.access import Permission
from domain.model.button import Button
from domain.model.dialog import Dialog
from domain.model.matter import LONGEST_TITLE, Halt
from domain.usecases.answer_matter import SEND
from domain.usecases.gather_cases import CHOICES, GATHER, INTO, NEW, OUT, SHOW
from domain.usecases.preview_letter import LONGEST_LETTER
from domain.usecases.show_matter import ANSWER, CASES, COMPOSE, REOPEN
from domain.usecases.show_queue import MATTERS
from handlers.faces import one_a_row
from handlers.matter_pages import (
    answer_page,
    answered_page,
    choice_page,
    choice_rows,
    matter_page,
    matter_rows,
    matters_page,
    matters_rows,
)
from handlers.telegram.case_link import case_link
from handlers.telegram.compose import ComposeDoor
from handlers.telegram.presses import Route
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn


@dataclass(frozen=True, slots=True)
class MattersDoor:
    """Matters in the chat (việc chung)."""

    rooms: Rooms
    speak: Speak
    compose: ComposeDoor

    def presses(self) -> dict[str, Route]:
        """The buttons, by the action that their rows name."""
        return {
            GATHER: self.choose,
            CHOICES: self.turn_choices,
            INTO: self.put_in,
            OUT: self.take_out,
            NEW: self.ask_title,
            MATTERS: self.list_open,
            SHOW: self.show,
            CASES: self.turn_cases,
            COMPOSE: self.begin_bulletin,
            ANSWER: self.preview,
            SEND: self.answer_all,
            Permission.MATTER_CLOSE: self.close,
            REOPEN: self.reopen,
        }

    async def choose(self, turn: Turn, button: Button) -> None:
        rooms, words = self.rooms, self.rooms.words
        choice = await rooms.gather_cases.choose(turn.actor, button, turn.cause)
        await rooms.gateway.acknowledge(turn.press_id)
        page = choice_page(words, choice, turn.language)
        await self.speak.show(turn, page, choice_rows(words, choice, turn.language))

    async def turn_choices(self, turn: Turn, button: Button) -> None:
        words = self.rooms.words
        choice = await self.rooms.gather_cases.choose(turn.actor, button, turn.cause)
        page = choice_page(words, choice, turn.language)
        await self.speak.turn_page(turn, page, choice_rows(words, choice, turn.language))

    async def put_in(self, turn: Turn, button: Button) -> None:
        opinion, matter = await self.rooms.gather_cases.put_in(turn.actor, button, turn.cause)
        code, title = opinion.number, matter.title
        await self.speak.close_press(turn, "matter.put_in", code=code, title=title)
        await self._open(turn, matter.id)

    async def take_out(self, turn: Turn, button: Button) -> None:
        opinion, matter = await self.rooms.gather_cases.take_out(turn.actor, button, turn.cause)
        code, title = opinion.number, matter.title
        await self.speak.close_press(turn, "matter.taken_out", code=code, title=title)

    async def ask_title(self, turn: Turn, button: Button) -> None:
        opinion, unit = await self.rooms.gather_cases.ask_title(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        about, most = opinion.number, LONGEST_TITLE
        await self.speak.reply(turn, "matter.ask_title", code=about, unit=unit.name, limit=most)

    async def take_title(self, turn: Turn, dialog: Dialog) -> None:
        gathering = self.rooms.gather_cases
        matter = await gathering.open_matter(turn.actor, dialog, turn.text, turn.cause)
        await self._open(turn, matter.id)

    async def list_open(self, turn: Turn, button: Button) -> None:
        """The queue stays where it is; from page to page of matters one message turns."""
        words, language = self.rooms.words, turn.language
        page = await self.rooms.show_matter.list_open(turn.actor, button, turn.cause)
        said, rows = matters_page(words, page, language), matters_rows(words, page, language)
        if button.choice:
            await self.speak.turn_page(turn, said, rows)
        else:
            await self.rooms.gateway.acknowledge(turn.press_id)
            await self.speak.show(turn, said, rows)

    async def show(self, turn: Turn, button: Button) -> None:
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self._open(turn, button.choice)

    async def open(self, turn: Turn, matter_id: str) -> None:
        """The card's link."""
        await self._open(turn, matter_id)

    async def turn_cases(self, turn: Turn, button: Button) -> None:
        words, after = self.rooms.words, int(button.choice)
        show = self.rooms.show_matter.show
        page = await show(turn.actor, button.subject, after, turn.cause)
        links = [case_link(self.rooms, one.id, one.number, turn.language) for one in page.cases]
        rows = matter_rows(words, page, links, turn.language)
        await self.speak.turn_page(turn, matter_page(words, page, turn.language), rows)

    async def begin_bulletin(self, turn: Turn, button: Button) -> None:
        """An ordinary draft: two persons, audience and source as for any other."""
        begun = await self.rooms.answer_matter.begin_bulletin(turn.actor, button, turn.cause)
        if not begun.bulletin_id:
            names = self.rooms.words.listed(begun.asked, turn.language)
            await self.rooms.gateway.acknowledge(turn.press_id)
            await self.speak.reply(turn, "matter.authors_asked", names=names)
            return
        known = {"title": begun.heading, "limit": LONGEST_LETTER}
        await self.speak.close_press(turn, "matter.draft_begun", (), **known)
        preview = await self.rooms.compose.preview_bulletin(turn.actor, begun.bulletin_id)
        await self.compose.show(turn, preview)

    async def preview(self, turn: Turn, button: Button) -> None:
        rooms = self.rooms
        preview = await rooms.answer_matter.preview(turn.actor, button, turn.cause)
        await rooms.gateway.acknowledge(turn.press_id)
        rows = one_a_row(rooms.words, preview.buttons, turn.language)
        await self.speak.show(turn, answer_page(rooms.words, preview, turn.language), rows)

    async def answer_all(self, turn: Turn, button: Button) -> None:
        """First that it is being done: of hundreds it takes a while."""
        answering = self.rooms.answer_matter
        matter = await answering.begin_answers(turn.actor, button, turn.cause)
        await self.speak.close_press(turn, "matter.under_way")
        answered = await answering.answer_all(turn.actor, button)
        page = answered_page(self.rooms.words, matter, answered, turn.language)
        await self.speak.show(turn, page)
        if answered.halt is Halt.CLOSED:  # where it can be opened again
            await self._open(turn, matter.id)

    async def close(self, turn: Turn, button: Button) -> None:
        matter = await self.rooms.gather_cases.close(turn.actor, button, turn.cause)
        await self.speak.close_press(turn, "matter.closed", title=matter.title)
        await self._open(turn, matter.id)

    async def reopen(self, turn: Turn, button: Button) -> None:
        matter = await self.rooms.gather_cases.reopen(turn.actor, button, turn.cause)
        await self.speak.close_press(turn, "matter.reopened", title=matter.title)
        await self._open(turn, matter.id)

    async def _open(self, turn: Turn, matter_id: str) -> None:
        words = self.rooms.words
        page = await self.rooms.show_matter.show(turn.actor, matter_id)
        links = [case_link(self.rooms, one.id, one.number, turn.language) for one in page.cases]
        rows = matter_rows(words, page, links, turn.language)
        await self.speak.show(turn, matter_page(words, page, turn.language), rows)
