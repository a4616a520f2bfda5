"""The doors of Telegram on an office's real databases, with nobody at the other end."""

from collections.abc import AsyncIterator

import pytest

from content.catalog import Words
from tests.integration.telegram.house import House
from tests.integration.usecases.conftest import (
    both_premises,
    known_premises,
    office,
    other_office,
    words,
)
from tests.integration.usecases.office import Office

__all__ = ["both_premises", "known_premises", "office", "other_office", "words"]


@pytest.fixture
async def house(office: Office, words: Words) -> AsyncIterator[House]:
    house = House.on(office, words)
    yield house
    await house.close()
