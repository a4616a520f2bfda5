"""What surely never left is found out with real sockets, on each event loop that we run on."""

import asyncio
from contextlib import AbstractAsyncContextManager

import pytest
from telegram.error import NetworkError, TimedOut

from channels.telegram.transport import NeverLeft
from domain.model.chat import Address
from domain.model.delivery import (
    Held,
    Lane,
    Lost,
    Moved,
    NotSent,
    Payload,
    Rejected,
    SendOutcome,
    Unauthorised,
    Unknown,
)
from tests.unit.channels.faulty_server import (
    Behaviour,
    Kept,
    answers,
    closes_after_reading,
    closes_unread,
    gateway_to,
    never_accepting,
    never_answers,
    never_reads,
    refuses,
    refusing,
    request_of,
    resets_after_reading,
    self_signed,
    serving,
)

GROUP = Address("telegram", 123456, "-1001", is_group=True)
WORDS = Payload("Nước lớn từ 16 giờ")


async def outcome_at(place: AbstractAsyncContextManager[str], tls: bool = False) -> SendOutcome:
    async with place as url, gateway_to(url.replace("http:", "https:") if tls else url) as gateway:
        return await gateway.send(GROUP, WORDS, Lane.BULK)


async def test_a_refused_connection_is_surely_not_sent() -> None:
    assert await outcome_at(refusing()) == NotSent("ClientConnectorError")


async def test_a_call_that_nobody_takes_is_surely_not_sent() -> None:
    assert await outcome_at(never_accepting()) == NotSent("ConnectionTimeoutError")


async def test_a_handshake_that_is_cut_off_is_surely_not_sent() -> None:
    assert await outcome_at(serving(closes_unread), tls=True) == NotSent("ClientConnectorError")


async def test_a_handshake_that_nobody_answers_is_surely_not_sent() -> None:
    silent = serving(never_answers)

    assert await outcome_at(silent, tls=True) == NotSent("ConnectionTimeoutError")


async def test_a_certificate_that_nobody_vouches_for_is_surely_not_sent() -> None:
    strange = serving(never_answers, tls=self_signed())

    assert await outcome_at(strange, tls=True) == NotSent("ClientConnectorCertificateError")


async def test_a_name_that_leads_nowhere_is_surely_not_sent() -> None:
    async with gateway_to("http://no-such-host.invalid") as gateway:
        assert isinstance(await gateway.send(GROUP, WORDS, Lane.BULK), NotSent)


async def through(place: AbstractAsyncContextManager[str]) -> SendOutcome:
    async with place as proxy, gateway_to("https://api.invalid", proxy=proxy) as gateway:
        return await gateway.send(GROUP, WORDS, Lane.BULK)


async def test_a_proxy_that_opens_no_tunnel_is_surely_not_sent() -> None:
    refusal = serving(answers(503, "no way through"))

    assert await through(refusal) == NotSent("ClientHttpProxyError")


async def test_a_proxy_that_is_not_there_is_surely_not_sent() -> None:
    assert await through(refusing()) == NotSent("ClientProxyConnectionError")


async def test_a_proxy_that_says_nothing_is_surely_not_sent() -> None:
    assert await through(serving(never_answers)) == NotSent("ConnectionTimeoutError")


async def test_a_proxy_that_hangs_up_cannot_be_told_from_a_server_that_does() -> None:
    assert await through(serving(closes_after_reading)) == Unknown("ServerDisconnectedError")


async def test_a_send_that_found_no_free_connection_is_surely_not_sent() -> None:
    other = Address("telegram", 123456, "-1002", is_group=True)
    async with serving(never_answers) as url, gateway_to(url, connections=1) as gateway:
        sends = (gateway.send(chat, WORDS, Lane.BULK) for chat in (GROUP, other))

        assert await asyncio.gather(*sends) == [
            Unknown("SocketTimeoutError"),
            NotSent("ConnectionTimeoutError"),
        ]


async def test_a_server_that_takes_nothing_in_is_given_up_and_may_have_got_it() -> None:
    async with serving(never_reads) as url, gateway_to(url) as gateway:
        with pytest.raises(TimedOut):
            await gateway.bot.send_document(-1001, b"n" * 16_000_000)


async def test_a_send_into_a_closing_connection_is_unknown_and_not_repeated() -> None:
    # The client repeats other methods by itself when a kept connection turns out to be closed.
    async with Kept() as server, gateway_to(server.url) as gateway:
        await server.answer(gateway.request.post_json(f"{server.url}/a", b"{}"))
        server.hang_up()

        with pytest.raises(NetworkError) as trouble:
            await gateway.request.post_json(f"{server.url}/b", b"{}")

        assert not isinstance(trouble.value, NeverLeft)
        assert not server.is_called_again()


