"""In whatever order a message and its edits come, and however often, one draft comes of it."""

import asyncio
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.telegram import pump
from tests.integration.telegram.house import House, Json, edits, says
from tests.integration.telegram.test_edits import BETTER, LAMP, draft_of

PEOPLE = count(50_001)


def story(account: int) -> list[Json]:
    """Two messages, the first edited twice; numbered as Telegram numbers them."""
    told = [
        says(LAMP, account, 1),
        edits("Đèn đường hỏng.", account, 1, second=5),
        says("Đã hai tuần.", account, 2),
        edits(BETTER, account, 1, second=9),
    ]
    return [update | {"update_id": account * 10 + n} for n, update in enumerate(told)]


DELIVERIES = st.lists(st.integers(0, 3), max_size=6).flatmap(
    lambda some: st.permutations([*some, 0, 1, 2, 3])
)


# One house for all examples; each has a resident of its own.
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DELIVERIES, st.booleans())
async def test_any_order_with_any_repeats_ends_in_the_same_draft(
    house: House, order: list[int], at_once: bool
) -> None:
    account = next(PEOPLE)
    updates = story(account)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pump, "PAUSE", 0.001)
        patch.setattr(pump, "MOST_PUT_OFF", 10**6)
        handling = asyncio.create_task(house.pump.run())
        for number in order:
            await house.bring(updates[number])
            if not at_once:
                await asyncio.sleep(0.002)
        async with asyncio.timeout(60):
            # Rows set no event.
            while not handling.done() and (await house.office.inbox.counts())["waiting"]:  # noqa: ASYNC110
                await asyncio.sleep(0.001)
        assert not handling.done()
        handling.cancel()
        # Left to itself it would go on beside the next example's, or die in mid statement.
        await asyncio.wait({handling})

    assert await draft_of(house, account) == f"{BETTER}\nĐã hai tuần."
