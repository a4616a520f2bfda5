"""Answers to pressed buttons."""

from channels.telegram.sandbox.errors import bad_request
from channels.telegram.sandbox.methods.call import Call

LONGEST_ANSWER = 200


def answer_callback_query(call: Call) -> bool:
    text = call.params.text("text")
    if len(text) > LONGEST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    answer = {
        "text": text,
        "show_alert": call.params.flag("show_alert"),
        "url": call.params.text("url"),
    }
    call.sandbox.callbacks.answer(call.bot, call.params.text("callback_query_id"), answer)
    return True
