"""Receiving: what is acknowledged goes, what is not stays, and only one may poll."""

import asyncio
from pathlib import Path

import aiohttp
import pytest
from telegram import Bot
from telegram.error import Conflict

from channels.telegram.sandbox.server import serve
from tests.contract.sandbox.practice import BOT, EM, GROUP, Practice


async def test_an_update_stays_until_it_is_acknowledged(bot: Bot, started: None) -> None:
    (first,) = await bot.get_updates()
    (again,) = await bot.get_updates(offset=first.update_id)

    assert again.update_id == first.update_id
    assert await bot.get_updates(offset=first.update_id + 1) == ()


async def test_acknowledged_updates_do_not_come_back(bot: Bot, started: None) -> None:
    (first,) = await bot.get_updates()
    await bot.get_updates(offset=first.update_id + 1)

    assert await bot.get_updates() == ()


async def test_the_limit_is_kept(practice: Practice, bot: Bot) -> None:
    for text in ("một", "hai", "ba"):
        await practice.post("say", user=EM, bot=BOT, text=text)

    assert len(await bot.get_updates(limit=2)) == 2


async def test_a_negative_offset_keeps_only_the_newest(practice: Practice, bot: Bot) -> None:
    for text in ("một", "hai", "ba"):
        await practice.post("say", user=EM, bot=BOT, text=text)

    (kept,) = await bot.get_updates(offset=-1)

    assert kept.message
    assert kept.message.text == "ba"
    assert len(await bot.get_updates()) == 1


async def test_a_waiting_poll_gets_the_update_at_once(practice: Practice, bot: Bot) -> None:
    async with asyncio.timeout(20):
        poll = asyncio.create_task(bot.get_updates(timeout=30))
        await practice.post("say", user=EM, bot=BOT, text="có ai không")

        assert len(await poll) == 1


async def test_a_second_poll_ends_the_first(practice: Practice, bot: Bot) -> None:
    async with asyncio.timeout(20):
        first = asyncio.create_task(bot.get_updates(timeout=30))
        while not first.done():
            await practice.call("getUpdates", timeout=0)

        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first


async def test_only_the_kinds_asked_for_come(practice: Practice, bot: Bot, group: None) -> None:
    await bot.get_updates(offset=-1, allowed_updates=["callback_query"])
    await practice.post("say", user=EM, bot=BOT, text="không ai hỏi")

    info = await bot.get_webhook_info()

    assert info.allowed_updates == ("callback_query",)
    assert info.pending_update_count == 1


async def test_pending_updates_can_be_dropped(bot: Bot, started: None) -> None:
    await bot.delete_webhook(drop_pending_updates=True)

    assert await bot.get_updates() == ()


async def test_an_edit_is_an_update_of_its_own(practice: Practice, bot: Bot) -> None:
    said = await practice.post("say", user=EM, bot=BOT, text="sai")
    wish = {"message_id": said["message"]["message_id"], "text": "đúng"}
    await practice.post("edit", user=EM, bot=BOT, **wish)

    (_, update) = await bot.get_updates()

    assert update.edited_message
    assert update.edited_message.text == "đúng"


async def test_update_ids_go_on_after_a_restart(tmp_path: Path) -> None:
    ids: list[int] = []
    for _ in range(2):
        running = await serve(("127.0.0.1", 0), tmp_path)
        async with aiohttp.ClientSession() as session:
            practice = Practice(running.address, session)
            await practice.populate()
            await practice.post("say", user=EM, bot=BOT, text="xin chào")
            _, body = await practice.call("getUpdates")
            ids.append(body["result"][-1]["update_id"])
            await practice.call("getUpdates", offset=ids[-1] + 1)
        await running.stop()

    assert ids[1] == ids[0] + 1


async def test_groups_and_private_chats_share_one_queue(
    practice: Practice, bot: Bot, group: None, started: None
) -> None:
    await practice.post("say", user=EM, chat=GROUP, text="/trogiup")

    ids = [update.update_id for update in await bot.get_updates()]

    assert ids == list(range(ids[0], ids[0] + len(ids)))
