"""Letters of other kinds than answers, and what residents say later."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.refusing import refuse

revision = "main_0050"
down_revision = "main_0049"


def upgrade() -> None:
    # As SQL that both databases read: a table that is made anew for it would lose its triggers.
    op.execute(
        "ALTER TABLE answer ADD COLUMN kind VARCHAR NOT NULL DEFAULT 'answer' CONSTRAINT"
        " ck_answer_kind CHECK (kind IN ('answer', 'question', 'refusal', 'referral'))"
    )
    op.create_table(
        "addition",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("opinion_id", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["opinion_id"], ["opinion.id"]),
    )
    op.create_index("ix_addition_opinion_id", "addition", ["opinion_id"])
    refuse(
        "an_addition_can_only_be_erased_with_its_case",
        "UPDATE OF text ON addition",
        "NEW.text <> '' OR NOT EXISTS (SELECT 1 FROM opinion"
        " WHERE id = NEW.opinion_id AND erased_at IS NOT NULL)",
    )
    refuse("an_addition_is_never_removed", "DELETE ON addition")
