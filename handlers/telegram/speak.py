"""Answering whoever just spoke: at once, best effort, after the commit."""

from dataclasses import dataclass

from domain.errors import Refusal
from domain.model.delivery import ButtonRows, Lane, Payload, Sent
from handlers.telegram.rooms import Rooms
from handlers.telegram.turn import Turn


@dataclass(frozen=True, slots=True)
class Speak:
    """Direct replies; what is owed to somebody goes through the outbox instead."""

    rooms: Rooms

    async def reply(self, turn: Turn, key: str, buttons: ButtonRows = (), **values: object) -> None:
        """Say a sentence of the catalogue where the person spoke."""
        await self.show(turn, self.rooms.words.html(key, turn.language, **values), buttons)

    async def show(self, turn: Turn, markup: str, buttons: ButtonRows = ()) -> None:
        await self.rooms.gateway.send(turn.chat, Payload(markup, buttons), Lane.PERSON)

    async def tell_privately(
        self, turn: Turn, key: str, buttons: ButtonRows = (), **values: object
    ) -> bool:
        """Say it in the private chat of whoever spoke; False if that chat is not open."""
        markup = self.rooms.words.html(key, turn.language, **values)
        outcome = await self.rooms.gateway.send(turn.who, Payload(markup, buttons), Lane.PERSON)
        return isinstance(outcome, Sent)

    async def close_press(
        self, turn: Turn, key: str, buttons: ButtonRows = (), **values: object
    ) -> None:
        """Note below the pressed message what was chosen; only the buttons named here stay."""
        await self.rooms.gateway.acknowledge(turn.press_id)
        note = self.rooms.words.html(key, turn.language, **values)
        markup = f"{turn.pressed_markup}\n\n<i>{note}</i>" if turn.pressed_markup else str(note)
        await self.rooms.gateway.edit(turn.chat, turn.message_id, Payload(markup, buttons))

    async def replace_pressed(self, turn: Turn) -> None:
        """Take the pressed message away: a fresh copy of what it showed is on its way."""
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self.rooms.gateway.delete(turn.chat, turn.message_id)

    async def refuse(self, turn: Turn, refusal: Refusal) -> None:
        """Say why what was asked for was not done."""
        await self.show(turn, self.rooms.words.html(refusal.key, turn.language, **refusal.values))

    async def refuse_press(self, turn: Turn, refusal: Refusal) -> None:
        """Say in a small window why a press changed nothing."""
        notice = self.rooms.words.text(refusal.key, turn.language, **refusal.values)
        await self.rooms.gateway.acknowledge(turn.press_id, notice, alert=True)
