"""What the caller sees of a call that went wrong."""

import socket
import struct
from dataclasses import dataclass
from http import HTTPStatus

import orjson
from aiohttp import web

from channels.telegram.sandbox.errors import ApiError, migrated, too_many
from channels.telegram.sandbox.records import Fault

NO_LINGER = struct.pack("ii", 1, 0)
KICKED = "Forbidden: bot was kicked from the supergroup chat"
PAGE = "<html><head><title>{0}</title></head><body><h1>{0}</h1><hr>nginx</body></html>\r\n"


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back over the wire."""

    status: int
    body: bytes
    kind: str = "application/json"

    def response(self) -> web.Response:
        return web.Response(status=self.status, body=self.body, content_type=self.kind)


def refusal(error: ApiError) -> Answer:
    return Answer(error.code, orjson.dumps(error.body()))


def planned_refusal(fault: Fault) -> ApiError | None:
    """The error this fault answers with, whatever became of the call."""
    match fault.kind:
        case "error":
            usual = KICKED if fault.status == 403 else HTTPStatus(fault.status).phrase
            return ApiError(fault.status, fault.description or usual)
        case "retry_after":
            return too_many(fault.seconds)
        case "migrate":
            return migrated(fault.to)
    return None


def planned_answer(fault: Fault, true: Answer) -> Answer:
    """The answer as this fault changes it."""
    if error := planned_refusal(fault):
        if fault.body == "html":
            title = f"{error.code} {HTTPStatus(error.code).phrase}"
            return Answer(error.code, PAGE.format(title).encode(), "text/html")
        return refusal(error)
    match fault.body:
        case "truncated":
            return Answer(true.status, true.body[: len(true.body) // 2])
        case "text":
            return Answer(true.status, b"upstream connect error")
        case "empty":
            return Answer(true.status, b"")
    return true


def hang_up(request: web.Request, *, reset: bool) -> web.Response:
    """Closes the line without an answer; `reset` makes the other end see a reset."""
    transport = request.transport
    if transport:
        if reset:
            line = transport.get_extra_info("socket")
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)
        transport.abort()
    return web.Response()
