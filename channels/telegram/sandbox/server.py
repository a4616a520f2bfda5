"""Starts and stops the sandbox."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import web

from channels.telegram.sandbox import api, pages
from channels.telegram.sandbox.control import routes as control
from channels.telegram.sandbox.params import LARGEST_BODY
from channels.telegram.sandbox.sandbox import Sandbox, open_sandbox
from channels.telegram.sandbox.store import Busy, Unusable

GRACE = 0.5


class CannotStart(Exception):
    """The sandbox cannot run here; the message says why and what to do."""


@dataclass
class Running:
    """A sandbox that is answering."""

    sandbox: Sandbox
    address: str
    _runner: web.AppRunner

    async def stop(self) -> None:
        await self._runner.cleanup()
        self.sandbox.store.close()


async def serve(bind: tuple[str, int], state: Path) -> Running:
    """Opens the state and listens; port 0 takes any free port."""
    sandbox = _open(state)
    app = web.Application(client_max_size=LARGEST_BODY)
    app[api.SANDBOX] = sandbox
    app.add_routes([*api.routes(), *control.routes(), *pages.routes()])
    app.on_shutdown.append(_release)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=GRACE)
    await runner.setup()
    host, port = bind
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        await runner.cleanup()
        sandbox.store.close()
        raise CannotStart(_why_not_listening(host, port, error)) from error
    sandbox.webhooks.start()
    sandbox.polls.start()
    port = runner.addresses[0][1]
    return Running(sandbox, f"http://{host}:{port}", runner)


def run(host: str, port: int, state_dir: Path) -> None:
    """Serves until SIGTERM or SIGINT; what it cannot do it says in one sentence and exits 1."""
    try:
        _runner()(_until_told((host, port), state_dir))
    except CannotStart as error:
        print(error, file=sys.stderr)
        sys.exit(1)


def _runner() -> Callable[[Coroutine[Any, Any, None]], None]:
    """The faster loop where there is one."""
    try:
        import uvloop  # noqa: PLC0415 - not on every platform
    except ImportError:
        return asyncio.run
    return uvloop.run


async def _until_told(bind: tuple[str, int], state: Path) -> None:
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, told.set)
    running = await serve(bind, state)
    print(f"Practice Telegram: {running.address}/", flush=True)
    await told.wait()
    await running.stop()


async def _release(app: web.Application) -> None:
    await app[api.SANDBOX].release()


def _open(state: Path) -> Sandbox:
    try:
        state.mkdir(parents=True, exist_ok=True)
        if not os.access(state, os.W_OK | os.X_OK):
            raise PermissionError("no permission to write there")
        return open_sandbox(state)
    except Busy as error:
        raise CannotStart(
            f"The sandbox's state directory {state} is in use by another sandbox: "
            "stop that one or choose another directory."
        ) from error
    except (OSError, Unusable) as error:
        raise CannotStart(
            f"The sandbox cannot keep its state in {state} ({error}): "
            "choose a directory it can write to."
        ) from error


def _why_not_listening(host: str, port: int, error: OSError) -> str:
    return (
        f"The sandbox cannot listen on {host}:{port} ({error.strerror or error}): "
        "free that port or choose another address."
    )
