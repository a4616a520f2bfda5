"""Groups throw the bot out, or move, while it sends to them; whoever awaits a letter blocks it."""

import asyncio
import re
from pathlib import Path

import pytest

from domain.model.chat import ChatState
from tests.chaos.office import Place
from tests.chaos.people import RESIDENTS
from tests.chaos.rounds import Chaos, comes_true, opened
from tests.chaos.scene import FIRST_GROUP, STAFF, USERNAME, title
from tests.e2e.town import Person, sentence

pytestmark = pytest.mark.chaos

SEED = 1
GIANG, HANH = STAFF[2:]
SLOW_MS = 1000
STANDINGS = "SELECT id, chat, state FROM chat"
OPINION = "Đèn đường trước số 12 hỏng."


async def told(chaos: Chaos, account: int, key: str, about: str = "") -> int:
    """How often somebody was told this."""
    messages = await Person(chaos.scene.practice, account, USERNAME).messages()
    said = [each["text"] for each in messages if re.match(sentence(key), each["text"], re.DOTALL)]
    return sum(about in text for text in said)


async def test_a_group_lost_or_moved_in_mid_broadcast_is_told_of_once_and_swapped_once(
    place: Place,
) -> None:
    async with opened(place, SEED) as chaos:
        scene = chaos.scene
        await scene.trouble(SEED, times=0)
        await chaos.people.greet()
        moving = [one for one in scene.groups if one > FIRST_GROUP]
        unwelcome = [one for one in scene.groups if one <= FIRST_GROUP][::10]
        life = await chaos.post.start()
        await chaos.office.keep_in_line(180)
        assert await comes_true(chaos.is_sending, 30)
        await asyncio.gather(*map(scene.throw_out, unwelcome), *map(scene.migrate, moving))
        await chaos.come_to_peace(life)
        verdict = await chaos.verdict(SEED)
        rows = {one.id: one for one in await chaos.office.rows(STANDINGS)}
        notices = [await told(chaos, HANH, "chat_news.lost", title(one)) for one in unwelcome]

    assert notices == [1] * len(unwelcome)
    assert {rows[f"n{one}"].state for one in unwelcome} == {ChatState.LOST}
    assert {int(rows[f"n{old}"].chat): old for old in moving} == scene.moved
    assert len(rows) == len(scene.groups)
    assert verdict.holds, verdict.line()


async def test_a_resident_who_blocks_it_while_a_letter_is_on_its_way_is_told_of_once(
    tmp_path: Path,
) -> None:
    async with opened(Place.in_files(tmp_path), SEED) as chaos:
        practice = chaos.scene.practice
        em = Person(practice, RESIDENTS[0], USERNAME)
        await chaos.people.greet()
        life = await chaos.post.start()
        await em.say(OPINION)
        await em.press("đồng ý")
        await em.press("Phản ánh")
        await em.press("Bỏ qua", "chuyện gì")
        await em.press("Ninh Kiều")
        filing = await em.offered("📨")
        slowly = {"method": "sendMessage", "kind": "late", "times": 0, "delay_ms": SLOW_MS}
        await practice.post("faults", **slowly, chat=em.user, accept=False)
        await em.press_on(filing, "📨")
        await practice.post("block", user=em.user, bot=USERNAME)
        await Person(practice, GIANG, USERNAME).sees(sentence("triage.undeliverable"))
        await chaos.come_to_peace(life)
        notices = await told(chaos, GIANG, "triage.undeliverable")
        counted = await chaos.office.rows("SELECT state FROM outbox WHERE origin_kind = 'letter'")

    assert notices == 1
    assert [one.state for one in counted] == ["failed"]
