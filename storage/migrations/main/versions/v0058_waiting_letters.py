"""A letter can wait for a second person, by the rule of its unit."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.refusing import no_longer_refuse, refuse

revision = "main_0058"
down_revision = "main_0057"

VALUES = (
    "(about IN ('thong_thuong', 'uu_tien', 'khan_cap') AND value IN (0, 1, 2))"
    " OR (about = 'nhac_duyet' AND value IN (0, 2, 4, 8))"
    " OR (about = 'khoang_trong' AND value IN (0, 7, 10, 14))"
    " OR (about = 'thu_tra_loi' AND value IN (0, 1, 2))"
)
REFUSED = {
    "a_review_rule_never_changes": "UPDATE ON review_rule",
    "a_review_rule_is_never_removed": "DELETE ON review_rule",
}
CHECKS = {
    "kind": "kind IN ('answer', 'refusal', 'referral')",
    "second_person": "returned_by <> author_id",
}


def upgrade() -> None:
    _waiting_letter()
    # As SQL that both databases read: a table that is made anew for it would lose its triggers.
    op.execute(
        "ALTER TABLE answer ADD COLUMN approver_id VARCHAR"
        " CONSTRAINT fk_answer_approver_id REFERENCES person (id)"
    )
    refuse(
        "nobody_approves_their_own_letter", "INSERT ON answer", "NEW.approver_id = NEW.author_id"
    )
    refuse(
        "who_approved_a_letter_is_said_for_good",
        "UPDATE OF author_id, approver_id ON answer",
        "NEW.author_id <> OLD.author_id"
        " OR coalesce(NEW.approver_id, '') <> coalesce(OLD.approver_id, '')",
    )
    # SQLite changes a check only with the table, which its triggers would refuse.
    for name in REFUSED:
        no_longer_refuse(name, "review_rule")
    with op.batch_alter_table("review_rule") as table:
        table.drop_constraint("value", type_="check")
        table.create_check_constraint("value", sa.text(VALUES))
    for name, event in REFUSED.items():
        refuse(name, event)


def _waiting_letter() -> None:
    op.create_table(
        "waiting_letter",
        sa.Column("opinion_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("returned_by", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("opinion_id"),
        sa.UniqueConstraint("id"),
        sa.ForeignKeyConstraint(["opinion_id"], ["opinion.id"]),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["returned_by"], ["person.id"]),
        *(sa.CheckConstraint(rule, name=name) for name, rule in CHECKS.items()),
    )
