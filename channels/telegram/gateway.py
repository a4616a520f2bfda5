"""The door out to Telegram: an address and words go in, an outcome comes back."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import orjson
from telegram import Bot
from telegram.constants import CallbackQueryLimit, ChatMemberStatus, MessageLimit
from telegram.error import InvalidToken, TelegramError
from telegram.helpers import create_deep_linked_url

from channels.films import cleaned
from channels.pacer import Limits, NoTurnSoon, Pacer, Stopped
from channels.pictures import Darkroom
from channels.recordings import only_sound
from channels.telegram.ballots import Ballots
from channels.telegram.fetching import LARGEST_FILE, LARGEST_VOICE, Fetching
from channels.telegram.fields import Json, captioned, shown
from channels.telegram.masking import mask
from channels.telegram.outcomes import (
    Reading,
    already_so,
    ended,
    receipt,
)
from channels.telegram.scopes import scope_named
from channels.telegram.transport import AiohttpRequest, proxy_to
from channels.telegram.uploads import Uploads
from domain.clock import Clock
from domain.model.attachment import Attachment, Film
from domain.model.capabilities import Capabilities
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
from domain.model.poll import Ballot

log = logging.getLogger(__name__)

IN_FLIGHT = 16
"""Sends under way at a time."""
PICTURES = 8
"""Pictures being fetched or written anew at a time: until then each may fill 40 MB."""
BESIDE = 18
"""Connections beside those: for answers to whoever spoke, for polling and for the odd question."""
BAD_TOKEN = "bad_token"  # noqa: S105 - the name of a fault, not a secret
UNREACHABLE = "unreachable"
NOT_A_BOT_API = "not_a_bot_api"
_TOKEN = re.compile(r"\d+:[\w-]+", re.ASCII)


@dataclass(eq=False)
class CannotOpen(Exception):
    """The gateway cannot be opened; `reason` is one of the three names above."""

    reason: str


class DiscreetBot(Bot):
    """The library's bot; what that one shows of itself, in any error about it, is its token."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}[{mask(self.token, [self.token])}]"


