"""No log line holds a token or a conversation, at any level, through any library's logger."""

import io
import json
import logging
import traceback

import pytest
import structlog
from telegram.error import InvalidToken, TelegramError
from telegram.ext import ApplicationBuilder

from channels.telegram.gateway import CannotOpen, open_gateway
from channels.telegram.masking import LogMask, mask
from domain.clock import SystemClock
from domain.model.chat import Address
from domain.model.delivery import Lane, Payload
from tests.unit.channels.faulty_server import TOKEN, answers, gateway_to, refuses, serving

SECRET = TOKEN.partition(":")[2]
ME = {"id": 123456, "is_bot": True, "first_name": "Hai Chiều", "username": "haichieu_bot"}
GROUP = Address("telegram", 123456, "-1001", is_group=True)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (f"POST http://127.0.0.1/bot{TOKEN}/getMe", "POST http://127.0.0.1/bot123456:***/getMe"),
        (f"/file/bot{TOKEN.replace(':', '%3A')}/a.jpg", "/file/bot123456:***/a.jpg"),
        ("Lúc 16:30 ngày 1/1", "Lúc 16:30 ngày 1/1"),
        ("", ""),
    ],
)
def test_a_token_is_masked_wherever_it_stands(text: str, masked: str) -> None:
    assert mask(text) == masked


def test_a_known_token_is_masked_whatever_it_looks_like() -> None:
    assert mask("bot7:practice-key said practice-key", ["7:practice-key"]) == "bot7:*** said ***"


@pytest.mark.parametrize("level", [10, 20, 30, 40, 50])
def test_a_token_in_an_argument_is_masked(lines: io.StringIO, level: int) -> None:
    logging.getLogger("anybody").log(level, "asked %s for %d", TOKEN, 3)

    assert lines.getvalue() == "asked 123456:*** for 3\n"


def test_a_token_in_a_traceback_is_masked(lines: io.StringIO) -> None:
    try:
        raise InvalidToken(f"The token `{TOKEN}` was rejected by the server.")
    except InvalidToken:
        logging.getLogger("anybody").exception("not opened")

    assert "was rejected by the server" in lines.getvalue()
    assert SECRET not in lines.getvalue()


def test_a_message_that_does_not_fit_its_arguments_is_still_written(lines: io.StringIO) -> None:
    logging.getLogger("anybody").warning("two %s %s", TOKEN)  # noqa: PLE1206 - the fault on trial

    assert lines.getvalue() == "two %s %s ('123456:***',)\n"


def test_a_structured_event_is_masked_and_stays_structured() -> None:
    lines, logger = io.StringIO(), logging.getLogger("structured")
    handler = logging.StreamHandler(lines)
    handler.addFilter(LogMask())
    render = structlog.processors.JSONRenderer()
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processor=render))
    logger.addHandler(handler)
    log = structlog.wrap_logger(
        logger,
        processors=[structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    try:
        raise InvalidToken(TOKEN)
    except InvalidToken:
        log.exception("poll failed", url=f"/bot{TOKEN}/x", tries=[3, TOKEN])

    logger.removeHandler(handler)
    event = json.loads(lines.getvalue())
    assert event["tries"] == [3, "123456:***"]
    assert "InvalidToken" in event["exception"]
    assert SECRET not in lines.getvalue()


@pytest.mark.parametrize("status", [401, 404, 500])
async def test_opening_leaks_no_token(lines: io.StringIO, status: int) -> None:
    async with serving(refuses(status, f"Unauthorized {TOKEN}")) as url:
        with pytest.raises(CannotOpen) as refusal:
            await open_gateway(TOKEN, url, SystemClock())
        logging.getLogger("ours").error("not opened", exc_info=refusal.value)

    assert SECRET not in lines.getvalue()
    assert SECRET not in repr(refusal.value)


async def test_sending_leaks_neither_token_nor_words(lines: io.StringIO) -> None:
    message = {"message_id": 1, "date": 0, "chat": {"id": -1001, "type": "group"}, "text": "Em"}
    accepting = serving(answers(200, {"ok": True, "result": message}))
    async with accepting as url, gateway_to(url) as gateway:
        await gateway.send(GROUP, Payload("Gửi riêng Em"), Lane.PERSON)

    assert SECRET not in lines.getvalue()
    assert "Em" not in lines.getvalue()


async def test_no_error_about_a_bot_shows_its_token(lines: io.StringIO) -> None:
    async with serving(answers(200, {"ok": True, "result": ME})) as url:
        gateway = await open_gateway(TOKEN, url, SystemClock())
        await gateway.close()
    application = ApplicationBuilder().bot(gateway.bot).updater(None).build()
    shown = ""
    try:
        raise LookupError(gateway.bot, {"bot": application})
    except LookupError as error:
        whole = traceback.TracebackException.from_exception(error, capture_locals=True)
        shown = "".join(whole.format()) + repr(vars(gateway)) + repr([gateway.bot])
        logging.getLogger("anybody").exception("with %r", gateway.bot)

    assert shown.count("DiscreetBot[123456:***]") > 3
    assert "DiscreetBot[123456:***]" in lines.getvalue()
    assert SECRET not in shown
    assert SECRET not in lines.getvalue()


async def test_a_broken_answer_is_not_quoted(lines: io.StringIO) -> None:
    broken = serving(answers(200, '{"text": "Gửi riêng Em'))
    async with broken as url, gateway_to(url) as gateway:
        with pytest.raises(TelegramError):
            await gateway.bot.send_message(-1001, "x")

    assert "invalid JSON" in lines.getvalue()
    assert "riêng" not in lines.getvalue()
