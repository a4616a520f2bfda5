"""Photos and voice notes of sessions: kept for a time, each in a place of its own."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.refusing import refuse

revision = "main_0028"
down_revision = "main_0027"

CHECKS = {
    "place": "(kind = 'photo' AND number BETWEEN 1 AND 4) OR (kind = 'voice' AND number = 1)",
    "size": "length(content) BETWEEN 1 AND 4194304",
}


def upgrade() -> None:
    op.create_table(
        "session_media",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["session_id"], ["outreach_session.id"]),
        sa.UniqueConstraint("session_id", "kind", "number"),
        *(sa.CheckConstraint(rule, name=name) for name, rule in CHECKS.items()),
    )
    refuse("media_never_change", "UPDATE ON session_media")
    refuse(
        "a_confirmed_session_gets_no_media",
        "INSERT ON session_media",
        "EXISTS (SELECT 1 FROM outreach_session WHERE id = NEW.session_id AND state = 'confirmed')",
    )
