"""Long polling against the practice Telegram: order, offsets, privacy, a second poller."""

import asyncio
import json

import pytest
from telegram.error import Conflict

from domain.ports import Received
from tests.contract.channels.scene import Scene


async def news(scene: Scene) -> list[Received]:
    return await scene.updates.poll(0, 0)


def texts(received: list[Received]) -> list[str]:
    bodies = [json.loads(update.body) for update in received]
    return [body["message"]["text"] for body in bodies if "text" in body.get("message", {})]


async def test_news_comes_again_until_a_higher_offset_is_asked_for(scene: Scene) -> None:
    await scene.start()

    first, again = await news(scene), await news(scene)

    assert first == again != []
    assert await scene.updates.poll(first[-1].update_id + 1, 0) == []


async def test_a_private_chat_stands_in_one_line(scene: Scene) -> None:
    await scene.start()
    await scene.practice.post("say", user=scene.em, chat=scene.bot, text="Đường hư")

    assert {update.line for update in await news(scene)} == {str(scene.em)}


async def test_group_talk_is_dropped_even_when_telegram_hands_it_out(scene: Scene) -> None:
    address = await scene.group()
    chat = int(address.chat)
    await scene.practice.post("members", chat=chat, promote=[scene.bot], by=scene.an)
    for text in ("Chuyện riêng trong xóm", "/ketnoi", "Chuyện khác"):
        await scene.practice.post("say", user=scene.em, chat=chat, text=text)

    received = await news(scene)

    assert texts(received) == ["/ketnoi"]
    assert json.loads(received[-1].body) == {"update_id": received[-1].update_id}


async def test_dropped_talk_does_not_come_again(scene: Scene) -> None:
    address = await scene.group()
    await scene.practice.post("members", chat=int(address.chat), promote=[scene.bot], by=scene.an)
    await scene.practice.post("say", user=scene.em, chat=int(address.chat), text="Chuyện xóm")

    received = await news(scene)

    assert await scene.updates.poll(received[-1].update_id + 1, 0) == []


async def test_a_second_poller_ends_the_first_with_a_conflict(scene: Scene) -> None:
    first = asyncio.create_task(scene.updates.poll(0, 20))
    async with asyncio.timeout(10):
        while not first.done():
            await scene.updates.poll(0, 0)

    with pytest.raises(Conflict):
        await first
