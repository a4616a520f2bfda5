"""Reads and writes comments under a channel's post, as anybody who reads the channel may."""

from channels.telegram.sandbox.control.acts import say_in
from channels.telegram.sandbox.control.reading import asked_for
from channels.telegram.sandbox.control.views import as_seen
from channels.telegram.sandbox.control.wishes import need, number, place
from channels.telegram.sandbox.errors import ControlError, Json
from channels.telegram.sandbox.records import GroupDialog, User
from channels.telegram.sandbox.sandbox import Sandbox


def comments(sandbox: Sandbox, wish: Json) -> Json:
    """The post's copy in the discussion group and what answers it, oldest first."""
    user, group, thread = _under(sandbox, wish)
    asked = asked_for(sandbox, group, wish, thread)
    found = [one for one in asked if thread in (one.get("message_thread_id"), one["message_id"])]
    copy = sandbox.timeline.message(group, thread)
    return {
        "chat": group.ref,
        "thread": thread,
        "post": as_seen(sandbox, user, group, copy) if copy else None,
        "messages": [as_seen(sandbox, user, group, message) for message in found],
    }


def comment(sandbox: Sandbox, wish: Json) -> Json:
    """Answers the post's copy, or with `reply_to` one of its comments."""
    user, group, thread = _under(sandbox, wish)
    answered = {"reply_to": wish.get("reply_to") or thread}
    return {"message": say_in(sandbox, user, group, str(need(wish, "text")), answered)}


def _under(sandbox: Sandbox, wish: Json) -> tuple[User, GroupDialog, int]:
    user, dialog = place(sandbox, wish)
    post_id = number(wish, "message_id")
    found = None
    if isinstance(dialog, GroupDialog):
        found = sandbox.discussions.find(dialog.chat, post_id)
    if found is None:
        raise ControlError(f"nobody can comment on message {post_id} there", 404)
    return user, *found
