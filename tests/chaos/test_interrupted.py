"""Whoever spoke just before a crash, and whose answer was lost with it, is told how to go on."""

import re
import signal

import pytest

from tests.chaos.office import Place
from tests.chaos.rounds import opened
from tests.chaos.scene import STAFF, USERNAME
from tests.e2e.town import Person, sentence

pytestmark = pytest.mark.chaos

SEED = 1


async def test_whoever_was_interrupted_by_a_crash_is_told_so_once(place: Place) -> None:
    async with opened(place, SEED) as chaos:
        an = Person(chaos.scene.practice, STAFF[0], USERNAME)
        swallow = {"method": "sendMessage", "chat": STAFF[0], "kind": "drop_before", "times": 1}
        await chaos.scene.practice.post("faults", **swallow)
        await chaos.people.say(STAFF[0], "/soan")
        chaos.people.drafts = 1
        life = await chaos.post.start(CRASH_AT="handled:1")
        assert await life.wait() == -signal.SIGKILL
        unanswered = await an.messages()
        await chaos.come_to_rest()
        verdict = await chaos.verdict(SEED)
        _asked, *heard = await an.messages()

    assert len(unanswered) == 1, "her own words, and no answer"
    assert [
        re.search(sentence("start.resumed_staff"), one["text"]) is not None for one in heard
    ] == [True]
    assert verdict.holds, verdict.line()
