"""A unit keeps templates for every kind of letter; those there are, are for answers."""

from alembic import op

revision = "main_0075"
down_revision = "main_0073"


def upgrade() -> None:
    # As SQL that both databases read: a table that is made anew for it would lose its index.
    op.execute(
        "ALTER TABLE letter_template ADD COLUMN kind VARCHAR NOT NULL DEFAULT 'answer' CONSTRAINT"
        " ck_letter_template_kind"
        " CHECK (kind IN ('answer', 'question', 'refusal', 'referral'))"
    )
