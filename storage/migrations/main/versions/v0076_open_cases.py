"""What is open stands in indexes of its own, with all that a list of it asks for."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.refusing import refuse

revision = "main_0076"
down_revision = "main_0075"

STATES = "('forwarded', 'in_progress', 'more_info_asked', 'new', 'received')"
OPEN = f"state IN {STATES}"
LISTED = ["field", "owner_id", "urgent"]
INDEXES = {
    "ix_opinion_open": (["unit_id", "due_at", "seq", "state", *LISTED], OPEN),
    "ix_opinion_open_anywhere": (["state", "due_at", "seq", "unit_id", *LISTED], OPEN),
    "ix_opinion_open_of_owner": (
        ["owner_id", "due_at", "seq"],
        f"{OPEN} AND owner_id IS NOT NULL",
    ),
}


def upgrade() -> None:
    # Nothing of ours leaves one so; it was in no list of what is due, and somebody owes a reply.
    lost = f"closed_at IS NOT NULL AND state IN {STATES}"
    op.execute(f"UPDATE opinion SET closed_at = NULL WHERE {lost}")  # noqa: S608 - our own words
    for name in ("ix_opinion_due", "ix_opinion_due_anywhere", "ix_opinion_of_owner"):
        op.drop_index(name, "opinion")
    for name, (wanted, which) in INDEXES.items():
        # A file finds its way by an index on the state unless that is put differently.
        files, servers = sa.text(f"'' || {which}"), sa.text(which)
        op.create_index(name, "opinion", wanted, sqlite_where=files, postgresql_where=servers)
    for act in ("INSERT ON opinion", "UPDATE OF state, closed_at ON opinion"):
        name = f"what_is_open_is_not_closed_{act.partition(' ')[0].lower()}"
        refuse(name, act, f"NEW.state IN {STATES} AND NEW.closed_at IS NOT NULL")
