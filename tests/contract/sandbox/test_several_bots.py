"""Many bots in one practice world do not touch one another."""

import asyncio

import pytest
from telegram import Update

from tests.contract.sandbox.desk import Desk
from tests.contract.sandbox.practice import BOT, EM, SUPERGROUP, Practice, client

COUNT = 34
TOKENS = [f"{100 + number}:AAA" for number in range(COUNT)]
NAMES = [f"so_{number}_bot" for number in range(COUNT)]


@pytest.fixture
async def fleet(practice: Practice) -> None:
    """34 bots, all of them started by Em."""
    for token, name in zip(TOKENS, NAMES, strict=True):
        await practice.post("bots", token=token, username=name)
        await practice.post("start", user=EM, bot=name)


async def test_each_bot_has_its_own_windows(practice: Practice, fleet: None) -> None:
    await practice.post("tuning", bot_per_second=3)

    answers = await asyncio.gather(
        *(practice.call("sendMessage", token, chat_id=EM, text="x") for token in TOKENS * 3)
    )

    assert [status for status, _ in answers] == [200] * 3 * COUNT


async def test_each_bot_has_its_own_queue(practice: Practice, fleet: None) -> None:
    for name in NAMES:
        await practice.post("say", user=EM, bot=name, text=f"gửi {name}")

    queues = [(await practice.call("getUpdates", token))[1]["result"] for token in TOKENS]

    assert [[update["message"]["text"] for update in queue] for queue in queues] == [
        ["/start", f"gửi {name}"] for name in NAMES
    ]


async def test_each_bot_has_its_own_webhook(practice: Practice, fleet: None, desk: Desk) -> None:
    for number, token in enumerate(TOKENS):
        await practice.call("setWebhook", token, url=desk.url, secret_token=f"s{number}")

    await desk.until(COUNT)

    assert sorted(desk.secrets, key=str) == sorted(f"s{number}" for number in range(COUNT))
    assert all(Update.de_json(update, None).message for update in desk.got)


async def test_the_list_of_members_shows_each_bot(practice: Practice, fleet: None) -> None:
    await practice.make_group(SUPERGROUP, bots=[BOT, *NAMES])

    found = (await practice.get("members", chat=SUPERGROUP))["members"]

    shown = {member["user"]["username"] for member in found if member["user"]["is_bot"]}
    assert shown == {BOT, *NAMES}
    async with client(practice, TOKENS[-1]) as last:
        assert await last.get_chat_member_count(SUPERGROUP) == COUNT + 3
