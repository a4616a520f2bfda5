"""Several pictures, films or documents that come as one."""

from typing import Any

from channels.telegram.sandbox.clock import random_name
from channels.telegram.sandbox.errors import Json, bad_request
from channels.telegram.sandbox.html import utf16
from channels.telegram.sandbox.methods.call import Call
from channels.telegram.sandbox.methods.media import shown_as
from channels.telegram.sandbox.methods.sending import LONGEST_CAPTION, Sent, send_all
from channels.telegram.sandbox.text import formatted, with_entities

FEWEST, MOST = 2, 10
KINDS = ("photo", "video", "document")
SEEN = frozenset({"photo", "video"})
"""What may stand beside the other in one album; documents keep to themselves."""


def send_media_group(call: Call) -> list[Json]:
    wishes = call.params.json("media")
    if not isinstance(wishes, list) or not FEWEST <= len(wishes) <= MOST:
        raise bad_request("group must contain 2-10 items")
    kinds = {wish.get("type") for wish in wishes if isinstance(wish, dict)}
    if len(kinds) > 1 and kinds - SEEN:
        raise bad_request("Document can't be mixed with other media types")
    album = {"media_group_id": random_name()}
    return send_all(call, [_item(call, wish, album) for wish in wishes])


def _item(call: Call, wish: Any, album: Json) -> Sent:
    kind = wish.get("type") if isinstance(wish, dict) else None
    if kind not in KINDS:
        raise bad_request("can't parse InputMedia: wrong type")
    text, entities = formatted(
        str(wish.get("caption") or ""),
        str(wish.get("parse_mode") or ""),
        wish.get("caption_entities"),
    )
    if utf16(text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    found = call.params.named(str(wish.get("media") or ""))
    content = {kind: shown_as(call.sandbox, kind, found)} | album
    return content | with_entities("caption", text, entities), text
