"""Emergency templates: the choices that were approved, and those made when one is released."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.refusing import no_longer_refuse, refuse

revision = "main_0013"
down_revision = "main_0012"


def upgrade() -> None:
    op.create_table(
        "revision_choice",
        sa.Column("revision_id", sa.String(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("revision_id", "slot", "value"),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"]),
    )
    op.create_index("ix_broadcast_revision", "broadcast", ["id", "revision_id"], unique=True)
    op.create_table(
        "broadcast_choice",
        sa.Column("broadcast_id", sa.String(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("broadcast_id", "slot"),
        sa.ForeignKeyConstraint(
            ["broadcast_id", "revision_id"], ["broadcast.id", "broadcast.revision_id"]
        ),
        sa.ForeignKeyConstraint(
            ["revision_id", "slot", "value"],
            ["revision_choice.revision_id", "revision_choice.slot", "revision_choice.value"],
        ),
    )
    _refuse()


def _refuse() -> None:
    refuse(
        "a_choice_is_added_only_before_approval",
        "INSERT ON revision_choice",
        "EXISTS (SELECT 1 FROM approval WHERE approval.revision_id = NEW.revision_id)",
    )
    refuse("approved_choices_never_change", "UPDATE ON revision_choice")
    refuse("approved_choices_are_never_removed", "DELETE ON revision_choice")
    refuse(
        "a_choice_is_made_before_the_release",
        "INSERT ON broadcast_choice",
        "NOT EXISTS (SELECT 1 FROM broadcast"
        " WHERE broadcast.id = NEW.broadcast_id AND broadcast.state = 'planned')",
    )
    refuse("a_choice_that_was_made_never_changes", "UPDATE ON broadcast_choice")
    refuse("a_choice_that_was_made_is_never_removed", "DELETE ON broadcast_choice")
    refuse(
        "every_choice_is_made_before_the_release",
        "UPDATE OF state ON broadcast",
        "NEW.state = 'released' AND"
        " (SELECT COUNT(DISTINCT slot) FROM revision_choice WHERE revision_id = NEW.revision_id)"
        " <> (SELECT COUNT(*) FROM broadcast_choice WHERE broadcast_id = NEW.id)",
    )
    no_longer_refuse("only_what_recurs_goes_out_again", "broadcast")
    refuse(
        "only_what_recurs_goes_out_again",
        "INSERT ON broadcast",
        "EXISTS (SELECT 1 FROM revision"
        " JOIN broadcast AS earlier ON earlier.revision_id = revision.id"
        " WHERE revision.id = NEW.revision_id AND revision.recurrence = ''"
        " AND revision.bulletin_class <> 'khan_cap' AND earlier.planned_at <> NEW.planned_at)",
    )
