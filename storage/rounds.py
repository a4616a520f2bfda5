"""The writes of a sender's round: claims and receipts, as statements made once."""

# On the bare table: a round is many small statements, and putting them together would cost more
# than running them.

from sqlalchemy import bindparam, or_, update

from domain.model.delivery import TAKES_RECEIPT, EntryState
from storage.entries import FORGOTTEN
from storage.tables.outbox import OutboxRow

_OUTBOX = OutboxRow.metadata.tables["outbox"]
CLAIM = (
    update(_OUTBOX)
    .where(
        _OUTBOX.c.id.in_(bindparam("entries", expanding=True)),
        _OUTBOX.c.state == EntryState.QUEUED.value,
    )
    .values(
        state=EntryState.SENDING.value,
        lease_until=bindparam("until", type_=_OUTBOX.c.lease_until.type),
    )
    .returning(_OUTBOX.c.id)
)
SETTLE_SENT = (
    update(_OUTBOX)
    .where(
        _OUTBOX.c.id == bindparam("entry"),
        or_(*[_OUTBOX.c.state == state.value for state in TAKES_RECEIPT]),
        _OUTBOX.c.attempt == bindparam("of_attempt"),
    )
    .values(
        state=EntryState.SENT.value,
        lease_until=None,
        **FORGOTTEN,
        **{
            name: bindparam(name)
            for name in ("message_id", "more_ids", "link", "reason", "sent_at", "delete_at")
        },
    )
)
"""One statement for many receipts: the driver runs it for all of them in one go."""
