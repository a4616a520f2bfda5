"""Forum topics, as a bot that administers the group may make and close them."""

from channels.telegram.sandbox.errors import Json, bad_request
from channels.telegram.sandbox.methods.call import Call
from channels.telegram.sandbox.records import Chat, GroupDialog


def create_forum_topic(call: Call) -> Json:
    name, colour = call.params.text("name"), call.params.integer("icon_color")
    return call.sandbox.topics.create(_forum(call), _sender(call), name, colour)


def close_forum_topic(call: Call) -> bool:
    thread = call.params.integer("message_thread_id")
    call.sandbox.topics.close(_forum(call), _sender(call), thread)
    return True


def reopen_forum_topic(call: Call) -> bool:
    thread = call.params.integer("message_thread_id")
    call.sandbox.topics.close(_forum(call), _sender(call), thread, closed=False)
    return True


def _forum(call: Call) -> Chat:
    dialog = call.sandbox.world.reach(call.bot, call.params.chat_id())
    if not isinstance(dialog, GroupDialog) or not dialog.chat.is_forum:
        raise bad_request("the chat is not a forum")
    if not dialog.chat.ruled_by(call.bot.id):
        raise bad_request("not enough rights to create a topic")
    return dialog.chat


def _sender(call: Call) -> Json:
    return {"from": call.bot.as_json()}
