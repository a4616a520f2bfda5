"""One transaction in the main database, and the update whose effect it commits."""

from collections.abc import Collection, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from domain.model.access import Person
from domain.model.button import Button
from domain.model.dialog import Dialog
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


@dataclass(frozen=True, slots=True)
class Cause:
    """The update that a change answers; its effect is committed together with this mark."""

    bot_id: int
    update_id: int


@dataclass(frozen=True, slots=True)
class Offer:
    """Buttons that answer an update, and the press that it was, if it was one."""

    cause: Cause
    buttons: tuple[Button, ...]
    at: datetime
    pressed: Button | None = None


@dataclass(frozen=True, slots=True)
class Caller:
    """What main knows of whoever speaks, and of what they press (người đang nói)."""

    person: Person | None = None
    asked: Dialog | None = None
    """What they were asked last, and have not answered yet."""
    pressed: Button | None = None


class Marks(Protocol):
    """Which updates had their effect, and on which day (dấu đã xử lý)."""

    async def made_before(self, day: date) -> int: ...
    async def forget(self, before: date, but: Collection[Cause]) -> int:
        """Remove those of earlier days, but not of these updates; returns how many."""
        ...


class Work(Protocol):
    """One transaction in main; nothing of it stays unless `commit` was reached."""

    units: Units
    reorganisations: Reorganisations
    people: People
    roster: Roster
    checks: Checks
    chats: Chats
    bulletins: Bulletins
    bulletin_media: BulletinMedia
    reviews: Reviews
    broadcasts: Broadcasts
    publications: Publications
    plan: Plan
    outbox: Outbox
    withdrawals: Withdrawals
    polls: Polls
    opinions: Opinions
    voices: Voices
    letters: WaitingLetters
    notes: CaseNotes
    templates: LetterTemplates
    labels: Labels
    matters: Matters
    queue: Queue
    mornings: Mornings
    activity: Activity
    commendations: Commendations
    imported_bulletins: ImportedBulletins
    monthly_plans: MonthlyPlans
    conferences: Conferences
    attendance: Attendance
    forms: Forms
    sessions: Sessions
    media: Media
    materials: Materials
    marks: Marks
    buttons: Buttons
    dialogs: Dialogs
    duties: Duties
    audit: Audit
    calendar: Calendar

    async def commit(self) -> None: ...


class Memory(Protocol):
    """The main database."""

    def begin(
        self, cause: Cause | None = None, crowded: bool = False
    ) -> AbstractAsyncContextManager[Work]:
        """Open a transaction; with a cause, AlreadyProcessed is raised if it was committed once.

        The cause is marked as processed in the same commit. A transaction is alone from its start
        to its end, unless it says that it stands a crowd: that it writes only where what it has
        read still holds.
        """
        ...

    def look(self) -> AbstractAsyncContextManager[Work]:
        """All of one moment, only to be read: it waits for nobody who writes, and nobody for it."""
        ...

    # What nearly every update asks and leaves; those that come at the same time share one
    # transaction, and each hears only of its own trouble.

    async def caller(self, account: str, pressed: str = "") -> Caller:
        """Whoever has this account, with their grants, and the button of this id."""
        ...

    async def root(self) -> Unit | None:
        """The unit at the top of the tree."""
        ...

    async def processed(self, bot_id: int, update_ids: Sequence[int]) -> frozenset[int]:
        """Those of these updates whose effect was committed."""
        ...

    async def offer(self, offer: Offer) -> None:
        """Store the buttons, use the pressed one up and mark the update, in one commit.

        AlreadyProcessed if it was committed once, LostRace("button.used") if the press comes late.
        """
        ...
