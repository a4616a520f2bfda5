"""The supervisor: one data directory, one bot, and the processes that serve it."""

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from handlers.cli.children import Child, ChildRefused
from handlers.cli.data_dir import held
from handlers.cli.ports import settled, written
from handlers.cli.probe import until_it_answers
from handlers.cli.signals import on_stop
from handlers.cli.terminal import Terminal
from handlers.pulse import read_pulse
from handlers.settings import (
    Bind,
    DeskSettings,
    LogSettings,
    OperatorSettings,
    PostSettings,
    RunSettings,
    SandboxSettings,
    VaultSettings,
    own_environment,
    reached_at,
)
from handlers.trouble import CannotStart


@dataclass
class Run:
    """A whole run (chạy toàn hệ thống): practice when there is no token, else the real thing."""

    settings: RunSettings
    environment: Mapping[str, str]
    front_door: Sequence[str]
    """The command that starts `bot.py`."""
    terminal: Terminal
    kept: list[Child] = field(default_factory=list)
    children: list[asyncio.Task[None]] = field(default_factory=list)

    async def __call__(self) -> int:
        """Run until told to stop; returns the exit code."""
        with held(self.settings.data_dir):
            serving = asyncio.create_task(self._serve())
            on_stop(serving.cancel)
            try:
                await serving
            except asyncio.CancelledError:
                self.terminal.text("cli.stopping")
                return 0
            except ChildRefused as refused:
                return refused.code
            finally:
                await self._stop_children()
        return 0

    async def _serve(self) -> None:
        settings, say = self.settings, self.terminal
        self._require_one_world()
        console = settled(settings.console_bind, "CONSOLE_BIND")
        pulse = settings.pulse_path
        pulse.unlink(missing_ok=True)
        if settings.bot_token is None:
            sandbox = settled(settings.sandbox_bind, "SANDBOX_BIND")
            post = await self._practise(sandbox)
        else:
            sandbox, post = None, {}
            say.text("cli.preparing")
            await self._meanwhile(self._child("migrate", VaultSettings, {}).once())
        say.text("cli.starting")
        self._keep(self._child("run post", PostSettings, post))
        self._keep(self._child("run desk", DeskSettings, {"CONSOLE_BIND": written(console)}))
        await self._meanwhile(_until_seen(pulse, f"{reached_at(console)}/healthz"))
        for child in self.kept:
            child.patient = True
        if sandbox:
            say.text("cli.chat_address", url=f"{reached_at(sandbox)}/")
        url = settings.console_url or reached_at(console)
        say.text("cli.console_address", url=f"{url}/")
        say.text("cli.running")
        await self._meanwhile(asyncio.Event().wait())

    async def _practise(self, bind: Bind) -> dict[str, str]:
        """Start the practice Telegram and seed; returns what `post` must know of it."""
        self.terminal.text("cli.practising")
        where = {"SANDBOX_BIND": written(bind)}
        self._keep(self._child("sandbox", SandboxSettings, where))
        await self._meanwhile(self._child("seed", OperatorSettings, where).once())
        token = self.settings.practice_token() or ""
        return {"BOT_TOKEN": token, "BOT_API_URL": reached_at(bind)}

    def _require_one_world(self) -> None:
        """Refuse to mix practice and the real thing in one directory."""
        settings = self.settings
        if settings.bot_token is None and settings.bot_api_url is not None:
            raise CannotStart("settings.token_missing", variable="BOT_TOKEN")
        practice = settings.practice_token()
        given = [token.get_secret_value() for token in settings.bot_token or ()]
        if practice is not None and given not in ([], [practice]):
            raise CannotStart("cli.practice_directory", path=settings.data_dir)

    def _child(self, command: str, role: type[LogSettings], more: Mapping[str, str]) -> Child:
        environment = own_environment(role, self.environment) | dict(more)
        return Child(
            name=command.removeprefix("run "),
            command=[*self.front_door, *command.split(), "--child"],
            environment=environment,
            terminal=self.terminal,
            silent=command == "sandbox",
            only_at_first=frozenset({"CRASH_AT"}),
        )

    def _keep(self, child: Child) -> None:
        self.kept.append(child)
        self.children.append(asyncio.create_task(child.keep_running()))

    async def _meanwhile(self, work: Coroutine[Any, Any, object]) -> None:
        """Do this while the children run; a child that cannot start ends it."""
        doing = asyncio.create_task(work)
        try:
            await asyncio.wait([doing, *self.children], return_when=asyncio.FIRST_COMPLETED)
            for child in self.children:
                if child.done():
                    child.result()
            await doing
        finally:
            doing.cancel()
            with suppress(asyncio.CancelledError, ChildRefused):
                await doing

    async def _stop_children(self) -> None:
        """All but the first side by side, then the first: what `post` still sends needs it."""
        first, others = self.children[:1], self.children[1:]
        for group in (others, first):
            for child in group:
                child.cancel()
            await asyncio.gather(*group, return_exceptions=True)


async def _until_seen(pulse: Path, url: str) -> None:
    await until_it_answers(url)
    while read_pulse(pulse) is None:  # noqa: ASYNC110 - another process sets no event of ours
        await asyncio.sleep(0.1)
