"""`bot.py migrate --copy-from`: takes over what lies in a directory's files, onto a server."""

from dataclasses import dataclass
from pathlib import Path

from rich.progress import Progress

from handlers.cli.data_dir import POST_LOCK, held
from handlers.cli.doors import Doors
from handlers.cli.terminal import Terminal
from handlers.databases import Database
from handlers.settings import VaultSettings
from handlers.trouble import WRONG, CannotStart


@dataclass(frozen=True)
class Move:
    """Whatever is to live on a server, copied there (chuyển lên máy chủ)."""

    doors: Doors
    terminal: Terminal

    async def __call__(self, folder: Path, settings: VaultSettings) -> int:
        moving = {name: one for name, one in settings.databases.items() if one.path is None}
        if not moving:
            raise CannotStart("cli.copy_needs_server")
        for name in moving:
            if not (folder / f"{name}.db").exists():
                raise CannotStart("cli.no_database", path=folder / f"{name}.db")
        with held(folder), held(folder, POST_LOCK):
            await self.doors.migrate(settings)
            for name, database in moving.items():
                if not await self._copy(name, folder / f"{name}.db", database):
                    return WRONG
        return 0

    async def _copy(self, name: str, file: Path, database: Database) -> bool:
        """Whether every table counts the same afterwards; if not, nothing was kept."""
        with Progress() as progress:
            task = progress.add_task(name, total=None)

            def tell(table: str, done: int, total: int) -> None:
                shown = f"{name}.{table}"
                progress.update(task, description=shown, completed=done, total=total)

            counted = await self.doors.whole().copy(name, file, str(database.where), tell)
        differing = [table for table, (there, here) in counted.items() if there != here]
        if differing:
            self.terminal.text("cli.copy_differs", path=file, tables=", ".join(differing))
            return False
        rows = sum(here for _, here in counted.values())
        self.terminal.text("cli.copied", path=file, to=database, tables=len(counted), rows=rows)
        return True
