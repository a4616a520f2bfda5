"""What an error of the Telegram library says about one send: did it arrive, and what follows."""

import re
from datetime import timedelta

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
)

from channels.telegram.masking import mask
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

# Found with real sockets (tests/contract/channels/test_real_sockets.py): no byte of the request has
# left. Another HTTP client under the library needs this list to be found again.
SURELY_NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
)
UNSTATED_HOLD = 30.0
"""Seconds of silence when the channel asks for it and does not say for how long."""
_TOO_MANY = re.compile(r"too many requests(?:.*?retry after (\d+))?", re.IGNORECASE)
_ALREADY_SO = ("message is not modified", "message to delete not found")


def outcome_of(error: Exception) -> SendOutcome:
    """How the send ended that raised this; whatever is not surely known is Unknown."""
    # The order matters: BadRequest and TimedOut are NetworkErrors too.
    match error:
        case RetryAfter():
            return Held(_seconds(error.retry_after))
        case ChatMigrated():
            return Moved(str(error.new_chat_id))
        case InvalidToken():
            return Unauthorised(_reason(error))
        case Forbidden() | BadRequest() if error.__cause__ is not None:
            return Unknown("broken answer")  # some proxy's page, not the channel's word
        case Forbidden():
            return Lost(_reason(error))
        case BadRequest():
            return Rejected(_reason(error))
        case NetworkError():
            return _network_outcome(error)
    return Unknown(_reason(error))


def already_so(error: Exception) -> bool:
    """Whether an edit or a deletion was refused only because there was nothing left to do."""
    return isinstance(error, BadRequest) and any(so in str(error).lower() for so in _ALREADY_SO)


def _network_outcome(error: NetworkError) -> SendOutcome:
    if isinstance(error.__cause__, SURELY_NOT_SENT):
        return NotSent(_reason(error))
    # A 429 that does not say how long arrives as any other network error.
    if too_many := _TOO_MANY.match(str(error)):
        return Held(float(too_many.group(1) or UNSTATED_HOLD))
    return Unknown(_reason(error))


def _seconds(period: int | timedelta) -> float:
    # A number or a time span, as PTB_TIMEDELTA in the environment chooses.
    return period.total_seconds() if isinstance(period, timedelta) else float(period)


def _reason(error: Exception) -> str:
    """Short enough to store, without what the library quotes: addresses, tokens, answers."""
    if error.__cause__ is not None:
        return type(error.__cause__).__name__
    return mask(str(error) or type(error).__name__)
