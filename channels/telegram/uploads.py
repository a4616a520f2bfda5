"""Files on their way up: as bytes the first time, then under the name the channel gave them."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Protocol

from channels.telegram.fields import Files, alone, together
from channels.telegram.outcomes import ended, receipts
from channels.telegram.transport import AiohttpRequest
from domain.model.attachment import Attachment, AttachmentKind
from domain.model.chat import Address
from domain.model.delivery import Payload, Rejected, SendOutcome, Sent

NAMES_KEPT = 256
"""Ten pictures each of two dozen bulletins."""
PATIENCE = 10.0
"""Seconds that whoever brings the same files waits for whoever is bringing them now. A lease lasts
sixty, and two uploads have to fit into it."""

Key = tuple[AttachmentKind, str]
"""What a file is shown as, and the SHA-256 of its bytes: another kind is another file there."""


class InTurn(Protocol):
    """Waits for a send's turn and makes it."""

    def __call__(
        self, address: Address, lane: int, call: Callable[[], Awaitable[SendOutcome]], adds: int
    ) -> Awaitable[SendOutcome]: ...


class Uploads:
    """One bot's way up for files (tải tệp lên)."""

    # A bulletin with ten megabytes of pictures goes to a hundred groups: the channel takes the
    # bytes once and gives them a name, which only this bot can use. A name is believed only if it
    # came in answer to our own upload of these very bytes; a restart forgets all of them, and
    # whatever is refused under its name goes up once more as bytes.

    def __init__(
        self, request: AiohttpRequest, address_of: Callable[[str], str], in_turn: InTurn
    ) -> None:
        self._request = request
        self._address_of = address_of
        self._in_turn = in_turn
        self._names: OrderedDict[Key, str] = OrderedDict()
        self._under_way: dict[tuple[Key, ...], asyncio.Event] = {}

    async def send(
        self, address: Address, files: Sequence[Attachment], payload: Payload, lane: int
    ) -> SendOutcome:
        """Put one file, or several as one, in the chat, the words below the first."""
        async with self._the_first_alone(files):
            names = self._known(files)
            outcome = await self._post(address, files, names, payload, lane)
            if names and isinstance(outcome, Rejected):
                # Refused is surely not sent. If it was not for the name, it is refused again.
                self._forget(files)
                outcome = await self._post(address, files, (), payload, lane)
        return outcome

    async def _post(
        self,
        address: Address,
        files: Sequence[Attachment],
        names: Sequence[str],
        payload: Payload,
        lane: int,
    ) -> SendOutcome:
        method, (fields, parts) = _call(files, names, payload)
        fields["chat_id"] = address.chat
        if address.thread:
            fields["message_thread_id"] = str(address.thread)

        def reading(result: object) -> Sent | None:
            self._learn(files, result)
            return receipts(result)

        async def upload() -> SendOutcome:
            post = self._request.post_files(self._address_of(method), fields, parts)
            return await ended(post, reading)

        return await self._in_turn(address, lane, upload, adds=len(files))

    @asynccontextmanager
    async def _the_first_alone(self, files: Sequence[Attachment]) -> AsyncIterator[None]:
        """Of many who bring the same at once, the others wait a little for its name."""
        keys = tuple(map(_key, files))
        if not all(file.sha256 for file in files) or self._known(files):
            yield
        elif brought := self._under_way.get(keys):
            with suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE):
                    await brought.wait()
            yield
        else:
            self._under_way[keys] = brought = asyncio.Event()
            try:
                yield
            finally:
                del self._under_way[keys]
                brought.set()

    def _known(self, files: Sequence[Attachment]) -> tuple[str, ...]:
        """The names of all of them; nothing if one of them has none."""
        names = [self._names.get(_key(file), "") for file in files if file.sha256]
        return tuple(names) if len(names) == len(files) and all(names) else ()

    def _learn(self, files: Sequence[Attachment], result: object) -> None:
        messages = result if isinstance(result, list) else [result]
        for file, message in zip(files, messages, strict=False):
            name = _named(file.kind, message)
            if file.sha256 and name:
                self._names[_key(file)] = name
                self._names.move_to_end(_key(file))
        while len(self._names) > NAMES_KEPT:
            self._names.popitem(last=False)

    def _forget(self, files: Sequence[Attachment]) -> None:
        for file in files:
            self._names.pop(_key(file), None)


def _key(file: Attachment) -> Key:
    return file.kind, file.sha256


def _call(
    files: Sequence[Attachment], names: Sequence[str], payload: Payload
) -> tuple[str, tuple[dict[str, str], Files]]:
    """The method, and the form that goes with it."""
    if len(files) > 1:
        return "sendMediaGroup", together(files, payload, names)
    return f"send{files[0].kind.title()}", alone(files[0], payload, names[0] if names else "")


def _named(kind: AttachmentKind, message: object) -> str:
    """How the channel calls the file of a message; of a picture's sizes the largest."""
    found = message.get(kind.value) if isinstance(message, dict) else None
    if isinstance(found, list) and found:
        found = found[-1]
    return str(found.get("file_id", "")) if isinstance(found, dict) else ""
