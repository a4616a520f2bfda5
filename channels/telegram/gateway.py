"""The door out to Telegram: an address and words go in, an outcome comes back."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from telegram import (
    Bot,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
)
from telegram.constants import CallbackQueryLimit, MessageLimit, ParseMode
from telegram.error import InvalidToken, TelegramError
from telegram.helpers import create_deep_linked_url
from telegram.request import HTTPXRequest

from channels.pacer import Limits, NoTurnSoon, Pacer, Stopped
from channels.telegram.masking import mask
from channels.telegram.outcomes import already_so, outcome_of
from domain.clock import Clock
from domain.model.chat import Address
from domain.model.delivery import (
    ButtonRows,
    Capabilities,
    Held,
    Lane,
    NotSent,
    Payload,
    SendOutcome,
    Sent,
)

log = logging.getLogger(__name__)

SENDING = 32
POLLING = 2
"""Connections kept for each."""
# Together less than a stop may take (35 s), and half of what a claim's lease lasts.
READ_TIMEOUT = 15.0
OTHER_TIMEOUT = 5.0

SCOPES: dict[str, BotCommandScope] = {
    "default": BotCommandScopeDefault(),
    "private": BotCommandScopeAllPrivateChats(),
    "groups": BotCommandScopeAllGroupChats(),
}
BAD_TOKEN = "bad_token"  # noqa: S105 - the name of a fault, not a secret
UNREACHABLE = "unreachable"
NOT_A_BOT_API = "not_a_bot_api"
_TOKEN = re.compile(r"\d+:[\w-]+", re.ASCII)


@dataclass(eq=False)
class CannotOpen(Exception):
    """The gateway cannot be opened; `reason` is one of the three names above."""

    reason: str


class TelegramGateway:
    """One bot's door out; every send has its turn, and none of them raises."""

    capabilities = Capabilities(
        text_limit=MessageLimit.MAX_TEXT_LENGTH,
        buttons=True,
        edits=True,
        deletes=True,
        links=True,
    )

    def __init__(self, bot: Bot, pacer: Pacer) -> None:
        self.bot = bot
        self._pacer = pacer

    @property
    def bot_id(self) -> int:
        return self.bot.id

    async def send(self, address: Address, payload: Payload, lane: int) -> SendOutcome:
        """Put the words in the chat."""

        async def post() -> Sent:
            return _receipt(
                await self.bot.send_message(
                    address.chat,
                    payload.markup,
                    parse_mode=ParseMode.HTML,
                    link_preview_options=LinkPreviewOptions(is_disabled=True),
                    message_thread_id=int(address.thread) if address.thread else None,
                    reply_markup=keyboard(payload.buttons),
                )
            )

        return await self._in_turn(address, lane, post, adds=True)

    async def edit(self, address: Address, message_id: str, payload: Payload) -> SendOutcome:
        """Put other words in place of these; buttons that are not named go away."""

        async def change() -> Sent:
            await self.bot.edit_message_text(
                payload.markup,
                chat_id=address.chat,
                message_id=int(message_id),
                parse_mode=ParseMode.HTML,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
                reply_markup=keyboard(payload.buttons),
            )
            return Sent(message_id)

        return await self._unless_so(address, message_id, change)

    async def delete(self, address: Address, message_id: str) -> SendOutcome:
        """Take the message out of the chat; one that is gone already counts as done."""

        async def remove() -> Sent:
            await self.bot.delete_message(address.chat, int(message_id))
            return Sent(message_id)

        return await self._unless_so(address, message_id, remove)

    async def acknowledge(self, press: str, notice: str = "", alert: bool = False) -> None:
        """End a button's waiting mark; nothing is owed here, so trouble is only noted."""
        shown = notice[: CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH]
        try:
            await self.bot.answer_callback_query(press, shown or None, alert)
        except Exception as error:
            log.info("press not acknowledged: %s", mask(repr(error)))

    def deep_link(self, start: str) -> str:
        return create_deep_linked_url(self.bot.username, start)

    def wait(self, address: Address) -> float:
        return self._pacer.wait(address.chat, address.is_group)

    async def set_commands(
        self, commands: Sequence[tuple[str, str]], language: str = "", scope: str = "default"
    ) -> bool:
        """Show this menu of (command, description) where `scope` says; False if it was refused.

        `scope` is one of SCOPES, or the id of one private chat.
        """
        try:
            return await self.bot.set_my_commands(
                commands, scope=_scope(scope), language_code=language or None
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

    async def _unless_so(
        self, address: Address, message_id: str, call: Callable[[], Awaitable[Sent]]
    ) -> SendOutcome:
        async def attempt() -> Sent:
            try:
                return await call()
            except TelegramError as error:
                if already_so(error):
                    return Sent(message_id)
                raise

        return await self._in_turn(address, Lane.PERSON, attempt, adds=False)

    async def _in_turn(
        self, address: Address, lane: int, call: Callable[[], Awaitable[Sent]], adds: bool
    ) -> SendOutcome:
        # A cancelled send raises, as everything cancelled does: its claim then lapses and becomes
        # uncertain. An orderly stop calls drain() and waits instead.
        try:
            await self._pacer.turn(address.chat, address.is_group, lane, adds)
            return await call()
        except Stopped:
            return NotSent("stopping")
        except NoTurnSoon as wait:
            return Held(wait.seconds)
        except Exception as error:
            outcome = outcome_of(error)
        if isinstance(outcome, Held):
            self._pacer.hold(address.chat, outcome.seconds)
        return outcome


async def open_gateway(
    token: str, api_url: str, clock: Clock, limits: Limits | None = None
) -> TelegramGateway:
    """A gateway whose token the channel has accepted; raises CannotOpen."""
    if not _TOKEN.fullmatch(token):
        raise CannotOpen(BAD_TOKEN)
    base = api_url.rstrip("/")
    bot = Bot(
        token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=_connections(SENDING),
        get_updates_request=_connections(POLLING),
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
    return TelegramGateway(bot, Pacer(limits or Limits(), clock.monotonic))


def _connections(most: int) -> HTTPXRequest:
    return HTTPXRequest(
        connection_pool_size=most,
        read_timeout=READ_TIMEOUT,
        write_timeout=OTHER_TIMEOUT,
        connect_timeout=OTHER_TIMEOUT,
        pool_timeout=OTHER_TIMEOUT,
    )


def keyboard(rows: ButtonRows) -> InlineKeyboardMarkup | None:
    """The rows as Telegram's inline keyboard; None where there are no buttons."""
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(face.label, url=face.url)
                if face.url
                else InlineKeyboardButton(face.label, callback_data=face.press)
                for face in row
            ]
            for row in rows
        ]
    )


def _scope(name: str) -> BotCommandScope:
    return SCOPES.get(name) or BotCommandScopeChat(name)


def _receipt(message: Message) -> Sent:
    # Only supergroups and channels have links that a member can open.
    return Sent(str(message.message_id), message.link or "")


def _why(error: Exception) -> str:
    if isinstance(error, InvalidToken):
        rejection = error.__cause__ or error
        return NOT_A_BOT_API if rejection.__cause__ is not None else BAD_TOKEN
    return UNREACHABLE if isinstance(error, TelegramError) else NOT_A_BOT_API
