"""Points of opinions: on the map, said once with the words, never changed, gone with them."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.refusing import refuse

revision = "main_0066"
down_revision = "main_0064"

CHECKS = {
    "latitude": "latitude BETWEEN -90 AND 90",
    "longitude": "longitude BETWEEN -180 AND 180",
    "somewhere": "latitude <> 0 OR longitude <> 0",
}


def upgrade() -> None:
    op.add_column(
        "opinion", sa.Column("has_point", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_table(
        "opinion_point",
        sa.Column("opinion_id", sa.String(), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=False),
        sa.Column("longitude", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("opinion_id"),
        sa.ForeignKeyConstraint(["opinion_id"], ["opinion.id"]),
        *(sa.CheckConstraint(rule, name=name) for name, rule in CHECKS.items()),
    )
    refuse("points_of_opinions_never_change", "UPDATE ON opinion_point")
    refuse(
        "only_an_opinion_that_was_filed_with_a_point_has_one",
        "INSERT ON opinion_point",
        "NOT EXISTS (SELECT 1 FROM opinion"
        " WHERE id = NEW.opinion_id AND has_point AND erased_at IS NULL)",
    )
    refuse(
        "a_point_goes_with_the_words_only",
        "DELETE ON opinion_point",
        "EXISTS (SELECT 1 FROM opinion WHERE id = OLD.opinion_id AND erased_at IS NULL)",
    )
    refuse(
        "that_a_point_came_is_said_for_good",
        "UPDATE OF has_point ON opinion",
        "NEW.has_point AND NOT OLD.has_point",
    )
