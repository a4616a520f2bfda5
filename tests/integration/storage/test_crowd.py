"""Those who come at the same time share a transaction, and each hears of its own alone."""

import asyncio

import pytest

from domain.errors import AlreadyProcessed, LostRace
from domain.model.button import STAFF, Button
from domain.ports import Cause, Offer
from storage.unit_of_work import SqlMemory
from tests.integration.storage.cast import AN, BINH, CITY, LATER, NOW

BOT = 7


def button(name: str) -> Button:
    return Button(name, "bulletin:approve", "r1", "", 1, STAFF, LATER)


def offer(number: int, pressed: Button | None = None) -> Offer:
    return Offer(Cause(BOT, number), (button(f"k{number}"),), NOW, pressed)


async def offered(memory: SqlMemory, *offers: Offer) -> list[type]:
    """What became of each, all handed in at once."""
    said = await asyncio.gather(*map(memory.offer, offers), return_exceptions=True)
    return [type(one) for one in said]


async def stored(memory: SqlMemory, *names: str) -> list[bool]:
    async with memory.begin() as work:
        return [await work.buttons.get(name) is not None for name in names]


async def test_each_account_is_its_own_persons(memory: SqlMemory) -> None:
    accounts = [BINH.account or "", "telegram:404", AN.account or "", BINH.account or ""]

    callers = await asyncio.gather(*map(memory.caller, accounts))
    assert [caller.person for caller in callers] == [BINH, None, AN, BINH]
    assert await memory.root() == CITY


async def test_what_is_offered_at_once_is_all_there(memory: SqlMemory) -> None:
    assert await offered(memory, *map(offer, range(5))) == [type(None)] * 5

    assert await stored(memory, *(f"k{number}" for number in range(5))) == [True] * 5
    assert await memory.processed(BOT, range(9)) == frozenset(range(5))
    assert await memory.processed(BOT + 1, range(9)) == frozenset()


async def test_an_update_that_comes_again_is_alone_in_having_had_its_effect(
    memory: SqlMemory,
) -> None:
    await memory.offer(offer(2))
    again = Offer(Cause(BOT, 2), (button("twice"),), NOW)

    assert await offered(memory, offer(1), again, offer(3)) == [
        type(None),
        AlreadyProcessed,
        type(None),
    ]
    assert await stored(memory, "k1", "twice", "k3") == [True, False, True]


async def test_a_press_that_comes_late_takes_nobody_along_and_leaves_nothing(
    memory: SqlMemory,
) -> None:
    await memory.offer(offer(1))
    press = button("k1")

    assert await offered(memory, offer(2, press), offer(3, press), offer(4)) == [
        type(None),
        LostRace,
        type(None),
    ]
    assert await stored(memory, "k2", "k3", "k4") == [True, False, True]
    assert await memory.processed(BOT, [2, 3, 4]) == {2, 4}


async def test_an_offers_mark_holds_for_every_other_effect(memory: SqlMemory) -> None:
    await memory.offer(offer(1))

    with pytest.raises(AlreadyProcessed):
        async with memory.begin(Cause(BOT, 1)):
            pass
