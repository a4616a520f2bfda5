"""A call's parameters, whether they came in the address, a form, JSON or multipart."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import orjson
from aiohttp import BodyPartReader, web

from channels.telegram.sandbox.errors import ApiError, bad_request

TRUE = ("true", "1", "yes")
JSON_BODY = "application/json"
FORM_BODY = "application/x-www-form-urlencoded"
LARGEST_BODY = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a call."""

    name: str
    kind: str
    content: bytes


@dataclass
class Params:
    """Named values; what came as text is read as the type that is asked for."""

    values: dict[str, Any] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        value = self.values.get(name)
        return default if value is None else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        value = self.values.get(name)
        try:
            return default if value in (None, "") else int(value)
        except (TypeError, ValueError):
            return default

    def flag(self, name: str) -> bool:
        value = self.values.get(name)
        return value if isinstance(value, bool) else str(value).lower() in TRUE

    def json(self, name: str) -> Any:
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value.strip():
            return None
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError as error:
            raise bad_request(f"can't parse {name} JSON object") from error

    def chat_id(self, name: str = "chat_id") -> int | str:
        value = str(self.values.get(name, "")).strip()
        if not value:
            raise bad_request(f"{name} is empty")
        return int(value) if value.removeprefix("-").isdigit() else value

    def user_id(self) -> int:
        user_id = self.integer("user_id")
        if user_id <= 0:
            raise bad_request("invalid user_id specified")
        return user_id

    def upload(self, name: str) -> Upload | str:
        """The file itself, or the id or address it was named by."""
        return self.files.get(name) or self.named(self.text(name))

    def named(self, value: str) -> Upload | str:
        """The same, of what a value names."""
        name = value.removeprefix("attach://")
        return value if name == value else self.files.get(name) or ""


async def read_params(request: web.Request) -> Params:
    params = Params(dict(request.query) if "?" in request.raw_path else {})
    kind = request.content_type
    if kind.startswith("multipart/"):
        await _read_parts(request, params)
        return params
    body = await request.read()
    if kind == JSON_BODY and body:
        params.values |= _object(body)
    elif kind == FORM_BODY:
        params.values |= parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
    return params


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise bad_request("can't parse JSON object") from error
    if not isinstance(found, dict):
        raise bad_request("object expected as the request body")
    return found


async def _read_parts(request: web.Request, params: Params) -> None:
    room = LARGEST_BODY
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or not part.name:
            continue
        content = bytes(await part.read(decode=True))
        room -= len(content)
        if room < 0:
            raise ApiError(413, "Request Entity Too Large")
        if part.filename is None:
            params.values[part.name] = content.decode("utf-8", "replace")
        else:
            kind = part.headers.get("Content-Type", "application/octet-stream")
            params.files[part.name] = Upload(part.filename, kind, content)
