"""The control API over HTTP: one table of addresses."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable

import orjson
from aiohttp import web

from channels.telegram.sandbox.api import SANDBOX
from channels.telegram.sandbox.control import (
    acts,
    comments,
    delivery,
    files,
    forums,
    people,
    reading,
    tuning,
    voting,
)
from channels.telegram.sandbox.errors import ApiError, ControlError, Json
from channels.telegram.sandbox.params import read_params

Deed = Callable[..., Json | Awaitable[Json]]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

HEARTBEAT = 15.0
POSTS: dict[str, Deed] = {
    "bots": people.make_bot,
    "users": people.make_user,
    "chats": people.make_chat,
    "members": people.change_members,
    "topics": forums.change_topic,
    "link": people.link,
    "migrate": people.migrate,
    "block": people.block,
    "unblock": people.unblock,
    "say": acts.say,
    "point": acts.point,
    "comment": comments.comment,
    "edit": acts.edit,
    "delete": acts.delete,
    "vote": voting.vote,
    "press": acts.press,
    "start": acts.start,
    "startgroup": acts.start_group,
    "read": acts.read,
    "redeliver": delivery.redeliver,
    "settings": tuning.settings,
    "tuning": tuning.settings,
    "faults": tuning.plan_fault,
}
GETS: dict[str, Deed] = {
    "health": reading.health,
    "users": reading.users,
    "bots": reading.bots,
    "chats": reading.chats,
    "messages": reading.messages,
    "comments": comments.comments,
    "members": reading.members,
    "commands": reading.commands,
    "receipts": reading.receipts,
    "calls": reading.calls,
    "settings": tuning.shown,
    "tuning": tuning.shown,
    "faults": tuning.planned_faults,
}


def routes() -> list[web.RouteDef]:
    return [
        *(web.post(f"/control/{name}", _serve(deed)) for name, deed in POSTS.items()),
        *(web.get(f"/control/{name}", _serve(deed)) for name, deed in GETS.items()),
        web.delete("/control/faults", _serve(tuning.clear_faults)),
        web.post("/control/upload", upload),
        web.get("/control/file", show_file),
        web.get("/control/events", events),
    ]


def _serve(deed: Deed) -> Handler:
    async def handler(request: web.Request) -> web.StreamResponse:
        try:
            done = deed(request.app[SANDBOX], await _wish(request))
            done = await done if inspect.isawaitable(done) else done
            await request.app[SANDBOX].store.written()
            return _answer(done)
        except (ApiError, ControlError) as error:
            return _refusal(error)

    return handler


async def _wish(request: web.Request) -> Json:
    wish: Json = dict(request.query)
    body = await request.read()
    if not body:
        return wish
    if request.content_type != "application/json":
        # A page of another origin cannot send this type without being asked for permission.
        raise ControlError("send JSON, with Content-Type: application/json", 415)
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise ControlError(f"that is not JSON: {error}") from error
    if not isinstance(found, dict):
        raise ControlError("send a JSON object")
    return wish | found


async def upload(request: web.Request) -> web.StreamResponse:
    try:
        params = await read_params(request)
        if "file" not in params.files:
            raise ControlError("send the file as the multipart field file")
        done = acts.upload(request.app[SANDBOX], params.values, params.files["file"])
        await request.app[SANDBOX].store.written()
        return _answer(done)
    except (ApiError, ControlError) as error:
        return _refusal(error)


async def show_file(request: web.Request) -> web.StreamResponse:
    try:
        return files.shown(request.app[SANDBOX].store, request)
    except ControlError as error:
        return _refusal(error)


async def events(request: web.Request) -> web.StreamResponse:
    """Server-sent events of one person's chats, until the page or the sandbox goes."""
    sandbox = request.app[SANDBOX]
    try:
        user = sandbox.world.user(request.query.get("user", ""))
    except ControlError as error:
        return _refusal(error)
    headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
    response = web.StreamResponse(headers=headers)
    queue = sandbox.streams.join(user.id)
    try:
        await response.prepare(request)
        await response.write(b"retry: 1000\nevent: hello\ndata: {}\n\n")
        await _pass_on(queue, response)
    except ConnectionError:
        pass
    finally:
        sandbox.streams.leave(user.id, queue)
    return response


async def _pass_on(queue: asyncio.Queue[bytes | None], response: web.StreamResponse) -> None:
    while True:
        try:
            line = await asyncio.wait_for(queue.get(), HEARTBEAT)
        except TimeoutError:
            line = b": still here\n\n"
        if line is None:
            return
        await response.write(line)


def _answer(done: Json) -> web.Response:
    return web.Response(body=orjson.dumps(done), content_type="application/json")


def _refusal(error: ApiError | ControlError) -> web.Response:
    if isinstance(error, ControlError):
        status, sentence = error.status, error.sentence
    else:
        status, sentence = error.code, error.description
    body = orjson.dumps({"error": sentence})
    return web.Response(status=status, body=body, content_type="application/json")
