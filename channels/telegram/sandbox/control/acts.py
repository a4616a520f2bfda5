"""Acts as a person: speaks, edits, presses, starts, uploads."""

import hashlib
import re

from channels.telegram.sandbox.clock import now
from channels.telegram.sandbox.control.wishes import message_in, need, number, place
from channels.telegram.sandbox.errors import ControlError, Json
from channels.telegram.sandbox.html import utf16
from channels.telegram.sandbox.methods.media import stored
from channels.telegram.sandbox.params import Upload
from channels.telegram.sandbox.records import (
    CHANNEL_BOT,
    GROUP_ANONYMOUS_BOT,
    TELEGRAM,
    Bot,
    Chat,
    Dialog,
    GroupDialog,
    PrivateDialog,
    User,
)
from channels.telegram.sandbox.sandbox import Sandbox
from channels.telegram.sandbox.text import typed, with_entities

LONGEST_TEXT = 4096
PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")
CHANNEL_IDS = -1002000000000
UPLOADED = ("photo", "document", "voice", "video")


def say(sandbox: Sandbox, wish: Json) -> Json:
    user, dialog = place(sandbox, wish)
    return {"message": say_in(sandbox, user, dialog, str(wish.get("text", "")), wish)}


def say_in(sandbox: Sandbox, user: User, dialog: Dialog, text: str, wish: Json) -> Json:
    """What a person types into a conversation.

    `entities`, `reply_to`, `thread` and `as` are taken from `wish`.
    """
    text, entities = typed(text, wish.get("entities"))
    if not text or utf16(text) > LONGEST_TEXT:
        raise ControlError(f"a text has 1 to {LONGEST_TEXT} characters")
    return _post(sandbox, user, dialog, with_entities("text", text, entities), wish)


def _post(sandbox: Sandbox, user: User, dialog: Dialog, content: Json, wish: Json) -> Json:
    if isinstance(dialog, PrivateDialog):
        _open(sandbox, dialog)
    else:
        _check_may_write(user, dialog.chat)
    sender = _voice(sandbox, user, dialog, wish)
    answered = None
    if wish.get("reply_to"):
        answered = message_in(sandbox, dialog, {"message_id": wish["reply_to"]})
    place = sandbox.topics.place(dialog, user.id, number(wish, "thread"), answered)
    message = sandbox.timeline.post(dialog, sender, content | place, user.id)
    _mark_said(sandbox, user, dialog, message)
    return message


def _check_may_write(user: User, chat: Chat) -> None:
    if chat.migrated_to:
        raise ControlError(f"chat {chat.id} has become {chat.migrated_to}", 409)
    if chat.members.get(user.id) in ("restricted", "kicked"):
        raise ControlError(f"user {user.id} may not write there", 403)


def _open(sandbox: Sandbox, dialog: PrivateDialog) -> None:
    user, bot = dialog.user, dialog.bot
    if bot.id in user.blocked:
        raise ControlError(f"user {user.id} blocks {bot.username}", 409)
    if bot.id not in user.started:
        user.started.append(bot.id)
        sandbox.world.save(user)


def _voice(sandbox: Sandbox, user: User, dialog: Dialog, wish: Json) -> Json:
    voice = wish.get("as") or "self"
    if isinstance(dialog, GroupDialog) and dialog.chat.is_channel:
        return _posting(user, dialog.chat)
    if voice == "self":
        return {"from": user.as_json()}
    if not isinstance(dialog, GroupDialog):
        raise ControlError("only in a group can one speak as somebody else")
    if voice == "anonymous_admin":
        if not dialog.chat.ruled_by(user.id):
            raise ControlError(f"user {user.id} is no admin there", 403)
        return {"from": GROUP_ANONYMOUS_BOT, "sender_chat": dialog.chat.as_json()}
    channel = _channel(sandbox, user, wish)
    if voice == "channel":
        return {"from": CHANNEL_BOT, "sender_chat": channel}
    if voice == "auto_forward":
        return {"from": TELEGRAM, "sender_chat": channel, "is_automatic_forward": True}
    raise ControlError("as is self, anonymous_admin, channel or auto_forward")


