"""One transaction in the main database, and the update whose effect it commits."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from domain.ports.cases import Opinions
from domain.ports.news import Broadcasts, Bulletins, Outbox, Withdrawals
from domain.ports.staff import Audit, Buttons, Calendar, Chats, Dialogs, Duties, People, Units


@dataclass(frozen=True, slots=True)
class Cause:
    """The update that a change answers; its effect is committed together with this mark."""

    bot_id: int
    update_id: int


class Work(Protocol):
    """One transaction in main; nothing of it stays unless `commit` was reached."""

    units: Units
    people: People
    chats: Chats
    bulletins: Bulletins
    broadcasts: Broadcasts
    outbox: Outbox
    withdrawals: Withdrawals
    opinions: Opinions
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
