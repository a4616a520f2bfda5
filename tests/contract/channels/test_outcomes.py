"""Each way a send can end has its outcome, and its error for who asks through the library."""

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from domain.model.delivery import (
    Held,
    Lost,
    Moved,
    Payload,
    Rejected,
    SendOutcome,
    Sent,
    Unauthorised,
    Unknown,
)
from tests.contract.channels.scene import Scene

Fault = dict[str, object]

OTHER_WORDS = Payload("Nước đã rút")

AN_HOUR_AND_MORE = {"kind": "retry_after", "seconds": 10_072}
FAULTS: list[tuple[Fault, SendOutcome, type[TelegramError], int]] = [
    ({"kind": "drop_before"}, Unknown("ServerDisconnectedError"), NetworkError, 0),
    ({"kind": "drop_before", "reset": True}, Unknown("ClientOSError"), NetworkError, 0),
    ({"kind": "drop_after"}, Unknown("ServerDisconnectedError"), NetworkError, 1),
    ({"kind": "drop_after", "reset": True}, Unknown("ClientOSError"), NetworkError, 1),
    ({"kind": "broken_json"}, Unknown("no answer of the channel (200)"), TelegramError, 1),
    (
        {"kind": "broken_json", "body": "text"},
        Unknown("no answer of the channel (200)"),
        TelegramError,
        1,
    ),
    (
        {"kind": "broken_json", "body": "empty"},
        Unknown("no answer of the channel (200)"),
        TelegramError,
        1,
    ),
    (
        {"kind": "error", "status": 500, "accept": True},
        Unknown("Internal Server Error"),
        NetworkError,
        1,
    ),
    ({"kind": "error", "status": 502}, Unknown("Bad Gateway"), NetworkError, 0),
    (
        {"kind": "error", "status": 502, "body": "html"},
        Unknown("no answer of the channel (502)"),
        NetworkError,
        0,
    ),
    (
        {"kind": "error", "status": 403, "body": "html"},
        Unknown("no answer of the channel (403)"),
        Forbidden,
        0,
    ),
    (AN_HOUR_AND_MORE, Held(10_072), RetryAfter, 0),
    ({"kind": "retry_after", "seconds": None}, Held(30), NetworkError, 0),
    ({"kind": "migrate", "to": -1009}, Moved("-1009"), ChatMigrated, 0),
    (
        {"kind": "error", "status": 401, "description": "Unauthorized"},
        Unauthorised("Unauthorized"),
        InvalidToken,
        0,
    ),
    (
        {"kind": "error", "status": 404, "description": "Not Found"},
        Unauthorised("Not Found"),
        InvalidToken,
        0,
    ),
    (
        {"kind": "error", "status": 403, "description": "Forbidden: bot was kicked"},
        Lost("Forbidden: bot was kicked"),
        Forbidden,
        0,
    ),
    (
        {"kind": "error", "status": 400, "description": "Bad Request: chat not found"},
        Rejected("Bad Request: chat not found"),
        BadRequest,
        0,
    ),
    (
        {"kind": "error", "status": 400, "description": "Bad Request: TOPIC_CLOSED"},
        Lost("Bad Request: TOPIC_CLOSED", topic_only=True),
        BadRequest,
        0,
    ),
    (
        {"kind": "error", "status": 400, "description": "Bad Request: message thread not found"},
        Lost("Bad Request: message thread not found", topic_only=True),
        BadRequest,
        0,
    ),
]
NAMES = ["-".join(map(str, fault.values())) for fault, *_ in FAULTS]


@pytest.mark.parametrize(("fault", "outcome", "error", "receipts"), FAULTS, ids=NAMES)
async def test_a_fault_has_its_outcome_and_nothing_is_repeated(
    scene: Scene, fault: Fault, outcome: SendOutcome, error: object, receipts: int
) -> None:
    address = await scene.group()
    await scene.practice.post("faults", method="sendMessage", chat=int(address.chat), **fault)

    assert await scene.send(address) == outcome
    assert len(await scene.receipts()) == receipts


@pytest.mark.parametrize(("fault", "outcome", "error", "receipts"), FAULTS, ids=NAMES)
async def test_the_library_hears_of_it_as_it_expects(
    scene: Scene, fault: Fault, outcome: object, error: type[TelegramError], receipts: int
) -> None:
    address = await scene.group()
    await scene.practice.post("faults", method="sendMessage", chat=int(address.chat), **fault)

    with pytest.raises(TelegramError) as trouble:
        await scene.gateway.bot.send_message(address.chat, "Nước lớn")

    assert type(trouble.value) is error
    assert len(await scene.receipts()) == receipts


async def test_a_long_silence_lasts_as_long_as_was_asked_for(scene: Scene) -> None:
    address = await scene.group()
    await scene.practice.post(
        "faults", method="sendMessage", chat=int(address.chat), **AN_HOUR_AND_MORE
    )
    await scene.send(address)

    assert scene.gateway.wait(address) > 10_000


async def test_a_token_that_is_refused_in_mid_run_works_again_once_it_is_mended(
    scene: Scene,
) -> None:
    address = await scene.group()
    refused = {"kind": "error", "status": 401, "description": "Unauthorized", "times": 2}
    await scene.practice.post("faults", chat=int(address.chat), **refused)

    outcomes = [await scene.gateway.edit(address, "1", OTHER_WORDS) for _ in range(2)]

    assert outcomes == [Unauthorised("Unauthorized")] * 2
    assert isinstance(await scene.send(address), Sent)


@pytest.mark.parametrize("method", ["editMessageText", "deleteMessage"])
async def test_a_change_that_was_cut_off_is_unknown(scene: Scene, method: str) -> None:
    address = await scene.group()
    first = await scene.send(address)
    assert isinstance(first, Sent)
    await scene.practice.post("faults", method=method, kind="drop_after")

    if method == "deleteMessage":
        outcome = await scene.gateway.delete(address, first.message_id)
    else:
        outcome = await scene.gateway.edit(address, first.message_id, OTHER_WORDS)

    assert isinstance(outcome, Unknown)
