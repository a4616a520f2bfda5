"""The sealed side: what came in, and where an answer can be delivered."""

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from domain.model.allowance import Spent
from domain.model.chat import Address
from domain.model.erasure import Erased
from domain.model.locality import Point
from domain.model.opinion_picture import HeldFile
from domain.model.public_reply import PublicReply
from domain.model.resident import Known, OpinionDraft, Resident
from domain.ports.keys import KeyChest
from domain.ports.memory import Cause


class Vault(Protocol):
    """The sealed side: it can deliver; it cannot tell. Every write may be repeated safely."""

    @property
    def chest(self) -> KeyChest:
        """Its keys; they open nothing for anybody."""
        ...

    async def known(self, who: Address, now: datetime) -> Known:
        """Somebody's language and consent, with the unsent draft unless it has expired."""
        ...

    async def save_resident(self, who: Address, resident: Resident) -> None: ...
    async def forget_resident(self, who: Address) -> None:
        """Erase language, consent, any draft, and what waits of replies in groups."""
        ...

    async def save_draft(
        self, who: Address, draft: OpinionDraft, before: OpinionDraft | None, now: datetime
    ) -> None:
        """Store it in place of the person's draft as it was `before`; None for one that expired.

        Overtaken if theirs is another by now: two processes may be at work on one chat while one
        of them, held up, does not know yet that it was replaced.
        """
        ...

    async def drop_draft(self, handle: str) -> None:
        """Erase it, words and all."""
        ...

    async def clear_draft(self, handle: str) -> None:
        """It was filed: its words live on in the case, so nothing is written down as erased."""
        ...

    async def hold_file(self, file: HeldFile, now: datetime) -> None:
        """Keep it, sealed, with the draft that it belongs to; again, it takes its own place."""
        ...

    async def held_files(self, draft: str) -> tuple[HeldFile, ...]:
        """In the order in which they were sent."""
        ...

    async def drop_files(self, draft: str, number: int | None = None) -> None:
        """Erase them, or the one of this message; the draft goes on without."""
        ...

    async def hold_reply(self, who: Address, reply: PublicReply) -> None:
        """Keep what somebody wrote in a group until it expires; again, the newest words stay."""
        ...

    async def held_replies(self, who: Address, now: datetime) -> tuple[PublicReply, ...]:
        """What somebody wrote in groups and has not agreed to yet, unless it has expired."""
        ...

    async def drop_replies(self, handles: Sequence[str], *, filed: bool) -> None:
        """Erase them; of what was filed the words live on in the case."""
        ...

    async def seal_address(self, handle: str, who: Address, now: datetime) -> None: ...
    async def address(self, handle: str) -> Address | None:
        """Only for handing to a gateway in the same breath; never kept, never shown.

        Unreadable if it is there and can never be opened again.
        """
        ...

    async def stands_behind(self, handle: str, who: Address) -> bool:
        """Whether this is the account behind the case, the draft or the waiting reply."""
        ...

    async def mute(self, handle: str, until: date | None) -> bool:
        """Take in nothing new from whoever stands there until the end of a day; None lifts it.

        False if nobody can be found behind it any more, or nothing is kept of them.
        """
        ...

    async def handles_of(self, who: Address) -> tuple[str, ...]:
        """Behind which cases this account stands, by opening every address, one after the other.

        Only when that person asks, and never written down: nothing leads from a person to cases.
        """
        ...

    async def theirs_among(self, who: Address, handles: Sequence[str]) -> tuple[str, ...]:
        """Behind which of these this account stands; only for what they write themselves."""
        ...

    async def is_foreign(self, handle: str, who: Address) -> bool:
        """Whether the address of another account is sealed there; False where there is none."""
        ...

    async def spent(self, who: Address, now: datetime) -> Spent:
        """What was counted of this account; nothing of it is older than it has to be."""
        ...

    async def save_spent(self, who: Address, spent: Spent, now: datetime) -> None: ...
    async def purge_spent(self, now: datetime) -> None:
        """Erase what was counted more than an hour ago."""
        ...

    async def forget_address(self, handle: str) -> None: ...
    async def handles(self, sealed_before: datetime) -> tuple[str, ...]:
        """Handles of addresses sealed before this, for the sweep of orphans."""
        ...

    async def erased(self) -> Erased:
        """What was erased in the last months, as it is written down beside the databases."""
        ...

    async def erase_again(self, erased: Erased) -> int:
        """Erase what a backup has brought back of this; returns how much that was."""
        ...

    async def expired_drafts(self, now: datetime) -> int:
        """How many drafts have expired."""
        ...

    async def purge_drafts(self, now: datetime) -> int:
        """Erase drafts, and replies in groups, that have expired; returns how many."""
        ...


@dataclass(frozen=True, slots=True)
class Received:
    """One update as it came: its number, its place in line, its raw body."""

    update_id: int
    line: str
    """Updates with the same line are handled one after the other: the chat, else the person."""
    body: bytes
    said: str = ""
    """Which message it is, and which edit of it; '' for what repeats under its number only."""
    bounded: bool = False
    """Whether it is turned away while too much of its line is waiting."""
    point: Point | None = None
    """A place that was shared; it is not in the body, and stored nowhere."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An update that was stored and not yet handled."""

    id: int
    update_id: int
    line: str
    """Its place in line, by a name that tells nothing."""
    handle: str
    """A name that stays the same in every replay, for what this update may put in the vault."""
    body: bytes
    tries: int


class Inbox(Protocol):
    """Updates, sealed before they are acknowledged (hộp thư đến)."""

    async def store(self, bot_id: int, updates: Sequence[Received]) -> tuple[Received, ...]:
        """Store and commit; one that is there already is left as it is.

        Returns what was turned away, since too much of its line is waiting.
        """
        ...

    async def next_offset(self, bot_id: int) -> int:
        """The number to ask the channel for next; 0 at the very beginning."""
        ...

    async def oldest(
        self, bot_id: int, limit: int, busy: Collection[str] = ()
    ) -> tuple[Waiting, ...]:
        """The oldest waiting update of each line but the busy ones."""
        ...

    async def is_past(self, bot_id: int, said: str) -> bool:
        """Whether a message of this name has come and waits no more."""
        ...

    def handling(self, inbox_id: int) -> AbstractContextManager[None]:
        """Within it the vault is written on this update's behalf, and only while it waits.

        Else it is Overtaken: the process was replaced, and its successor may have gone on to
        erase what would be written.
        """
        ...

    async def done(self, inbox_id: int) -> None:
        """Handled: the body is blanked."""
        ...

    async def failed(self, inbox_id: int, reason: str) -> bool:
        """One more try went wrong; True when that was the last and the update is parked."""
        ...

    async def counts(self) -> dict[str, int]:
        """How many updates are `waiting`, `done` and `parked`."""
        ...

    async def unhandled(self) -> frozenset[Cause]:
        """Every update that waits."""
        ...

    async def expired(self, done_before: datetime, parked_before: datetime) -> int:
        """How many rows `purge` would remove."""
        ...

    async def purge(self, done_before: datetime, parked_before: datetime) -> int:
        """Remove blank rows of handled updates, and what was parked; returns how many."""
        ...