def _posting(user: User, chat: Chat) -> Json:
    if not chat.ruled_by(user.id):
        raise ControlError(f"user {user.id} is no admin there", 403)
    return {"sender_chat": chat.as_json()}


def _channel(sandbox: Sandbox, user: User, wish: Json) -> Json:
    """The channel somebody speaks as: one that is there, or one made up for them."""
    if wish.get("channel"):
        channel = sandbox.world.chat(wish["channel"])
        _posting(user, channel)
        return channel.as_json()
    title = str(wish.get("channel_title") or f"Kênh của {user.first_name}")
    return {"id": CHANNEL_IDS - user.id, "type": "channel", "title": title}


def edit(sandbox: Sandbox, wish: Json) -> Json:
    user, dialog = place(sandbox, wish)
    message = message_in(sandbox, dialog, wish)
    own = sandbox.timeline.author(dialog, message["message_id"]) == user.id
    if not own or "text" not in message:
        raise ControlError(f"user {user.id} cannot edit that message", 403)
    text, entities = typed(str(wish.get("text", "")))
    if not text or utf16(text) > LONGEST_TEXT:
        raise ControlError(f"a text has 1 to {LONGEST_TEXT} characters")
    kept = {k: v for k, v in message.items() if k not in ("text", "entities")}
    edited = kept | with_entities("text", text, entities) | {"edit_date": int(now())}
    return {"message": sandbox.timeline.edit(dialog, edited)}


def point(sandbox: Sandbox, wish: Json) -> Json:
    """Shares a place on the map; with `message_id`, a live one of theirs moves on."""
    user, dialog = place(sandbox, wish)
    # Whatever is written here goes out: a modified app shares what no map shows.
    where: Json = {"latitude": need(wish, "latitude"), "longitude": need(wish, "longitude")}
    if wish.get("live_period"):
        where["live_period"] = number(wish, "live_period")
    if "message_id" in wish:
        return {"message": _moved(sandbox, user, dialog, where, wish)}
    content: Json = {"location": where}
    if venue := wish.get("venue"):
        content["venue"] = {**venue, "location": where}
    return {"message": _post(sandbox, user, dialog, content, wish)}


def _moved(sandbox: Sandbox, user: User, dialog: Dialog, where: Json, wish: Json) -> Json:
    message = message_in(sandbox, dialog, wish)
    own = sandbox.timeline.author(dialog, message["message_id"]) == user.id
    if not own or "live_period" not in message.get("location", {}):
        raise ControlError(f"user {user.id} cannot move that message", 403)
    return sandbox.timeline.edit(dialog, {**message, "location": where, "edit_date": int(now())})


def delete(sandbox: Sandbox, wish: Json) -> Json:
    user, dialog = place(sandbox, wish)
    message = message_in(sandbox, dialog, wish)
    own = sandbox.timeline.author(dialog, message["message_id"]) == user.id
    if dialog.is_group and not own:
        raise ControlError(f"user {user.id} cannot delete that message", 403)
    sandbox.timeline.remove(dialog, message["message_id"])
    return {}


def start(sandbox: Sandbox, wish: Json) -> Json:
    """Presses START, or follows `t.me/<bot>?start=<payload>`; lifts a block, as the app does."""
    user = sandbox.world.user(need(wish, "user"))
    bot = sandbox.world.bot(need(wish, "bot"))
    sandbox.members.unblock(user, bot)
    text = f"/start {_payload(wish)}".strip()
    return {"message": say_in(sandbox, user, PrivateDialog(user, bot), text, {})}


def start_group(sandbox: Sandbox, wish: Json) -> Json:
    """Follows `t.me/<bot>?startgroup=<payload>` into a group."""
    user = sandbox.world.user(need(wish, "user"))
    bot = sandbox.world.bot(need(wish, "bot"))
    chat = sandbox.world.chat(need(wish, "chat"))
    dialog = sandbox.world.dialog(user, chat.id)
    sandbox.members.join(chat, user, bot.id)
    text = f"/start@{bot.username} {_payload(wish)}".strip()
    return {"message": say_in(sandbox, user, dialog, text, {})}


