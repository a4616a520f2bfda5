"""Whether a resident is satisfied with an answer, and why not."""

import sqlalchemy as sa
from alembic import op

revision = "main_0053"
down_revision = "main_0052"


def upgrade() -> None:
    op.add_column("opinion", sa.Column("satisfied", sa.Boolean()))
    # As SQL that both databases read: a table that is made anew for it would lose its triggers.
    op.execute(
        "ALTER TABLE opinion ADD COLUMN objection VARCHAR CONSTRAINT ck_opinion_objection CHECK"
        " (objection IN ('chua_lam', 'lam_do_dang', 'khong_dung_y', 'lai_xay_ra', 'khac'))"
    )
