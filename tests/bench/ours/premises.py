"""Where one office's databases are for a bench: files in a folder, or on a server."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import asyncpg

from storage.migrate import bring_up_to_date
from storage.revisions import Which
from tests.bench.places import asked, copied, emptied, fresh_database, plain

Ask = Callable[[str], Awaitable[int | None]]


@dataclass(frozen=True)
class Premises:
    """One office's databases; its keys are in the folder in any case."""

    folder: Path
    server: str = ""
    """A cluster's address; '' for files in the folder."""

    @property
    def main(self) -> Path | str:
        return self._database(Which.MAIN)

    @property
    def main_url(self) -> str:
        """For whoever opens it without our rooms."""
        return str(self.main) if self.server else f"sqlite+aiosqlite:///{self.main}"

    @property
    def vault(self) -> Path | str:
        return self._database(Which.VAULT)

    @property
    def keys(self) -> Path:
        return self.folder / "keys"

    async def migrated(self) -> "Premises":
        """Both databases new, empty and up to date."""
        await asyncio.to_thread(emptied, self.folder)
        for which in Which:
            if self.server:
                await fresh_database(self.server, self._name(which))
            await bring_up_to_date(self._database(which), which)
        return self

    async def copied_to(self, name: str) -> "Premises":
        """A fresh copy beside it, in place of an older one of this name."""
        copy = replace(self, folder=self.folder.parent / name)
        await asyncio.to_thread(copied, self.folder, copy.folder)
        if self.server:
            for which in Which:
                await fresh_database(self.server, copy._name(which), self._name(which))
        return copy

    @asynccontextmanager
    async def asking(self, which: Which = Which.MAIN) -> AsyncIterator[Ask]:
        """Ask for one number, past our own connections."""
        if not self.server:
            file = self.folder / f"{which}.db"
            yield lambda question: asyncio.to_thread(asked, file, question)
            return
        connection = await asyncpg.connect(plain(str(self._database(which))))
        try:
            yield connection.fetchval
        finally:
            await connection.close()

    def _database(self, which: Which) -> Path | str:
        if self.server:
            return f"{self.server}/{self._name(which)}"
        return self.folder / f"{which}.db"

    def _name(self, which: Which) -> str:
        return f"{self.folder.name}_{which}"
