"""Conferences and trainings: who is called, who answered, who came, what was sent afterwards."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.refusing import refuse

revision = "main_0026"
down_revision = "main_0025"


def upgrade() -> None:
    _conference()
    _guest()
    _about()
    _refuse()


def _conference() -> None:
    op.create_table(
        "conference",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("start_at", sa.DateTime(timezone=True)),
        sa.Column("minutes", sa.Integer()),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("note", sa.String()),
        sa.Column("told_at", sa.DateTime(timezone=True)),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("forgotten_at", sa.DateTime(timezone=True)),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in _COUNTS),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"]),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"]),
        *_checks(),
    )
    op.create_index("ix_conference_unit", "conference", ["unit_id", "start_at"])
    op.create_index("ix_conference_state", "conference", ["state", "start_at"])


_COUNTS = ("invited", "yes", "declined", "came")


def _checks() -> list[sa.CheckConstraint]:
    checks = {
        "state": "state IN ('draft', 'called', 'held', 'cancelled')",
        "kind": "kind IN ('', 'hoi_nghi', 'tap_huan')",
        "minutes": "minutes BETWEEN 15 AND 4320",
        "complete": "state = 'draft' OR (kind <> '' AND title <> '' AND start_at IS NOT NULL"
        " AND minutes IS NOT NULL AND place <> '' AND audience <> '' AND note IS NOT NULL"
        " AND told_at IS NOT NULL)",
        "secret_while_called": "(state = 'called') = (secret <> '')",
    }
    return [sa.CheckConstraint(rule, name=name) for name, rule in checks.items()]


def _guest() -> None:
    op.create_table(
        "conference_guest",
        sa.Column("conference_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("invited", sa.Boolean(), nullable=False),
        sa.Column("reply", sa.String(), nullable=False),
        sa.Column("came", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("conference_id", "person_id"),
        sa.ForeignKeyConstraint(["conference_id"], ["conference.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"]),
        sa.CheckConstraint("reply IN ('', 'yes', 'no')", name="reply"),
        sa.CheckConstraint("came IN ('', 'code', 'hand')", name="came"),
        sa.CheckConstraint("invited OR (came <> '' AND reply = '')", name="called_or_there"),
    )
    op.create_index("ix_conference_guest_person", "conference_guest", ["person_id"])


def _about() -> None:
    """What was put in line or sent about one, and wrong codes."""
    op.create_table(
        "conference_reminder",
        sa.Column("conference_id", sa.String(), nullable=False),
        sa.Column("asked", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reminder", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("conference_id", "asked", "reminder"),
        sa.ForeignKeyConstraint(["conference_id"], ["conference.id"]),
    )
    op.create_table(
        "conference_material",
        sa.Column("conference_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("conference_id", "number"),
        sa.ForeignKeyConstraint(["conference_id"], ["conference.id"]),
    )
    op.create_table(
        "wrong_code",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
    )


def _refuse() -> None:
    refuse("a_conference_begins_as_a_draft", "INSERT ON conference", "NEW.state <> 'draft'")
    refuse(
        "a_conference_may_not_move_so",
        "UPDATE OF state ON conference",
        "NEW.state <> OLD.state AND NOT (OLD.state = 'draft' AND NEW.state = 'called')"
        " AND NOT (OLD.state = 'called' AND NEW.state IN ('held', 'cancelled'))",
    )
    refuse(
        "a_conference_stays_its_units",
        "UPDATE ON conference",
        "NEW.unit_id <> OLD.unit_id OR NEW.made_by <> OLD.made_by",
    )
    refuse(
        "a_conference_is_never_removed_once_called",
        "DELETE ON conference",
        "OLD.state <> 'draft'",
    )
    refuse("what_was_sent_of_a_conference_stays", "UPDATE ON conference_material")
