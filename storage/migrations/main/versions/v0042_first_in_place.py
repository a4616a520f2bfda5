"""In whose place the first of two agreed; whoever it was does not agree a second time."""

from alembic import op

from storage.migrations.refusing import refuse

revision = "main_0042"
down_revision = "main_0041"


def upgrade() -> None:
    # Written out: SQLite adds a check together with its column, or not at all.
    op.execute(
        "ALTER TABLE first_approval ADD COLUMN deputy_of VARCHAR"
        " CONSTRAINT fk_first_approval_deputy_of REFERENCES person (id)"
        " CONSTRAINT deputy_of_another CHECK (deputy_of NOT IN (author_id, approver_id))"
    )
    refuse(
        "whoever_a_deputy_agreed_for_does_not_agree_again",
        "INSERT ON approval",
        "EXISTS (SELECT 1 FROM first_approval"
        " WHERE first_approval.revision_id = NEW.revision_id"
        " AND first_approval.deputy_of = NEW.approver_id)",
    )
