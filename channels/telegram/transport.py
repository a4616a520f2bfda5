"""HTTP to the Bot API over kept connections; what goes wrong is told without the bot's token."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

LARGEST_ANSWER = 32 * 1024 * 1024
"""Bytes: more than a hundred updates need, or a file, of which the Bot API hands out 20 MB."""
KEPT = 15.0
"""Seconds a connection may idle: less than a server allows, or a send meets a closing one."""

# Found with real sockets on both event loops (tests/contract/channels/test_real_sockets.py). Each
# is raised while a connection is made, before the first byte of the request. What happens to a
# connection that stands (ServerDisconnectedError, ClientOSError) is not on the list: there the
# client itself does not know how far the request came.
BEFORE_THE_REQUEST = (
    aiohttp.ClientConnectorError,  # refused, no route, no such name, no handshake
    aiohttp.ConnectionTimeoutError,  # no connection in time, whether a new one or a free one
    aiohttp.ClientHttpProxyError,  # the proxy opened no tunnel
)
_HEADERS = {"Content-Type": "application/json"}


class NeverLeft(NetworkError):
    """No byte of the request can have reached the server."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How many seconds each part of a call may take."""

    # Together less than a stop may take (35 s), and half of what a claim's lease lasts.
    read: float = 15.0
    write: float = 5.0
    connect: float = 5.0
    pool: float = 5.0
    file: float = 20.0
    """Instead of `write` where a file goes along, up or down."""


class AiohttpRequest(BaseRequest):
    """All calls of one bot: none is ever repeated here, and no redirect is followed."""

    def __init__(
        self, connections: int, patience: Patience | None = None, proxy: str | None = None
    ) -> None:
        self._connections = connections
        self._patience = patience or Patience()
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._patience.read

    async def initialize(self) -> None:
        """Open the pool; one that is open stays as it is."""
        if self._session is None or self._session.closed:
            known = self._patience
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=KEPT),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                proxy=self._proxy,
                timeout=_timeout(known.read, known.write, known.connect, known.pool),
            )

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """A call of the Telegram library's own, with or without files."""
        known = self._patience
        files = method == "GET" or (request_data is not None and request_data.contains_files)
        timeout = _timeout(
            _seconds(read_timeout, known.read),
            _seconds(write_timeout, known.file if files else known.write),
            _seconds(connect_timeout, known.connect),
            _seconds(pool_timeout, known.pool),
        )
        return await self._exchange(method, url, data=_form(request_data), timeout=timeout)

    async def post_json(self, url: str, body: bytes) -> tuple[int, bytes]:
        """A call whose body is ready: the answer's status, and its body as it came."""
        return await self._exchange("POST", url, data=body, headers=_HEADERS)

    async def post_files(
        self, url: str, fields: Mapping[str, str], files: Mapping[str, tuple[str, bytes]]
    ) -> tuple[int, bytes]:
        """A call that brings files along: the name and the content of each, by its field."""
        form, known = aiohttp.FormData(fields, quote_fields=False), self._patience
        for field, (name, content) in files.items():
            form.add_field(field, BytesIO(content), filename=name)
        timeout = _timeout(known.read, known.file, known.connect, known.pool)
        return await self._exchange("POST", url, data=form, timeout=timeout)

    async def stream(self, url: str, most: int) -> AsyncIterator[bytes]:
        """A file piece by piece; raises NetworkError as soon as it is longer than `most` bytes."""
        session, known = self._opened, self._patience
        timeout = _timeout(known.read, known.file, known.connect, known.pool)
        try:
            async with session.get(url, allow_redirects=False, timeout=timeout) as found:
                if found.status != HTTPStatus.OK:
                    raise aiohttp.ClientPayloadError
                async for piece in _pieces(found.content, most):
                    yield piece
            return
        except Exception as error:
            failure = _told(error)
        raise failure

    async def _exchange(self, method: str, url: str, **request: Any) -> tuple[int, bytes]:
        session = self._opened
        try:
            async with session.request(method, url, allow_redirects=False, **request) as found:
                pieces = [piece async for piece in _pieces(found.content, LARGEST_ANSWER)]
                return found.status, b"".join(pieces)
        except Exception as error:
            failure = _told(error)
        # Out here, so that it has neither cause nor context: an error of the client's may hold the
        # address, and with it the token.
        raise failure

    @property
    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise RuntimeError("initialize() comes first")
        return self._session


def proxy_to(url: str) -> str | None:
    """The proxy that the environment names for this address (HTTPS_PROXY, ALL_PROXY, NO_PROXY)."""
    address = urlsplit(url)
    if proxy_bypass(address.hostname or ""):
        return None
    proxies = getproxies()
    return proxies.get(address.scheme) or proxies.get("all")


async def _pieces(content: aiohttp.StreamReader, most: int) -> AsyncIterator[bytes]:
    room = most
    async for piece in content.iter_any():
        room -= len(piece)
        if room < 0:
            raise aiohttp.ClientPayloadError(f"longer than {most} bytes")
        yield piece


def _told(error: Exception) -> NetworkError:
    """The same trouble by its name alone."""
    name = type(error).__name__
    if isinstance(error, BEFORE_THE_REQUEST):
        return NeverLeft(name)
    return TimedOut(name) if isinstance(error, TimeoutError) else NetworkError(name)


def _timeout(
    read: float | None, write: float | None, connect: float | None, pool: float | None
) -> aiohttp.ClientTimeout:
    # The client knows no time for writing and none for waiting in line. What bounds them is the
    # whole, which only ends after the time to connect has: it never hides that nothing has left.
    return aiohttp.ClientTimeout(
        total=_sum(read, write, connect, pool), connect=_sum(connect, pool), sock_read=read
    )


def _sum(*parts: float | None) -> float | None:
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None


def _seconds(given: object, usual: float) -> float | None:
    """None, which the library allows, is no limit; its own mark for "not given" is the usual."""
    return float(given) if isinstance(given, int | float) else None if given is None else usual


def _form(asked: RequestData | None) -> aiohttp.FormData | None:
    if asked is None:
        return None
    # Unquoted, or a Vietnamese file name arrives percent-encoded.
    form = aiohttp.FormData(asked.json_parameters, quote_fields=False)
    for field, (name, content, kind) in asked.multipart_data.items():
        # As a file, which goes out in pieces; bytes would go out at once.
        file = BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(field, file, filename=name, content_type=kind)
    return form
