"""Whoever writes faster than anybody can read is told so, and only they, and not too often."""

import asyncio

import pytest

from storage.vault import arrivals
from tests.integration.telegram.house import EM_ID, House, says


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrivals, "MOST_WAITING", 2)


async def flood(house: House, chat: int = EM_ID, kind: str = "private") -> None:
    """Four where two may wait; then all of it is handled."""
    words = says("/nosuch", EM_ID)["message"] | {"chat": {"id": chat, "type": kind}}
    number = next(house.numbers) * 100
    await house.bring(*({"message": words | {"message_id": number + n}} for n in range(4)))
    await asyncio.gather(*house.inlet.courtesy.telling)
    await house.handle_all()


def told(house: House, chat: int = EM_ID) -> int:
    sentence = house.rooms.words.html("errors.too_fast", "vi")
    return house.said_to(chat).count(sentence)


async def test_whoever_is_turned_away_is_told_once_an_hour(house: House) -> None:
    await flood(house)
    await flood(house)
    assert told(house) == 1

    house.office.wait(hours=1)
    await flood(house)
    assert told(house) == 2


async def test_what_is_turned_away_is_counted(house: House) -> None:
    await flood(house)

    assert house.rooms.tally["dropped"] == 2


async def test_a_group_is_not_told(house: House) -> None:
    await flood(house, -100500, "supergroup")

    assert house.rooms.tally["dropped"] == 2
    assert told(house, -100500) == 0
