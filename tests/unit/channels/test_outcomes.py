"""An answer means what it proves: Sent only with a receipt, and whatever is in doubt is Unknown."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Message
from telegram.error import NetworkError, TimedOut

from channels.telegram.outcomes import (
    LONGEST_HOLD,
    UNSTATED_HOLD,
    already_so,
    outcome_of,
    outcome_of_silence,
    receipt,
)
from channels.telegram.transport import NeverLeft
from domain.model.delivery import (
    Held,
    Lost,
    Moved,
    NotSent,
    Rejected,
    SendOutcome,
    Sent,
    Unauthorised,
    Unknown,
)

GROUP = {"id": -1001234, "type": "supergroup"}


def refusal(status: int, words: str, **parameters: object) -> SendOutcome:
    body = {"ok": False, "error_code": status, "description": words, "parameters": parameters}
    return outcome_of(status, json.dumps(body).encode(), receipt)


@pytest.mark.parametrize(
    ("status", "words", "parameters", "outcome"),
    [
        (400, "Bad Request: upgraded", {"migrate_to_chat_id": -1002}, Moved("-1002")),
        (400, "Bad Request: chat not found", {}, Rejected("Bad Request: chat not found")),
        (401, "Unauthorized", {}, Unauthorised("Unauthorized")),
        (403, "Forbidden: bot was kicked", {}, Lost("Forbidden: bot was kicked")),
        (404, "Not Found", {}, Unauthorised("Not Found")),
        (409, "Conflict", {}, Unknown("Conflict")),
        (429, "Too Many Requests", {"retry_after": 10_072}, Held(10_072)),
        (429, "Too Many Requests", {}, Held(UNSTATED_HOLD)),
        (429, "Too Many Requests", {"retry_after": 0}, Held(UNSTATED_HOLD)),
        (429, "Too Many Requests", {"retry_after": "soon"}, Held(UNSTATED_HOLD)),
        (429, "Too Many Requests", {"retry_after": 10**18}, Held(LONGEST_HOLD)),
        (500, "Internal Server Error", {}, Unknown("Internal Server Error")),
        (502, "Bad Gateway", {}, Unknown("Bad Gateway")),
    ],
)
def test_a_refusal_has_its_outcome(
    status: int, words: str, parameters: dict[str, object], outcome: SendOutcome
) -> None:
    assert refusal(status, words, **parameters) == outcome


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>403</html>",
        b'{"ok":',
        b"[]",
        b'{"message": "forbidden"}',
        b'{"ok": false, "error_code": 403}',
        b'{"ok": false, "error_code": 400, "description": "Bad Request"}',
        b'{"ok": true, "result": {"message_id": 7, "chat": {"id": -1, "type": "group"}}}',
    ],
)
def test_a_refusal_that_is_not_the_channels_own_word_is_unknown(body: bytes) -> None:
    assert isinstance(outcome_of(403, body, receipt), Unknown)


@pytest.mark.parametrize(
    "result",
    [
        None,
        True,
        {"chat": GROUP},
        {"message_id": 7},
        {"message_id": "7", "chat": GROUP},
        {"message_id": True, "chat": GROUP},
        {"message_id": 0, "chat": GROUP},
        {"message_id": 7, "chat": {"id": -1}},
    ],
)
def test_a_success_without_a_receipt_is_unknown(result: object) -> None:
    answer = json.dumps({"ok": True, "result": result}).encode()

    assert outcome_of(200, answer, receipt) == Unknown("no receipt")


LINKS = [
    ({"chat": GROUP}, "https://t.me/c/1234/7"),
    ({"chat": GROUP | {"username": "apmythuan"}}, "https://t.me/apmythuan/7"),
    ({"chat": {"id": -1001234, "type": "channel"}}, "https://t.me/c/1234/7"),
    ({"chat": {"id": -5, "type": "group"}}, ""),
    ({"chat": {"id": 7, "type": "private", "username": "em"}}, ""),
    (
        {"chat": GROUP, "is_topic_message": True, "message_thread_id": 5},
        "https://t.me/c/1234/7?thread=5",
    ),
]


@pytest.mark.parametrize(("message", "link"), LINKS)
def test_a_receipt_leads_to_the_message_where_a_link_can(
    message: dict[str, object], link: str
) -> None:
    assert receipt({"message_id": 7} | message) == Sent("7", link)


@pytest.mark.parametrize(("message", "link"), LINKS)
def test_a_receipts_link_is_the_librarys(message: dict[str, object], link: str) -> None:
    known = Message.de_json({"message_id": 7, "date": 0} | message)

    assert (known.link or "") == link


NAMES = ["ok", "result", "error_code", "description", "parameters", "message_id", "chat", "id"]
KEYS = st.sampled_from([*NAMES, "type", "username", "retry_after", "migrate_to_chat_id"])
NUMBERS = st.sampled_from([200, 400, 401, 403, 404, 429, 500, 502])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | NUMBERS | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=20,
)
ANSWERS = st.binary(max_size=40) | JSON.map(lambda value: json.dumps(value).encode())
NEARLY = st.fixed_dictionaries(
    {"ok": st.just(True), "result": st.fixed_dictionaries({}, optional=dict.fromkeys(NAMES, JSON))}
).map(lambda value: json.dumps(value).encode())


@given(NUMBERS, ANSWERS | NEARLY)
def test_no_answer_raises_and_only_a_receipt_is_sent(status: int, body: bytes) -> None:
    outcome = outcome_of(status, body, receipt)

    if isinstance(outcome, Sent):
        answer = json.loads(body)
        assert (status, answer["ok"]) == (200, True)
        assert str(answer["result"]["message_id"]) == outcome.message_id


@given(st.sampled_from([200, 302, 500, 502, 503, 504]), ANSWERS)
def test_no_answer_but_a_refusal_frees_a_send_to_be_repeated(status: int, body: bytes) -> None:
    assert isinstance(outcome_of(status, body, receipt), Sent | Unknown)


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (NeverLeft("ClientConnectorError"), NotSent("ClientConnectorError")),
        (NetworkError("ServerDisconnectedError"), Unknown("ServerDisconnectedError")),
        (TimedOut("SocketTimeoutError"), Unknown("SocketTimeoutError")),
        (RuntimeError("Session is closed"), Unknown("RuntimeError")),
    ],
)
def test_a_silence_has_its_outcome(error: Exception, outcome: SendOutcome) -> None:
    assert outcome_of_silence(error) == outcome


def test_a_reason_quotes_no_token_and_is_short_enough_to_store() -> None:
    reason = repr(refusal(401, "123456:" + "A" * 35 + " is wrong" * 500))

    assert "AAA" not in reason
    assert len(reason) < 300


@pytest.mark.parametrize(
    ("outcome", "so"),
    [
        (Rejected("Bad Request: message is not modified: specified new message …"), True),
        (Rejected("Bad Request: message to delete not found"), True),
        (Rejected("Bad Request: message can't be deleted"), False),
        (Unknown("message is not modified"), False),
    ],
)
def test_what_is_already_so_counts_as_done(outcome: SendOutcome, so: bool) -> None:
    assert already_so(outcome) is so
