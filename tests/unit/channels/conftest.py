"""What the tests of the doors out share."""

import io
import logging
import os
from collections.abc import Iterator

import pytest

from channels.telegram.masking import LogMask

# Without it the Telegram library warns at every 429, and here a warning is an error.
os.environ["PTB_TIMEDELTA"] = "true"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Everything that any logger writes, at every level, through the mask."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(LogMask())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.setLevel(level)
    root.removeHandler(handler)
