"""Pictures, films, documents and voice notes, up and down."""

import re
import struct

from channels.telegram.sandbox.clock import random_name
from channels.telegram.sandbox.errors import ApiError, Json, bad_request
from channels.telegram.sandbox.methods.call import Call
from channels.telegram.sandbox.methods.sending import send, sent_caption
from channels.telegram.sandbox.params import Upload
from channels.telegram.sandbox.sandbox import Sandbox
from channels.telegram.sandbox.text import with_entities

MEBIBYTE = 1024 * 1024
LARGEST_PHOTO = 10 * MEBIBYTE
LARGEST_DOCUMENT = 50 * MEBIBYTE
LARGEST_DOWNLOAD = 20 * MEBIBYTE
OPUS_RATE = 48000
LONGEST_SIDES = 10000
STEEPEST_RATIO = 20
JPEG_SIZE_MARKERS = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}$")


def send_photo(call: Call) -> Json:
    return _send(call, "photo")


def send_document(call: Call) -> Json:
    return _send(call, "document")


def send_video(call: Call) -> Json:
    return _send(call, "video")


def send_voice(call: Call) -> Json:
    return _send(call, "voice")


def get_file(call: Call) -> Json:
    found = call.sandbox.store.file(call.params.text("file_id"))
    if found is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if found["file_size"] > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    shown = ("file_id", "file_unique_id", "file_size", "file_path")
    return {key: found[key] for key in shown}


def _send(call: Call, kind: str) -> Json:
    text, entities = sent_caption(call)
    content = {kind: shown_as(call.sandbox, kind, call.params.upload(kind))}
    return send(call, content | with_entities("caption", text, entities), text)


def shown_as(sandbox: Sandbox, kind: str, found: Upload | str) -> Json | list[Json]:
    """How a message shows what was uploaded with the call, or named by its id."""
    if isinstance(found, Upload):
        return stored(sandbox, kind, found)
    return _by_id(sandbox, kind, found)


def _by_id(sandbox: Sandbox, kind: str, file_id: str) -> Json | list[Json]:
    if not file_id:
        raise bad_request(f"there is no {kind} in the request")
    found = sandbox.store.file(file_id)
    if found is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if found["kind"] != kind:
        raise bad_request(f"can't use file of type {found['kind'].title()} as {kind.title()}")
    return _shown(found)


def stored(
    sandbox: Sandbox, kind: str, upload: Upload, seconds: int | None = None
) -> Json | list[Json]:
    """Keeps an upload and tells how a message shows it; a recording says itself how long it is."""
    file_id = random_name()
    doc: Json = {
        "kind": kind,
        "file_id": file_id,
        "file_unique_id": file_id[:12],
        "file_size": len(upload.content),
        "mime_type": upload.kind,
        "file_name": upload.name,
    }
    _check(kind, upload.content)
    if kind == "photo":
        doc |= _photo_size(upload.content)
    if kind in ("voice", "video"):
        doc["duration"] = _seconds(upload.content) if seconds is None else seconds
    if kind == "video":
        doc |= {"width": 640, "height": 360}
    suffix = ".jpg" if kind == "photo" else "".join(SUFFIX.findall(upload.name))
    doc["file_path"] = f"{kind}s/{file_id}{suffix}"
    sandbox.store.put_file(file_id, doc, upload.content)
    return _shown(doc)


def _shown(doc: Json) -> Json | list[Json]:
    ids = ("file_id", "file_unique_id", "file_size")
    if doc["kind"] == "photo":
        return [{key: doc[key] for key in (*ids, "width", "height")}]
    more = ("file_name", "mime_type", "duration", "width", "height")
    without = "file_name" if doc["kind"] == "voice" else ""
    return {key: doc[key] for key in (*ids, *more) if key in doc and key != without}


def _seconds(content: bytes) -> int:
    """How long an Ogg recording is: the last page says how many samples went before it."""
    last = content.rfind(b"OggS")
    if last < 0 or last + 14 > len(content):
        return 0
    samples = int.from_bytes(content[last + 6 : last + 14], "little")
    return round(samples / OPUS_RATE)


def _check(kind: str, content: bytes) -> None:
    if not content:
        raise bad_request("file must be non-empty")
    if len(content) > (LARGEST_PHOTO if kind == "photo" else LARGEST_DOCUMENT):
        raise ApiError(413, "Request Entity Too Large")


def _photo_size(content: bytes) -> Json:
    found = _png_size(content) or _jpeg_size(content)
    if found is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = found
    steep = max(width, height) > STEEPEST_RATIO * min(width, height)
    if width + height > LONGEST_SIDES or steep:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return {"width": width, "height": height}


def _png_size(content: bytes) -> tuple[int, int] | None:
    if not content.startswith(b"\x89PNG\r\n\x1a\n") or len(content) < 24:
        return None
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while content.startswith(b"\xff\xd8") and at + 9 <= len(content):
        marker, length = struct.unpack(">xBH", content[at : at + 4])
        if marker in JPEG_SIZE_MARKERS:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None
