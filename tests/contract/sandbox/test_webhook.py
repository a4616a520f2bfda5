"""Updates by webhook: handed over until taken, with the secret, in order within a chat."""

import asyncio
from pathlib import Path

import aiohttp
import pytest
from telegram import Bot, Update
from telegram.error import BadRequest, Conflict

from channels.telegram.sandbox.server import serve
from tests.contract.sandbox.desk import Desk
from tests.contract.sandbox.practice import BOT, EM, GROUP, TOKEN, Practice


async def pending(bot: Bot, count: int) -> None:
    """Waits until so many updates are left."""
    async with asyncio.timeout(20):
        while (await bot.get_webhook_info()).pending_update_count != count:
            continue


async def test_an_update_is_handed_over_with_the_secret(
    practice: Practice, bot: Bot, desk: Desk
) -> None:
    await bot.set_webhook(desk.url, secret_token="bi_mat-1")
    await practice.post("say", user=EM, bot=BOT, text="xin chào")

    await desk.until(1)

    update = Update.de_json(desk.got[0], bot)
    assert update.message
    assert (update.message.text, desk.secrets) == ("xin chào", ["bi_mat-1"])
    await pending(bot, 0)


async def test_what_waited_is_handed_over_once_a_webhook_is_set(
    bot: Bot, desk: Desk, started: None
) -> None:
    (waiting,) = await bot.get_updates()

    await bot.set_webhook(desk.url)

    assert await desk.until(1) == [waiting.update_id]


async def test_what_waited_can_be_dropped(
    practice: Practice, bot: Bot, desk: Desk, started: None
) -> None:
    await bot.set_webhook(desk.url, drop_pending_updates=True)
    await practice.post("say", user=EM, bot=BOT, text="chỉ tin này")

    await desk.until(1)

    assert [update["message"]["text"] for update in desk.got] == ["chỉ tin này"]


@pytest.mark.parametrize("status", [302, 403, 500, 503])
async def test_an_update_not_taken_comes_again(
    status: int, practice: Practice, bot: Bot, desk: Desk
) -> None:
    await practice.post("tuning", webhook_pause_ms=1)
    desk.statuses = [status, status]
    await bot.set_webhook(desk.url)
    await practice.post("say", user=EM, bot=BOT, text="xin chào")

    first, *others = await desk.until(3)

    assert others == [first, first]
    await pending(bot, 0)
    info = await bot.get_webhook_info()
    assert (info.last_error_message or "").startswith(f"Wrong response from the webhook: {status}")
    assert info.last_error_date


async def test_a_webhook_that_is_not_there_is_reported(practice: Practice, bot: Bot) -> None:
    await bot.set_webhook("http://127.0.0.1:9/hook")
    await practice.post("say", user=EM, bot=BOT, text="xin chào")

    async with asyncio.timeout(20):
        while not (info := await bot.get_webhook_info()).last_error_message:
            continue

    assert (info.last_error_message, info.pending_update_count) == ("Connection refused", 1)


async def test_a_chat_keeps_its_order_and_delays_no_other(
    practice: Practice, bot: Bot, desk: Desk, group: None
) -> None:
    await bot.set_webhook(desk.url, drop_pending_updates=True)
    released = asyncio.Event()
    desk.hold = lambda update: released if update["message"]["chat"]["id"] == EM else None
    await practice.post("say", user=EM, bot=BOT, text="một")
    await practice.post("say", user=EM, bot=BOT, text="hai")
    await practice.post("say", user=EM, chat=GROUP, text="/trogiup")

    await desk.until(2)
    before = [update["message"]["text"] for update in desk.got]
    released.set()
    await desk.until(3)

    assert sorted(before) == ["/trogiup", "một"]
    assert desk.got[-1]["message"]["text"] == "hai"


