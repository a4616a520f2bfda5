"""The door to the queue: /hangdoi, one message that turns its pages in place."""

from dataclasses import dataclass

from domain.model.button import Button
from domain.usecases.filter_queue import FilterQueue
from domain.usecases.review_sums import ReviewSums
from domain.usecases.show_queue import (
    DROP,
    FILTER,
    KEEP,
    LIST,
    LOADS,
    OPEN,
    SUMS,
    VIEWS,
    QueuePage,
    ShowQueue,
    ViewsPage,
)
from handlers.queue_pages import (
    filter_page,
    filter_rows,
    loads_page,
    queue_page,
    queue_rows,
    views_page,
    views_rows,
)
from handlers.sums_pages import sums_page, sums_rows
from handlers.telegram.presses import Route
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn


@dataclass(frozen=True, slots=True)
class QueueDoor:
    """The queue in the chat (hàng đợi ý kiến)."""

    rooms: Rooms
    speak: Speak

    def presses(self) -> dict[str, Route]:
        """The buttons, by the action that their rows name."""
        return {
            LIST: self.turn_page,
            OPEN: self.open,
            FILTER: self.ask_filter,
            VIEWS: self.show_views,
            KEEP: self.keep_view,
            DROP: self.drop_view,
            LOADS: self.show_loads,
            SUMS: self.show_sums,
        }

    async def show(self, turn: Turn) -> None:
        """/hangdoi"""
        page = await self._queue.begin(turn.actor, turn.arguments, turn.cause)
        words, language = self.rooms.words, turn.language
        rows = queue_rows(words, page, language)
        await self.speak.show(turn, queue_page(words, page, language), rows)

    async def turn_page(self, turn: Turn, button: Button) -> None:
        await self._turned(turn, await self._queue.turn(turn.actor, button, turn.cause))

    async def open(self, turn: Turn, button: Button) -> None:
        """The text comes to the private chat through the outbox, and the reading is on record."""
        await self.rooms.triage.open_case(turn.actor, button.subject, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)

    async def ask_filter(self, turn: Turn, button: Button) -> None:
        rooms, words, language = self.rooms, self.rooms.words, turn.language
        filters = FilterQueue(rooms.memory, rooms.clock, rooms.ids)
        page = await filters.ask(turn.actor, button, turn.cause)
        rows = filter_rows(words, page, language)
        await self.speak.turn_page(turn, filter_page(words, page, language), rows)

    async def show_views(self, turn: Turn, _: Button) -> None:
        await self._viewed(turn, await self._queue.list_views(turn.actor, turn.cause))

    async def keep_view(self, turn: Turn, button: Button) -> None:
        await self._viewed(turn, await self._queue.keep_view(turn.actor, button, turn.cause))

    async def drop_view(self, turn: Turn, button: Button) -> None:
        await self._viewed(turn, await self._queue.drop_view(turn.actor, button, turn.cause))

    async def show_loads(self, turn: Turn, _: Button) -> None:
        loads = await self._queue.list_loads(turn.actor)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self.speak.show(turn, loads_page(self.rooms.words, loads, turn.language))

    async def show_sums(self, turn: Turn, button: Button) -> None:
        """The queue stays where it is; from page to page of figures one message turns."""
        rooms, words, language = self.rooms, self.rooms.words, turn.language
        page = await ReviewSums(rooms.memory, rooms.clock, rooms.ids).show(
            turn.actor, button, turn.cause
        )
        said, rows = sums_page(words, page, language), sums_rows(words, page, language)
        if button.choice:
            await self.speak.turn_page(turn, said, rows)
        else:
            await rooms.gateway.acknowledge(turn.press_id)
            await self.speak.show(turn, said, rows)

    async def _turned(self, turn: Turn, page: QueuePage) -> None:
        words, language = self.rooms.words, turn.language
        rows = queue_rows(words, page, language)
        await self.speak.turn_page(turn, queue_page(words, page, language), rows)

    async def _viewed(self, turn: Turn, page: ViewsPage) -> None:
        words, language = self.rooms.words, turn.language
        rows = views_rows(words, page, language)
        await self.speak.turn_page(turn, views_page(words, page, language), rows)

    @property
    def _queue(self) -> ShowQueue:
        return ShowQueue(self.rooms.memory, self.rooms.clock, self.rooms.ids)
