"""Cases: opinions and answers."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.refusing import refuse

revision = "main_0004"
down_revision = "main_0003"


def upgrade() -> None:
    _opinion()
    _answer()
    _refuse()


def _opinion() -> None:
    op.create_table(
        "opinion",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("handle", sa.String()),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("owner_id", sa.String()),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"]),
        sa.UniqueConstraint("code"),
        sa.UniqueConstraint("number"),
        sa.UniqueConstraint("handle"),
        sa.CheckConstraint("erased_at IS NULL OR text = ''", name="erased"),
        sa.CheckConstraint(
            "state IN ('new', 'received', 'in_progress', 'answered', 'closed', 'withdrawn')",
            name="state",
        ),
    )
    op.create_index("ix_opinion_unit_id", "opinion", ["unit_id"])
    op.create_index("ix_opinion_waiting", "opinion", ["state", "due_at"])


def _answer() -> None:
    op.create_table(
        "answer",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("opinion_id", sa.String(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=False),
        sa.Column("signed_as", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["opinion_id"], ["opinion.id"]),
    )
    op.create_index("ix_answer_opinion_id", "answer", ["opinion_id"])


def _refuse() -> None:
    refuse(
        "what_a_resident_wrote_can_only_be_erased",
        "UPDATE OF text ON opinion",
        "NEW.text <> '' OR NEW.erased_at IS NULL",
    )
    refuse(
        "what_was_erased_stays_erased",
        "UPDATE OF erased_at ON opinion",
        "OLD.erased_at IS NOT NULL AND NEW.erased_at IS NULL",
    )
    refuse("a_case_is_never_removed", "DELETE ON opinion")
    refuse(
        "an_answer_can_only_be_erased_with_its_case",
        "UPDATE OF text ON answer",
        "NEW.text <> '' OR NOT EXISTS (SELECT 1 FROM opinion"
        " WHERE id = NEW.opinion_id AND erased_at IS NOT NULL)",
    )
    refuse("an_answer_is_never_removed", "DELETE ON answer")
