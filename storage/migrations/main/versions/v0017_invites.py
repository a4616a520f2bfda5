"""An invite meant for somebody on the roster; the account waits for a supervisor's word."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.refusing import refuse

revision = "main_0017"
down_revision = "main_0016"

OPEN = sa.text("used_at IS NULL AND revoked_at IS NULL")


def upgrade() -> None:
    with op.batch_alter_table("invite") as invite:
        invite.add_column(sa.Column("meant_for", sa.String()))
        invite.add_column(sa.Column("account", sa.String()))
        invite.create_foreign_key("fk_invite_meant_for_person", "person", ["meant_for"], ["id"])
    op.create_index(
        "uq_invite_meant_for",
        "invite",
        ["meant_for"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    refuse(
        "an_invite_lets_in_whom_it_means",
        "UPDATE OF person_id ON invite",
        "NEW.person_id IS NOT NULL AND NEW.meant_for IS NOT NULL"
        " AND NEW.person_id <> NEW.meant_for",
    )
    refuse(
        "an_invite_is_used_once",
        "UPDATE OF used_at, person_id ON invite",
        "OLD.used_at IS NOT NULL AND (NEW.used_at IS NULL OR NEW.used_at <> OLD.used_at"
        " OR NEW.person_id IS NULL OR NEW.person_id <> OLD.person_id)",
    )
    refuse(
        "what_was_revoked_is_not_used",
        "UPDATE OF used_at ON invite",
        "OLD.revoked_at IS NOT NULL AND OLD.used_at IS NULL AND NEW.used_at IS NOT NULL",
    )
    refuse(
        "an_account_is_not_handed_on",
        "UPDATE OF account ON person",
        "OLD.account IS NOT NULL AND NEW.account IS NOT NULL AND NEW.account <> OLD.account",
    )
