"""What the channel's answer proves about one message, or what its silence leaves open."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from http import HTTPStatus

import orjson
from telegram.error import NetworkError

from channels.telegram.masking import mask
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

UNSTATED_HOLD = 30.0
"""Seconds of silence when the channel asks for it and does not say for how long."""
LONGEST_HOLD = 86_400.0
"""Seconds after which a chat is tried again, however long the channel asked for."""
_LONGEST_REASON = 200
_TOPIC_GONE = ("message thread not found", "topic_closed", "topic_deleted")
_ALREADY_SO = ("message is not modified", "message to delete not found")

Reading = Callable[[object], Sent | None]
"""Finds the receipt in the result of a call that went well."""


async def ended(call: Awaitable[tuple[int, bytes]], reading: Reading) -> SendOutcome:
    """How a call ended, answered or not."""
    try:
        status, answer = await call
    except Exception as error:
        return outcome_of_silence(error)
    return outcome_of(status, answer, reading)


def outcome_of(status: int, body: bytes, reading: Reading) -> SendOutcome:
    """How the call ended that was answered like this; what the answer does not prove is Unknown."""
    match _json(body):
        case {"ok": True, "result": result} if status == HTTPStatus.OK:
            return reading(result) or Unknown("no receipt")
        case {"ok": False, "error_code": int(code), "description": str(words), **more}:
            if code == status:
                return _refusal(status, words, more.get("parameters"))
    # Some proxy's page, or half of an answer: not the channel's own word.
    return Unknown(f"no answer of the channel ({status})")


def outcome_of_silence(error: Exception) -> SendOutcome:
    """How the call ended that was not answered."""
    reason = error.message if isinstance(error, NetworkError) else type(error).__name__
    return NotSent(reason) if isinstance(error, NeverLeft) else Unknown(reason)


def receipt(result: object) -> Sent | None:
    """The message that a send put into the chat."""
    match result:
        case {"message_id": int(number), "chat": {"id": int(), "type": str()} as chat, **more}:
            if number > 0 and number is not True:
                return Sent(str(number), _link(number, chat, more))
    return None


def receipts(result: object) -> Sent | None:
    """Of an album the first message's receipt, where the words are, with the others' numbers."""
    if not isinstance(result, list):
        return receipt(result)
    found = [one for one in map(receipt, result) if one]
    if not found or len(found) < len(result):
        return None
    return replace(found[0], more_ids=tuple(one.message_id for one in found[1:]))


def already_so(outcome: SendOutcome) -> bool:
    """Whether an edit or a deletion was refused only because there was nothing left to do."""
    return isinstance(outcome, Rejected) and any(so in outcome.reason.lower() for so in _ALREADY_SO)


def _json(body: bytes) -> object:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        return None


def _refusal(status: int, words: str, parameters: object) -> SendOutcome:
    reason = mask(words)[:_LONGEST_REASON]
    match status, parameters:
        case HTTPStatus.BAD_REQUEST, {"migrate_to_chat_id": int(chat)}:
            return Moved(str(chat))
        case HTTPStatus.BAD_REQUEST, _ if any(gone in words.lower() for gone in _TOPIC_GONE):
            return Lost(reason, topic_only=True)
        case HTTPStatus.BAD_REQUEST, _:
            return Rejected(reason)
        case HTTPStatus.FORBIDDEN, _:
            return Lost(reason)
        case ((HTTPStatus.UNAUTHORIZED | HTTPStatus.NOT_FOUND), _):
            return Unauthorised(reason)
        case HTTPStatus.TOO_MANY_REQUESTS, _:
            return Held(_silence(parameters))
    return Unknown(reason)


def _silence(parameters: object) -> float:
    match parameters:
        case {"retry_after": int(seconds)} if seconds > 0:
            return min(float(seconds), LONGEST_HOLD)
    return UNSTATED_HOLD


def _link(number: int, chat: Mapping[object, object], message: Mapping[object, object]) -> str:
    # Only supergroups and channels have links that a member can open.
    if chat["type"] in ("private", "group"):
        return ""
    place = chat.get("username") or f"c/{str(chat['id']).removeprefix('-100')}"
    link = f"https://t.me/{place}/{number}"
    if message.get("is_topic_message"):
        link += f"?thread={message.get('message_thread_id')}"
    return link
