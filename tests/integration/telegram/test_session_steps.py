"""What one step of /phien costs the database: a crowd of communicators waits in one line for it."""

import pytest

from tests.integration.telegram.house import House, presses
from tests.integration.telegram.test_plan_doors import hear, press
from tests.integration.telegram.test_sessions_door import DUNG_ID, TYPED, dung, log
from tests.integration.usecases.statements import statements

__all__ = ["dung"]

A_STEP, THE_FIRST, THE_LAST = 16, 24, 19
"""Statements; SQLite counts each transaction's beginning, too."""


def commits(made: list[str]) -> int:
    """Each effect is marked once, in its own commit."""
    return sum(one.startswith("INSERT INTO processed") for one in made)


@pytest.fixture
async def logged_before(house: House) -> None:
    """There is a last session whose answers are offered again."""
    await log(house)
    await press(house, DUNG_ID, "session:submit")


@pytest.mark.usefixtures("logged_before")
async def test_a_step_asks_main_for_nothing_twice(house: House) -> None:
    with statements(house.office) as first:
        await hear(house, DUNG_ID, "/phien")
    steps = [first]
    for typed in TYPED:
        with statements(house.office) as made:
            await hear(house, DUNG_ID, typed)
        steps.append(made)

    assert len(first) <= THE_FIRST
    assert max(len(made) for made in steps[1:]) <= A_STEP
    assert [commits(made) for made in steps] == [1] * len(steps)


@pytest.mark.usefixtures("logged_before")
async def test_handing_in_asks_main_for_nothing_twice(house: House) -> None:
    await log(house)
    submit = await house.office.button(str(DUNG_ID), "session:submit")
    with statements(house.office) as made:
        await house.hears(presses(submit.id, DUNG_ID))

    assert len(made) <= THE_LAST
    assert commits(made) == 1
