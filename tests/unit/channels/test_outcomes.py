"""Every error of the library has one outcome, and what is not surely known is Unknown."""

from datetime import timedelta

import httpx
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

from channels.telegram.outcomes import UNSTATED_HOLD, already_so, outcome_of
from domain.model.delivery import (
    Held,
    Lost,
    Moved,
    NotSent,
    Rejected,
    SendOutcome,
    Unauthorised,
    Unknown,
)


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


CASES: list[tuple[str, Exception, SendOutcome]] = [
    (
        "refused",
        caused(NetworkError("httpx.ConnectError: "), httpx.ConnectError("")),
        NotSent("ConnectError"),
    ),
    (
        "connect timeout",
        caused(TimedOut(), httpx.ConnectTimeout("")),
        NotSent("ConnectTimeout"),
    ),
    ("pool exhausted", caused(TimedOut(), httpx.PoolTimeout("")), NotSent("PoolTimeout")),
    ("proxy refused", caused(NetworkError(""), httpx.ProxyError("503")), NotSent("ProxyError")),
    ("429 as a time span", RetryAfter(timedelta(seconds=10_072)), Held(10_072)),
    ("429 as a number", RetryAfter(7), Held(7)),
    ("429 in words", NetworkError("Too Many Requests: retry after 9"), Held(9)),
    ("429 with no time", NetworkError("Too Many Requests (429)"), Held(UNSTATED_HOLD)),
    ("migrated", ChatMigrated(-1002), Moved("-1002")),
    (
        "kicked",
        Forbidden("Forbidden: bot was kicked from the group chat"),
        Lost("Forbidden: bot was kicked from the group chat"),
    ),
    (
        "blocked",
        Forbidden("Forbidden: bot was blocked by the user"),
        Lost("Forbidden: bot was blocked by the user"),
    ),
    ("no such chat", BadRequest("Bad Request: chat not found"), Rejected("Chat not found")),
    (
        "bad markup",
        BadRequest("Bad Request: can't parse entities"),
        Rejected("Can't parse entities"),
    ),
    ("401 or 404", InvalidToken("Unauthorized"), Unauthorised("Unauthorized")),
    ("read timeout", caused(TimedOut(), httpx.ReadTimeout("")), Unknown("ReadTimeout")),
    ("write timeout", caused(TimedOut(), httpx.WriteTimeout("")), Unknown("WriteTimeout")),
    ("reset", caused(NetworkError(""), httpx.ReadError("")), Unknown("ReadError")),
    (
        "closed",
        caused(NetworkError(""), httpx.RemoteProtocolError("")),
        Unknown("RemoteProtocolError"),
    ),
    ("502", NetworkError("Bad Gateway (502)"), Unknown("Bad Gateway (502)")),
    ("timed out somewhere", TimedOut(), Unknown("Timed out")),
    ("409 to a send", Conflict("Conflict"), Unknown("Conflict")),
    (
        "a page instead of a 403",
        caused(Forbidden("x"), TelegramError("")),
        Unknown("broken answer"),
    ),
    (
        "a page instead of a 400",
        caused(BadRequest("x"), TelegramError("")),
        Unknown("broken answer"),
    ),
    ("no result in the answer", KeyError("result"), Unknown("'result'")),
    ("no text at all", ValueError(), Unknown("ValueError")),
]


@pytest.mark.parametrize(
    ("error", "outcome"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_an_error_has_its_outcome(error: Exception, outcome: SendOutcome) -> None:
    assert outcome_of(error) == outcome


def test_a_reason_never_quotes_a_token() -> None:
    token = "123456:" + "A" * 35

    assert "AAA" not in repr(outcome_of(InvalidToken(f"The token `{token}` was rejected")))


@pytest.mark.parametrize(
    ("error", "so"),
    [
        (BadRequest("Bad Request: message is not modified: specified new message …"), True),
        (BadRequest("Bad Request: message to delete not found"), True),
        (BadRequest("Bad Request: message can't be deleted"), False),
        (NetworkError("message is not modified"), False),
    ],
)
def test_what_is_already_so_counts_as_done(error: Exception, so: bool) -> None:
    assert already_so(error) is so
