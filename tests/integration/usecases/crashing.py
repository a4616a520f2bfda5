"""Main, for a process that ends at a commit: just before it, or just after it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from domain.ports import Cause, Memory, Offer, Work
from tests.integration.usecases.between import Between


class Crash(Exception):
    """Stands for a process that was killed."""


class CrashingWork:
    """A transaction whose commit ends the process."""

    def __init__(self, work: Work, after: bool) -> None:
        self._work = work
        self._after = after
        self.units = work.units
        self.reorganisations = work.reorganisations
        self.people = work.people
        self.roster = work.roster
        self.checks = work.checks
        self.chats = work.chats
        self.bulletins = work.bulletins
        self.bulletin_media = work.bulletin_media
        self.broadcasts = work.broadcasts
        self.publications = work.publications
        self.plan = work.plan
        self.outbox = work.outbox
        self.withdrawals = work.withdrawals
        self.opinions = work.opinions
        self.voices = work.voices
        self.letters = work.letters
        self.notes = work.notes
        self.templates = work.templates
        self.labels = work.labels
        self.queue = work.queue
        self.polls = work.polls
        self.mornings = work.mornings
        self.activity = work.activity
        self.commendations = work.commendations
        self.imported_bulletins = work.imported_bulletins
        self.reviews = work.reviews
        self.monthly_plans = work.monthly_plans
        self.conferences = work.conferences
        self.attendance = work.attendance
        self.forms = work.forms
        self.sessions = work.sessions
        self.media = work.media
        self.materials = work.materials
        self.matters = work.matters
        self.marks = work.marks
        self.buttons = work.buttons
        self.dialogs = work.dialogs
        self.duties = work.duties
        self.audit = work.audit
        self.calendar = work.calendar

    async def commit(self) -> None:
        if self._after:
            await self._work.commit()
        raise Crash


class CrashingMemory(Between):
    """Main as a process sees it that does not survive its first commit."""

    def __init__(self, memory: Memory, after: bool) -> None:
        super().__init__(memory)
        self._after = after

    @asynccontextmanager
    async def begin(self, cause: Cause | None = None, crowded: bool = False) -> AsyncIterator[Work]:
        async with self.memory.begin(cause, crowded) as work:
            yield CrashingWork(work, self._after)

    async def offer(self, offer: Offer) -> None:
        if self._after:
            await self.memory.offer(offer)
        raise Crash
