"""The door to one's own sessions: /phiencuatoi, what was logged before, and a file of it."""

import asyncio
from dataclasses import dataclass

from domain.model.button import Button
from domain.usecases.list_own_sessions import HISTORY, OPEN
from domain.usecases.review_own_sessions import THANKS
from handlers.faces import one_a_row
from handlers.own_files import picture_of, workbook_of
from handlers.own_pages import history_page, history_rows, own_page, thanks_page
from handlers.session_pages import summary
from handlers.telegram.presses import Route
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn


@dataclass(frozen=True, slots=True)
class OwnSessionsDoor:
    """One's own sessions in the chat (buổi của tôi)."""

    rooms: Rooms
    speak: Speak

    def presses(self) -> dict[str, Route]:
        """The buttons below one's own page."""
        return {
            HISTORY: self.show_history,
            OPEN: self.open,
            THANKS: self.show_thanks,
            "own:export": self.take_along,
        }

    async def show(self, turn: Turn) -> None:
        """/phiencuatoi: the picture, then the month in words."""
        page = await self.rooms.own_sessions.show_page(turn.actor, turn.cause)
        picture = await asyncio.to_thread(picture_of, page)
        await self.speak.show_file(turn, picture, "own.picture")
        rows = one_a_row(self.rooms.words, page.buttons, turn.language)
        await self.speak.show(turn, own_page(self.rooms.words, page, turn.language), rows)

    async def show_history(self, turn: Turn, button: Button) -> None:
        page = await self.rooms.own_list.show_history(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        words, language = self.rooms.words, turn.language
        rows = history_rows(words, page, language)
        await self.speak.show(turn, history_page(words, page, language), rows)

    async def open(self, turn: Turn, button: Button) -> None:
        screen = await self.rooms.own_list.open_own(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        rows = one_a_row(self.rooms.words, screen.buttons, turn.language)
        await self.speak.show(turn, summary(self.rooms.words, screen, turn.language), rows)

    async def show_thanks(self, turn: Turn, button: Button) -> None:
        page = await self.rooms.own_sessions.show_thanks(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        rows = one_a_row(self.rooms.words, page.buttons, turn.language)
        await self.speak.show(turn, thanks_page(self.rooms.words, page.thanks, turn.language), rows)

    async def take_along(self, turn: Turn, _: Button) -> None:
        own = await self.rooms.own_list.take_along(turn.actor)
        await self.rooms.gateway.acknowledge(turn.press_id)
        file = await asyncio.to_thread(workbook_of, self.rooms.words, own, turn.language)
        await self.speak.show_file(turn, file, "own.exported", count=len(own.sessions))
