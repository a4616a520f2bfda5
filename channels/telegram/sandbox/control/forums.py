"""Opens and closes topics as a person who administers the group."""

from channels.telegram.sandbox.control.wishes import need, number, place
from channels.telegram.sandbox.errors import ControlError, Json
from channels.telegram.sandbox.records import GroupDialog
from channels.telegram.sandbox.sandbox import Sandbox


def change_topic(sandbox: Sandbox, wish: Json) -> Json:
    """A new topic by its `name`; a known one, by its `thread`, closed or opened again."""
    user, dialog = place(sandbox, wish)
    if not isinstance(dialog, GroupDialog) or not dialog.chat.is_forum:
        raise ControlError("that chat is no forum")
    if not dialog.chat.ruled_by(user.id):
        raise ControlError(f"user {user.id} is no admin there", 403)
    sender = {"from": user.as_json()}
    if thread := number(wish, "thread"):
        closed = bool(wish.get("closed", True))
        sandbox.topics.close(dialog.chat, sender, thread, closed=closed)
        return sandbox.topics.find(dialog, thread)
    name, colour = str(need(wish, "name")), number(wish, "icon_color")
    return sandbox.topics.create(dialog.chat, sender, name, colour)
