"""The gateway keeps its contract against a server that is as strict as Telegram."""

import asyncio
import hashlib
import json
from dataclasses import replace

import pytest

from channels.pacer import Limits, Pacer
from channels.telegram.gateway import (
    BAD_TOKEN,
    NOT_A_BOT_API,
    UNREACHABLE,
    CannotOpen,
    TelegramGateway,
    open_gateway,
)
from domain.clock import SystemClock
from domain.model.chat import Address
from domain.model.delivery import (
    ButtonFace,
    Held,
    Lane,
    Lost,
    Moved,
    Payload,
    Rejected,
    Sent,
)
from tests.contract.channels.scene import WORDS, Scene

AGREE = ButtonFace("Đồng ý", press="a1b2")
WITH_BUTTONS = replace(
    WORDS, buttons=((AGREE,), (ButtonFace("Nguồn", url="https://cantho.gov.vn/a"),))
)


async def sent(scene: Scene, to_group: bool = True) -> tuple[Sent, list[dict[str, object]]]:
    address = await (scene.group() if to_group else scene.start())
    outcome = await scene.send(address, WITH_BUTTONS)
    assert isinstance(outcome, Sent)
    return outcome, await scene.seen(address)


async def test_the_words_arrive_as_they_were_given(scene: Scene) -> None:
    await scene.send(await scene.group())

    [receipt] = await scene.receipts()
    assert receipt["sha256"] == hashlib.sha256("Nước lớn từ 16 giờ".encode()).hexdigest()


async def test_buttons_arrive_in_their_rows(scene: Scene) -> None:
    _, seen = await sent(scene)

    assert seen[-1]["reply_markup"] == {
        "inline_keyboard": [
            [{"text": "Đồng ý", "callback_data": "a1b2"}],
            [{"text": "Nguồn", "url": "https://cantho.gov.vn/a"}],
        ]
    }


async def test_a_supergroups_receipt_has_a_link(scene: Scene) -> None:
    address = await scene.group(super_=True)

    outcome = await scene.send(address)

    assert isinstance(outcome, Sent)
    short = address.chat.removeprefix("-100")
    assert outcome.link == f"https://t.me/c/{short}/{outcome.message_id}"


async def test_a_topic_gets_the_words_and_the_receipt_leads_into_it(scene: Scene) -> None:
    forum = await scene.group(super_=True, is_forum=True)
    made = await scene.practice.post("topics", user=scene.an, chat=int(forum.chat), name="Đường")
    topic = str(made["message_thread_id"])

    outcome = await scene.send(replace(forum, thread=topic))

    assert isinstance(outcome, Sent)
    assert outcome.link.endswith(f"/{outcome.message_id}?thread={topic}")
    assert str((await scene.seen(forum))[-1]["message_thread_id"]) == topic


async def test_a_topic_that_is_not_there_is_lost_and_its_group_is_not(scene: Scene) -> None:
    forum = await scene.group(super_=True, is_forum=True)
    outcome = await scene.send(replace(forum, thread="987"))

    assert isinstance(outcome, Lost)
    assert outcome.topic_only


@pytest.mark.parametrize("to_group", [True, False])
async def test_a_plain_groups_and_a_private_receipt_have_no_link(
    scene: Scene, to_group: bool
) -> None:
    outcome, _ = await sent(scene, to_group)

    assert outcome.link == ""


async def test_an_edit_replaces_words_and_buttons(scene: Scene) -> None:
    address = await scene.group()
    first = await scene.send(address, WITH_BUTTONS)
    assert isinstance(first, Sent)

    outcome = await scene.gateway.edit(address, first.message_id, Payload("Nước đã rút"))

    [message] = [seen for seen in await scene.seen(address) if "text" in seen]
    assert outcome == Sent(first.message_id)
    assert (message["text"], message.get("reply_markup")) == ("Nước đã rút", None)


async def test_an_edit_to_the_same_words_counts_as_done(scene: Scene) -> None:
    address = await scene.group()
    first = await scene.send(address)
    assert isinstance(first, Sent)

    assert await scene.gateway.edit(address, first.message_id, WORDS) == Sent(first.message_id)


async def test_a_deleted_message_may_be_deleted_again(scene: Scene) -> None:
    address = await scene.group()
    first = await scene.send(address)
    assert isinstance(first, Sent)

    outcomes = [await scene.gateway.delete(address, first.message_id) for _ in range(2)]

    assert outcomes == [Sent(first.message_id)] * 2
    assert await scene.spoken(address) == []


async def test_who_presses_a_button_is_told(scene: Scene) -> None:
    outcome, _ = await sent(scene, to_group=False)
    wish = {"user": scene.em, "bot": scene.bot, "message_id": int(outcome.message_id)}
    press = asyncio.create_task(scene.practice.post("press", **wish, button="Đồng ý"))
    query = await pressed(scene)

    await scene.gateway.acknowledge(query, "Đã nhận " * 50, alert=True)

    answer = await press
    assert (answer["answered"], answer["show_alert"], len(answer["text"])) == (True, True, 200)


