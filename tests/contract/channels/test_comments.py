"""Comments under a channel's posts are not collected, whatever the practice Telegram hands out."""

import json

import pytest

from domain.model.delivery import ButtonFace, Payload, Sent
from tests.contract.channels.scene import Scene

POST = Payload("Lịch tiêm", ((ButtonFace("✍️ Góp ý riêng", url="https://t.me/x?start=gopy"),),))


async def commented(scene: Scene, promote: bool) -> str:
    """A post of ours, with a comment, an answer to it and an album of comments below it."""
    channel = await scene.group(1, super_=True, type="channel", title="Tin xã")
    group = await scene.group(2, super_=True, title="Bàn luận")
    await scene.practice.post("link", channel=int(channel.chat), group=int(group.chat))
    if promote:
        wish = {"promote": [scene.bot], "by": scene.an}
        await scene.practice.post("members", chat=int(group.chat), **wish)
    sent = await scene.send(channel, POST)
    assert isinstance(sent, Sent)
    place = {"user": scene.em, "chat": int(channel.chat), "message_id": int(sent.message_id)}
    first = await scene.practice.post("comment", text="Bình luận bí mật", **place)
    number = first["message"]["message_id"]
    await scene.practice.post("comment", text="Bình luận bí mật nữa", reply_to=number, **place)
    return str(group.chat)


@pytest.mark.parametrize("promote", [False, True])
async def test_no_comment_is_kept_even_where_the_bot_is_an_administrator(
    scene: Scene, promote: bool
) -> None:
    await commented(scene, promote)

    received = await scene.updates.poll(0, 0)
    kept = [json.loads(update.body) for update in received]
    assert not any("bí mật" in update.body.decode("unicode_escape") for update in received)
    assert all({"update_id"} == set(body) or "my_chat_member" in body for body in kept)


async def test_the_posts_copy_in_the_discussion_group_keeps_the_button(scene: Scene) -> None:
    group = int(await commented(scene, promote=False))
    found = await scene.practice.get("messages", user=scene.em, chat=group)

    (copy,) = [one for one in found["messages"] if one.get("is_automatic_forward")]
    assert copy["reply_markup"]["inline_keyboard"][0][0]["text"] == "✍️ Góp ý riêng"
