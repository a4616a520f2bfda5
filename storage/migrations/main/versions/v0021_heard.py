"""What was heard among people: what is said with it, and who put their name to it."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.refusing import refuse

revision = "main_0021"
down_revision = "main_0020"


def upgrade() -> None:
    for column in ("field", "spread", "interest"):
        op.add_column("opinion", sa.Column(column, sa.String()))
    # As SQL that both databases read: a table that is made anew for it would lose its triggers.
    op.execute(
        "ALTER TABLE opinion ADD COLUMN bearer_id VARCHAR"
        " CONSTRAINT fk_opinion_bearer_id REFERENCES person (id)"
    )
    refuse(
        "only_what_was_heard_has_a_bearer",
        "INSERT ON opinion",
        "NEW.bearer_id IS NOT NULL AND NEW.source <> 'heard'",
    )
    refuse(
        "a_bearer_can_only_be_forgotten",
        "UPDATE OF bearer_id ON opinion",
        "NEW.bearer_id IS NOT NULL AND coalesce(OLD.bearer_id, '') <> NEW.bearer_id",
    )
