"""Deputies: a role that somebody holds in another's place, always from one day to another."""

from alembic import op

from storage.migrations.refusing import refuse

revision = "main_0035"
down_revision = "main_0034"

ENDLESS = (
    "NEW.deputy_of IS NOT NULL AND (NEW.deputy_of = NEW.person_id"
    " OR NEW.valid_from IS NULL OR NEW.valid_until IS NULL)"
)


def upgrade() -> None:
    # As SQL that both databases read: a table that is made anew for it would lose its triggers.
    op.execute(
        "ALTER TABLE role_grant ADD COLUMN deputy_of VARCHAR"
        " CONSTRAINT fk_role_grant_deputy_of REFERENCES person (id)"
    )
    refuse("a_deputy_stands_in_for_another_and_for_a_time", "INSERT ON role_grant", ENDLESS)
    refuse("a_deputy_stays_one_for_a_time", "UPDATE ON role_grant", ENDLESS)
