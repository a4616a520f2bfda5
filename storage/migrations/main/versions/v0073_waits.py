"""A case knows until when its resident is waited for, whatever an office sets later."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.refusing import refuse

revision = "main_0073"
down_revision = "main_0072"

# What was promised until now, to the end of that day: nobody loses an hour by it.
PROMISED = (
    ("'more_info_asked'", "moved_at", 5),
    ("'answered', 'referred', 'declined', 'closed'", "answered_at", 14),
)
# One that is closed can be opened again until then: without an end, for ever.
ENDING = "'more_info_asked', 'answered', 'referred', 'declined', 'closed'"


def upgrade() -> None:
    op.add_column("opinion", sa.Column("waits_until", sa.DateTime(timezone=True), nullable=True))
    for states, since, days in PROMISED:
        # A row without its moment was written by no code of ours; it gets its days from filing.
        ends = _end_of_day(f"coalesce({since}, moved_at, filed_at)", days)
        op.execute(f"UPDATE opinion SET waits_until = {ends} WHERE state IN ({states})")  # noqa: S608 - our own words
    still_due = sa.text("closed_at IS NULL")
    op.create_index(
        "ix_opinion_waits",
        "opinion",
        ["state", "waits_until"],
        sqlite_where=still_due,
        postgresql_where=still_due,
    )
    for act in ("INSERT ON opinion", "UPDATE OF state, waits_until ON opinion"):
        name = f"a_wait_has_its_end_{act.partition(' ')[0].lower()}"
        refuse(name, act, f"NEW.state IN ({ENDING}) AND NEW.waits_until IS NULL")


def _end_of_day(moment: str, days: int) -> str:
    """The last second of a day in Viet Nam, seven hours before UTC's, as SQL."""
    if op.get_context().dialect.name == "sqlite":
        return f"strftime('%Y-%m-%d 16:59:59.000000', {moment}, '+7 hours', '+{days} days')"
    day = f"date_trunc('day', {moment} AT TIME ZONE 'UTC' + interval '7 hours')"
    ends = f"{day} + interval '{days} days 16 hours 59 minutes 59 seconds'"
    return f"({ends}) AT TIME ZONE 'UTC'"
