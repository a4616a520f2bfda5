"""How a message looks to one person: with their own vote, and what is said under it."""

from channels.telegram.sandbox.errors import Json
from channels.telegram.sandbox.records import Dialog, GroupDialog, User
from channels.telegram.sandbox.sandbox import Sandbox


def as_seen(sandbox: Sandbox, user: User, dialog: Dialog, message: Json) -> Json:
    """The message, its poll with `chosen`, and on a channel's post how many `comments`."""
    seen = message
    if poll := message.get("poll"):
        seen = seen | {"poll": poll | {"chosen": sandbox.polls.chosen(poll, user)}}
    if isinstance(dialog, GroupDialog) and dialog.chat.is_channel:
        comments = sandbox.discussions.count(dialog.chat, message["message_id"])
        if comments is not None:
            seen = seen | {"comments": comments}
    return seen
