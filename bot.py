"""The front door: reads the environment, wires the rooms, and runs one command in one process."""

import asyncio
import inspect
import os
import sys
from argparse import Namespace
from contextlib import AbstractAsyncContextManager as Opening
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from domain.clock import SystemClock
from domain.ids import RandomIds
from handlers import settings as s
from handlers.cli import arguments, data_dir, signals
from handlers.cli.doors import Channel, Doors, WholeDatabases
from handlers.cli.explain import end, explained
from handlers.cli.loops import fast_loop
from handlers.cli.opening import all_opened, opened
from handlers.cli.operate import Operate
from handlers.cli.terminal import Terminal
from handlers.periods import office_words
from handlers.trouble import CANNOT_START, CannotStart

if TYPE_CHECKING:
    from channels.telegram.gateway import TelegramGateway
    from storage.figures import Figures
    from storage.unit_of_work import SqlMemory
    from storage.vault.inbox import SqlInbox
    from storage.vault.residents import SqlVault

HERE, CLOCK, IDS = Path(__file__).resolve(), SystemClock(), RandomIds()


async def run(terminal: Terminal, settings: s.RunSettings, _: Namespace) -> int:
    """The supervisor of the roles below."""
    from handlers.cli.run import Run

    return await Run(settings, os.environ, [sys.executable, str(HERE)], terminal)()


async def run_post(terminal: Terminal, settings: s.PostSettings, _: Namespace) -> int:
    """The only process with the bot's token and the vault's keys."""
    from channels.telegram.updates import TelegramUpdates as Updates
    from handlers.cli.crash import steps
    from handlers.letterhead import CatalogLetterhead
    from handlers.pulse import beat
    from handlers.telegram.post import serve
    from handlers.telegram.rooms import Rooms, Tally

    stop, words, tally, doors = signals.stop_event(), terminal.words, Tally(), settings.doors()
    keep_log(settings, *(door.token for door in doors))
    with data_dir.held(settings.data_dir, data_dir.POST_LOCK):
        async with (
            main_of(settings) as memory,
            vault_of(settings) as (vault, inbox),
            all_opened([gateway_of(d, settings.in_flight) for d in doors]) as (gateway, *others),
            beat(settings.pulse_path, inbox.counts, CLOCK, tally),
        ):
            front = Rooms(
                memory=memory,
                vault=vault,
                inbox=inbox,
                gateway=gateway,
                updates=Updates(gateway.bot),
                bot=gateway.bot,
                clock=CLOCK,
                ids=IDS,
                words=words,
                letterhead=CatalogLetterhead(words, gateway.deep_link, settings.case_times),
                times=settings.case_times,
                alone=settings.alone,
                steps=steps(settings.crash_at),
                in_flight=settings.in_flight,
                tally=tally,
            )
            bots = [front, *(front.beside(g, g.bot, Updates(g.bot)) for g in others)]
            await serve(bots, stop, settings.webhook)
    return 0


async def run_desk(terminal: Terminal, settings: s.DeskSettings, _: Namespace) -> int:
    """The web process: neither token nor vault."""
    from handlers.console.app import make_app, serve
    from handlers.console.desk import Desk
    from handlers.pulse import read_pulse
    from storage.figures import figures

    stop, pulse = signals.stop_event(), partial(read_pulse, settings.pulse_path)
    keep_log(settings)
    async with main_of(settings) as memory:
        rooms = (memory, partial(figures, memory.engine), pulse, terminal.words, CLOCK)
        desk = Desk(*rooms, settings.case_times)
        await serve(make_app(desk, settings.console_url), settings.console_bind, stop)
    return 0


def sandbox(settings: s.SandboxSettings, _: Namespace) -> int:
    """The practice Telegram: a foreign world, with a loop and words of its own."""
    from channels.telegram.sandbox.server import run as serve
    from handlers.cli.ports import settled

    data_dir.make_ready(settings.data_dir)
    host, port = settled(settings.sandbox_bind, "SANDBOX_BIND")
    try:
        serve(host, port, settings.data_dir / "sandbox")
        return 0
    except SystemExit as ended:
        return CANNOT_START if ended.code else 0


async def migrate(settings: s.VaultSettings) -> None:
    from storage.migrate import bring_up_to_date

    data_dir.make_ready(settings.data_dir)
    for name, database in settings.databases.items():
        await bring_up_to_date(database.where, name)


def whole() -> WholeDatabases:
    from storage import whole as databases

    return databases


def channel() -> Channel:
    from channels.telegram.offline import Offline

    return Offline()


async def count(settings: s.DataSettings) -> "Figures":
    from storage.figures import figures

    async with main_of(settings) as memory:
        return await figures(memory.engine)


def main_of(data: s.DataSettings) -> "Opening[SqlMemory]":
    from storage.open import open_main

    return opened(open_main(data.main.where, CLOCK, data.erasures_path), lambda m: m.close())


def vault_of(settings: s.VaultSettings) -> "Opening[tuple[SqlVault, SqlInbox]]":
    from storage.open import open_vault

    places = (settings.vault.where, settings.keys_path)
    opening = open_vault(*places, CLOCK, IDS, settings.erasures_path)
    return opened(opening, lambda both: both[0].close())


def gateway_of(door: s.Door, in_flight: int = 1) -> "Opening[TelegramGateway]":
    from channels.telegram.gateway import open_gateway

    opening = open_gateway(door.token, door.url, CLOCK, in_flight=in_flight)
    return opened(opening, lambda gateway: gateway.close())


def keep_log(settings: s.LogSettings, *tokens: str) -> None:
    from channels.telegram.masking import LogMask
    from handlers.logs import set_up

    set_up(settings.log_format, settings.log_level, LogMask(tokens))


def explain(error: Exception) -> CannotStart | None:
    from channels.telegram.gateway import CannotOpen
    from storage.errors import StorageUnusable

    return explained(error, StorageUnusable, CannotOpen)


def main() -> int:
    """One command, with the settings that it reads; what it cannot do it says in one sentence."""
    terminal = Terminal(office_words())
    rooms = (migrate, whole, count, main_of, vault_of, gateway_of, channel, explain)
    commands: arguments.Commands = {
        "run": (s.RunSettings, partial(run, terminal)),
        "run post": (s.PostSettings, partial(run_post, terminal)),
        "run desk": (s.DeskSettings, partial(run_desk, terminal)),
        "sandbox": (s.SandboxSettings, sandbox),
        **Operate(Doors(*rooms, CLOCK, IDS, HERE.parent), terminal).commands(),
    }
    options = arguments.read(terminal.words)
    role, command = commands[options.command]
    try:
        done = command(s.read(role), options)
        if not inspect.isawaitable(done):
            return done
        with asyncio.Runner(loop_factory=fast_loop() if role is s.PostSettings else None) as loop:
            return loop.run(done)
    except Exception as error:
        return end(terminal, error, explain)


if __name__ == "__main__":
    sys.exit(main())
