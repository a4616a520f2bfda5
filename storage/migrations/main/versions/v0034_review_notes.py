"""What approvers note while reviewing, and that they were reminded: each step once."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.refusing import refuse

revision = "main_0034"
down_revision = "main_0033"


def upgrade() -> None:
    op.create_table(
        "review_note",
        sa.Column("revision_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.String(), nullable=False),
        sa.Column("quote", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("revision_id", "number"),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"]),
        sa.ForeignKeyConstraint(["reviewer_id"], ["person.id"]),
        sa.CheckConstraint("length(text) BETWEEN 1 AND 500", name="text"),
    )
    op.create_table(
        "review_reminder",
        sa.Column("revision_id", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("revision_id", "step"),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"]),
        sa.CheckConstraint("step IN ('waiting', 'soon', 'passed')", name="step"),
    )
    refuse("a_review_note_never_changes", "UPDATE ON review_note")
    refuse("a_review_note_is_never_removed", "DELETE ON review_note")
    refuse(
        "nobody_reviews_their_own",
        "INSERT ON review_note",
        "EXISTS (SELECT 1 FROM revision"
        " WHERE revision.id = NEW.revision_id AND revision.author_id = NEW.reviewer_id)",
    )
