"""The Bot API over HTTP: a call comes in, meets its fault or its method, and is written down."""

import asyncio
import logging
import re
from pathlib import PurePosixPath
from typing import Any

import orjson
from aiohttp import web

from channels.telegram.sandbox.clock import now
from channels.telegram.sandbox.errors import ApiError
from channels.telegram.sandbox.methods import METHODS
from channels.telegram.sandbox.methods.call import Call
from channels.telegram.sandbox.methods.updates import get_updates
from channels.telegram.sandbox.mishaps import (
    Answer,
    hang_up,
    planned_answer,
    planned_refusal,
    refusal,
)
from channels.telegram.sandbox.params import Params, read_params
from channels.telegram.sandbox.records import Bot, Fault
from channels.telegram.sandbox.sandbox import Sandbox
from channels.telegram.sandbox.store import Unwritten

SANDBOX = web.AppKey("sandbox", Sandbox)
TOKEN = re.compile(r"\d+:[\w-]+")
POLL = "getupdates"
LOG = logging.getLogger(__name__)


def routes() -> list[web.RouteDef]:
    return [
        web.route("*", "/bot{token:[^/]+}/{method}", answer_call),
        web.get("/file/bot{token:[^/]+}/{path:.+}", download),
    ]


async def answer_call(request: web.Request) -> web.StreamResponse:
    sandbox = request.app[SANDBOX]
    await sandbox.road.travel()
    fault = None
    answer: Answer | None
    try:
        bot = _bot(sandbox, request.match_info["token"])
        params = await read_params(request)
    except ApiError as error:
        answer = refusal(error)
    else:
        call = Call(sandbox, bot, request.match_info["method"], params)
        fault = sandbox.faults.take(call.method, params.text("chat_id"))
        answer = await (_go_wrong(call, fault) if fault else _perform(call))
    try:
        await sandbox.store.written()
    except Unwritten:
        answer = refusal(ApiError(500, "Internal Server Error"))
    if answer is None:
        return hang_up(request, reset=bool(fault and fault.reset))
    await sandbox.road.travel()
    return answer.response()


async def download(request: web.Request) -> web.Response:
    sandbox = request.app[SANDBOX]
    path = request.match_info["path"]
    try:
        _bot(sandbox, request.match_info["token"])
        found = sandbox.store.file(PurePosixPath(path).stem)
        if found is None or found["file_path"] != path:
            raise ApiError(404, "Not Found")
    except ApiError as error:
        return refusal(error).response()
    content = sandbox.store.file_bytes(found["file_id"])
    return web.Response(body=content, content_type="application/octet-stream")


def _bot(sandbox: Sandbox, token: str) -> Bot:
    if not TOKEN.fullmatch(token):
        raise ApiError(404, "Not Found")
    bot = sandbox.world.tokens.get(token)
    if bot is None:
        raise ApiError(401, "Unauthorized")
    return bot


async def _perform(call: Call, fault: str = "") -> Answer:
    try:
        result = await _result(call, fault)
    except ApiError as error:
        _write_down(call, error.code, fault, error)
        return refusal(error)
    except Exception:
        LOG.exception("%s failed inside the sandbox", call.method)
        return refusal(ApiError(500, "Internal Server Error"))
    return Answer(200, b'{"ok":true,"result":' + result + b"}")


async def _result(call: Call, fault: str) -> bytes:
    name = call.method.lower()
    if name == POLL:
        updates = await get_updates(call)
        _write_down(call, 200, fault)
        return b"[" + b",".join(updates) + b"]"
    method = METHODS.get(name)
    if method is None:
        raise ApiError(404, "Not Found: method not found")
    result = orjson.dumps(method(call))
    _write_down(call, 200, fault)
    return result


async def _go_wrong(call: Call, fault: Fault) -> Answer | None:
    """The answer this fault lets through; none means that the line drops."""
    if fault.kind == "late" and not fault.accept:
        await _pause(fault.delay_ms)
        return await _perform(call, fault.kind)
    if fault.accept:
        answer = await _perform(call, fault.kind)
    else:
        error = planned_refusal(fault)
        _write_down(call, error.code if error else 0, fault.kind, error)
        answer = Answer(0, b"")
    await _pause(fault.delay_ms)
    if fault.kind in ("drop_before", "drop_after"):
        return None
    return planned_answer(fault, answer)


def _write_down(call: Call, code: int, fault: str, error: ApiError | None = None) -> None:
    line: dict[str, Any] = {
        "time": now(),
        "bot": call.bot.username,
        "method": call.method,
        "chat": _chat(call.params),
        "code": code,
    }
    if error:
        line["description"] = error.description
        line["retry_after"] = (error.parameters or {}).get("retry_after")
    if fault:
        line["fault"] = fault
    call.sandbox.store.add_line("calls", line)


def _chat(params: Params) -> str | None:
    return params.text("chat_id") or None


async def _pause(milliseconds: float) -> None:
    if milliseconds > 0:
        await asyncio.sleep(milliseconds / 1000)
