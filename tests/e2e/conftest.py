"""A town as `make run` opens it: every process its own, every person only with the chat page."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from tests.e2e.town import Town


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """Not yet open: each test opens it as it needs it."""
    async with aiohttp.ClientSession() as session:
        built = Town(tmp_path, session)
        try:
            yield built
        finally:
            await built.stop()
