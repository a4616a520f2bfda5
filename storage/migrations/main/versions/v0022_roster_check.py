"""Roster checks: which were made, and the last day on which people were there."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.refusing import refuse

revision = "main_0022"
down_revision = "main_0021"


def upgrade() -> None:
    op.create_table(
        "roster_check",
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", "month"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"]),
    )
    op.create_table(
        "person_seen",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("person_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
    )
    # From today on it is counted: whoever never comes again will be missed.
    op.execute(
        "INSERT INTO person_seen (person_id, seen_on)"
        " SELECT id, CURRENT_DATE FROM person WHERE account IS NOT NULL"
    )
    refuse("a_check_is_never_removed", "DELETE ON roster_check")
    refuse("the_last_day_only_moves_on", "UPDATE ON person_seen", "NEW.seen_on < OLD.seen_on")
