"""The outbox: everything that is owed to somebody."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.refusing import refuse

revision = "main_0003"
down_revision = "main_0002"

MOVES = {
    "queued": "sending cancelled expired",
    "sending": "queued sent uncertain failed cancelled expired",
    "uncertain": "queued sent",
}


def upgrade() -> None:
    _outbox()
    _refuse()


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("origin_kind", sa.String(), nullable=False),
        sa.Column("origin_id", sa.String(), nullable=False),
        sa.Column("destination", sa.String(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("lane", sa.Integer(), nullable=False),
        sa.Column("payload", sa.String()),
        sa.Column("payload_hash", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True)),
        sa.Column("not_after", sa.DateTime(timezone=True)),
        sa.Column("delete_after_seconds", sa.Float()),
        sa.Column("lease_until", sa.DateTime(timezone=True)),
        sa.Column("refusals", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
        sa.Column("delete_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("id"),
        sa.UniqueConstraint("origin_kind", "origin_id", "destination", "part"),
        sa.CheckConstraint("origin_kind <> 'broadcast' OR payload IS NULL", name="words_once"),
        sa.CheckConstraint(
            "substr(destination, 1, 5) = 'chat:'"
            " OR substr(destination, 1, 7) IN ('person:', 'handle:')",
            name="destination",
        ),
        sa.CheckConstraint(
            "origin_kind IN ('broadcast', 'card', 'letter', 'view')", name="origin_kind"
        ),
        sa.CheckConstraint(
            "state IN ('queued', 'sending', 'sent', 'uncertain', 'failed', 'cancelled', 'expired')",
            name="state",
        ),
    )
    op.create_index("ix_outbox_delete_at", "outbox", ["delete_at"])
    op.create_index("ix_outbox_destination", "outbox", ["destination", "state", "lane", "seq"])
    op.create_index("ix_outbox_ready", "outbox", ["state", "lane", "seq"])


def _refuse() -> None:
    refuse(
        "an_entry_starts_queued",
        "INSERT ON outbox",
        "NEW.state <> 'queued' OR NEW.attempt <> 1",
    )
    refuse(
        "a_broadcast_goes_to_its_frozen_groups",
        "INSERT ON outbox",
        "NEW.origin_kind = 'broadcast' AND NOT EXISTS (SELECT 1 FROM broadcast"
        " JOIN revision_chat ON revision_chat.revision_id = broadcast.revision_id"
        " WHERE broadcast.id = NEW.origin_id AND substr(NEW.destination, 1, 5) = 'chat:'"
        " AND revision_chat.chat_id = substr(NEW.destination, 6))",
    )
    refuse(
        "only_a_broadcast_reaches_residents_groups",
        "INSERT ON outbox",
        "NEW.origin_kind <> 'broadcast' AND substr(NEW.destination, 1, 5) = 'chat:'"
        " AND NOT EXISTS (SELECT 1 FROM chat"
        " WHERE id = substr(NEW.destination, 6) AND purpose = 'staff')",
    )
    refuse(
        "an_entry_keeps_what_it_is",
        "UPDATE OF seq, id, origin_kind, origin_id, destination, part, payload_hash ON outbox",
    )
    refuse(
        "words_can_only_be_forgotten",
        "UPDATE OF payload ON outbox",
        "NEW.payload IS NOT NULL AND (OLD.payload IS NULL OR NEW.payload <> OLD.payload)",
    )
    moves = ", ".join(f"'{old}>{new}'" for old, ends in MOVES.items() for new in ends.split())
    refuse(
        "an_entry_may_not_move_so",
        "UPDATE OF state ON outbox",
        f"NEW.state <> OLD.state AND OLD.state || '>' || NEW.state NOT IN ({moves})",
    )
    refuse(
        "only_a_repeat_is_a_new_attempt",
        "UPDATE ON outbox",
        "NEW.attempt <> OLD.attempt"
        " + CASE WHEN OLD.state = 'uncertain' AND NEW.state = 'queued' THEN 1 ELSE 0 END",
    )
    refuse("an_entry_is_never_removed", "DELETE ON outbox")
