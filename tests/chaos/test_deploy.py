"""A new version goes live in the middle of a broadcast."""

import pytest

from tests.chaos.office import Place
from tests.chaos.rounds import opened

pytestmark = pytest.mark.chaos

DEPLOYS, SEED = 2, 1


async def test_a_deploy_in_mid_broadcast_loses_nothing_and_leaves_nothing_unknown(
    place: Place,
) -> None:
    async with opened(place, SEED) as chaos:
        await chaos.scene.trouble(SEED, times=0)
        await chaos.people.greet()
        async with chaos.people.busy():
            for _ in range(DEPLOYS):
                await chaos.be_replaced()
        await chaos.come_to_rest()
        verdict = await chaos.verdict(SEED)

    assert verdict.holds, verdict.line()
    assert verdict.uncertain == 0
