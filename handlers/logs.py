"""The log: one line for each event, as text or JSON, to standard error; without secrets."""

import logging
import sys
import threading
from types import TracebackType

import structlog
from structlog.typing import Processor

log = logging.getLogger(__name__)

CHATTY = (
    "aiohttp",
    "aiosqlite",
    "alembic",
    "apscheduler",
    "asyncio",
    "telegram",
)
"""Libraries whose lines are of use only when they warn; some quote addresses with the token."""


def set_up(log_format: str, level: str, mask: logging.Filter) -> None:
    """Send everything that is logged in this process through the mask, and then one formatter."""
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(mask)
    handler.setFormatter(_formatter(log_format))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    # The interpreter's own last words would go past the mask.
    sys.excepthook = _last_words
    threading.excepthook = lambda crash: _last_words(
        crash.exc_type, crash.exc_value, crash.exc_traceback
    )
    sys.unraisablehook = lambda crash: _last_words(
        crash.exc_type, crash.exc_value, crash.exc_traceback
    )
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)


def _last_words(
    kind: type[BaseException], error: BaseException | None, where: TracebackType | None
) -> None:
    if error is not None and issubclass(kind, Exception):
        log.critical("crashed", exc_info=(kind, error, where))


def _formatter(log_format: str) -> logging.Formatter:
    about: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=about,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _renderer(log_format),
        ],
    )


def _renderer(log_format: str) -> Processor:
    if log_format == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False, sort_keys=True)
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), pad_event_to=0)
