"""Cases about the same that are answered as one, and letters that go to several people."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.refusing import refuse

revision = "main_0054"
down_revision = "main_0053"


def upgrade() -> None:
    # As SQL that both databases read: a table that is made anew for it would lose its triggers.
    op.execute(
        "ALTER TABLE opinion ADD COLUMN master_id VARCHAR"
        " CONSTRAINT fk_opinion_master_id REFERENCES opinion (id)"
    )
    op.create_index("ix_opinion_master_id", "opinion", ["master_id"])
    op.add_column(
        "answer", sa.Column("shared", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    refuse(
        "a_case_is_joined_to_one_of_its_unit_that_is_not_joined_itself",
        "UPDATE OF state, master_id ON opinion",
        "NEW.state = 'duplicate_of' AND NOT EXISTS (SELECT 1 FROM opinion AS master"
        " WHERE master.id = NEW.master_id AND master.id <> NEW.id"
        " AND master.unit_id = NEW.unit_id AND master.state <> 'duplicate_of')",
    )
