"""`bot.py restore`: a backup in the files' place, once it was made fit to go on from."""

import shutil
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from domain.model.erasure import BACKUP_KEPT
from domain.usecases.purge import Purge
from domain.usecases.restore import Aftermath, Restore
from handlers.cli.backup import at, files_of
from handlers.cli.data_dir import POST_LOCK, RUN_LOCK, SWAPPING, held
from handlers.cli.doors import Doors
from handlers.cli.manifest import read_manifest
from handlers.cli.terminal import Terminal
from handlers.letterhead import CatalogLetterhead
from handlers.settings import VaultSettings
from handlers.trouble import CannotStart

BESIDE = ("", "-wal", "-shm")
"""What SQLite keeps of one database."""


@dataclass(frozen=True)
class BringBack:
    """A start with yesterday's state (khôi phục)."""

    doors: Doors
    terminal: Terminal

    async def __call__(self, options: Namespace, settings: VaultSettings) -> int:
        if (options.folder is None) is not options.after:
            raise CannotStart("cli.restore_what")
        folder = settings.data_dir
        with held(folder, RUN_LOCK, mending=True), held(folder, POST_LOCK, mending=True):
            if not settings.erasures_path.is_dir():
                raise CannotStart("cli.restore_no_journal", path=settings.erasures_path)
            if options.after:
                found = await self._go_on(settings)
            else:
                found = await self._bring_back(options.folder, settings)
        self.terminal.text("cli.restored", doubtful=found.doubtful, erased=found.erased)
        return 0

    async def _bring_back(self, folder: Path, settings: VaultSettings) -> Aftermath:
        """Made fit beside the files and put in their place only then: no failure changes them."""
        files = files_of(settings)
        manifest = read_manifest(folder)
        copies = {name: folder / f"{name}.db" for name in files}
        manifest.require_whole(copies)
        ready = settings.data_dir / ".restoring"
        shutil.rmtree(ready, ignore_errors=True)
        ready.mkdir(mode=0o700)
        fresh = {name: ready / f"{name}.db" for name in files}
        for name, copy in copies.items():
            fresh[name].touch(mode=0o600)
            shutil.copyfile(copy, fresh[name])
        found = await self._go_on(at(settings, fresh), manifest.taken_at)
        aside = f"before-{self.doors.clock.now():%Y%m%dT%H%M%SZ}"
        swapping = settings.data_dir / SWAPPING
        swapping.touch(mode=0o600)
        _swap(fresh, files, aside)
        swapping.unlink()
        shutil.rmtree(ready)
        self.terminal.text("cli.restore_aside", path=settings.data_dir, name=aside)
        return found

    async def _go_on(self, settings: VaultSettings, taken_at: datetime | None = None) -> Aftermath:
        doors = self.doors
        await doors.migrate(settings)
        async with doors.main(settings) as memory, doors.vault(settings) as (vault, inbox):
            async with memory.begin() as work:
                newest = await work.audit.newest()
            now = doors.clock.now()
            of = taken_at or (newest.event.at if newest else now)
            if now - of > BACKUP_KEPT:
                raise CannotStart("cli.backup_too_old", at=f"{of:%d/%m/%Y}", days=BACKUP_KEPT.days)
            purge = Purge(memory, vault, inbox, doors.clock)
            letterhead = CatalogLetterhead(self.terminal.words, deep_link=str)
            go_on = Restore(memory, vault, purge, doors.clock, doors.ids, letterhead)
            return await go_on.go_on_from(of)


def _swap(fresh: Mapping[str, Path], files: Mapping[str, Path], aside: str) -> None:
    """Keep what is there under another name, and put the fresh files in its place."""
    for file in files.values():
        for part in BESIDE:
            old = file.with_name(file.name + part)
            if old.exists():
                old.rename(file.with_name(f"{file.stem}.{aside}{file.suffix}{part}"))
    for name, file in files.items():
        for part in BESIDE:
            new = fresh[name].with_name(fresh[name].name + part)
            if new.exists():
                shutil.move(new, file.with_name(file.name + part))
