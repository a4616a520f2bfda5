"""Votes as a person."""

from channels.telegram.sandbox.control.wishes import message_in, place
from channels.telegram.sandbox.errors import ControlError, Json
from channels.telegram.sandbox.sandbox import Sandbox


def vote(sandbox: Sandbox, wish: Json) -> Json:
    user, dialog = place(sandbox, wish)
    message = message_in(sandbox, dialog, wish)
    chosen = wish.get("options")
    if "poll" not in message or sandbox.polls.asker(message["poll"]) is None:
        raise ControlError("there is no poll of a bot", 404)
    if not isinstance(chosen, list) or not all(isinstance(index, int) for index in chosen):
        raise ControlError("give options, a list of numbers; an empty one takes the vote back")
    return {"poll": sandbox.polls.vote(user, message["poll"], chosen)}
