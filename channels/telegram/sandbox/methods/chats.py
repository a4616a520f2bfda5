"""Chats and who is in them."""

from channels.telegram.sandbox.errors import Json, bad_request
from channels.telegram.sandbox.members import PERMISSIONS, member_json
from channels.telegram.sandbox.methods.call import Call
from channels.telegram.sandbox.records import Chat, GroupDialog

ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip
FULL_INFO: Json = {
    "accent_color_id": 0,
    "max_reaction_count": 11,
    "accepted_gift_types": {
        "unlimited_gifts": False,
        "limited_gifts": False,
        "unique_gifts": False,
        "premium_subscription": False,
        "gifts_from_channels": False,
    },
}


def get_chat(call: Call) -> Json:
    dialog = call.sandbox.world.find(call.bot, call.params.chat_id())
    info = dialog.as_json() | FULL_INFO
    if isinstance(dialog, GroupDialog) and dialog.chat.linked:
        info["linked_chat_id"] = dialog.chat.linked
    if isinstance(dialog, GroupDialog) and not dialog.chat.is_channel:
        info["permissions"] = dict.fromkeys(PERMISSIONS, True)
    return info


def get_chat_member(call: Call) -> Json:
    chat = _group(call)
    account = call.sandbox.world.account(call.params.user_id())
    if account is None:
        raise bad_request("user not found")
    return member_json(account, chat.members.get(account.id, "left"), chat.type)


def get_chat_administrators(call: Call) -> list[Json]:
    chat = _group(call)
    found = []
    for account_id, standing in chat.members.items():
        account = call.sandbox.world.account(account_id)
        other_bot = account_id in call.sandbox.world.bots and account_id != call.bot.id
        if account and chat.ruled_by(account_id) and not other_bot:
            found.append(member_json(account, standing, chat.type))
    return found


def get_chat_member_count(call: Call) -> int:
    return len(call.sandbox.world.find(call.bot, call.params.chat_id()).readers())


def leave_chat(call: Call) -> bool:
    chat = _group(call)
    call.sandbox.members.leave(chat, call.bot, call.bot.id)
    return True


def send_chat_action(call: Call) -> bool:
    action = call.params.text("action")
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    dialog = call.sandbox.world.reach(call.bot, call.params.chat_id())
    if thread := call.params.integer("message_thread_id"):
        call.sandbox.topics.find(dialog, thread)
    call.sandbox.timeline.typing(dialog, call.bot.name, action)
    return True


def _group(call: Call) -> Chat:
    dialog = call.sandbox.world.find(call.bot, call.params.chat_id())
    if not isinstance(dialog, GroupDialog):
        raise bad_request("there are no administrators in the private chat")
    return dialog.chat
