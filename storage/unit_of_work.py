"""One transaction in main: everything in it stays together, or nothing of it does."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.clock import Clock
from domain.errors import AlreadyProcessed
from domain.ports.cases import Opinions
from domain.ports.memory import Cause
from domain.ports.news import Broadcasts, Bulletins, Outbox, Withdrawals
from domain.ports.staff import Audit, Buttons, Calendar, Chats, Dialogs, Duties, People, Units
from storage import rows
from storage.audit import SqlAudit
from storage.broadcasts import SqlBroadcasts
from storage.bulletins import SqlBulletins
from storage.buttons import SqlButtons
from storage.calendar import SqlCalendar
from storage.chats import SqlChats
from storage.dialogs import SqlDialogs
from storage.duties import SqlDuties
from storage.engine import transaction, truncate_wal
from storage.opinions import ERASED, SqlOpinions
from storage.outbox import SqlOutbox
from storage.people import SqlPeople
from storage.tables.record import ProcessedRow
from storage.units import SqlUnits
from storage.withdrawals import SqlWithdrawals


class SqlWork:
    """One transaction, with every noun that it may read and write."""

    def __init__(self, engine: AsyncEngine, session: AsyncSession, clock: Clock) -> None:
        self._engine = engine
        self._session = session
        self.units: Units = SqlUnits(session)
        self.people: People = SqlPeople(session, clock)
        self.chats: Chats = SqlChats(session)
        self.bulletins: Bulletins = SqlBulletins(session)
        self.broadcasts: Broadcasts = SqlBroadcasts(session)
        self.outbox: Outbox = SqlOutbox(session)
        self.withdrawals: Withdrawals = SqlWithdrawals(session)
        self.opinions: Opinions = SqlOpinions(session)
        self.buttons: Buttons = SqlButtons(session)
        self.dialogs: Dialogs = SqlDialogs(session)
        self.duties: Duties = SqlDuties(session)
        self.audit: Audit = SqlAudit(session)
        self.calendar: Calendar = SqlCalendar(session)

    async def commit(self) -> None:
        """Keep everything; nothing more can be done in this transaction."""
        await self._session.commit()
        if self._session.info.get(ERASED):
            await truncate_wal(self._engine)


class SqlMemory:
    """The main database in SQL."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self.engine = engine
        self._clock = clock

    @asynccontextmanager
    async def begin(
        self, cause: Cause | None = None, crowded: bool = False
    ) -> AsyncIterator[SqlWork]:
        """See ports.Memory; StorageUnusable if the database cannot be worked with."""
        async with transaction(self.engine, crowded) as session:
            if cause is not None:
                await _mark(session, cause)
            yield SqlWork(self.engine, session, self._clock)

    async def close(self) -> None:
        await self.engine.dispose()


async def _mark(session: AsyncSession, cause: Cause) -> None:
    row = ProcessedRow(bot_id=cause.bot_id, update_id=cause.update_id)
    if not await rows.add_if_new(session, row):
        raise AlreadyProcessed
