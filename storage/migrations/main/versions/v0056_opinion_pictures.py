"""Pictures of opinions: they never change, go with the words, and are counted beside them."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.refusing import refuse

revision = "main_0056"
down_revision = "main_0055"

CHECKS = {
    "number": "number BETWEEN 1 AND 5",
    "size": "length(content) BETWEEN 1 AND 4194304",
}


def upgrade() -> None:
    op.create_table(
        "opinion_picture",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("opinion_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["opinion_id"], ["opinion.id"]),
        sa.UniqueConstraint("opinion_id", "number"),
        *(sa.CheckConstraint(rule, name=name) for name, rule in CHECKS.items()),
    )
    op.add_column(
        "opinion", sa.Column("pictures", sa.Integer(), nullable=False, server_default="0")
    )
    refuse("pictures_of_opinions_never_change", "UPDATE ON opinion_picture")
    refuse(
        "an_erased_opinion_gets_no_picture",
        "INSERT ON opinion_picture",
        "EXISTS (SELECT 1 FROM opinion WHERE id = NEW.opinion_id AND erased_at IS NOT NULL)",
    )
    refuse(
        "how_many_pictures_came_is_said_for_good",
        "UPDATE OF pictures ON opinion",
        "NEW.pictures <> OLD.pictures AND NEW.pictures <> 0",
    )
