"""Times are found by when they are, and a unit says how long a gap in its plan may be."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.refusing import no_longer_refuse, refuse

revision = "main_0036"
down_revision = "main_0035"

VALUES = (
    "(about IN ('thong_thuong', 'uu_tien', 'khan_cap') AND value IN (0, 1, 2))"
    " OR (about = 'nhac_duyet' AND value IN (0, 2, 4, 8))"
    " OR (about = 'khoang_trong' AND value IN (0, 7, 10, 14))"
)
REFUSED = {
    "a_review_rule_never_changes": "UPDATE ON review_rule",
    "a_review_rule_is_never_removed": "DELETE ON review_rule",
}


def upgrade() -> None:
    op.create_index("ix_broadcast_planned_at", "broadcast", ["planned_at"])
    # SQLite changes a check only with the table, which its triggers would refuse.
    for name in REFUSED:
        no_longer_refuse(name, "review_rule")
    with op.batch_alter_table("review_rule") as table:
        table.drop_constraint("value", type_="check")
        table.create_check_constraint("value", sa.text(VALUES))
    for name, event in REFUSED.items():
        refuse(name, event)
