"""Mornings: the hours that were chosen, the cards that are in line, and counts of readers."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.refusing import refuse

revision = "main_0018"
down_revision = "main_0017"


def upgrade() -> None:
    op.create_table(
        "morning_wish",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer()),
        sa.Column("language", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("person_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.CheckConstraint("minutes IN (330, 360, 390, 420, 450, 480)", name="minutes"),
        sa.CheckConstraint("language IN ('', 'vi', 'km', 'en')", name="language"),
    )
    op.create_table(
        "morning_round",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "minutes"),
    )
    op.create_table(
        "reading_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("day"),
    )
    op.create_table(
        "read_mark",
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("mark"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "read_count",
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("readers", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", "day"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"]),
    )
    refuse(
        "readers_are_counted_one_by_one",
        "UPDATE ON read_count",
        "NEW.unit_id <> OLD.unit_id OR NEW.day <> OLD.day OR NEW.readers <> OLD.readers + 1",
    )
