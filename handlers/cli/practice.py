"""The practice Telegram's control API: making its bot, its people and its groups."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import ClientError, ClientSession, ClientTimeout

from handlers.cli.probe import until_it_answers
from handlers.trouble import CannotStart

PATIENCE = 15.0
"""Seconds that the sandbox may take to start."""


@dataclass(frozen=True, slots=True)
class Practice:
    """A practice Telegram that answers (Telegram thực hành)."""

    url: str
    session: ClientSession

    async def bot(self, token: str, username: str, name: str) -> None:
        await self._make("bots", {"token": token, "username": username, "name": name})

    async def user(self, user_id: int, name: str, note: str) -> None:
        wish = {"id": user_id, "first_name": name, "language_code": "vi", "role_note": note}
        await self._make("users", wish)

    async def group(
        self, chat_id: int, title: str, admins: Sequence[int], members: Sequence[int], bot: str
    ) -> None:
        people = {"admins": list(admins), "members": list(members), "bots": [bot]}
        await self._make("chats", {"id": chat_id, "type": "supergroup", "title": title, **people})

    async def start(self, user_id: int, bot: str) -> None:
        """This person opens the bot's private chat, so that it may write to them."""
        await self._make("start", {"user": user_id, "bot": bot})

    async def _make(self, what: str, wish: dict[str, object]) -> None:
        try:
            async with self.session.post(f"{self.url}/control/{what}", json=wish) as response:
                if response.ok:
                    return
                why = (await response.json())["error"]
        except (ClientError, TimeoutError, ValueError, KeyError) as error:
            raise CannotStart("cli.sandbox_silent", url=self.url) from error
        raise CannotStart("cli.sandbox_refused", url=self.url, why=why)


@asynccontextmanager
async def practice_at(url: str) -> AsyncIterator[Practice]:
    """The sandbox at this address, once it answers; CannotStart if it does not."""
    try:
        async with asyncio.timeout(PATIENCE):
            await until_it_answers(f"{url}/control/health")
    except TimeoutError:
        raise CannotStart("cli.sandbox_silent", url=url) from None
    async with ClientSession(timeout=ClientTimeout(total=PATIENCE)) as session:
        yield Practice(url, session)
