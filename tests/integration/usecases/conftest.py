"""An office for every test, in which everybody has just moved in: on files, and on a server."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from content.catalog import Words
from handlers.periods import office_words
from tests.integration.conftest import Offices
from tests.integration.usecases.office import Office, Premises


@pytest.fixture(scope="session")
def words() -> Words:
    return office_words()


@pytest.fixture(scope="session")
def known_premises() -> dict[str, tuple[Premises, Premises]]:
    """What was used before, by kind: its engines need not learn their statements again."""
    return {}


@pytest.fixture
def both_premises(
    offices: Offices, known_premises: dict[str, tuple[Premises, Premises]]
) -> tuple[Premises, Premises]:
    kind = offices[0].kind
    if kind not in known_premises:
        known_premises[kind] = (Premises.at(offices[0]), Premises.at(offices[1]))
    return known_premises[kind]


@pytest.fixture
async def office(both_premises: tuple[Premises, Premises], words: Words) -> AsyncIterator[Office]:
    async with moved_in(both_premises[0], words) as office:
        yield office


@pytest.fixture
async def other_office(
    both_premises: tuple[Premises, Premises], words: Words
) -> AsyncIterator[Office]:
    """Furnished alike, with a clock and ids of its own."""
    async with moved_in(both_premises[1], words) as office:
        yield office


@asynccontextmanager
async def moved_in(premises: Premises, words: Words) -> AsyncIterator[Office]:
    premises.databases.refresh()
    office = Office.open(premises, words)
    try:
        yield office
    finally:
        await office.close()
