"""Cases are counted as they are filed, and each list of them has an index."""

import sqlalchemy as sa
from alembic import op

revision = "main_0043"
down_revision = "main_0042"

IN_ORDER = """
UPDATE opinion SET seq = counted.seq
FROM (SELECT id, row_number() OVER (ORDER BY filed_at, id) AS seq FROM opinion) AS counted
WHERE counted.id = opinion.id
"""
STILL_DUE = sa.text("closed_at IS NULL")


def upgrade() -> None:
    op.add_column("opinion", sa.Column("seq", sa.Integer()))
    op.execute(IN_ORDER)
    op.create_index("ix_opinion_seq", "opinion", ["seq"], unique=True)
    op.drop_index("ix_opinion_unit_id", "opinion")
    op.drop_index("ix_opinion_waiting", "opinion")
    for name, wanted in {
        "ix_opinion_of_unit": ["unit_id", "seq"],
        "ix_opinion_of_unit_in_state": ["unit_id", "state", "seq"],
        "ix_opinion_of_unit_and_field": ["unit_id", "field", "state", "seq"],
        "ix_opinion_in_state": ["state", "seq"],
        "ix_opinion_of_field": ["field", "state", "seq"],
    }.items():
        op.create_index(name, "opinion", wanted)
    for name, wanted in {
        "ix_opinion_due": ["unit_id", "state", "due_at", "seq"],
        "ix_opinion_due_anywhere": ["state", "due_at", "seq"],
        "ix_opinion_of_owner": ["owner_id", "state", "due_at", "seq"],
    }.items():
        op.create_index(name, "opinion", wanted, sqlite_where=STILL_DUE, postgresql_where=STILL_DUE)
