"""A town as `make run` opens it: every process its own, every person only with the chat page."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest

from tests.databases import NOTHING, named_on
from tests.e2e.town import Town


@pytest.fixture
def begins_with(migrated_files: Path) -> Path | None:
    """Databases as `bot.py migrate` leaves them; None where the first start itself is walked."""
    return migrated_files


@pytest.fixture
async def town(tmp_path: Path, begins_with: Path | None) -> AsyncIterator[Town]:
    """Not yet open: each test opens it as it needs it."""
    async with aiohttp.ClientSession() as session:
        built = Town(tmp_path, session, begins_with)
        try:
            yield built
        finally:
            await built.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def kept_in(
    request: pytest.FixtureRequest, tmp_path: Path, begins_with: Path | None
) -> Iterator[dict[str, str]]:
    """The settings that say where main and the vault are: nothing to say for files."""
    if request.param == "sqlite":
        yield {}
        return
    cluster = request.getfixturevalue("postgres")
    templates = request.getfixturevalue("migrated_templates") if begins_with else NOTHING
    with named_on(cluster, tmp_path.name, templates) as settings:
        yield settings
