"""Telegram brings its updates: nothing is believed without the secret, nothing lost after 200."""

import asyncio
import io
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import RawTestServer

from domain.errors import MemoryLost
from handlers.telegram.webhook import LARGEST_BODY, SECRET_HEADER, TakeIn
from tests.integration.storage.cast import BOT
from tests.integration.telegram.house import EM_ID, House, says

SECRET = "A-canary_7"


@dataclass(frozen=True)
class Hook:
    """The server, and somebody who calls it."""

    house: House
    server: RawTestServer
    session: aiohttp.ClientSession

    async def post(
        self, body: object, secret: str | None = SECRET, bot: int = BOT
    ) -> tuple[int, bytes]:
        headers = {} if secret is None else {SECRET_HEADER: secret}
        url = self.server.make_url(f"/hook/{bot}")
        async with self.session.post(url, data=body, headers=headers) as answer:
            return answer.status, await answer.read()

    async def stored(self) -> list[bytes]:
        return [waiting.body for waiting in await self.house.office.inbox.oldest(BOT, 100)]


@pytest.fixture
async def hook(house: House) -> AsyncIterator[Hook]:
    take_in = TakeIn({str(BOT): house.inlet}, SECRET.encode(), house.rooms.tally)
    server = RawTestServer(take_in)
    await server.start_server(lingering_time=0.0)
    async with aiohttp.ClientSession() as session:
        yield Hook(house, server, session)
    await server.close()


def written(update: dict[str, Any], number: int = 1) -> bytes:
    return json.dumps({"update_id": number} | update).encode()


async def test_an_update_is_stored_as_it_came_before_it_is_taken(hook: Hook) -> None:
    body = b' {"update_id": 5,\n"message": {"chat": {"id": 9, "type": "private"}, "x": "\\ud83d"}} '

    assert await hook.post(body) == (200, b"")
    assert await hook.stored() == [body]


async def test_a_forged_update_is_refused_and_counted(hook: Hook) -> None:
    for secret in (None, "", "A-canary_8", "A-canary_77", "ă" * 10):
        assert await hook.post(written(says("/xem")), secret) == (401, b"")

    assert await hook.stored() == []
    assert hook.house.rooms.tally == {"forged": 5}


async def test_a_forged_update_is_refused_before_its_body_is_read(hook: Hook) -> None:
    """The answer comes although the body that was announced never does."""
    url = hook.server.make_url(f"/{BOT}")
    reader, writer = await asyncio.open_connection(url.host, url.port)
    writer.write(f"POST /{BOT} HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n".encode())
    async with asyncio.timeout(10):
        answered = await reader.readline()
    writer.close()

    assert answered.split()[1] == b"401"


async def test_another_bots_path_leads_nowhere(hook: Hook) -> None:
    assert await hook.post(written(says("/xem")), bot=BOT + 1) == (404, b"")
    assert await hook.stored() == []


async def chunks() -> AsyncIterator[bytes]:
    """More than is read, without saying beforehand how much."""
    for _ in range(LARGEST_BODY // 2**16 + 2):
        yield b" " * 2**16


@pytest.mark.parametrize("told", [True, False], ids=["told", "untold"])
async def test_a_body_beyond_all_measure_is_refused(hook: Hook, told: bool) -> None:
    body = io.BytesIO(b" " * (LARGEST_BODY + 1)) if told else chunks()

    assert (await hook.post(body))[0] == 413
    assert hook.house.rooms.tally == {"too_large": 1}


async def test_what_is_no_update_is_refused(hook: Hook) -> None:
    for body in (b"", b"{", b"[]", b"7", b'{"update_id": "x"}', b"\xff", b"[" * 100_000):
        assert (await hook.post(body))[0] == 400

    assert await hook.stored() == []


async def test_talk_that_was_not_meant_for_the_bot_is_not_stored(hook: Hook) -> None:
    talk = {"message": {"chat": {"id": -5, "type": "group"}, "text": "Nước lên rồi"}}

    assert (await hook.post(written(talk)))[0] == 200
    assert await hook.stored() == []


async def test_what_could_not_be_stored_is_not_taken(
    hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lost(*_: object) -> None:
        raise MemoryLost("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(hook.house.office.inbox.arrivals, "commit", lost)
        assert (await hook.post(written(says("/xem"))))[0] == 503

    assert (await hook.post(written(says("/xem"))))[0] == 200
    assert len(await hook.stored()) == 1


async def test_five_deliveries_at_once_and_out_of_order_have_one_effect(hook: Hook) -> None:
    updates = [written(says("/quyenriengtu", number=n), n) for n in (3, 1, 2)]
    answers = await asyncio.gather(*(hook.post(body) for body in updates * 5))
    await hook.house.handle_all()

    assert {status for status, _ in answers} == {200}
    assert len(hook.house.said_to(EM_ID)) == 3
