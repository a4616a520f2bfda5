"""Who was held up and replaced writes nothing late: only for what still waits is anything kept."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.errors import Overtaken
from storage.vault.tables import InboxRow

WAITING = "waiting"
"""The state of an update until its effect is in main."""

_AT_HAND: ContextVar[int | None] = ContextVar("update_at_hand", default=None)


@contextmanager
def handling(inbox_id: int) -> Iterator[None]:
    """Whatever is written to the vault meanwhile is written for this update only."""
    before = _AT_HAND.set(inbox_id)
    try:
        yield
    finally:
        _AT_HAND.reset(before)


def at_hand() -> frozenset[int]:
    """The update that is being handled here, by its inbox id; empty for what no update asked."""
    update = _AT_HAND.get()
    return frozenset() if update is None else frozenset({update})


async def require_waiting(connection: AsyncConnection, updates: Collection[int]) -> None:
    """Overtaken if another process has come to the end of one of them.

    It may have gone on to erase what is about to be written. Until this transaction has ended
    nobody can call them done.
    """
    if updates:
        still = await connection.execute(_STILL, {"updates": sorted(updates)})
        if len(still.all()) < len(updates):
            raise Overtaken


_INBOX = InboxRow.metadata.tables["inbox"]
_STILL = (
    select(_INBOX.c.id)
    .where(
        _INBOX.c.id.in_(bindparam("updates", expanding=True)),
        _INBOX.c.state == WAITING,
    )
    .order_by(_INBOX.c.id)
    .with_for_update(read=True)
)
