"""No hash outlives the words it was made from: in the outbox, and under a letter's preview."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.refusing import no_longer_refuse, refuse

revision = "main_0057"
down_revision = "main_0056"


def upgrade() -> None:
    no_longer_refuse("an_entry_keeps_what_it_is", "outbox")
    op.execute("UPDATE outbox SET payload_hash = '' WHERE payload IS NULL AND payload_hash <> ''")
    refuse(
        "an_entry_keeps_what_it_is",
        "UPDATE OF seq, id, origin_kind, origin_id, destination, part ON outbox",
    )
    refuse(
        "a_hash_goes_with_its_words",
        "UPDATE OF payload, payload_hash ON outbox",
        "(NEW.payload_hash <> '' OR NEW.payload IS NOT NULL)"
        " AND (NEW.payload_hash <> OLD.payload_hash OR NEW.payload IS NULL)",
    )
    op.add_column("dialog", sa.Column("seal", sa.String(), nullable=False, server_default=""))
    # These hold a hash of what they send; whoever presses one is told to begin again.
    op.execute(
        "DELETE FROM button WHERE action IN ('answer:send', 'case_letter:send', 'forward:send')"
    )
