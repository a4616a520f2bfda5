"""Forwarding: the same content in another chat, with where it came from; a poll stays one poll."""

from channels.telegram.sandbox.errors import Json, bad_request
from channels.telegram.sandbox.methods.call import Call
from channels.telegram.sandbox.methods.sending import send
from channels.telegram.sandbox.records import GroupDialog
from channels.telegram.sandbox.timeline import FORWARDED


def forward_message(call: Call) -> Json:
    params = call.params
    source = call.sandbox.world.reach(call.bot, params.chat_id("from_chat_id"))
    message = call.sandbox.timeline.message(source, params.integer("message_id"))
    if message is None:
        raise bad_request("message to forward not found")
    content = {key: message[key] for key in FORWARDED if key in message}
    if not content or message.get("has_protected_content"):
        raise bad_request("message can't be forwarded")
    _check_poll(call, message)
    text = message.get("text") or message.get("caption") or message.get("poll", {}).get("question")
    return send(call, content | {"forward_origin": _origin(message)}, text or "")


def _origin(message: Json) -> Json:
    origin: Json = message.get("forward_origin", {})
    if origin:
        return origin
    if channel := message.get("sender_chat"):
        number = message["message_id"]
        place = {"date": message["date"], "chat": channel, "message_id": number}
        return {"type": "channel", **place}
    return {"type": "user", "date": message["date"], "sender_user": message["from"]}


def _check_poll(call: Call, message: Json) -> None:
    target = call.sandbox.world.reach(call.bot, call.params.chat_id())
    public = not message.get("poll", {}).get("is_anonymous", True)
    if public and isinstance(target, GroupDialog) and target.chat.is_channel:
        raise bad_request("non-anonymous polls can't be sent to channel chats")
