"""Outbox entries as rows and back, and the canonical form of what they show."""

import json
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from domain.model.delivery import (
    ButtonFace,
    EntryState,
    Lane,
    Origin,
    OriginKind,
    OutboxEntry,
    Payload,
    SendOutcome,
    Sent,
)
from domain.model.frozen import fingerprint
from domain.model.sending import FRONT
from domain.model.withdrawal import Overdue
from storage.tables.outbox import OutboxRow

FORGOTTEN: dict[str, Any] = {"payload": None, "payload_hash": ""}
"""Without its words an entry keeps no hash of them either: a guess could be proved by it."""


def row_of(entry: OutboxEntry) -> OutboxRow:
    """The row of an entry that is new."""
    words = write_payload(entry.payload) if entry.payload else None
    delete_after = entry.delete_after
    return OutboxRow(
        id=entry.id,
        origin_kind=entry.origin.kind,
        origin_id=entry.origin.id,
        destination=entry.destination,
        bot_id=FRONT,
        part=entry.part,
        lane=entry.lane,
        payload=words,
        payload_hash=fingerprint(words) if words else "",
        state=entry.state,
        attempt=entry.attempt,
        not_before=entry.not_before,
        not_after=entry.not_after,
        delete_after_seconds=delete_after.total_seconds() if delete_after else None,
        lease_until=entry.lease_until,
        refusals=entry.refusals,
        messages=entry.messages,
    )


def entry_of(row: OutboxRow | Row[Any]) -> OutboxEntry:
    seconds = row.delete_after_seconds
    return OutboxEntry(
        id=row.id,
        origin=Origin(OriginKind(row.origin_kind), row.origin_id),
        destination=row.destination,
        lane=Lane(row.lane),
        payload=_unchanged(row.payload, row.payload_hash),
        part=row.part,
        state=EntryState(row.state),
        attempt=row.attempt,
        not_before=row.not_before,
        not_after=row.not_after,
        delete_after=None if seconds is None else timedelta(seconds=seconds),
        lease_until=row.lease_until,
        refusals=row.refusals,
        edits=row.edits,
        old_link=row.old_link,
        messages=row.messages,
        more_ids=_numbers(row.more_ids),
    )


def overdue_of(row: OutboxRow, now: datetime) -> Overdue:
    """What is to be deleted, with the numbers of all its messages."""
    others = _numbers(row.more_ids)
    return Overdue(row.id, row.destination, row.message_id, row.sent_at or now, others)


def _numbers(written: str) -> tuple[str, ...]:
    return tuple(written.split(",")) if written else ()


def write_payload(payload: Payload) -> str:
    shown: dict[str, Any] = {
        "markup": payload.markup,
        "buttons": [list(map(asdict, row)) for row in payload.buttons],
    }
    if payload.shows:
        shown["shows"] = payload.shows
    return json.dumps(shown, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _unchanged(written: str | None, as_added: str) -> Payload | None:
    """The words as they were added; None if they were forgotten, or changed by whomever since."""
    if written is None or fingerprint(written) != as_added:
        return None
    return read_payload(written)


def read_payload(written: str) -> Payload:
    fields = json.loads(written)
    buttons = tuple(tuple(ButtonFace(**face) for face in row) for row in fields["buttons"])
    return Payload(fields["markup"], buttons, shows=fields.get("shows", ""))


def receipt(entry: OutboxEntry, now: datetime, outcome: SendOutcome | None) -> dict[str, Any]:
    """The columns in which an outcome is kept."""
    if isinstance(outcome, Sent):
        # A channel may number the messages of each chat: equal steps would show that two cases
        # are one resident's.
        known = entry.origin.kind is not OriginKind.LETTER
        return {
            "message_id": outcome.message_id if known else "",
            "more_ids": ",".join(outcome.more_ids) if known else "",
            "link": outcome.link if known else "",
            "reason": "",
            "sent_at": now,
            "delete_at": entry.delete_after and now + entry.delete_after,
        }
    return {"reason": getattr(outcome, "reason", "")}
