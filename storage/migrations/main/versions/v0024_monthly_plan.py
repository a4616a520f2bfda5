"""How many sessions each unit expects of a communicator in a month, one plan after the other."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.refusing import refuse

revision = "main_0024"
down_revision = "main_0023"


def upgrade() -> None:
    op.create_table(
        "monthly_plan",
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", "number"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"]),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"]),
        sa.CheckConstraint("sessions BETWEEN 0 AND 60", name="sessions"),
    )
    refuse("a_monthly_plan_never_changes", "UPDATE ON monthly_plan")
    refuse("a_monthly_plan_is_never_removed", "DELETE ON monthly_plan")
