"""The append-only record of privileged acts, each chained to the one before."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from domain.model.access import Actor, Permission
from domain.model.unit import Lineage

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One act (nhật ký kiểm toán): who did what to what, and nothing of what was said."""

    at: datetime
    actor_id: str
    action: str
    subject: str
    detail: str = ""

    def chained_to(self, previous_hash: str) -> str:
        """SHA-256 over the previous hash and this event in canonical form."""
        written = json.dumps(
            [
                previous_hash,
                self.at.astimezone(UTC).isoformat(timespec="microseconds"),
                self.actor_id,
                self.action,
                self.subject,
                self.detail,
            ],
            ensure_ascii=False,
            separators=(",", ":"),
        )
        return hashlib.sha256(written.encode()).hexdigest()


def in_stead(actor: Actor, action: Permission, lineage: Lineage, detail: str = "") -> str:
    """A detail that also names whose deputy the actor was, if only that gave the right."""
    holder = actor.stands_in_for(action, lineage)
    return f"{detail} deputy_of={holder}".lstrip() if holder else detail


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """An event as the log holds it, with its place in the chain."""

    seq: int
    event: AuditEvent
    previous_hash: str
    hash: str


def first_break(entries: Iterable[AuditEntry]) -> int | None:
    """The place of the first entry that does not follow from the one before; None if sound."""
    previous, place = GENESIS, 1
    for entry in entries:
        follows = entry.previous_hash == previous and entry.seq == place
        if not follows or entry.event.chained_to(previous) != entry.hash:
            return entry.seq
        previous, place = entry.hash, place + 1
    return None
