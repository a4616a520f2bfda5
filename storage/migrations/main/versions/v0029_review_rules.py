"""How many approvals each unit demands; a revision that needs two has its first one apart."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.refusing import no_longer_refuse, refuse

revision = "main_0029"
down_revision = "main_0028"

FROZEN = {
    "a_group_is_added_only_before_approval": "revision_chat",
    "a_choice_is_added_only_before_approval": "revision_choice",
}


def upgrade() -> None:
    # Written out: SQLite adds a check together with its column, or not at all.
    op.execute(
        "ALTER TABLE revision ADD COLUMN approvals_needed INTEGER NOT NULL DEFAULT 1"
        " CONSTRAINT approvals_needed CHECK (approvals_needed IN (1, 2))"
    )
    _review_rule()
    _first_approval()
    _refuse()


def _review_rule() -> None:
    op.create_table(
        "review_rule",
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", "about", "number"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"]),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"]),
        sa.CheckConstraint(
            "(about IN ('thong_thuong', 'uu_tien', 'khan_cap') AND value IN (0, 1, 2))"
            " OR (about = 'nhac_duyet' AND value IN (0, 2, 4, 8))",
            name="value",
        ),
    )


def _first_approval() -> None:
    op.create_table(
        "first_approval",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("revision_id", sa.String(), nullable=False),
        sa.Column("revision_hash", sa.String(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=False),
        sa.Column("approver_id", sa.String(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("revision_id"),
        sa.ForeignKeyConstraint(["approver_id"], ["person.id"]),
        sa.ForeignKeyConstraint(
            ["revision_id", "author_id", "revision_hash"],
            ["revision.id", "revision.author_id", "revision.hash"],
        ),
        sa.CheckConstraint("author_id <> approver_id", name="second_person"),
    )


def _refuse() -> None:
    refuse("a_review_rule_never_changes", "UPDATE ON review_rule")
    refuse("a_review_rule_is_never_removed", "DELETE ON review_rule")
    refuse("a_first_approval_never_changes", "UPDATE ON first_approval")
    refuse("a_first_approval_is_never_removed", "DELETE ON first_approval")
    refuse(
        "only_what_needs_two_is_approved_in_part",
        "INSERT ON first_approval",
        "NOT EXISTS (SELECT 1 FROM revision"
        " WHERE revision.id = NEW.revision_id AND revision.approvals_needed = 2)",
    )
    # A broadcast names an approval: without the first of two there is none that it could name.
    refuse(
        "two_different_people_approve_what_needs_two",
        "INSERT ON approval",
        "EXISTS (SELECT 1 FROM revision"
        " WHERE revision.id = NEW.revision_id AND revision.approvals_needed = 2)"
        " AND NOT EXISTS (SELECT 1 FROM first_approval"
        " WHERE first_approval.revision_id = NEW.revision_id"
        " AND first_approval.approver_id <> NEW.approver_id)",
    )
    for name, table in FROZEN.items():
        no_longer_refuse(name, table)
        refuse(
            name,
            f"INSERT ON {table}",
            "EXISTS (SELECT 1 FROM approval WHERE approval.revision_id = NEW.revision_id)"
            " OR EXISTS (SELECT 1 FROM first_approval"
            " WHERE first_approval.revision_id = NEW.revision_id)",
        )
