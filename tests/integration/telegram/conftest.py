"""The doors of Telegram on an office's real files, with nobody at the other end."""

from collections.abc import AsyncIterator

import pytest

from content.catalog import Words
from tests.integration.telegram.house import House
from tests.integration.usecases.conftest import furnished, office, premises, words
from tests.integration.usecases.office import Office

__all__ = ["furnished", "office", "premises", "words"]


@pytest.fixture
async def house(office: Office, words: Words) -> AsyncIterator[House]:
    house = House.on(office, words)
    yield house
    await house.close()
