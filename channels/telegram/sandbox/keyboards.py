"""Checks reply markup as strictly as Telegram does."""

from typing import Any

from channels.telegram.sandbox.errors import Json, bad_request
from channels.telegram.sandbox.links import checked_url

MOST_BUTTONS = 100
MOST_IN_A_ROW = 8
LONGEST_DATA = 64
WITHOUT_BUTTONS = ("remove_keyboard", "force_reply")


def checked_markup(markup: Any) -> Json | None:
    """The inline keyboard to keep with the message, if there is one."""
    if markup in (None, "", {}):
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if any(markup.get(kind) for kind in WITHOUT_BUTTONS):
        return None
    rows = markup.get("inline_keyboard")
    if rows is None:
        raise bad_request("this practice server serves inline keyboards only")
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request("can't parse inline keyboard: expected an Array of Arrays")
    checked = [[_button(button) for button in row] for row in rows if row]
    _check_size(checked)
    return {"inline_keyboard": checked} if checked else None


def _check_size(rows: list[list[Json]]) -> None:
    if sum(map(len, rows)) > MOST_BUTTONS or any(len(row) > MOST_IN_A_ROW for row in rows):
        raise bad_request("REPLY_MARKUP_TOO_LONG")


def _button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: expected an Object")
    if not isinstance(button.get("text"), str):
        raise bad_request("can't parse inline keyboard button: can't find field \"text\"")
    text = button["text"].strip()
    if not text:
        raise bad_request("BUTTON_TEXT_INVALID")
    if "callback_data" in button:
        return {"text": text, "callback_data": _data(button["callback_data"])}
    if "url" in button:
        return {"text": text, "url": _url(str(button["url"]))}
    if "copy_text" in button:
        return {"text": text, "copy_text": {"text": str(button["copy_text"]["text"])}}
    raise bad_request(
        "can't parse inline keyboard button: text buttons are unallowed in the inline keyboard"
    )


def _data(data: Any) -> str:
    if not isinstance(data, str) or not 1 <= len(data.encode()) <= LONGEST_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    return data


def _url(address: str) -> str:
    url = checked_url(address)
    if not url:
        raise bad_request(f"inline keyboard button URL '{address}' is invalid: Wrong HTTP URL")
    return url
