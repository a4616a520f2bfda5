"""Units that end, what stands for them since, and which of them a case came from."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.refusing import refuse

revision = "main_0059"
down_revision = "main_0058"


def upgrade() -> None:
    op.add_column("unit", sa.Column("ended_on", sa.Date()))
    # As SQL that both databases read: a table that is made anew for it would lose its triggers.
    op.execute(
        "ALTER TABLE unit ADD COLUMN successor_id VARCHAR"
        " CONSTRAINT fk_unit_successor_id REFERENCES unit (id)"
    )
    op.execute(
        "ALTER TABLE opinion ADD COLUMN former_unit_id VARCHAR"
        " CONSTRAINT fk_opinion_former_unit_id REFERENCES unit (id)"
    )
    refuse(
        "a_unit_that_ended_has_one_that_stands_for_it",
        "UPDATE OF ended_on, successor_id ON unit",
        "(NEW.ended_on IS NULL) <> (NEW.successor_id IS NULL) OR EXISTS (SELECT 1 FROM unit AS"
        " heir WHERE heir.id = NEW.successor_id AND heir.ended_on IS NOT NULL)",
    )
    ended = "EXISTS (SELECT 1 FROM unit WHERE unit.id = NEW.unit_id AND unit.ended_on IS NOT NULL)"
    refuse("no_case_is_filed_with_a_unit_that_ended", "INSERT ON opinion", ended)
    refuse("no_case_goes_to_a_unit_that_ended", "UPDATE OF unit_id ON opinion", ended)
