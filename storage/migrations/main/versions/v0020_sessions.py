"""Outreach sessions: the form's versions, the log, the questions raised."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.refusing import refuse

revision = "main_0020"
down_revision = "main_0019"


def upgrade() -> None:
    _form()
    _session()
    _question()
    _refuse()


def _form() -> None:
    op.create_table(
        "session_form",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("fields", sa.String(), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("version"),
        sa.ForeignKeyConstraint(["changed_by"], ["person.id"]),
        sa.CheckConstraint("version > 1", name="version"),
    )


def _session() -> None:
    op.create_table(
        "outreach_session",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("form_version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("start_at", sa.DateTime(timezone=True)),
        sa.Column("minutes", sa.Integer()),
        sa.Column("mode", sa.String()),
        sa.Column("people", sa.Integer()),
        sa.Column("households", sa.Integer()),
        sa.Column("place", sa.String()),
        sa.Column("topic", sa.String()),
        sa.Column("bulletin_id", sa.String()),
        sa.Column("field", sa.String()),
        sa.Column("answers", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True)),
        sa.Column("confirmed_at", sa.DateTime(timezone=True)),
        sa.Column("confirmed_by", sa.String()),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["bulletin_id"], ["bulletin.id"]),
        sa.ForeignKeyConstraint(["confirmed_by"], ["person.id"]),
        *_checks(),
    )
    op.create_index("ix_outreach_session_person", "outreach_session", ["person_id", "state"])
    op.create_index("ix_outreach_session_unit", "outreach_session", ["unit_id", "start_at"])
    op.create_index("ix_outreach_session_waiting", "outreach_session", ["state", "submitted_at"])


def _checks() -> list[sa.CheckConstraint]:
    checks = {
        "state": "state IN ('draft', 'submitted', 'confirmed', 'returned')",
        "mode": "mode IN ('truc_tiep', 'truc_tuyen', 'ket_hop')",
        "minutes": "minutes BETWEEN 1 AND 600",
        "people": "people BETWEEN 0 AND 100000",
        "households": "households BETWEEN 0 AND 100000",
        "complete": "state = 'draft' OR (start_at IS NOT NULL AND minutes IS NOT NULL"
        " AND mode IS NOT NULL AND people IS NOT NULL AND submitted_at IS NOT NULL)",
        "not_in_the_future": "start_at <= submitted_at",
        "confirmed": "(state = 'confirmed') = (confirmed_at IS NOT NULL)"
        " AND (confirmed_at IS NULL) = (confirmed_by IS NULL)",
        "second_person": "confirmed_by <> person_id",
    }
    return [sa.CheckConstraint(rule, name=name) for name, rule in checks.items()]


def _question() -> None:
    op.create_table(
        "session_question",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("opinion_id", sa.String()),
        sa.Column("filed_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["session_id"], ["outreach_session.id"]),
        sa.ForeignKeyConstraint(["opinion_id"], ["opinion.id"]),
        sa.UniqueConstraint("opinion_id"),
        sa.CheckConstraint("(filed_at IS NOT NULL) = (text = '')", name="words_once"),
    )
    op.create_index("ix_session_question_session_id", "session_question", ["session_id"])


def _refuse() -> None:
    refuse("a_form_never_changes", "UPDATE ON session_form")
    refuse("a_form_is_never_removed", "DELETE ON session_form")
    refuse(
        "a_session_is_logged_under_a_form",
        "INSERT ON outreach_session",
        "NEW.form_version <> 1 AND NOT EXISTS"
        " (SELECT 1 FROM session_form WHERE version = NEW.form_version)",
    )
    refuse("a_session_begins_as_a_draft", "INSERT ON outreach_session", "NEW.state <> 'draft'")
    refuse(
        "a_session_keeps_its_communicator_and_form",
        "UPDATE ON outreach_session",
        "NEW.person_id <> OLD.person_id OR NEW.form_version <> OLD.form_version",
    )
    refuse(
        "only_what_was_submitted_is_confirmed",
        "UPDATE OF state ON outreach_session",
        "NEW.state = 'confirmed' AND OLD.state <> 'submitted'",
    )
    refuse(
        "a_confirmed_session_never_changes",
        "UPDATE ON outreach_session",
        "OLD.state = 'confirmed'",
    )
    refuse(
        "a_logged_session_is_never_removed", "DELETE ON outreach_session", "OLD.state <> 'draft'"
    )
    refuse(
        "a_raised_question_is_filed_as_it_was_asked",
        "UPDATE OF text ON session_question",
        "NEW.text <> '' AND NEW.text <> OLD.text",
    )
    refuse(
        "a_filed_question_is_never_removed",
        "DELETE ON session_question",
        "OLD.filed_at IS NOT NULL",
    )
