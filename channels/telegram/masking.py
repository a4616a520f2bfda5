"""Keeps bot tokens, and what people wrote, out of every log line, whoever wrote it."""

import logging
import re
import sys
import traceback
from collections.abc import Iterable, Mapping

_TOKEN = re.compile(r"(\d+)(:|%3A)[\w-]{30,}", re.ASCII | re.IGNORECASE)
_LEAST_SECRET = 8
_LINES = logging.Formatter()
# The Telegram library's calls log every message and update at DEBUG, and a broken answer at ERROR.
_QUOTING = ("telegram.Bot", "telegram.ext.ExtBot", "telegram.request")


def mask(text: str, known: Iterable[str] = ()) -> str:
    """Text with every bot token hidden but for the bot's number, which is no secret."""
    for token in known:
        number, _, secret = token.partition(":")
        text = text.replace(token, f"{number}:***")
        if len(secret) >= _LEAST_SECRET:
            text = text.replace(secret, "***")
    return _TOKEN.sub(r"\1:***", text)


class LogMask(logging.Filter):
    """Belongs on every log handler: a logger's own filters do not see its children's records."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        super().__init__()
        self._known = tuple(known)

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record in place; let it through unless it would quote a conversation."""
        if record.name.startswith(_QUOTING):
            if record.levelno < logging.INFO:
                return False
            record.args = tuple("…" for _ in record.args or ())
        if isinstance(record.msg, Mapping):  # a structured event, rendered only later
            record.msg = _with_traceback(record.msg)
        else:
            record.msg = _whole_text(record)
        record.args = ()
        record.exc_info = record.exc_text = record.stack_info = None
        for name, value in vars(record).items():
            if isinstance(value, str | dict | list):
                setattr(record, name, self._masked(value))
        return True

    def _masked(self, value: object) -> object:
        match value:
            case None | bool() | int() | float():
                return value
            case Mapping():
                return {self._masked(key): self._masked(inner) for key, inner in value.items()}
            case list() | tuple() | set() | frozenset():
                return [self._masked(inner) for inner in value]
        return mask(str(value), self._known)


def _whole_text(record: logging.LogRecord) -> str:
    # The traceback joins the message: a formatter given exc_info would write it out again.
    try:
        return _LINES.format(record)
    except (TypeError, ValueError):  # a message and arguments that do not fit
        return f"{record.msg} {record.args}"


def _with_traceback(event: Mapping[str, object]) -> dict[str, object]:
    raised = event.get("exc_info")
    rest = {key: value for key, value in event.items() if key != "exc_info"}
    if not raised:
        return rest
    found = raised if isinstance(raised, tuple) else sys.exc_info()
    error = raised if isinstance(raised, BaseException) else found[1]
    return rest | {"exception": "".join(traceback.format_exception(error)) if error else ""}
