"""Recordings of opinions: none without its own consent, never changed, gone with the words."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.refusing import refuse

revision = "main_0072"
down_revision = "main_0071"

CHECKS = {
    "agreed_to": "agreed_to >= 1",
    "size": "length(content) BETWEEN 1 AND 4194304",
}


def upgrade() -> None:
    op.add_column("opinion", sa.Column("voice", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "opinion_voice",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("opinion_id", sa.String(), nullable=False),
        sa.Column("agreed_to", sa.Integer(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["opinion_id"], ["opinion.id"]),
        sa.UniqueConstraint("opinion_id"),
        *(sa.CheckConstraint(rule, name=name) for name, rule in CHECKS.items()),
    )
    refuse("recordings_of_opinions_never_change", "UPDATE ON opinion_voice")
    refuse(
        "only_an_opinion_that_was_filed_with_a_recording_has_one",
        "INSERT ON opinion_voice",
        "NOT EXISTS (SELECT 1 FROM opinion"
        " WHERE id = NEW.opinion_id AND voice > 0 AND erased_at IS NULL)",
    )
    refuse(
        "that_a_recording_came_is_said_for_good",
        "UPDATE OF voice ON opinion",
        "NEW.voice <> OLD.voice AND NEW.voice <> 0",
    )
