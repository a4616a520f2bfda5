"""The log is text or JSON, and no line of it holds a token."""

import json
import logging
import sys
import threading
from collections.abc import Iterator

import pytest

from channels.telegram.masking import LogMask
from handlers import logs

TOKEN = "42:AAF-canary_canary_canary_canary_canar"


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    chatty = {name: logging.getLogger(name).level for name in logs.CHATTY}
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    yield
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    for name, before in chatty.items():
        logging.getLogger(name).setLevel(before)
    root.handlers, root.level = handlers, level
    logging.captureWarnings(capture=False)


@pytest.mark.parametrize("log_format", ["text", "json"])
@pytest.mark.parametrize("level", ["DEBUG", "INFO", "WARNING", "ERROR"])
def test_a_token_is_masked_at_every_level(
    log_format: str, level: str, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.set_up(log_format, level, LogMask([TOKEN]))
    logging.getLogger("handlers.x").log(logging.getLevelName(level), "asked %s", TOKEN)

    said = capsys.readouterr().err
    assert "42:***" in said
    assert "canary" not in said


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_a_token_in_a_traceback_is_masked(
    log_format: str, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.set_up(log_format, "INFO", LogMask([TOKEN]))
    try:
        raise ValueError(f"https://api.telegram.org/bot{TOKEN}/getMe")
    except ValueError:
        logging.getLogger("handlers.x").exception("it failed")

    said = capsys.readouterr().err
    assert "ValueError" in said
    assert "canary" not in said


def leak() -> None:
    raise ValueError(f"https://api.telegram.org/bot{TOKEN}/getMe")


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_a_token_in_a_crash_is_masked(log_format: str, capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(log_format, "INFO", LogMask([TOKEN]))
    try:
        leak()
    except ValueError:
        sys.excepthook(*sys.exc_info())

    said = capsys.readouterr().err
    assert "ValueError" in said
    assert "canary" not in said


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_token_in_a_threads_crash_is_masked(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("text", "INFO", LogMask([TOKEN]))
    thread = threading.Thread(target=leak)
    thread.start()
    thread.join()

    said = capsys.readouterr().err
    assert "ValueError" in said
    assert "canary" not in said


def test_a_json_line_can_be_read_back(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("json", "INFO", LogMask())
    logging.getLogger("handlers.x").info("sent %s", 3)

    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["level"], line["logger"]) == ("sent 3", "info", "handlers.x")


@pytest.mark.parametrize("library", logs.CHATTY)
def test_a_chatty_library_speaks_only_to_warn(library: str) -> None:
    logs.set_up("text", "DEBUG", LogMask())

    assert not logging.getLogger(library).isEnabledFor(logging.INFO)
