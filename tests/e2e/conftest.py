"""A town as `make run` opens it: every process its own, every person only with the chat page."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest

from tests.databases import named_on
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


@pytest.fixture(params=["sqlite", "postgresql"])
def kept_in(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The settings that say where main and the vault are: nothing to say for files."""
    if request.param == "sqlite":
        yield {}
        return
    with named_on(request.getfixturevalue("postgres"), tmp_path.name) as settings:
        yield settings