class TelegramGateway:
    """One bot's door out; every send has its turn, and none of them raises."""

    capabilities = Capabilities(
        text_limit=MessageLimit.MAX_TEXT_LENGTH,
        buttons=True,
        edits=True,
        deletes=True,
        links=True,
        media=True,
        albums=True,
        caption_limit=MessageLimit.CAPTION_LENGTH,
        polls=True,
    )

    def __init__(self, bot: Bot, request: AiohttpRequest, pacer: Pacer) -> None:
        self.bot = bot
        self.request = request
        self._pacer = pacer
        self._fetching = Fetching(bot, request)
        self._uploads = Uploads(request, self._address_of, self._in_turn)
        self._ballots = Ballots(self._call, self._in_turn)
        self._darkroom = Darkroom()
        self._pictures = asyncio.Semaphore(PICTURES)

    @property
    def bot_id(self) -> int:
        return self.bot.id

    async def send(self, address: Address, payload: Payload, lane: int) -> SendOutcome:
        """Put the words in the chat, or the place that is shown instead of them."""
        method = "sendLocation" if payload.point else "sendMessage"
        fields: Json = {"chat_id": address.chat} | shown(payload)
        if address.thread:
            fields["message_thread_id"] = address.thread
        return await self._in_turn(
            address, lane, lambda: self._call(method, fields, receipt), adds=1
        )

    async def send_file(
        self, address: Address, file: Attachment, payload: Payload, lane: int
    ) -> SendOutcome:
        """Put the file in the chat, the words below it."""
        return await self._uploads.send(address, [file], payload, lane)

    async def send_album(
        self, address: Address, files: Sequence[Attachment], payload: Payload, lane: int
    ) -> SendOutcome:
        """Put two to ten pictures in the chat as one, the words below the first."""
        return await self._uploads.send(address, files, payload, lane)

    async def fetch_picture(self, file: str) -> bytes:
        """Only what is seen on it, as a JPEG; Refusal("file.…") if it cannot be had."""
        async with self._pictures:
            return await self._darkroom.rewritten(await self._fetching.fetch(file, LARGEST_FILE))

    async def fetch_voice(self, file: str) -> bytes:
        """Only the sound of a recording; Refusal("file.…") if it cannot be had."""
        async with self._pictures:
            sent = await self._fetching.fetch(file, LARGEST_VOICE)
            return await asyncio.to_thread(only_sound, sent)

    async def fetch_film(self, file: str) -> Film:
        """A film without place, hour and notes; Refusal("file.…") if it cannot be kept."""
        async with self._pictures:
            return cleaned(await self._fetching.fetch(file, LARGEST_FILE))

    async def fetch_document(self, file: str) -> bytes:
        """A file as it was sent."""
        async with self._pictures:
            return await self._fetching.fetch(file, LARGEST_FILE)

    async def edit(self, address: Address, message_id: str, payload: Payload) -> SendOutcome:
        """Put other words in place of these; buttons that are not named go away."""
        return await self._change("editMessageText", address, message_id, shown(payload))

    async def edit_caption(
        self, address: Address, message_id: str, payload: Payload
    ) -> SendOutcome:
        """Put other words below the file of a message."""
        return await self._change("editMessageCaption", address, message_id, captioned(payload))

    async def delete(self, address: Address, message_id: str) -> SendOutcome:
        """Take the message out of the chat; one that is gone already counts as done."""
        return await self._change("deleteMessage", address, message_id, {})

    async def send_poll(self, address: Address, ballot: Ballot, lane: int) -> SendOutcome:
        return await self._ballots.send(address, ballot, lane)

    async def stop_poll(self, poll: Address, number: str, below: ButtonRows = ()) -> SendOutcome:
        return await self._ballots.stop(poll, number, below)

    async def forward(self, to: Address, source: Address, message_id: str) -> SendOutcome:
        return await self._ballots.forward(to, source, message_id)

    async def acknowledge(self, press: str, notice: str = "", alert: bool = False) -> None:
        """End a button's waiting mark; nothing is owed here, so trouble is only noted."""
        words = notice[: CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH]
        fields: Json = {"callback_query_id": press, "text": words, "show_alert": alert}
        outcome = await self._call("answerCallbackQuery", fields, lambda _: Sent(""))
        if not isinstance(outcome, Sent):
            log.info("press not acknowledged: %s", outcome)

    async def is_admin(self, group: Address) -> bool:
        """Whether the bot rules this group, as far as the channel says so."""
        try:
            member = await self.bot.get_chat_member(group.chat, self.bot_id)
        except TelegramError as error:
            log.info("what the bot is in a group is not known: %s", mask(repr(error)))
            return False
        return member.status == ChatMemberStatus.ADMINISTRATOR

    def deep_link(self, start: str) -> str:
        return create_deep_linked_url(self.bot.username, start)

    def remember(self, address: Address, seconds_ago: float, messages: int = 1) -> None:
        self._pacer.remember(address.chat, address.is_group, seconds_ago, messages)

    def wait(self, address: Address, messages: int = 1) -> float:
        return self._pacer.wait(address.chat, messages)

    async def set_commands(
        self, commands: Sequence[tuple[str, str]], language: str = "", scope: str = "default"
    ) -> bool:
        """Show this menu of (command, description) where `scope` says; False if it was refused.

        `scope` is one of SCOPES, or the id of one private chat.
        """
        try:
            return await self.bot.set_my_commands(
                commands, scope=scope_named(scope), language_code=language or None
            )
        except TelegramError as error:
            log.warning("command menu not set: %s", mask(repr(error)))
            return False

    def drain(self) -> None:
        """Start nothing more: what waits for its turn ends as NotSent; what has started goes on."""
        self._pacer.stop()

    async def close(self) -> None:
        """Call after every send has ended."""
        self.drain()
        await self.bot.shutdown()

    async def _change(
        self, method: str, address: Address, message_id: str, shown: Json
    ) -> SendOutcome:
        fields = {"chat_id": address.chat, "message_id": message_id} | shown

        async def change() -> SendOutcome:
            outcome = await self._call(method, fields, lambda _: Sent(message_id))
            return Sent(message_id) if already_so(outcome) else outcome

        return await self._in_turn(address, Lane.PERSON, change, adds=0)

    async def _in_turn(
        self, address: Address, lane: int, call: Callable[[], Awaitable[SendOutcome]], adds: int
    ) -> SendOutcome:
        # A cancelled send raises, as everything cancelled does: its claim then lapses and becomes
        # uncertain. An orderly stop calls drain() and waits instead.
        try:
            turn = await self._pacer.turn(address.chat, address.is_group, lane, adds)
        except Stopped:
            return NotSent("stopping")
        except NoTurnSoon as wait:
            return Held(wait.seconds)
        try:
            outcome = await call()
        finally:
            self._pacer.answered(turn)
        if isinstance(outcome, Held):
            self._pacer.hold(address.chat, outcome.seconds)
        return outcome

    async def _call(self, method: str, fields: Json, reading: Reading) -> SendOutcome:
        """Past the library's objects: what we say is ready, and of the answer we need little."""
        try:
            body = orjson.dumps(fields)
        except orjson.JSONEncodeError:  # half a surrogate pair, which fits into no UTF-8
            return Rejected("not a text")
        return await ended(self.request.post_json(self._address_of(method), body), reading)

    def _address_of(self, method: str) -> str:
        return f"{self.bot.base_url}/{method}"


async def open_gateway(
    token: str,
    api_url: str,
    clock: Clock,
    limits: Limits | None = None,
    in_flight: int = IN_FLIGHT,
) -> TelegramGateway:
    """A gateway whose token the channel has accepted; raises CannotOpen."""
    if not _TOKEN.fullmatch(token):
        raise CannotOpen(BAD_TOKEN)
    base = api_url.rstrip("/")
    request = AiohttpRequest(in_flight + BESIDE, proxy=proxy_to(base))
    bot = DiscreetBot(
        token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=request,
        get_updates_request=request,
    )
    try:
        await bot.initialize()
    except Exception as error:
        await bot.shutdown()
        # Without its cause: the library's text quotes the token.
        raise CannotOpen(_why(error)) from None
    except asyncio.CancelledError:
        await bot.shutdown()
        raise
    return TelegramGateway(bot, request, Pacer(limits or Limits(), clock.monotonic))


def _why(error: Exception) -> str:
    if isinstance(error, InvalidToken):
        rejection = error.__cause__ or error
        return NOT_A_BOT_API if rejection.__cause__ is not None else BAD_TOKEN
    return UNREACHABLE if isinstance(error, TelegramError) else NOT_A_BOT_API