def _payload(wish: Json) -> str:
    payload = str(wish.get("payload") or "")
    if not PAYLOAD.fullmatch(payload):
        raise ControlError("a payload has at most 64 of A-Z a-z 0-9 _ -")
    return payload


async def press(sandbox: Sandbox, wish: Json) -> Json:
    user, dialog = place(sandbox, wish)
    message = message_in(sandbox, dialog, wish)
    wanted = str(need(wish, "button"))
    # A modified app can send any data it likes; the official ones cannot.
    button = {"callback_data": wanted} if wish.get("forged") else _button(message, wanted)
    if "callback_data" not in button:
        return {"answered": False, **button}
    bot = _owner_of(sandbox, dialog, message)
    if isinstance(dialog, PrivateDialog) and bot.id in user.blocked:
        raise ControlError(f"user {user.id} blocks {bot.username}", 409)
    query_id = sandbox.callbacks.ask(bot, user)
    query = {
        "id": query_id,
        "from": user.as_json(),
        "message": message,
        "chat_instance": _chat_instance(dialog),
        "data": button["callback_data"],
    }
    sandbox.mailbox.put(bot, "callback_query", query)
    answer = await sandbox.callbacks.answered(query_id, float(wish.get("wait", 10)))
    return {"query_id": query_id, "answered": answer is not None, **(answer or {})}


def _button(message: Json, wanted: str) -> Json:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    buttons: list[Json] = [button for row in rows for button in row]
    for button in buttons:
        if wanted in (button.get("callback_data"), button["text"]):
            return button
    labels = ", ".join(button["text"] for button in buttons) or "none"
    raise ControlError(f"no button {wanted!r} there; the buttons: {labels}", 404)


def _owner_of(sandbox: Sandbox, dialog: Dialog, message: Json) -> Bot:
    return sandbox.world.bots[sandbox.timeline.author(dialog, message["message_id"])]


def _chat_instance(dialog: Dialog) -> str:
    digest = hashlib.sha256(dialog.key.encode()).digest()
    return str(int.from_bytes(digest[:8], "big", signed=True))


def upload(sandbox: Sandbox, wish: Json, file: Upload) -> Json:
    user, dialog = place(sandbox, wish)
    kind = str(wish.get("kind") or "document")
    if kind not in UPLOADED:
        raise ControlError(f"kind is {', '.join(UPLOADED)}")
    caption, entities = typed(str(wish.get("caption", "")))
    seconds = number(wish, "duration") if "duration" in wish else None
    content: Json = {kind: stored(sandbox, kind, file, seconds)}
    if wish.get("album"):
        content["media_group_id"] = str(wish["album"])
    content |= with_entities("caption", caption, entities)
    return {"message": _post(sandbox, user, dialog, content, wish)}


def read(sandbox: Sandbox, wish: Json) -> Json:
    """This person has seen everything up to `message_id`, with `thread` only in that topic."""
    user, dialog = place(sandbox, wish)
    last = sandbox.timeline.last_id(dialog)
    thread = number(wish, "thread") if "thread" in wish and _is_forum(dialog) else None
    _mark_read(sandbox, user, dialog, number(wish, "message_id", last), thread)
    return {}


def _is_forum(dialog: Dialog) -> bool:
    return isinstance(dialog, GroupDialog) and dialog.chat.is_forum


def _mark_said(sandbox: Sandbox, user: User, dialog: Dialog, message: Json) -> None:
    """Who writes somewhere has read what was there; in a forum, in that topic."""
    topic = message["message_thread_id"] if message.get("is_topic_message") else 0
    thread = topic if _is_forum(dialog) else None
    _mark_read(sandbox, user, dialog, message["message_id"], thread)


def _mark_read(
    sandbox: Sandbox, user: User, dialog: Dialog, message_id: int, thread: int | None
) -> None:
    if message_id > user.has_read(dialog.key, thread):
        topic = {} if thread is None else {"thread": thread}
        user.read[f"{dialog.key}#{thread}" if topic else dialog.key] = message_id
        sandbox.world.save(user)
        event = {"chat": dialog.ref, "user": user.id, "seen": message_id, **topic}
        sandbox.streams.publish(dialog.readers(), "read", event)
