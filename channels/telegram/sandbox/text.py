"""Turns what was sent into the text and entities that everybody sees."""

import re
from functools import lru_cache
from typing import Any

from channels.telegram.sandbox.errors import Json, bad_request
from channels.telegram.sandbox.html import parse_html, utf16

FOUND_BY_ITSELF = re.compile(
    r"(?P<url>(?:https?://|(?<![\w@./])t\.me/)[^\s<>\"]+[^\s<>\".,;:!?)\]}'»”])"
    r"|(?P<bot_command>(?<![\w/<>@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{2,31})?(?![\w/]))"
    r"|(?P<email>(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]*\w)"
    r"|(?P<mention>(?<![\w/@])@[A-Za-z]\w{2,31}(?!\w))"
    r"|(?P<hashtag>(?<![\w#])#\w*[^\W\d]\w*)"
)
OPAQUE = {"code", "pre", "text_link", "url"}
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")

MOST_ENTITIES = 100
"""What is beyond is dropped without a word, as Telegram does."""

TextAndEntities = tuple[str, list[Json]]


def formatted(text: str, parse_mode: str, entities: Any) -> TextAndEntities:
    """What a bot's text becomes."""
    if not parse_mode:
        return _finished(text, _explicit(entities))
    if parse_mode.lower() != "html":
        raise bad_request("unsupported parse_mode")
    return _from_html(text)


# What goes to many chats is the same text; nobody changes the entities it became.
@lru_cache(maxsize=256)
def _from_html(text: str) -> TextAndEntities:
    return _finished(*parse_html(text))


def typed(text: str, entities: Any = None) -> TextAndEntities:
    """What a person's text becomes; the app reports what they formatted."""
    return _finished(text, _explicit(entities))


def with_entities(kind: str, text: str, entities: list[Json]) -> Json:
    """`kind` is "text" or "caption"; nothing stands for an empty one."""
    found: Json = {kind: text} if text else {}
    if entities:
        found["entities" if kind == "text" else "caption_entities"] = entities
    return found


def _finished(text: str, marked: list[Json]) -> TextAndEntities:
    if "\r" in text and not marked:
        text = text.replace("\r", "")
    text, marked = _trimmed(CONTROL.sub(" ", text), marked)
    entities = marked + [e for e in _detected(text) if not _overlaps(e, marked)]
    entities.sort(key=lambda e: (e["offset"], -e["length"]))
    return text, entities[:MOST_ENTITIES]


def _explicit(entities: Any) -> list[Json]:
    if not entities:
        return []
    try:
        return [{**e, "offset": int(e["offset"]), "length": int(e["length"])} for e in entities]
    except (KeyError, TypeError, ValueError) as error:
        raise bad_request(f"can't parse entities: {error}") from error


def _trimmed(text: str, entities: list[Json]) -> TextAndEntities:
    """Without white space around it; leading space inside an entity stays, as at Telegram."""
    text = text.rstrip()
    blank = len(text) - len(text.lstrip())
    cut = min([blank, *(e["offset"] for e in entities)])
    end = utf16(text)
    kept = []
    for entity in entities:
        length = min(entity["length"], end - entity["offset"])
        if length > 0:
            kept.append({**entity, "offset": entity["offset"] - cut, "length": length})
    return text[cut:], kept


def _detected(text: str) -> list[Json]:
    found = []
    for match in FOUND_BY_ITSELF.finditer(text):
        offset = utf16(text[: match.start()])
        found.append({"offset": offset, "length": utf16(match.group()), "type": match.lastgroup})
    return found


def _overlaps(entity: Json, marked: list[Json]) -> bool:
    begin, end = entity["offset"], entity["offset"] + entity["length"]
    opaque = (m for m in marked if m["type"] in OPAQUE)
    return any(begin < m["offset"] + m["length"] and m["offset"] < end for m in opaque)
