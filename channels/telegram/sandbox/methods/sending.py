"""How anything a bot sends gets into a chat: address, reply, pace, receipt."""

import hashlib

from channels.telegram.sandbox.clock import now
from channels.telegram.sandbox.errors import Json, bad_request, too_many
from channels.telegram.sandbox.html import utf16
from channels.telegram.sandbox.keyboards import checked_markup
from channels.telegram.sandbox.methods.call import Call
from channels.telegram.sandbox.records import Bot, Dialog, GroupDialog, User
from channels.telegram.sandbox.text import TextAndEntities, formatted

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
CALLED = {
    "photo": "photos",
    "document": "documents",
    "video": "videos",
    "voice": "voice messages",
    "poll": "polls",
}
Sent = tuple[Json, str]
"""What goes into the chat, and the text that its receipt vouches for."""


def send(call: Call, content: Json, text: str) -> Json:
    return send_all(call, [(content, text)])[0]


def send_all(call: Call, posts: list[Sent]) -> list[Json]:
    """Posts them in one go; each counts towards what the next call may still do."""
    markup = checked_markup(call.params.json("reply_markup"))
    dialog = call.sandbox.world.reach(call.bot, call.params.chat_id())
    _check_rights(call.bot, dialog, posts[0][0])
    thread, answered = call.params.integer("message_thread_id"), _answered(call, dialog)
    place = call.sandbox.topics.place(dialog, call.bot.id, thread, answered)
    extras = place | _options(call)
    if markup:
        extras["reply_markup"] = markup
    moment, sent = _pace(call, dialog, len(posts)), []
    sender = voice(call.bot, dialog)
    for content, text in posts:
        message = call.sandbox.timeline.post(dialog, sender, content | extras, call.bot.id)
        call.sandbox.windows.record(call.bot.username, dialog.key, moment)
        _receipt(call, dialog, message["message_id"], moment, text)
        sent.append(message)
    return sent


def _check_rights(bot: Bot, dialog: Dialog, content: Json) -> None:
    if isinstance(dialog, GroupDialog) and dialog.chat.members[bot.id] == "restricted":
        what = next((name for kind, name in CALLED.items() if kind in content), "text messages")
        raise bad_request(f"not enough rights to send {what} to the chat")


def voice(account: Bot | User, dialog: Dialog) -> Json:
    """Who is shown as the sender: in a channel the channel itself."""
    if isinstance(dialog, GroupDialog) and dialog.chat.is_channel:
        return {"sender_chat": dialog.chat.as_json()}
    return {"from": account.as_json()}


def sent_text(call: Call) -> TextAndEntities:
    text, entities = formatted(
        call.params.text("text"), call.params.text("parse_mode"), call.params.json("entities")
    )
    if not text:
        raise bad_request("message text is empty")
    if utf16(text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return text, entities


def sent_caption(call: Call) -> TextAndEntities:
    text, entities = formatted(
        call.params.text("caption"),
        call.params.text("parse_mode"),
        call.params.json("caption_entities"),
    )
    if utf16(text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return text, entities


def _pace(call: Call, dialog: Dialog, posts: int) -> float:
    moment = now()
    if hold := call.sandbox.windows.hold(call.bot.username, dialog.key, moment, posts):
        raise too_many(hold)
    return moment


def _answered(call: Call, dialog: Dialog) -> Json | None:
    wish = call.params.json("reply_parameters") or {}
    wanted = int(wish.get("message_id") or call.params.integer("reply_to_message_id"))
    if not wanted:
        return None
    found = call.sandbox.timeline.message(dialog, wanted)
    lenient = wish.get("allow_sending_without_reply")
    if found or lenient or call.params.flag("allow_sending_without_reply"):
        return found
    raise bad_request("message to be replied not found")


def _options(call: Call) -> Json:
    found: Json = {}
    if preview := call.params.json("link_preview_options"):
        found["link_preview_options"] = preview
    if call.params.flag("protect_content"):
        found["has_protected_content"] = True
    return found


def _receipt(call: Call, dialog: Dialog, message_id: int, moment: float, text: str) -> None:
    line = {
        "time": moment,
        "bot": call.bot.username,
        "chat": dialog.as_json()["id"],
        "dialog": dialog.key,
        "method": call.method,
        "message_id": message_id,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "length": utf16(text),
    }
    call.sandbox.store.add_line("receipts", line)
