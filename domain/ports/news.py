"""What main remembers of bulletins and of their occurrences."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.model.approval import Approval
from domain.model.broadcast import Broadcast, BroadcastState, Doubt
from domain.model.bulletin import Bulletin, Draft, Revision
from domain.model.delivery import (
    Lane,
    ReceiptLine,
    Tally,
)
from domain.model.frozen import FrozenRevision, FrozenText
from domain.model.unit import QuietHours


class Bulletins(Protocol):
    """Bulletins, their drafts, frozen revisions and approvals."""

    async def add(self, bulletin: Bulletin, draft: Draft) -> None: ...
    async def get(self, bulletin_id: str) -> Bulletin: ...
    async def of_revision(self, revision_id: str) -> Bulletin: ...
    async def draft(self, bulletin_id: str) -> Draft: ...
    async def save_draft(self, draft: Draft) -> None: ...
    async def unfinished(self, author_id: str, limit: int) -> tuple[Draft, ...]:
        """This author's drafts that hold words and wait for nobody else, the newest first."""
        ...

    async def following(self, revision_id: str) -> tuple[tuple[str, Draft], ...]:
        """What follows this poll, with its author, and was not thrown away, the oldest first."""
        ...

    async def to_copy(self, unit_id: str, skip: int, limit: int) -> tuple[FrozenText, ...]:
        """What was approved of a unit and all below it, and not taken back, the newest first.

        Without emergency templates, and without what was tampered with.
        """
        ...

    async def save(self, bulletin: Bulletin, was: Bulletin) -> None:
        """Compare and set on state and revision; LostRace("bulletin.moved_on") when it is late."""
        ...

    async def add_revision(self, frozen: FrozenRevision, now: datetime) -> None: ...
    async def revision(self, revision_id: str) -> FrozenRevision:
        """The revision with all its groups; Tampered unless both are what was submitted."""
        ...

    async def frozen_text(self, revision_id: str) -> FrozenText:
        """The revision without its groups, however many they are; Tampered as above."""
        ...

    async def revision_before(self, revision: Revision) -> FrozenRevision | None:
        """What was submitted of this bulletin before; None if nothing was, or not as it stands."""
        ...

    async def newest_revision(self, bulletin_id: str) -> FrozenRevision: ...
    async def in_review(self, unit_ids: Sequence[str]) -> tuple[FrozenRevision, ...]:
        """Newest revisions that wait for a decision in these units' subtrees, oldest first."""
        ...

    async def recurring(self, unit_ids: Sequence[str], limit: int) -> tuple[FrozenText, ...]:
        """What is approved and recurs in these units' subtrees, and was not tampered with."""
        ...

    async def templates(self, unit_ids: Sequence[str]) -> tuple[FrozenText, ...]:
        """The approved emergency templates of these units' subtrees, none tampered with."""
        ...

    async def unplanned(self) -> tuple[str, ...]:
        """The newest revisions of approved bulletins that recur and have nothing planned.

        What waits for somebody's word holds up no later time.
        """
        ...

    async def is_corrected(self, revision_id: str) -> bool:
        """Whether a correction of this revision was approved."""
        ...

    async def add_approval(self, approval: Approval) -> None: ...
    async def approval(self, revision_id: str) -> Approval | None: ...


class BulletinMedia(Protocol):
    """The bytes of what goes along with bulletins, under their SHA-256."""

    async def keep(self, sha256: str, content: bytes, now: datetime) -> None:
        """Have them, once, however many drafts they go with."""
        ...

    async def read(self, sha256: str) -> bytes:
        """The bytes as they lie there, which may not be what was put there: hash them again."""
        ...

    async def forget(self, before: datetime) -> int:
        """Remove what was added before then and belongs to no draft and no revision."""
        ...


class Broadcasts(Protocol):
    """Occurrences of approved bulletins."""

    async def add(self, broadcast: Broadcast) -> bool:
        """Store it, unless this revision has a broadcast at this time; whether it was stored."""
        ...

    async def get(self, broadcast_id: str) -> Broadcast: ...

    async def get_unchanging(self, broadcast_id: str) -> Broadcast:
        """As it is after whoever changes it now; nobody does until this transaction has ended."""
        ...

    async def due(self, now: datetime) -> tuple[Broadcast, ...]:
        """Those still planned whose time has come, oldest first.

        One that waits for somebody's word is due again when it may be sent no more.
        """
        ...

    async def of_bulletin(self, bulletin_id: str) -> tuple[Broadcast, ...]: ...
    async def between(
        self, unit_ids: Sequence[str], begin: datetime, end: datetime
    ) -> tuple[Broadcast, ...]:
        """Those of these units' subtrees that are planned from one moment to before another."""
        ...

    async def settled(self) -> tuple[Broadcast, ...]:
        """Those whose sends have all come to an end, uncertain ones included.

        Released ones, and those stopped in the middle of which nobody was told yet.
        """
        ...

    async def mark_told(self, broadcast_id: str) -> None:
        """How a stopped one ended is known to those who wrote and approved it."""
        ...

    async def choose(self, broadcast: Broadcast, chosen: Sequence[str]) -> None:
        """The choices with which a template is released, in the order of its slots."""
        ...

    async def chosen(self, broadcast_id: str) -> tuple[str, ...]: ...
    async def recurring_after(self, now: datetime) -> tuple[Broadcast, ...]:
        """What is planned for later of all that recurs."""
        ...

    async def plan_again(self, broadcast: Broadcast) -> None:
        """A time of this revision that had given way to another is planned after all."""
        ...

    async def save_lateness(
        self, broadcast: Broadcast, late_at: datetime | None, awaits_word: bool
    ) -> bool:
        """Compare and set while it is planned and waits (or not) as it was read; else False."""
        ...

    async def save_state(self, broadcast: Broadcast, state: BroadcastState) -> bool:
        """Compare and set on the state it was read with; False when it is late."""
        ...

    async def unlined(self) -> tuple[Broadcast, ...]:
        """Released ones of which not every group has its entry in the outbox yet."""
        ...

    async def line_up(
        self,
        broadcast: Broadcast,
        lane: Lane,
        now: datetime,
        quiet: Sequence[tuple[QuietHours, datetime]],
        limit: int,
    ) -> bool:
        """Give the next groups their entries; False when there are no more.

        Groups of units with these quiet hours wait until the given end of them. One that has
        its entry keeps it.
        """
        ...

    async def doubts(self, unit_ids: Sequence[str], limit: int) -> tuple[Doubt, ...]:
        """What is uncertain in these units' subtrees, the oldest first."""
        ...

    async def line_up_feet(self) -> int:
        """Give every channel that surely got an album an entry for the button below it."""
        ...

    async def behind(self, chat_ids: Sequence[str], message_id: str) -> tuple[str, int] | None:
        """The revision of which this message in one of these groups is a part, and which part."""
        ...

    async def tally(self, broadcast_id: str) -> Tally: ...
    async def receipts(self, broadcast_id: str, limit: int) -> tuple[ReceiptLine, ...]:
        """One line for each group: trouble first, then by title.

        Where nobody knows, the link is that of the last message that surely came to the group.
        """
        ...
