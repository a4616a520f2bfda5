"""One transaction in main: everything in it stays together, or nothing of it does."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.clock import Clock
from domain.model.erasure import ErasedKind
from domain.model.unit import Unit
from domain.ports.activity import Activity
from domain.ports.cases import Opinions
from domain.ports.checks import Checks
from domain.ports.commendations import Commendations
from domain.ports.conferences import Attendance, Conferences
from domain.ports.imported_bulletins import ImportedBulletins
from domain.ports.letters import CaseNotes, Labels, LetterTemplates, WaitingLetters
from domain.ports.materials import Materials
from domain.ports.matters import Matters
from domain.ports.memory import Caller, Cause, Marks, Offer
from domain.ports.monthly_plans import MonthlyPlans
from domain.ports.mornings import Mornings
from domain.ports.news import Broadcasts, BulletinMedia, Bulletins
from domain.ports.outbox import Outbox, Withdrawals
from domain.ports.plan import Plan
from domain.ports.polls import Polls
from domain.ports.publications import Publications
from domain.ports.queue import Queue
from domain.ports.reorganisation import Reorganisations
from domain.ports.reviews import Reviews
from domain.ports.roster import Roster
from domain.ports.sessions import Forms, Media, Sessions
from domain.ports.staff import Audit, Buttons, Calendar, Chats, Dialogs, Duties, People, Units
from domain.ports.voices import Voices
from storage.activity import SqlActivity
from storage.attendance import SqlAttendance
from storage.audit import SqlAudit
from storage.broadcasts import SqlBroadcasts
from storage.bulletin_media import SqlBulletinMedia
from storage.bulletins import SqlBulletins
from storage.buttons import SqlButtons
from storage.calendar import SqlCalendar
from storage.case_notes import SqlCaseNotes
from storage.chats import SqlChats
from storage.checks import SqlChecks
from storage.commendations import SqlCommendations
from storage.conferences import SqlConferences
from storage.crowd import Crowd, mark
from storage.dialogs import SqlDialogs
from storage.duties import SqlDuties
from storage.engine import looking, readers_beside, transaction, truncate_wal
from storage.erasures import ErasureJournal
from storage.imported_bulletins import SqlImportedBulletins
from storage.labels import SqlLabels
from storage.letter_templates import SqlLetterTemplates
from storage.marks import SqlMarks
from storage.materials import SqlMaterials
from storage.matters import SqlMatters
from storage.monthly_plans import SqlMonthlyPlans
from storage.mornings import SqlMornings
from storage.opinion_pictures import ERASED, ERASED_MEDIA
from storage.opinion_voices import SqlVoices
from storage.opinions import SqlOpinions
from storage.outbox import SqlOutbox
from storage.people import SqlPeople
from storage.plan import SqlPlan
from storage.polls import SqlPolls
from storage.publications import SqlPublications
from storage.queue import SqlQueue
from storage.reorganisation import SqlReorganisations
from storage.reviews import SqlReviews
from storage.roster import SqlRoster
from storage.session_forms import SqlForms
from storage.session_media import SqlMedia
from storage.sessions import SqlSessions
from storage.units import SqlUnits
from storage.waiting_letters import SqlWaitingLetters
from storage.withdrawals import SqlWithdrawals


class SqlWork:
    """One transaction, with every noun that it may read and write."""

    def __init__(self, memory: "SqlMemory", session: AsyncSession, clock: Clock) -> None:
        self._memory = memory
        self._session = session
        self.units: Units = SqlUnits(session)
        self.reorganisations: Reorganisations = SqlReorganisations(session)
        self.people: People = SqlPeople(session, clock)
        self.roster: Roster = SqlRoster(session)
        self.checks: Checks = SqlChecks(session)
        self.chats: Chats = SqlChats(session)
        self.bulletins: Bulletins = SqlBulletins(session)
        self.reviews: Reviews = SqlReviews(session)
        self.bulletin_media: BulletinMedia = SqlBulletinMedia(session)
        self.broadcasts: Broadcasts = SqlBroadcasts(session)
        self.publications: Publications = SqlPublications(session)
        self.plan: Plan = SqlPlan(session)
        self.outbox: Outbox = SqlOutbox(session)
        self.withdrawals: Withdrawals = SqlWithdrawals(session)
        self.polls: Polls = SqlPolls(session)
        self.opinions: Opinions = SqlOpinions(session)
        self.voices: Voices = SqlVoices(session)
        self.letters: WaitingLetters = SqlWaitingLetters(session)
        self.notes: CaseNotes = SqlCaseNotes(session)
        self.templates: LetterTemplates = SqlLetterTemplates(session)
        self.labels: Labels = SqlLabels(session)
        self.matters: Matters = SqlMatters(session)
        self.queue: Queue = SqlQueue(session)
        self.mornings: Mornings = SqlMornings(session)
        self.activity: Activity = SqlActivity(session, clock)
        self.commendations: Commendations = SqlCommendations(session)
        self.imported_bulletins: ImportedBulletins = SqlImportedBulletins(session)
        self.monthly_plans: MonthlyPlans = SqlMonthlyPlans(session)
        self.conferences: Conferences = SqlConferences(session, clock)
        self.attendance: Attendance = SqlAttendance(session, clock)
        self.forms: Forms = SqlForms(session)
        self.sessions: Sessions = SqlSessions(session)
        self.media: Media = SqlMedia(session)
        self.materials: Materials = SqlMaterials(session)
        self.marks: Marks = SqlMarks(session)
        self.buttons: Buttons = SqlButtons(session)
        self.dialogs: Dialogs = SqlDialogs(session)
        self.duties: Duties = SqlDuties(session)
        self.audit: Audit = SqlAudit(session)
        self.calendar: Calendar = SqlCalendar(session)

    async def commit(self) -> None:
        """Keep everything; nothing more can be done in this transaction."""
        info = self._session.info
        for kind, noted in ((ErasedKind.CASE, ERASED), (ErasedKind.MEDIA, ERASED_MEDIA)):
            if (erased := info.get(noted)) and self._memory.erasures:
                # Before the commit: what was written down and not erased after all is erased by
                # the replay; what was erased and not written down would come back from a backup.
                await asyncio.to_thread(self._memory.erasures.write, kind, erased)
        await self._session.commit()
        if ERASED in info:
            await truncate_wal(self._memory.engine)


class SqlMemory:
    """The main database in SQL."""

    def __init__(
        self, engine: AsyncEngine, clock: Clock, erasures: ErasureJournal | None = None
    ) -> None:
        self.engine = engine
        self.erasures = erasures
        self._clock = clock
        self._crowd = Crowd(engine, clock)
        self._readers = readers_beside(engine)

    @asynccontextmanager
    async def begin(
        self, cause: Cause | None = None, crowded: bool = False
    ) -> AsyncIterator[SqlWork]:
        """See ports.Memory; StorageUnusable if the database cannot be worked with."""
        async with transaction(self.engine, crowded) as session:
            if cause is not None:
                await mark(session, [cause], self._clock)
            yield SqlWork(self, session, self._clock)

    @asynccontextmanager
    async def look(self) -> AsyncIterator[SqlWork]:
        """See ports.Memory."""
        async with looking(self._readers) as session:
            yield SqlWork(self, session, self._clock)

    async def caller(self, account: str, pressed: str = "") -> Caller:
        return await self._crowd.callers.add((account, pressed))

    async def root(self) -> Unit | None:
        return await self._crowd.roots.add(None)

    async def processed(self, bot_id: int, update_ids: Sequence[int]) -> frozenset[int]:
        return await self._crowd.processed(bot_id, update_ids)

    async def offer(self, offer: Offer) -> None:
        await self._crowd.offers.add(offer)

    async def close(self) -> None:
        await self._readers.dispose()
        await self.engine.dispose()
