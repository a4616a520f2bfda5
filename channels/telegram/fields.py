"""Words, buttons and files as the Bot API's fields."""

from collections.abc import Sequence

import orjson
from telegram.constants import ParseMode

from domain.model.attachment import Attachment
from domain.model.delivery import ButtonFace, Payload

Json = dict[str, object]
Files = dict[str, tuple[str, bytes]]
"""Of each part of a form that is a file: its name and what is in it."""


def below(payload: Payload) -> dict[str, str]:
    """The words and buttons below a file, as the fields of a form."""
    fields = {"caption": payload.markup, "parse_mode": ParseMode.HTML.value}
    if payload.buttons:
        fields["reply_markup"] = orjson.dumps(_keyboard(payload)).decode()
    return fields


def shown(payload: Payload) -> Json:
    """The words and buttons as the Bot API's fields."""
    fields: Json = {
        "text": payload.markup,
        "parse_mode": ParseMode.HTML,
        "link_preview_options": {"is_disabled": True},
    }
    if payload.buttons:
        fields["reply_markup"] = _keyboard(payload)
    return fields


def _keyboard(payload: Payload) -> Json:
    return {"inline_keyboard": [list(map(_face, row)) for row in payload.buttons]}


def _face(face: ButtonFace) -> Json:
    act: Json = {"url": face.url} if face.url else {"callback_data": face.press}
    return {"text": face.label} | act


def alone(file: Attachment, payload: Payload) -> tuple[dict[str, str], Files]:
    """One file with its words below it."""
    return _guarded(file) | below(payload), {file.kind.value: (file.name, file.content)}


def together(files: Sequence[Attachment], payload: Payload) -> tuple[dict[str, str], Files]:
    """Several files as one; the words stand below the first."""
    parts = {f"file{number}": file for number, file in enumerate(files)}
    media: list[Json] = [
        {"type": file.kind.value, "media": f"attach://{part}"} for part, file in parts.items()
    ]
    media[0] |= {"caption": payload.markup, "parse_mode": ParseMode.HTML.value}
    fields = _guarded(files[0]) | {"media": orjson.dumps(media).decode()}
    return fields, {part: (file.name, file.content) for part, file in parts.items()}


def _guarded(file: Attachment) -> dict[str, str]:
    return {"protect_content": "true"} if file.is_guarded else {}
