"""`bot.py doctor`: looks at all that the system stands on, changes nothing, names what is wrong."""

import platform
import shutil
import tomllib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import version

from domain.model.delivery import EntryState
from handlers.cli import far_end, findings
from handlers.cli.data_dir import is_held
from handlers.cli.doors import Doors
from handlers.cli.findings import Finding
from handlers.cli.terminal import Terminal
from handlers.pulse import read_pulse
from handlers.settings import Door, OperatorSettings
from handlers.trouble import WRONG, CannotStart

LIBRARIES = ("python-telegram-bot", "sqlalchemy", "sqlmodel", "aiohttp", "cryptography")
LEAST_FREE = 500
"""Megabytes."""
RECENT_TROUBLE = timedelta(hours=1)


@dataclass(frozen=True)
class Doctor:
    """One look at each part, also after another has failed (khám hệ thống)."""

    doors: Doors
    terminal: Terminal
    settings: OperatorSettings

    async def __call__(self, as_json: bool) -> int:
        looks: dict[str, Callable[[], Awaitable[Finding]]] = {
            "versions": self._versions,
            "migrations": self._migrations,
            "bot": self._bot,
            "receiving": self._receiving,
            "chats": self._chats,
            "queues": self._queues,
            "post": self._post,
            "clock": self._clock,
            "disk": self._disk,
        }
        found = {name: await self._look(look) for name, look in looks.items()}
        wrong = [trouble for finding in found.values() for trouble in finding.wrong]
        said = (self.terminal.sentence(one.key, **one.values) for one in wrong)
        reasons = list(dict.fromkeys(said))  # one cause may keep several looks from being taken
        facts = {name: finding.facts for name, finding in found.items()}
        if as_json:
            self.terminal.json({"ok": not reasons, "reasons": reasons, **facts})
        else:
            findings.show(self.terminal, facts, reasons)
        return WRONG if reasons else 0

    async def _look(self, look: Callable[[], Awaitable[Finding]]) -> Finding:
        try:
            return await look()
        except Exception as error:
            trouble = self.doors.explain(error)
            if trouble is None:
                raise
            return Finding(None, [trouble])

    async def _versions(self) -> Finding:
        project = tomllib.loads((self.doors.root / "pyproject.toml").read_text())["project"]
        own = {"haichieu": project["version"], "python": platform.python_version()}
        return Finding(own | {name: version(name) for name in LIBRARIES})

    async def _migrations(self) -> Finding:
        """How far each database has come, and how far it should have."""
        self._require_files()
        revisions = await self.doors.revisions(self.settings)
        places = self.settings.databases
        facts = {
            name: {"place": str(places[name]), "current": at, "head": head}
            for name, (at, head) in revisions.items()
        }
        behind = [name for name, (current, head) in revisions.items() if current != head]
        return Finding(facts, [CannotStart("cli.not_migrated", name=name) for name in behind])

    async def _bot(self) -> Finding:
        door = self._door()
        facts = {"token": door.masked, "api": door.url, "username": None}
        try:
            async with self.doors.gateway(door) as gateway:
                return Finding(facts | {"username": gateway.bot.username})
        except Exception as error:
            trouble = self.doors.explain(error)
            if trouble is None:
                raise
            return Finding(facts, [trouble])

    async def _receiving(self) -> Finding:
        """How updates get here, how many wait at the channel, and what it says went wrong."""
        async with self.doors.gateway(self._door()) as gateway:
            info = await gateway.bot.get_webhook_info()
        mode = "webhook" if info.url else "polling"
        facts = {"mode": mode, "url": info.url or None, "waiting": info.pending_update_count}
        at = info.last_error_date
        if at is None or self.doors.clock.now() - at > RECENT_TROUBLE:
            return Finding(facts | {"trouble": None})
        trouble = {"trouble": info.last_error_message, "at": at.isoformat(timespec="seconds")}
        why = CannotStart("cli.webhook_trouble", why=info.last_error_message)
        return Finding(facts | trouble, [why])

    async def _chats(self) -> Finding:
        """In which groups the bot can write now, asked of the channel itself."""
        self._require_files()
        async with self.doors.main(self.settings) as memory, memory.begin() as work:
            bound = await work.chats.all()
        async with self.doors.gateway(self._door()) as gateway:
            standings = await far_end.standings(gateway, bound)
        can: list[dict[str, str]] = []
        cannot: list[dict[str, str]] = []
        for chat, standing in zip(bound, standings, strict=True):
            place = can if standing in far_end.MAY_POST else cannot
            place.append({"title": chat.title, "standing": standing})
        finding = Finding({"can_post": can, "cannot_post": cannot})
        if cannot:
            finding.wrong.append(CannotStart("cli.chats_closed", count=len(cannot)))
        return finding

    async def _queues(self) -> Finding:
        """What waits; a parked update and an uncertain send wait for a person."""
        self._require_files()
        counted = await self.doors.count(self.settings)
        async with self.doors.vault(self.settings) as (_, inbox):
            updates = await inbox.counts()
        outbox, waiting = dict(counted.outbox), dict(counted.queues)
        finding = Finding({"outbox": outbox, "waiting": waiting, "updates": updates})
        if parked := updates["parked"]:
            finding.wrong.append(CannotStart("cli.updates_parked", count=parked))
        if uncertain := outbox[EntryState.UNCERTAIN]:
            finding.wrong.append(CannotStart("cli.sends_uncertain", count=uncertain))
        return finding

    async def _post(self) -> Finding:
        """Whether the sender lives, where a run holds the directory."""
        pulse, running = read_pulse(self.settings.pulse_path), is_held(self.settings.data_dir)
        alive = pulse is not None and pulse.is_alive(self.doors.clock.now())
        finding = Finding({"run": running, "alive": alive})
        if running and not alive:
            finding.wrong.append(CannotStart("cli.post_silent"))
        return finding

    async def _clock(self) -> Finding:
        """How far this machine's clock is from the API's, where the API says."""
        now, skew = self.doors.clock.now, None
        if (door := self.settings.door()) is not None:
            skew = await far_end.skew(door.url, now)
        finding = Finding({"now": now().isoformat(timespec="seconds"), "skew_seconds": skew})
        if skew is not None and abs(skew) > far_end.MOST_SKEW:
            finding.wrong.append(CannotStart("cli.clock_skewed", seconds=skew))
        return finding

    async def _disk(self) -> Finding:
        folder = self.settings.data_dir
        try:
            free = shutil.disk_usage(folder).free // 2**20
        except OSError as error:
            raise CannotStart("cli.data_dir_unusable", path=folder, why=error.strerror) from None
        finding = Finding({"directory": str(folder.resolve()), "free_megabytes": free})
        if free < LEAST_FREE:
            finding.wrong.append(CannotStart("cli.disk_full", path=folder, megabytes=free))
        return finding

    def _require_files(self) -> None:
        """Looking must not make a database that was not there."""
        for database in self.settings.databases.values():
            if database.path and not database.path.exists():
                raise CannotStart("cli.no_database", path=database.path)

    def _door(self) -> Door:
        door = self.settings.door()
        if door is None:
            raise CannotStart("settings.token_missing", variable="BOT_TOKEN")
        return door
