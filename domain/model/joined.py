"""Cases of one unit about the same: one of them is answered for all (ý kiến trùng)."""

from dataclasses import replace
from datetime import datetime

from domain.errors import LostRace
from domain.model.opinion import OPEN_CASES, Opinion, OpinionState


def joined(opinion: Opinion, master: Opinion, now: datetime) -> Opinion:
    """This case as one that waits for the other's answer; LostRace if that cannot be any more."""
    if master.state not in OPEN_CASES or master.id == opinion.id:
        raise LostRace("opinion.moved_on", code=master.number)
    if master.unit_id != opinion.unit_id:
        raise LostRace("duplicates.elsewhere", code=master.number)
    moved = opinion.moved_to(OpinionState.DUPLICATE_OF, now)
    return replace(moved, owner_id=None, master_id=master.id)


def speaking_for(master: Opinion, other: Opinion) -> Opinion:
    """The master with another joined to it: whoever was promised the earlier day keeps it."""
    due_at = min(master.due_at, other.due_at)
    return replace(master, due_at=due_at, version=master.version + 1)


def set_apart(opinion: Opinion, now: datetime) -> Opinion:
    """A joined case by itself again, for anybody of the unit to take."""
    return replace(opinion.moved_to(OpinionState.RECEIVED, now), master_id=None)


def going_with(opinion: Opinion, master: Opinion, now: datetime) -> Opinion:
    """A joined case where its master went, due when that is."""
    return replace(
        opinion,
        unit_id=master.unit_id,
        due_at=master.due_at,
        forwardings=opinion.forwardings + 1,
        arrived_at=now,
        version=opinion.version + 1,
    )
