"""Which messages of a group a bot in privacy mode is given."""

from channels.telegram.sandbox.errors import Json
from channels.telegram.sandbox.records import Bot, Dialog, PrivateDialog

SERVICE = (
    "new_chat_members",
    "left_chat_member",
    "group_chat_created",
    "supergroup_chat_created",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "new_chat_title",
    "forum_topic_created",
    "forum_topic_closed",
    "forum_topic_reopened",
)


def sees(bot: Bot, dialog: Dialog, message: Json, neighbours: int) -> bool:
    """Whether `bot` gets this message; `neighbours` counts the chat's bots, itself included."""
    if _from_another_bot(message):
        return False
    if isinstance(dialog, PrivateDialog) or dialog.chat.ruled_by(bot.id):
        return True
    if any(kind in message for kind in SERVICE):
        return True
    if _answers(bot, message.get("reply_to_message", {})):
        return True
    return _commands(bot, message, alone=neighbours == 1 or dialog.chat.last_bot == bot.id)


def _answers(bot: Bot, answered: Json) -> bool:
    # All of a topic answers its opening, which says nothing about whom it is meant for.
    return answered.get("from", {}).get("id") == bot.id and "forum_topic_created" not in answered


def _from_another_bot(message: Json) -> bool:
    # An anonymous admin and a channel speak through a bot account of Telegram's own.
    return bool(message.get("from", {}).get("is_bot")) and "sender_chat" not in message


def _commands(bot: Bot, message: Json, *, alone: bool) -> bool:
    entities = message.get("entities") or message.get("caption_entities") or [{}]
    first = entities[0]
    if first.get("type") != "bot_command" or first["offset"] != 0:
        return False
    text: str = message.get("text") or message.get("caption", "")
    _, _, addressee = text[: first["length"]].partition("@")
    return addressee.lower() == bot.username.lower() if addressee else alone
