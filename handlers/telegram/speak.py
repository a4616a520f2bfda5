"""Answering whoever just spoke: at once, best effort, after the commit."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from domain.errors import Refusal
from domain.model.attachment import Attachment
from domain.model.chat import Address
from domain.model.delivery import (
    ButtonRows,
    Held,
    Lane,
    NotSent,
    Payload,
    Rejected,
    SendOutcome,
    Sent,
)
from domain.model.text import utf16_units, visible
from handlers.telegram.rooms import Rooms
from handlers.telegram.turn import Turn

ONE_MINUTE = 60.0
TRIES = 4
LONGEST_HOLD = 10.0
"""Seconds of silence asked for by the channel that an answer waits out."""

Sending = Awaitable[SendOutcome]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Speak:
    """Direct replies; what is owed to somebody goes through the outbox instead."""

    rooms: Rooms
    answered: dict[str, float] = field(default_factory=dict)
    """When a group was last told where to write, on the clock that never jumps."""

    def may_answer_in(self, group: Address) -> bool:
        """Once a minute in each group: bulletins must not wait behind somebody's game."""
        now = self.rooms.clock.monotonic()
        recent = {chat: at for chat, at in self.answered.items() if at > now - ONE_MINUTE}
        may = group.chat not in recent
        self.answered.clear()
        self.answered.update(recent | ({group.chat: now} if may else {}))
        return may

    async def reply(self, turn: Turn, key: str, buttons: ButtonRows = (), **values: object) -> None:
        """Say a sentence of the catalogue where the person spoke."""
        await self.show(turn, self.rooms.words.html(key, turn.language, **values), buttons)

    async def show(
        self, turn: Turn, markup: str, buttons: ButtonRows = (), is_guarded: bool = False
    ) -> SendOutcome:
        outcome = await self._send(turn.chat, Payload(markup, buttons, is_guarded))
        await self._apologise_for(turn, outcome)
        return outcome

    async def put(self, turn: Turn, payload: Payload) -> None:
        """Put this where the person spoke; what cannot be shown there is left out."""
        await self._send(turn.chat, payload)

    async def show_file(
        self, turn: Turn, file: Attachment, key: str, **values: object
    ) -> SendOutcome:
        """A file where the person spoke, with a sentence of the catalogue below it."""
        below = Payload(self.rooms.words.html(key, turn.language, **values))

        def send() -> Sending:
            return self.rooms.gateway.send_file(turn.chat, file, below, Lane.PERSON)

        outcome = await _tried(send)
        await self._apologise_for(turn, outcome)
        return outcome

    async def show_album(
        self, turn: Turn, files: Sequence[Attachment], key: str, **values: object
    ) -> None:
        """Several pictures as one, or the only one, with a sentence below."""
        if len(files) == 1:
            await self.show_file(turn, files[0], key, **values)
            return
        below = Payload(self.rooms.words.html(key, turn.language, **values))

        def send() -> Sending:
            return self.rooms.gateway.send_album(turn.chat, files, below, Lane.PERSON)

        await self._apologise_for(turn, await _tried(send))

    async def show_files(
        self, turn: Turn, files: Sequence[Attachment], markup: str, buttons: ButtonRows = ()
    ) -> SendOutcome:
        """Files where the person spoke, with words below; an album has no buttons."""
        below = Payload(markup, buttons)

        def send() -> Sending:
            if len(files) == 1:
                return self.rooms.gateway.send_file(turn.chat, files[0], below, Lane.PERSON)
            return self.rooms.gateway.send_album(turn.chat, files, below, Lane.PERSON)

        outcome = await _tried(send)
        await self._apologise_for(turn, outcome)
        return outcome

    async def _apologise_for(self, turn: Turn, outcome: SendOutcome) -> None:
        if isinstance(outcome, Rejected):
            log.error("an answer could not be shown: %s", outcome.reason)
            sorry = self.rooms.words.html("errors.cannot_show", turn.language)
            await self._send(turn.chat, Payload(sorry))

    async def tell_privately(
        self, turn: Turn, key: str, buttons: ButtonRows = (), **values: object
    ) -> bool:
        """Say it in the private chat of whoever spoke; False if that chat is not open."""
        markup = self.rooms.words.html(key, turn.language, **values)
        return isinstance(await self._send(turn.who, Payload(markup, buttons)), Sent)

    async def _send(self, address: Address, payload: Payload) -> SendOutcome:
        return await _tried(lambda: self.rooms.gateway.send(address, payload, Lane.PERSON))

    async def close_press(
        self, turn: Turn, key: str, buttons: ButtonRows = (), **values: object
    ) -> None:
        """Note below the pressed message what was chosen; only the buttons named here stay."""
        await self.rooms.gateway.acknowledge(turn.press_id)
        note = self.rooms.words.html(key, turn.language, **values)
        noted = f"{turn.pressed_markup}\n\n<i>{note}</i>"
        if turn.pressed_markup and self._fits(noted):
            await self.rooms.gateway.edit(turn.chat, turn.message_id, Payload(noted, buttons))
        else:
            # What the message says is not known, or the note does not fit below it: leave it whole.
            await self.show(turn, note, buttons)

    def _fits(self, markup: str) -> bool:
        return utf16_units(visible(markup)) <= self.rooms.gateway.capabilities.text_limit

    async def turn_page(self, turn: Turn, markup: str, buttons: ButtonRows = ()) -> None:
        """Show the next page where the button stood; as a message of its own if that is gone."""
        await self.rooms.gateway.acknowledge(turn.press_id)
        page = Payload(markup, buttons)
        if isinstance(await self.rooms.gateway.edit(turn.chat, turn.message_id, page), Rejected):
            await self.show(turn, markup, buttons)

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


async def _tried(send: Callable[[], Sending]) -> SendOutcome:
    """Send it; what surely did not leave, or was asked to wait a little, is tried again."""
    for _ in range(TRIES - 1):
        outcome = await send()
        match outcome:
            case Held(seconds) if seconds <= LONGEST_HOLD:
                await asyncio.sleep(seconds)
            case NotSent():
                await asyncio.sleep(1)
            case _:
                return outcome
    return await send()
