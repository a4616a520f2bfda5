"""The Telegram library's calls over our client: its own errors, proxies, and never the token."""

import asyncio
import io
import traceback
from base64 import b64encode
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from channels.telegram.gateway import TelegramGateway
from channels.telegram.transport import NeverLeft, proxy_to
from tests.unit.channels.faulty_server import (
    TOKEN,
    Behaviour,
    answers,
    closes_after_reading,
    closes_unread,
    gateway_to,
    never_accepting,
    never_answers,
    refuses,
    refusing,
    request_of,
    resets_after_reading,
    self_signed,
    serving,
)

SECRET = TOKEN.partition(":")[2]


@pytest.mark.parametrize(
    ("behave", "error"),
    [
        (never_answers, TimedOut),
        (closes_after_reading, NetworkError),
        (answers(200, '{"ok":', told_length=400), NetworkError),
        (answers(200, "{broken"), TelegramError),
        (answers(302, "<html>"), NetworkError),
        (refuses(502, "Bad Gateway"), NetworkError),
        (refuses(429, "Too Many Requests: retry after 7", retry_after=7), RetryAfter),
        (refuses(400, "Bad Request: upgraded", migrate_to_chat_id=-1009), ChatMigrated),
        (refuses(400, "Bad Request: chat not found"), BadRequest),
        (refuses(403, "Forbidden: bot was kicked"), Forbidden),
        (refuses(401, "Unauthorized"), InvalidToken),
        (refuses(409, "Conflict: terminated by other getUpdates request"), Conflict),
    ],
)
async def test_the_library_raises_its_own_errors(
    behave: Behaviour, error: type[TelegramError]
) -> None:
    async with serving(behave) as url, gateway_to(url) as gateway:
        with pytest.raises(TelegramError) as trouble:
            await gateway.bot.send_message(-1001, "x")

    assert type(trouble.value) is error


async def test_the_library_is_told_when_nothing_has_left() -> None:
    async with refusing() as url, gateway_to(url) as gateway:
        with pytest.raises(NeverLeft):
            await gateway.bot.get_me()


@asynccontextmanager
async def address(url: str) -> AsyncIterator[str]:
    yield url


@asynccontextmanager
async def secured(place: AbstractAsyncContextManager[str]) -> AsyncIterator[str]:
    async with place as url:
        yield url.replace("http:", "https:")


FAILURES: dict[str, Callable[[], AbstractAsyncContextManager[str]]] = {
    "refused": refusing,
    "not taken": never_accepting,
    "no address": lambda: address("nonsense"),
    "no address either": lambda: address("http://[nonsense"),
    "no such host": lambda: address("http://no-such-host.invalid"),
    "no handshake": lambda: secured(serving(closes_unread)),
    "no handshake in time": lambda: secured(serving(never_answers)),
    "strange certificate": lambda: secured(serving(never_answers, tls=self_signed())),
    "closed unread": lambda: serving(closes_unread),
    "closed": lambda: serving(closes_after_reading),
    "reset": lambda: serving(resets_after_reading),
    "not answered": lambda: serving(never_answers),
    "half an answer": lambda: serving(answers(200, "{}", told_length=400)),
    "no HTTP": lambda: serving(answers(-1, TOKEN)),
}
CALLS: dict[str, Callable[[TelegramGateway], Awaitable[object]]] = {
    "library": lambda gateway: gateway.bot.get_me(),
    "ready": lambda gateway: gateway.request.post_json(f"{gateway.bot.base_url}/x", b"{}"),
    "file": lambda gateway: whole(gateway.request.stream(f"{gateway.bot.base_url}/x", 9)),
}


async def whole(pieces: AsyncIterator[bytes]) -> list[bytes]:
    return [piece async for piece in pieces]


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
@pytest.mark.parametrize("place", FAILURES.values(), ids=FAILURES.keys())
async def test_no_failure_tells_the_token(
    lines: io.StringIO,
    place: Callable[[], AbstractAsyncContextManager[str]],
    call: Callable[[TelegramGateway], Awaitable[object]],
) -> None:
    async with place() as url, gateway_to(url) as gateway:
        with pytest.raises(NetworkError) as trouble:
            await call(gateway)

    assert SECRET not in lines.getvalue()
    assert SECRET not in "".join(traceback.format_exception(trouble.value))
    assert trouble.value.__context__ is None  # what is not there cannot be written down


async def test_a_proxy_that_refuses_leaves_neither_token_nor_password(lines: io.StringIO) -> None:
    async with serving(answers(407, TOKEN)) as url:
        asked = url.replace("http://", "http://em:chia-khoa@")
        async with gateway_to("https://api.invalid", proxy=asked) as gateway:
            with pytest.raises(NeverLeft) as trouble:
                await gateway.bot.get_me()

    told = lines.getvalue() + "".join(traceback.format_exception(trouble.value))
    assert SECRET not in told
    assert "chia-khoa" not in told


async def test_a_proxy_gets_its_password_and_not_the_token() -> None:
    heard: list[bytes] = []

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await request_of(reader))

    async with serving(proxy) as url:
        asked = url.replace("http://", "http://em:khoa@")
        async with gateway_to("https://api.invalid", proxy=asked) as gateway:
            with pytest.raises(NetworkError):
                await gateway.bot.get_me()

    assert b"Proxy-Authorization: Basic " + b64encode(b"em:khoa") in heard[0]
    assert SECRET.encode() not in heard[0]


@pytest.mark.parametrize(
    ("name", "value", "proxy"),
    [
        ("HTTPS_PROXY", "http://proxy:3128", "http://proxy:3128"),
        ("ALL_PROXY", "http://proxy:3128", "http://proxy:3128"),
        ("HTTP_PROXY", "http://proxy:3128", None),
    ],
)
def test_the_environment_names_the_proxy(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, proxy: str | None
) -> None:
    forget_proxies(monkeypatch)
    monkeypatch.setenv(name, value)

    assert proxy_to("https://api.telegram.org") == proxy


def test_what_needs_no_proxy_gets_none(monkeypatch: pytest.MonkeyPatch) -> None:
    forget_proxies(monkeypatch)
    monkeypatch.setenv("ALL_PROXY", "http://proxy:3128")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")

    assert proxy_to("http://127.0.0.1:8081") is None


def forget_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
