"""Terms of communicators: the decision, rest and leave; and the teams of hamlets."""

import sqlalchemy as sa
from alembic import op

revision = "main_0019"
down_revision = "main_0018"

LEADS = sa.text("role = 'to_truong'")


def upgrade() -> None:
    op.add_column(
        "role_grant", sa.Column("decision", sa.String(), nullable=False, server_default="")
    )
    for column in ("decided_on", "suspended_on", "left_on"):
        op.add_column("role_grant", sa.Column(column, sa.Date()))
    op.create_table(
        "seat",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("team_key", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "unit_id", "team_key"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"]),
        sa.CheckConstraint("role IN ('to_truong', 'to_vien')", name="role"),
    )
    op.create_index("ix_seat_unit_id", "seat", ["unit_id"])
    op.create_index(
        "uq_seat_leader",
        "seat",
        ["unit_id", "team_key"],
        unique=True,
        sqlite_where=LEADS,
        postgresql_where=LEADS,
    )