async def test_a_send_that_a_kept_connection_swallows_is_unknown_and_not_repeated() -> None:
    async with Kept() as server, gateway_to(server.url) as gateway:
        await server.answer(gateway.request.post_json(f"{server.url}/a", b"{}"))
        sending = asyncio.ensure_future(gateway.send(GROUP, WORDS, Lane.BULK))
        await server.hear()
        server.hang_up()

        assert isinstance(await sending, Unknown)
        assert not server.is_called_again()


async def test_no_redirect_is_followed() -> None:
    heard: list[bytes] = []

    async def lead_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await request_of(reader))
        writer.write(b"HTTP/1.1 307 X\r\nLocation: /b\r\nConnection: close\r\n\r\n")

    assert isinstance(await outcome_at(serving(lead_on)), Unknown)
    assert len(heard) == 1


MESSAGE_WITHOUT_CHAT = {"ok": True, "result": {"message_id": 1, "date": 0}}
AFTER_CONNECTING: list[tuple[str, Behaviour, SendOutcome]] = [
    ("never answers", never_answers, Unknown("SocketTimeoutError")),
    ("closes after reading", closes_after_reading, Unknown("ServerDisconnectedError")),
    ("resets after reading", resets_after_reading, Unknown("ClientOSError")),
    ("half an answer", answers(200, '{"ok":', told_length=400), Unknown("ClientPayloadError")),
    ("502", refuses(502, "Bad Gateway"), Unknown("Bad Gateway")),
    ("500", refuses(500, "Internal Server Error"), Unknown("Internal Server Error")),
    ("a page with 504", answers(504, "<html>"), Unknown("no answer of the channel (504)")),
    ("a page with 403", answers(403, "<html>"), Unknown("no answer of the channel (403)")),
    ("a page with 400", answers(400, "<html>"), Unknown("no answer of the channel (400)")),
    ("a page with 302", answers(302, "<html>"), Unknown("no answer of the channel (302)")),
    ("no result", answers(200, {"ok": True}), Unknown("no answer of the channel (200)")),
    ("429", refuses(429, "Too Many Requests: retry after 7", retry_after=7), Held(7)),
    ("429 with no time", refuses(429, "Too Many Requests"), Held(30)),
    ("a page with 429", answers(429, "<html>"), Unknown("no answer of the channel (429)")),
    ("migrated", refuses(400, "Bad Request: upgraded", migrate_to_chat_id=-1009), Moved("-1009")),
    ("kicked", refuses(403, "Forbidden: bot was kicked"), Lost("Forbidden: bot was kicked")),
    ("bad text", refuses(400, "Bad Request: can't parse"), Rejected("Bad Request: can't parse")),
    ("401", refuses(401, "Unauthorized"), Unauthorised("Unauthorized")),
    ("404", refuses(404, "Not Found"), Unauthorised("Not Found")),
]


@pytest.mark.parametrize(
    ("behave", "outcome"),
    [case[1:] for case in AFTER_CONNECTING],
    ids=[case[0] for case in AFTER_CONNECTING],
)
async def test_what_was_read_has_its_outcome(behave: Behaviour, outcome: SendOutcome) -> None:
    assert await outcome_at(serving(behave)) == outcome


@pytest.mark.parametrize(
    "behave",
    [
        closes_unread,
        answers(200, "{broken"),
        answers(200, MESSAGE_WITHOUT_CHAT),
        answers(200, []),
        answers(200, {"ok": True, "result": True}),
    ],
)
async def test_whatever_else_goes_wrong_is_unknown(behave: Behaviour) -> None:
    assert isinstance(await outcome_at(serving(behave)), Unknown)


async def test_a_cancelled_send_raises_and_is_left_to_its_lease() -> None:
    received = asyncio.Event()

    async def hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_of(reader)
        received.set()
        await reader.read()

    async with serving(hear) as url, gateway_to(url) as gateway:
        sending = asyncio.ensure_future(gateway.send(GROUP, WORDS, Lane.BULK))
        await received.wait()
        sending.cancel()

        with pytest.raises(asyncio.CancelledError):
            await sending


async def test_draining_lets_what_has_started_end_and_starts_nothing_more() -> None:
    received, go_on = asyncio.Event(), asyncio.Event()

    async def hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        received.set()
        await go_on.wait()
        await refuses(403, "Forbidden: bot was kicked")(reader, writer)

    async with serving(hear) as url, gateway_to(url) as gateway:
        started = asyncio.ensure_future(gateway.send(GROUP, WORDS, Lane.BULK))
        waiting = asyncio.ensure_future(gateway.send(GROUP, WORDS, Lane.BULK))
        await received.wait()
        gateway.drain()
        go_on.set()

        assert await waiting == NotSent("stopping")
        assert await started == Lost("Forbidden: bot was kicked")


async def test_after_a_429_the_chat_is_left_alone() -> None:
    silence = refuses(429, "Too Many Requests: retry after 40", retry_after=40)
    async with serving(silence) as url, gateway_to(url) as gateway:
        await gateway.send(GROUP, WORDS, Lane.BULK)

        assert gateway.wait(GROUP) > 39
        assert isinstance(await gateway.send(GROUP, WORDS, Lane.BULK), Held)
