"""A pressed button: find its row, see that this person may press it, and call its route."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from domain.errors import Forbidden, Refusal, Repeated
from domain.model.button import ANYONE, STAFF, Button
from domain.model.chat import ChatPurpose
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn

Route = Callable[[Turn, Button], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Presses:
    """Every button leads through here; what travels in it is only a random id."""

    rooms: Rooms
    speak: Speak
    routes: Mapping[str, Route]

    async def press(self, turn: Turn) -> None:
        try:
            button = await self._button(turn)
            await self.routes[button.action](turn, button)
        except Repeated:
            await self.rooms.gateway.acknowledge(turn.press_id)
        except Refusal as refusal:
            await self.speak.refuse_press(turn, refusal)

    async def _button(self, turn: Turn) -> Button:
        """The row behind the press; Refusal if it is unknown, foreign, used or too old."""
        button = turn.pressed
        if button is None or button.action not in self.routes:
            raise Refusal("button.unknown")
        # Freshness first: a thrown-away draft no longer knows whose its used buttons were.
        button.require_fresh(self.rooms.clock.now())
        if not await self._may_press(turn, button) or not await self._belongs_here(turn, button):
            raise Forbidden("button.not_yours")
        return button

    async def _belongs_here(self, turn: Turn, button: Button) -> bool:
        """Whether such a button is ever shown in this chat.

        A modified app can send any data under any message of ours: a private button pressed under
        a bulletin would bring its answer into the group, unapproved.
        """
        if turn.is_private:
            return True
        async with self.rooms.memory.begin() as work:
            chat = await work.chats.by_address(turn.chat)
        staff_group = chat is not None and chat.purpose is ChatPurpose.STAFF
        return button.holder == STAFF and staff_group

    async def _may_press(self, turn: Turn, button: Button) -> bool:
        if turn.faceless:
            return False
        kind, _, name = button.holder.partition(":")
        match kind:
            case "person":
                return turn.person is not None and turn.person.id == name
            case "handle":
                return await self.rooms.vault.stands_behind(name, turn.who)
            case _:
                return button.holder == ANYONE or (button.holder == STAFF and turn.actor.is_staff)
