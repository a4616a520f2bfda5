"""Words, buttons and files as the Bot API's fields."""

from collections.abc import Sequence

import orjson
from telegram.constants import ParseMode

from domain.model.attachment import Attachment, AttachmentKind
from domain.model.delivery import ButtonFace, ButtonRows, Payload

Json = dict[str, object]
Files = dict[str, tuple[str, bytes]]
"""Of each part of a form that is a file: its name and what is in it."""


def below(payload: Payload) -> dict[str, str]:
    """The words and buttons below a file, as the fields of a form."""
    fields = {"caption": payload.markup, "parse_mode": ParseMode.HTML.value}
    if payload.buttons:
        fields["reply_markup"] = orjson.dumps(keyboard(payload.buttons)).decode()
    return fields


def captioned(payload: Payload) -> Json:
    """The same, in place of what stood below a file."""
    fields: Json = {"caption": payload.markup, "parse_mode": ParseMode.HTML}
    if payload.buttons:
        fields["reply_markup"] = keyboard(payload.buttons)
    return fields


def shown(payload: Payload) -> Json:
    """The words, or the place, and the buttons as the Bot API's fields."""
    fields: Json = {
        "text": payload.markup,
        "parse_mode": ParseMode.HTML,
        "link_preview_options": {"is_disabled": True},
    }
    if payload.point:
        fields = {"latitude": payload.point.latitude, "longitude": payload.point.longitude}
    if payload.buttons:
        fields["reply_markup"] = keyboard(payload.buttons)
    if payload.answers:
        # A message that was deleted meanwhile is answered all the same.
        answered: Json = {"message_id": payload.answers, "allow_sending_without_reply": True}
        fields["reply_parameters"] = answered
    if payload.is_guarded:
        fields["protect_content"] = True
    return fields


def keyboard(buttons: ButtonRows) -> Json:
    return {"inline_keyboard": [list(map(_face, row)) for row in buttons]}


def _face(face: ButtonFace) -> Json:
    act: Json = {"url": face.url} if face.url else {"callback_data": face.press}
    return {"text": face.label} | act


def alone(file: Attachment, payload: Payload, name: str = "") -> tuple[dict[str, str], Files]:
    """One file with its words below it; by the name that the channel gave it, if it has one."""
    measures = {key: str(value) for key, value in _measures(file).items()}
    fields, part = measures | _guarded(file) | below(payload), file.kind.value
    return (fields | {part: name}, {}) if name else (fields, {part: (file.name, file.content)})


def together(
    files: Sequence[Attachment], payload: Payload, names: Sequence[str] = ()
) -> tuple[dict[str, str], Files]:
    """Several files as one; the words stand below the first."""
    parts = {f"file{number}": file for number, file in enumerate(files)}
    places = names or [f"attach://{part}" for part in parts]
    media: list[Json] = [
        {"type": file.kind.value, "media": place} | _measures(file)
        for file, place in zip(files, places, strict=True)
    ]
    media[0] |= {"caption": payload.markup, "parse_mode": ParseMode.HTML.value}
    fields = _guarded(files[0]) | {"media": orjson.dumps(media).decode()}
    sent = {} if names else {part: (file.name, file.content) for part, file in parts.items()}
    return fields, sent


def _measures(file: Attachment) -> Json:
    """What a client shows of a film or a recording before it has been fetched."""
    wanted = {
        AttachmentKind.VIDEO: {
            "duration": file.seconds,
            "width": file.width,
            "height": file.height,
        },
        AttachmentKind.VOICE: {"duration": file.seconds},
    }
    return {key: value for key, value in wanted.get(file.kind, {}).items() if value}


def _guarded(file: Attachment) -> dict[str, str]:
    return {"protect_content": "true"} if file.is_guarded else {}
