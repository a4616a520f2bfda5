"""What the doctor asks at the other end: what the bot may do in a group, what time it is there."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from email.utils import parsedate_to_datetime

from aiohttp import ClientError, ClientSession, ClientTimeout

from domain.model.chat import Chat, ChatState
from handlers.cli.doors import BotDoor

MAY_POST = frozenset({"creator", "administrator", "member"})
MOST_SKEW = 5.0
SIDE_BY_SIDE = 8
PATIENCE = ClientTimeout(total=10)


async def standings(gateway: BotDoor, chats: Sequence[Chat]) -> list[str]:
    """What the bot is in each group, in the channel's own word, or what kept us from knowing."""
    gate = asyncio.Semaphore(SIDE_BY_SIDE)

    async def ask(chat: Chat) -> str:
        if chat.state is ChatState.LOST:
            return chat.state
        async with gate:
            try:
                member = await gateway.bot.get_chat_member(chat.address.chat, gateway.bot_id)
            except Exception as error:
                return type(error).__name__  # its text might quote the token
            return str(member.status)

    return await asyncio.gather(*(ask(chat) for chat in chats))


async def skew(url: str, now: Callable[[], datetime]) -> float | None:
    """Seconds by which we are ahead of the server; None if it does not answer or does not say."""
    try:
        async with (
            ClientSession(timeout=PATIENCE, trust_env=True) as session,
            session.head(url, allow_redirects=False) as response,
        ):
            there = parsedate_to_datetime(response.headers["Date"])
    except (ClientError, TimeoutError, ValueError, KeyError):
        return None
    # The header leaves out the fraction of a second.
    return float(round((now() - there).total_seconds()))