async def pressed(scene: Scene) -> str:
    """The id of the press that the bot is told of."""
    offset = 0
    async with asyncio.timeout(20):
        while True:
            for update in await scene.updates.poll(offset, 1):
                offset = update.update_id + 1
                if query := json.loads(update.body).get("callback_query"):
                    return str(query["id"])


async def test_a_press_of_long_ago_is_no_trouble(scene: Scene) -> None:
    await scene.gateway.acknowledge("123456789", "Đã nhận")


async def test_a_group_that_removed_the_bot_is_lost(scene: Scene) -> None:
    address = await scene.group()
    await scene.practice.post("members", chat=int(address.chat), kick=[scene.bot], by=scene.an)

    assert isinstance(await scene.send(address), Lost)


async def test_a_person_who_blocked_the_bot_is_lost(scene: Scene) -> None:
    address = await scene.start()
    await scene.practice.post("block", user=scene.em, bot=scene.bot)

    assert isinstance(await scene.send(address), Lost)


async def test_a_group_that_moved_says_where(scene: Scene) -> None:
    address = await scene.group()
    await scene.practice.post("migrate", chat=int(address.chat), id=-(10**12) - scene.em)

    assert await scene.send(address) == Moved(str(-(10**12) - scene.em))


@pytest.mark.parametrize("markup", ["a" * 4097, "<b>nửa chừng", "", "<table>"])
async def test_words_that_cannot_be_shown_are_rejected(scene: Scene, markup: str) -> None:
    assert isinstance(await scene.send(await scene.group(), Payload(markup)), Rejected)


async def test_a_chat_that_nobody_knows_is_rejected(scene: Scene) -> None:
    nowhere = replace(scene.private(), chat="999999")

    assert await scene.send(nowhere) == Rejected("Bad Request: chat not found")


async def test_a_429_holds_the_chat_and_no_other(scene: Scene) -> None:
    quiet, other = await scene.group(1), await scene.group(2)
    fault = {"kind": "retry_after", "seconds": 40, "times": 1}
    await scene.practice.post("faults", method="sendMessage", chat=int(quiet.chat), **fault)

    assert await scene.send(quiet) == Held(40)
    assert scene.gateway.wait(quiet) > 39
    assert isinstance(await scene.send(quiet), Held)
    assert isinstance(await scene.send(other), Sent)


async def test_a_backlog_meets_no_limit_of_the_server(scene: Scene) -> None:
    groups = [await scene.group(number) for number in range(75)]
    # Wide, since a machine that runs other tests beside this one is an uneven path.
    pacer = Pacer(Limits(spread=0.25), SystemClock().monotonic)
    gateway = TelegramGateway(scene.gateway.bot, scene.gateway.request, pacer)
    free = asyncio.Semaphore(16)

    async def send(address: Address) -> object:
        async with free:
            return await gateway.send(address, WORDS, Lane.BULK)

    outcomes = await asyncio.gather(*map(send, groups))

    assert {type(outcome) for outcome in outcomes} == {Sent}


async def test_the_menu_is_shown_by_language_and_place(scene: Scene) -> None:
    await scene.start()
    await scene.gateway.set_commands([("gopy", "Góp ý")], "vi", "private")
    await scene.gateway.set_commands([("help", "Help")])

    menu = await scene.practice.get("commands", user=scene.em, chat=scene.bot)

    assert [entry["command"] for entry in menu["commands"]] == ["gopy"]


async def test_a_menu_that_is_refused_is_no_trouble(scene: Scene) -> None:
    assert await scene.gateway.set_commands([("Góp ý", "")]) is False


async def test_a_deep_link_leads_to_the_bot(scene: Scene) -> None:
    assert scene.gateway.deep_link("moi_x") == f"https://t.me/{scene.bot}?start=moi_x"


@pytest.mark.parametrize("token", ["", "nonsense", "1:unknown", "1:hai dòng\n"])
async def test_a_bad_token_is_named(sandbox: str, token: str) -> None:
    with pytest.raises(CannotOpen) as refusal:
        await open_gateway(token, sandbox, SystemClock())

    assert refusal.value.reason == BAD_TOKEN


@pytest.mark.parametrize("address", ["http://127.0.0.1:1", "nonsense"])
async def test_an_unreachable_server_is_named(address: str) -> None:
    with pytest.raises(CannotOpen) as refusal:
        await open_gateway("1:unknown", address, SystemClock())

    assert refusal.value.reason == UNREACHABLE


async def test_a_server_that_is_no_bot_api_is_named(sandbox: str) -> None:
    with pytest.raises(CannotOpen) as refusal:
        await open_gateway("1:unknown", f"{sandbox}/control", SystemClock())

    assert refusal.value.reason == NOT_A_BOT_API


async def test_it_knows_where_it_was_made_an_administrator(scene: Scene) -> None:
    group = await scene.group()
    before = await scene.gateway.is_admin(group)
    await scene.practice.post("members", chat=int(group.chat), promote=[scene.bot], by=scene.an)

    assert (before, await scene.gateway.is_admin(group)) == (False, True)
    assert not await scene.gateway.is_admin(replace(group, chat="-424242424"))
