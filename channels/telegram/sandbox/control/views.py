"""How a message looks to one person: with their own vote, and what is said under it."""

from channels.telegram.sandbox.errors import Json
from channels.telegram.sandbox.records import Dialog, GroupDialog, User
from channels.telegram.sandbox.sandbox import Sandbox


def as_seen(sandbox: Sandbox, user: User, dialog: Dialog, message: Json) -> Json:
    """The message: its poll with `chosen` and `hides_results`, a channel's post with `comments`."""
    seen = message
    if poll := message.get("poll"):
        polls = sandbox.polls
        own = {"chosen": polls.chosen(poll, user), "hides_results": polls.hides(poll)}
        seen = seen | {"poll": poll | own}
    if isinstance(dialog, GroupDialog) and dialog.chat.is_channel:
        comments = sandbox.discussions.count(dialog.chat, message["message_id"])
        if comments is not None:
            seen = seen | {"comments": comments}
    return seen
