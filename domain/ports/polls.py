"""What main remembers of polls: where each copy stands, and what was published."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.model.poll_copy import Closed, CopyState, Ended, PollCopy
from domain.model.publishing import PlaceCounts, Published
from domain.model.sending import Sender


class Polls(Protocol):
    """Polls in groups; nobody's vote is kept, only how many there were at the end."""

    async def line_up(self) -> int:
        """Give every group that surely got the words of a poll an entry for the poll itself."""
        ...

    async def add(self, copy: PollCopy) -> None:
        """Remember it; one that is there already stays as it is."""
        ...

    async def due(self, sender: Sender, now: datetime, limit: int) -> tuple[PollCopy, ...]:
        """What this sender is to close by now, that included which is taken back."""
        ...

    async def of_poll(self, bot_id: int, poll_id: str) -> str:
        """The entry of the copy that the channel calls so; empty if it is none of ours."""
        ...

    async def count(self, entry_id: str, closed: Closed) -> bool:
        """Keep the final counts, unless they are known or were published without; whether kept."""
        ...

    async def end(self, entry_id: str, state: CopyState) -> None:
        """An open copy comes to an end without counts."""
        ...

    async def put_off(self, copy: PollCopy, until: datetime) -> None:
        """Ask again then; keeps `ended_at` as given."""
        ...

    async def close_at(self, bulletin_id: str, now: datetime) -> int:
        """What is open of a bulletin closes now; returns how many copies."""
        ...

    async def countable(self, now: datetime) -> tuple[str, ...]:
        """Broadcasts whose copies have all ended, and of which nothing was published yet.

        Nothing that is stopped and can still go on: others would vote after it was told.
        """
        ...

    async def places(self, broadcast_id: str) -> tuple[PlaceCounts, ...]:
        """What was counted, by the unit whose group it was; the units in the order of names."""
        ...

    async def ended(self, broadcast_id: str) -> Ended: ...
    async def keep_result(self, broadcast_id: str, published: Published, now: datetime) -> bool:
        """The one table of a poll; False if there is one already."""
        ...

    async def result(self, broadcast_id: str) -> Published | None: ...
    async def shared(
        self, bulletin_id: str, bot_ids: Sequence[int], now: datetime
    ) -> PollCopy | None:
        """The open copy that private chats get a forward of: always the same one."""
        ...
