"""What the chat page asks for: stretches of a long talk, one's own vote, comments, files."""

import asyncio
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from channels.telegram.sandbox.server import serve
from tests.contract.sandbox.practice import (
    AN,
    CHANNEL,
    EM,
    GROUP,
    STRANGER,
    SUPERGROUP,
    Practice,
)

WEBM = b"\x1aE\xdf\xa3" + bytes(range(200))


async def say(practice: Practice, text: str, user: int = EM, **more: Any) -> int:
    said = await practice.post("say", user=user, chat=GROUP, text=text, **more)
    return int(said["message"]["message_id"])


@pytest.fixture
async def forum(practice: Practice) -> int:
    await practice.make_group(SUPERGROUP, is_forum=True)
    topic = await practice.post("topics", user=AN, chat=SUPERGROUP, name="Đường sá")
    return int(topic["message_thread_id"])


@pytest.fixture
async def post(practice: Practice) -> int:
    """A post of a channel that Em and a stranger read; only Em is in its discussion group."""
    await practice.make_group(CHANNEL, type="channel", title="Tin xã", members=[EM, STRANGER])
    await practice.make_group(SUPERGROUP, title="Bàn chuyện xã")
    await practice.post("link", channel=CHANNEL, group=SUPERGROUP)
    _, sent = await practice.call("sendMessage", chat_id=CHANNEL, text="Lịch tiêm phòng")
    return int(sent["result"]["message_id"])


async def posts(practice: Practice, user: int = EM) -> Any:
    return (await practice.get("messages", user=user, chat=CHANNEL))["messages"]


async def test_older_messages_come_before_a_number(practice: Practice, group: None) -> None:
    numbers = [await say(practice, f"tin {at}") for at in range(6)]

    found = await practice.get("messages", user=EM, chat=GROUP, before=numbers[4], limit=2)

    assert [message["text"] for message in found["messages"]] == ["tin 2", "tin 3"]


async def test_single_messages_can_be_asked_for(practice: Practice, group: None) -> None:
    numbers = [await say(practice, f"tin {at}") for at in range(3)]

    found = await practice.get(
        "messages", user=EM, chat=GROUP, ids=f"{numbers[0]},{numbers[2]},999"
    )

    assert [message["text"] for message in found["messages"]] == ["tin 0", "tin 2"]


async def test_a_topic_is_read_without_the_others(practice: Practice, forum: int) -> None:
    await practice.post("say", user=EM, chat=SUPERGROUP, text="cầu hỏng", thread=forum)
    await practice.post("say", user=EM, chat=SUPERGROUP, text="chào bà con")

    inside = await practice.get("messages", user=EM, chat=SUPERGROUP, thread=forum)
    general = await practice.get("messages", user=EM, chat=SUPERGROUP, thread=0)

    assert [message.get("text") for message in inside["messages"]] == [None, "cầu hỏng"]
    assert [message.get("text") for message in general["messages"]] == [None, "chào bà con"]


async def test_each_topic_of_a_forum_is_read_by_itself(practice: Practice, forum: int) -> None:
    async def unread() -> int:
        chats = (await practice.get("chats", user=EM))["chats"]
        return int(next(one["unread"] for one in chats if one["chat"] == str(SUPERGROUP)))

    await practice.post("read", user=EM, chat=SUPERGROUP)
    for text, thread in (("cầu hỏng", forum), ("chào bà con", 0)) * 2:
        await practice.post("say", user=AN, chat=SUPERGROUP, text=text, thread=thread)
    assert await unread() == 4

    await practice.post("read", user=EM, chat=SUPERGROUP, thread=0)
    assert await unread() == 2
    inside = await practice.get("messages", user=AN, chat=SUPERGROUP, thread=forum)
    general = await practice.get("messages", user=AN, chat=SUPERGROUP, thread=0)
    assert inside["seen_by_others"] < inside["messages"][-1]["message_id"]
    assert general["seen_by_others"] >= general["messages"][-1]["message_id"]

    await practice.post("say", user=EM, chat=SUPERGROUP, text="để tôi xem", thread=forum)
    assert await unread() == 0


async def test_one_sees_ones_own_vote_and_nobody_elses(practice: Practice, group: None) -> None:
    await practice.call("sendPoll", chat_id=GROUP, question="Họp tối nào?", options=["Hai", "Ba"])
    found = await practice.get("messages", user=EM, chat=GROUP)
    await practice.post(
        "vote", user=EM, chat=GROUP, message_id=found["messages"][-1]["message_id"], options=[1]
    )

    async def chosen(user: int) -> Any:
        seen = await practice.get("messages", user=user, chat=GROUP)
        return seen["messages"][-1]["poll"]["chosen"]

    assert await chosen(EM) == [1]
    assert await chosen(AN) == []


