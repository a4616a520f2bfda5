"""A client of the control API and the small cast these tests are about."""

import ssl
from io import BytesIO
from typing import Any

import aiohttp
from telegram import Bot, Update
from telegram.request import HTTPXRequest

IN_CLEAR = {"verify": ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)}
"""The sandbox is spoken to in clear: to read a list of authorities costs more than most tests."""
TOKEN = "42:AAA"
BOT_ID = 42
BOT = "practice_bot"
OTHER_TOKEN = "43:BBB"
OTHER_BOT = "second_bot"
EM, AN, STRANGER = 7, 8, 9
GROUP, SUPERGROUP, CHANNEL = -5, -1000000000005, -1000000000009


class Practice:
    """Talks to a running sandbox the way a person or a test would."""

    def __init__(self, address: str, session: aiohttp.ClientSession) -> None:
        self.address = address
        self._session = session

    async def post(self, deed: str, **wish: Any) -> Any:
        return await self._ask("POST", deed, json=wish)

    async def get(self, what: str, **query: Any) -> Any:
        return await self._ask("GET", what, params=query)

    async def delete(self, what: str) -> Any:
        return await self._ask("DELETE", what)

    async def call(self, method: str, token: str = TOKEN, **params: Any) -> tuple[int, Any]:
        """A bare Bot API call: status and body."""
        url = f"{self.address}/bot{token}/{method}"
        async with self._session.post(url, json=params) as response:
            return response.status, await response.json()

    async def upload(self, name: str, content: bytes, **fields: str) -> Any:
        form = aiohttp.FormData(fields)
        form.add_field(
            "file", BytesIO(content), filename=name, content_type="application/octet-stream"
        )
        return await self._ask("POST", "upload", data=form)

    async def raw(self, path: str, **kwargs: Any) -> tuple[aiohttp.ClientResponse, bytes]:
        async with self._session.get(self.address + path, **kwargs) as response:
            return response, await response.read()

    async def populate(self) -> None:
        await self.post("bots", token=TOKEN, username=BOT, name="Bot thực hành")
        await self.post("users", id=EM, first_name="Em", language_code="vi", role_note="người dân")
        await self.post("users", id=AN, first_name="An", username="an_nguyen")
        await self.post("users", id=STRANGER, first_name="Khách")

    async def make_group(self, chat_id: int = GROUP, **changes: Any) -> None:
        kind = "supergroup" if chat_id == SUPERGROUP else "group"
        wish = {
            "type": kind,
            "title": "Ấp Mỹ Thuận",
            "admins": [AN],
            "members": [EM],
            "bots": [BOT],
        }
        await self.post("chats", id=chat_id, **(wish | changes))

    async def receipts(self) -> list[Any]:
        return list((await self.get("receipts"))["receipts"])

    async def calls(self, method: str) -> list[Any]:
        lines = (await self.get("calls"))["calls"]
        return [line for line in lines if line["method"] == method]

    async def texts(self, user: int, chat: int | str) -> list[str]:
        found = await self.get("messages", user=user, chat=chat)
        return [message.get("text", "") for message in found["messages"]]

    async def _ask(self, verb: str, path: str, **kwargs: Any) -> Any:
        url = f"{self.address}/control/{path}"
        async with self._session.request(verb, url, **kwargs) as response:
            answer = await response.json()
            assert response.status == 200, (response.status, answer)
            return answer


def client(practice: Practice, token: str = TOKEN) -> Bot:
    """The library's own client, pointed at the sandbox."""
    return Bot(
        token,
        base_url=f"{practice.address}/bot",
        base_file_url=f"{practice.address}/file/bot",
        request=HTTPXRequest(connection_pool_size=8, httpx_kwargs=IN_CLEAR),
        get_updates_request=HTTPXRequest(connection_pool_size=1, httpx_kwargs=IN_CLEAR),
    )


async def heard(bot: Bot) -> list[Update]:
    """Everything waiting, which is acknowledged thereby."""
    updates = list(await bot.get_updates())
    if updates:
        await bot.get_updates(offset=updates[-1].update_id + 1)
    return updates
