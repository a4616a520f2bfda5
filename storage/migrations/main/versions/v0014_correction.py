"""Corrections: what they correct, and the message that each group's send changes in place."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.refusing import refuse

revision = "main_0014"
down_revision = "main_0013"


def upgrade() -> None:
    for table in ("bulletin_draft", "revision"):
        op.add_column(table, sa.Column("corrects", sa.String()))
        op.add_column(table, sa.Column("corrected_at", sa.DateTime(timezone=True)))
    for column in ("edits", "old_link"):
        op.add_column("outbox", sa.Column(column, sa.String(), nullable=False, server_default=""))
    refuse(
        "a_correction_goes_to_whoever_got_it",
        "INSERT ON revision_chat",
        "EXISTS (SELECT 1 FROM revision"
        " WHERE revision.id = NEW.revision_id AND revision.corrects IS NOT NULL)"
        " AND NOT EXISTS (SELECT 1 FROM revision"
        " JOIN broadcast ON broadcast.revision_id = revision.corrects"
        " JOIN outbox ON outbox.origin_kind = 'broadcast' AND outbox.origin_id = broadcast.id"
        " WHERE revision.id = NEW.revision_id AND outbox.state = 'sent'"
        " AND outbox.destination = 'chat:' || NEW.chat_id)",
    )
