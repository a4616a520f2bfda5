"""A group that the channel asks to be left alone, while the process dies and starts again."""

import signal

import pytest

from tests.chaos.office import Place
from tests.chaos.rounds import Chaos, Kill, comes_true, opened
from tests.e2e.town import Json

pytestmark = pytest.mark.chaos

SEED, SECONDS = 1, 8.0


async def calls(chaos: Chaos) -> list[Json]:
    return [each for each in await chaos.scene.lines("calls") if each["method"] == "sendMessage"]


async def test_a_hold_in_mid_broadcast_outlives_the_process_and_holds_up_nobody_else(
    place: Place,
) -> None:
    async with opened(place, SEED) as chaos:
        held = str(chaos.scene.groups[3])
        wish = {"method": "sendMessage", "chat": int(held), "kind": "retry_after"}
        await chaos.scene.practice.post("faults", **wish, seconds=int(SECONDS), times=1)
        await chaos.live_and_die(Kill("settled", 20))
        life = await chaos.post.start()

        async def passed() -> bool:
            return any(each["chat"] == held and each["code"] == 200 for each in await calls(chaos))

        assert await comes_true(passed, SECONDS + 40)
        life.send(signal.SIGKILL)
        await life.wait()
        chaos.under_way += await chaos.under_way_now()
        made = await calls(chaos)
        await chaos.come_to_rest()
        verdict = await chaos.verdict(SEED)

    (asked,) = (each["time"] for each in made if each["code"] == 429)
    meanwhile = [each["chat"] for each in made if asked < each["time"] < asked + SECONDS]
    assert held not in meanwhile
    assert len(meanwhile) > 20
    assert verdict.holds, verdict.line()
