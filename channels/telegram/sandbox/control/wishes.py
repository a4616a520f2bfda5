"""Reads a control request's fields."""

from typing import Any

from channels.telegram.sandbox.errors import ControlError, Json
from channels.telegram.sandbox.records import Dialog, User
from channels.telegram.sandbox.sandbox import Sandbox


def need(wish: Json, *names: str) -> Any:
    """The first of these fields that is there."""
    for name in names:
        if wish.get(name) not in (None, ""):
            return wish[name]
    raise ControlError(f"give {' or '.join(names)}")


def number(wish: Json, name: str, default: int = 0) -> int:
    value = wish.get(name, default)
    try:
        return int(value)
    except (TypeError, ValueError) as error:
        raise ControlError(f"{name} is a number, not {value!r}") from error


def place(sandbox: Sandbox, wish: Json) -> tuple[User, Dialog]:
    """Who acts, and in which of their chats (`chat`: a group's id; `bot`: a bot's username)."""
    user = sandbox.world.user(need(wish, "user"))
    return user, sandbox.world.dialog(user, need(wish, "chat", "bot"))


def message_in(sandbox: Sandbox, dialog: Dialog, wish: Json) -> Json:
    message_id = number(wish, "message_id")
    message = sandbox.timeline.message(dialog, message_id)
    if message is None:
        raise ControlError(f"no message {message_id} there", 404)
    return message
