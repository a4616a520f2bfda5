"""What main remembers of bulletins that went out, for everybody to read."""

from typing import Protocol

from domain.model.broadcast import Broadcast


class Publications(Protocol):
    """Broadcasts that at least one group got, and that nobody stopped or took back."""

    async def latest(self, limit: int, skip: int) -> tuple[Broadcast, ...]:
        """The newest first; of what recurs, the last time only."""
        ...

    async def find(self, broadcast_id: str) -> Broadcast | None: ...
    async def was_withdrawn(self, broadcast_id: str) -> bool:
        """Whether groups got it, and it was taken back since."""
        ...

    async def of_revision(self, revision_id: str) -> str:
        """The id of this revision's last publication; '' if there is none."""
        ...

    async def correcting(self, revision_id: str) -> str:
        """The id of the last publication that corrects this revision; '' if there is none."""
        ...

    async def following(self, revision_id: str) -> str:
        """The id of the last publication on what came of its poll; '' if there is none."""
        ...
