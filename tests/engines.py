"""Engines that outlive a test: to learn its statements anew costs more than most tests do."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncEngine

from domain.clock import Clock
from storage.engine import make_engine, readers_beside
from storage.erasures import ErasureJournal
from storage.unit_of_work import SqlMemory
from tests.databases import Databases


@dataclass(frozen=True)
class Engines:
    """Of one main, for one test after the other: they remember their statements, and no rows."""

    main: AsyncEngine
    readers: AsyncEngine

    @classmethod
    def of(cls, databases: Databases) -> "Engines":
        main = make_engine(databases.main)
        return cls(main, readers_beside(main))

    def memory(self, clock: Clock, erasures: ErasureJournal | None = None) -> SqlMemory:
        """As just opened; to close it closes every connection."""
        memory = SqlMemory(self.main, clock, erasures)
        memory._readers = self.readers
        return memory