async def test_a_posts_comments_are_counted(practice: Practice, post: int) -> None:
    assert [message["comments"] for message in await posts(practice)] == [0]

    for text in ("mấy giờ?", "ở đâu?"):
        await practice.post("comment", user=EM, chat=CHANNEL, message_id=post, text=text)

    assert [message["comments"] for message in await posts(practice)] == [2]


async def test_a_deleted_comment_is_no_longer_counted(practice: Practice, post: int) -> None:
    said = await practice.post("comment", user=EM, chat=CHANNEL, message_id=post, text="nhầm")
    gone = said["message"]["message_id"]
    await practice.post("delete", user=EM, chat=SUPERGROUP, message_id=gone)

    assert [message["comments"] for message in await posts(practice)] == [0]


async def test_a_reader_outside_the_group_reads_and_writes_comments_and_nothing_else(
    practice: Practice, post: int
) -> None:
    await practice.post("say", user=EM, chat=SUPERGROUP, text="chuyện khác")
    await practice.post("comment", user=STRANGER, chat=CHANNEL, message_id=post, text="mấy giờ?")

    found = await practice.get("comments", user=STRANGER, chat=CHANNEL, message_id=post)

    assert found["post"]["text"] == "Lịch tiêm phòng"
    assert [message["text"] for message in found["messages"]] == ["mấy giờ?"]


async def test_without_a_linked_group_nobody_comments(practice: Practice, post: int) -> None:
    await practice.post("link", channel=CHANNEL)

    with pytest.raises(AssertionError, match="nobody can comment"):
        await practice.post("comment", user=EM, chat=CHANNEL, message_id=post, text="mấy giờ?")
    assert "comments" not in (await posts(practice))[0]


async def test_a_player_gets_the_stretch_it_asks_for(practice: Practice, group: None) -> None:
    sent = await practice.upload("phim.webm", WEBM, user=str(EM), chat=str(GROUP), kind="video")
    address = f"/control/file?id={sent['message']['video']['file_id']}"

    response, part = await practice.raw(address, headers={"Range": "bytes=10-19"})

    assert (response.status, part) == (206, WEBM[10:20])
    assert response.headers["Content-Range"] == f"bytes 10-19/{len(WEBM)}"
    assert response.content_type == "video/webm"


async def test_what_calls_itself_a_page_is_not_served_as_one(
    practice: Practice, group: None
) -> None:
    form = aiohttp.FormData({"user": str(EM), "chat": str(GROUP), "kind": "document"})
    form.add_field("file", b"<script>1</script>", filename="x.html", content_type="text/html")
    sent = await practice._ask("POST", "upload", data=form)

    response, _ = await practice.raw(f"/control/file?id={sent['message']['document']['file_id']}")

    assert response.content_type == "application/octet-stream"


async def test_a_page_learns_that_a_post_was_commented_on(practice: Practice, post: int) -> None:
    async with (
        asyncio.timeout(20),
        aiohttp.ClientSession() as session,
        session.get(f"{practice.address}/control/events?user={STRANGER}") as stream,
    ):
        await stream.content.readuntil(b"event: hello\ndata: {}\n\n")
        await practice.post("comment", user=EM, chat=CHANNEL, message_id=post, text="mấy giờ?")
        kind, data = (await stream.content.readuntil(b"\n\n")).decode().strip().split("\n")

    assert kind == "event: comments"
    event = json.loads(data.removeprefix("data: "))
    assert event == {"chat": str(CHANNEL), "message_id": post, "comments": 1}


async def test_threads_of_an_older_file_are_found_again(tmp_path: Path) -> None:
    async with aiohttp.ClientSession() as session:
        running = await serve(("127.0.0.1", 0), tmp_path)
        practice = Practice(running.address, session)
        await practice.populate()
        await practice.make_group(SUPERGROUP, is_forum=True)
        topic = await practice.post("topics", user=AN, chat=SUPERGROUP, name="Đường sá")
        await running.stop()
        with closing(sqlite3.connect(tmp_path / "sandbox.db")) as file:
            file.execute("DROP TABLE threads")

        running = await serve(("127.0.0.1", 0), tmp_path)
        practice = Practice(running.address, session)
        thread = topic["message_thread_id"]
        found = await practice.get("messages", user=EM, chat=SUPERGROUP, thread=thread)
        await running.stop()

    assert [message["message_id"] for message in found["messages"]] == [thread]


async def test_how_far_others_have_read_is_told(practice: Practice, group: None) -> None:
    number = await say(practice, "mai họp ấp")
    await practice.post("read", user=AN, chat=GROUP, message_id=number)

    found = await practice.get("messages", user=EM, chat=GROUP)
    assert found["seen_by_others"] == number
    assert (await practice.get("messages", user=AN, chat=GROUP))["seen_by_others"] == number


async def test_how_far_one_has_read_comes_with_the_messages(
    practice: Practice, group: None
) -> None:
    number = await say(practice, "mai họp ấp")
    await practice.post("read", user=AN, chat=GROUP, message_id=number - 1)

    assert (await practice.get("messages", user=AN, chat=GROUP))["seen"] == number - 1
