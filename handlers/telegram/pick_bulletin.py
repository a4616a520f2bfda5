"""The door to what is written already: own drafts, bulletins of before, starters."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cache

from domain.errors import Missing
from domain.model.button import Button
from domain.model.delivery import ButtonFace
from domain.model.imported_bulletin import FiledBulletin
from domain.usecases.drafting import Preview
from domain.usecases.pick_bulletin import COPY, DRAFTS, SENT, SHELF, STARTER, TURNING, Pile
from handlers.faces import one_a_row, shortened
from handlers.filed_bulletins import as_filed
from handlers.telegram.presses import Route
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn

EXCERPT = 48
"""Of a bulletin on its button."""
Show = Callable[[Turn, Preview], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class PickBulletinDoor:
    """Going on from what is there, in the chat (chọn bản tin có sẵn)."""

    rooms: Rooms
    speak: Speak
    show: Show
    """How a draft is shown to whoever writes it."""

    def presses(self) -> dict[str, Route]:
        """The buttons below /soan, and those of the lists behind them."""
        lists = {DRAFTS: self.list_drafts, SENT: self.list_sent, SHELF: self.list_shelf}
        pages = {name + TURNING: route for name, route in lists.items()}
        return {**lists, **pages, COPY: self.copy, STARTER: self.take_starter}

    async def list_drafts(self, turn: Turn, button: Button) -> None:
        pile = await self.rooms.pick_bulletin.list_drafts(turn.actor, button, turn.cause)
        await self._lay_out(turn, "drafts", pile)

    async def list_sent(self, turn: Turn, button: Button) -> None:
        pile = await self.rooms.pick_bulletin.list_sent(turn.actor, button, turn.cause)
        await self._lay_out(turn, "sent", pile)

    async def list_shelf(self, turn: Turn, button: Button) -> None:
        titles = [(one.name, one.versions[0].title) for one in starters().values()]
        pick = self.rooms.pick_bulletin
        await self._lay_out(
            turn, "shelf", await pick.list_shelf(turn.actor, button, titles, turn.cause)
        )

    async def copy(self, turn: Turn, button: Button) -> None:
        preview = await self.rooms.pick_bulletin.copy(turn.actor, button, turn.cause)
        await self._copied(turn, preview)

    async def take_starter(self, turn: Turn, button: Button) -> None:
        starter = starters().get(button.choice)
        if starter is None:
            raise Missing(button.choice)
        pick = self.rooms.pick_bulletin
        await self._copied(turn, await pick.take_starter(turn.actor, button, starter, turn.cause))

    async def _copied(self, turn: Turn, preview: Preview) -> None:
        heading = shortened(preview.draft.heading, EXCERPT)
        await self.speak.close_press(turn, "pick_bulletin.copied", heading=heading)
        await self.show(turn, preview)

    async def _lay_out(self, turn: Turn, name: str, pile: Pile) -> None:
        await self.rooms.gateway.acknowledge(turn.press_id)
        rows = tuple(
            (ButtonFace(shortened(heading, EXCERPT), press=button.id),)
            for heading, button in pile.headings
        )
        key = f"pick_bulletin.{name}" if rows else f"pick_bulletin.no_{name}"
        await self.speak.reply(turn, key, (*rows, *one_a_row(self.rooms.words, pile.turning)))


@cache
def starters() -> dict[str, FiledBulletin]:
    """The starters that ship, by id."""
    # Here, since a process in which nobody asks for them need not read their files.
    from content.bulletins import shelf  # noqa: PLC0415

    return {one.id: as_filed(one) for one in shelf.load()}
