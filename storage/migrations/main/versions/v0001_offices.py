"""Offices: units, people, groups, and what is being asked of staff."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.refusing import refuse

revision = "main_0001"
down_revision = None

OTHER_PURPOSE = (
    "NEW.state = 'active' AND EXISTS (SELECT 1 FROM chat AS other WHERE other.state = 'active'"
    " AND other.channel = NEW.channel AND other.bot_id = NEW.bot_id AND other.chat = NEW.chat"
    " AND other.id <> NEW.id AND other.purpose <> NEW.purpose)"
)


def upgrade() -> None:
    _button()
    _person()
    _unit()
    _chat()
    _dialog()
    _invite()
    _role_grant()
    _unit_closure()
    _refuse()


def _button() -> None:
    op.create_table(
        "button",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("choice", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_button_expires_at", "button", ["expires_at"])


def _person() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("account", sa.String()),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("account"),
    )


def _unit() -> None:
    op.create_table(
        "unit",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("parent_id", sa.String()),
        sa.Column("issuing_body", sa.String(), nullable=False),
        sa.Column("quiet_from", sa.Time()),
        sa.Column("quiet_until", sa.Time()),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"]),
        sa.UniqueConstraint("code"),
        sa.CheckConstraint("(quiet_from IS NULL) = (quiet_until IS NULL)", name="quiet_hours"),
    )
    op.create_index("ix_unit_parent_id", "unit", ["parent_id"])


def _chat() -> None:
    op.create_table(
        "chat",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("thread", sa.String(), nullable=False),
        sa.Column("is_group", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("bound_by", sa.String(), nullable=False),
        sa.Column("bound_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("held_until", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"]),
        sa.CheckConstraint("purpose IN ('residents', 'staff')", name="purpose"),
        sa.CheckConstraint("state IN ('active', 'lost')", name="state"),
    )
    op.create_index("ix_chat_unit_id", "chat", ["unit_id"])
    op.create_index(
        "uq_chat_address",
        "chat",
        ["channel", "bot_id", "chat", "thread"],
        unique=True,
        sqlite_where=sa.text("state = 'active'"),
        postgresql_where=sa.text("state = 'active'"),
    )


def _dialog() -> None:
    op.create_table(
        "dialog",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("awaited", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("person_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
    )


def _invite() -> None:
    op.create_table(
        "invite",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True)),
        sa.Column("person_id", sa.String()),
        sa.Column("confirmed_at", sa.DateTime(timezone=True)),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"]),
        sa.UniqueConstraint("token_hash"),
    )


def _role_grant() -> None:
    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_until", sa.Date()),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
    )
    op.create_index("ix_role_grant_person_id", "role_grant", ["person_id"])
    op.create_index("ix_role_grant_unit_id", "role_grant", ["unit_id"])


def _unit_closure() -> None:
    op.create_table(
        "unit_closure",
        sa.Column("ancestor_id", sa.String(), nullable=False),
        sa.Column("descendant_id", sa.String(), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("ancestor_id", "descendant_id"),
        sa.ForeignKeyConstraint(["ancestor_id"], ["unit.id"]),
        sa.ForeignKeyConstraint(["descendant_id"], ["unit.id"]),
    )
    op.create_index("ix_unit_closure_descendant_id", "unit_closure", ["descendant_id"])


def _refuse() -> None:
    # Otherwise a staff group, told of cases, could become a residents' group with cards in line.
    refuse("a_group_keeps_its_purpose", "UPDATE OF id, purpose ON chat")
    for name, event in (
        ("a_group_has_one_purpose", "INSERT ON chat"),
        ("a_group_moves_to_no_other_purpose", "UPDATE OF channel, bot_id, chat, state ON chat"),
    ):
        refuse(name, event, OTHER_PURPOSE)
    refuse("a_group_is_never_removed", "DELETE ON chat")
    refuse("a_button_is_used_once", "UPDATE OF used_at ON button", "OLD.used_at IS NOT NULL")