async def test_no_more_than_the_connections_allowed_are_used(
    practice: Practice, bot: Bot, desk: Desk
) -> None:
    released = asyncio.Event()
    desk.hold = lambda _: released
    await bot.set_webhook(desk.url, max_connections=1)
    await practice.post("say", user=EM, bot=BOT, text="một")
    await practice.post("start", user=8, bot=BOT)
    await desk.until(1)
    await bot.get_webhook_info()

    assert len(desk.got) == 1
    released.set()
    assert len(await desk.until(2)) == 2


async def test_polling_is_refused_while_a_webhook_is_set(bot: Bot, desk: Desk) -> None:
    await bot.set_webhook(desk.url)

    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()


async def test_a_waiting_poll_ends_when_a_webhook_is_set(
    practice: Practice, bot: Bot, desk: Desk
) -> None:
    status, why = 0, ""
    async with asyncio.timeout(20):
        while "terminated by setWebhook request" not in why:
            poll = asyncio.create_task(practice.call("getUpdates", timeout=30))
            await bot.get_me()
            await bot.set_webhook(desk.url)
            status, body = await poll
            why = body["description"]
            await bot.delete_webhook()

    assert status == 409


async def test_polling_goes_on_after_the_webhook_is_deleted(
    practice: Practice, bot: Bot, desk: Desk
) -> None:
    await bot.set_webhook(desk.url)
    await bot.delete_webhook()
    await practice.post("say", user=EM, bot=BOT, text="xin chào")

    assert len(await bot.get_updates()) == 1
    assert desk.got == []


async def test_the_info_tells_all_but_the_secret(bot: Bot, desk: Desk) -> None:
    await bot.set_webhook(
        desk.url, max_connections=7, allowed_updates=["message"], secret_token="bi_mat"
    )

    info = await bot.get_webhook_info()

    assert (info.url, info.max_connections) == (desk.url, 7)
    assert info.allowed_updates == ("message",)
    assert "bi_mat" not in str(info.to_dict())


@pytest.mark.parametrize(
    ("url", "secret", "words"),
    [
        ("ftp://a.vn/x", "", "Invalid webhook url"),
        ("http://", "", "Invalid webhook url"),
        ("http://127.0.0.1/x", "dấu", "Secret token contains unallowed characters"),
        ("http://127.0.0.1/x", "x" * 257, "Secret token is too long"),
    ],
)
async def test_a_webhook_that_cannot_be_is_refused(
    url: str, secret: str, words: str, bot: Bot
) -> None:
    with pytest.raises(BadRequest, match=words):
        await bot.set_webhook(url, secret_token=secret)


async def test_the_same_update_can_be_handed_over_again_at_once_and_out_of_order(
    practice: Practice, bot: Bot, desk: Desk
) -> None:
    await bot.set_webhook(desk.url)
    for text in ("một", "hai"):
        await practice.post("say", user=EM, bot=BOT, text=text)
    ids = await desk.until(2)
    all_there = asyncio.Event()
    desk.hold = lambda _: all_there

    wish = {"updates": ids, "times": 5, "seed": 1}
    repeating = asyncio.create_task(practice.post("redeliver", bot=BOT, **wish))
    again = (await desk.until(12))[2:]
    all_there.set()
    handed = (await repeating)["handed"]

    assert sorted(again) == sorted(ids * 5)
    assert [one["update_id"] for one in handed] not in (ids * 5, sorted(again))
    assert {one["error"] for one in handed} == {""}


async def test_a_webhook_is_taken_up_again_after_a_restart(tmp_path: Path, desk: Desk) -> None:
    desk.statuses = [503]
    for _ in range(2):
        running = await serve(("127.0.0.1", 0), tmp_path)
        async with aiohttp.ClientSession() as session:
            practice = Practice(running.address, session)
            if not desk.got:
                await practice.populate()
                await practice.call("setWebhook", TOKEN, url=desk.url, secret_token="s")
                await practice.post("say", user=EM, bot=BOT, text="xin chào")
                await desk.until(1)
            else:
                await desk.until(2)
        await running.stop()

    assert desk.got[0] == desk.got[1]
    assert desk.secrets == ["s", "s"]
