"""Tables of offices: units, people, groups, and what is being asked of staff."""

from datetime import date, datetime, time

from sqlalchemy import BigInteger, CheckConstraint, Index, text
from sqlmodel import Field

from storage.tables.registry import MainTable


class UnitRow(MainTable, table=True):
    """A place and the body that answers for it (đơn vị)."""

    __tablename__ = "unit"
    __table_args__ = (
        CheckConstraint("(quiet_from IS NULL) = (quiet_until IS NULL)", name="quiet_hours"),
        CheckConstraint("population BETWEEN 1 AND 20000000", name="population"),
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="point"),
    )

    id: str = Field(primary_key=True)
    code: str = Field(unique=True)
    name: str
    kind: str
    parent_id: str | None = Field(default=None, foreign_key="unit.id", index=True)
    issuing_body: str
    quiet_from: time | None = None
    quiet_until: time | None = None
    population: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    ended_on: date | None = None
    successor_id: str | None = Field(default=None, foreign_key="unit.id")
    """Of one that has ended; always one that stands."""


class UnitClosureRow(MainTable, table=True):
    """One row for each unit and each of its ancestors, itself included at depth 0."""

    __tablename__ = "unit_closure"

    ancestor_id: str = Field(primary_key=True, foreign_key="unit.id")
    descendant_id: str = Field(primary_key=True, foreign_key="unit.id", index=True)
    depth: int


class PersonRow(MainTable, table=True):
    """A registered member of staff or communicator."""

    __tablename__ = "person"

    id: str = Field(primary_key=True)
    name: str
    account: str | None = Field(default=None, unique=True)
    languages: str = ""
    """What they speak with people, such as `vi,km`; '' when nobody has said."""


class GrantRow(MainTable, table=True):
    """One role on one unit, or on every unit; both dates are included."""

    __tablename__ = "role_grant"

    id: int = Field(default=None, primary_key=True)
    person_id: str = Field(foreign_key="person.id", index=True)
    role: str
    unit_id: str = Field(index=True)
    valid_from: date | None = None
    valid_until: date | None = None
    decision: str = ""
    decided_on: date | None = None
    suspended_on: date | None = None
    left_on: date | None = None
    deputy_of: str | None = Field(default=None, foreign_key="person.id")


class SeatRow(MainTable, table=True):
    """Somebody's place in a team of a hamlet (tổ); a team is whoever sits in it."""

    __tablename__ = "seat"
    __table_args__ = (
        Index(
            "uq_seat_leader",
            "unit_id",
            "team_key",
            unique=True,
            sqlite_where=text("role = 'to_truong'"),
            postgresql_where=text("role = 'to_truong'"),
        ),
        CheckConstraint("role IN ('to_truong', 'to_vien')", name="role"),
    )

    person_id: str = Field(primary_key=True, foreign_key="person.id")
    unit_id: str = Field(primary_key=True, foreign_key="unit.id", index=True)
    team_key: str = Field(primary_key=True)
    """Its name, folded."""
    team: str
    role: str


class InviteRow(MainTable, table=True):
    """A single-use link that makes an account a registered person's (thư mời)."""

    __tablename__ = "invite"
    __table_args__ = (
        # Of several links to one person the earlier ones must be dead.
        Index(
            "uq_invite_meant_for",
            "meant_for",
            unique=True,
            sqlite_where=text("used_at IS NULL AND revoked_at IS NULL"),
            postgresql_where=text("used_at IS NULL AND revoked_at IS NULL"),
        ),
    )

    id: str = Field(primary_key=True)
    token_hash: str = Field(unique=True)
    name: str
    role: str
    unit_id: str = Field(foreign_key="unit.id")
    expires_at: datetime
    used_at: datetime | None = None
    person_id: str | None = Field(default=None, foreign_key="person.id")
    confirmed_at: datetime | None = None
    revoked_at: datetime | None = None
    meant_for: str | None = Field(default=None, foreign_key="person.id")
    account: str | None = None
    """The account that used it, until a supervisor has decided."""


class ChatRow(MainTable, table=True):
    """A group bound to a unit (nhóm)."""

    __tablename__ = "chat"
    __table_args__ = (
        CheckConstraint("purpose IN ('residents', 'staff')", name="purpose"),
        CheckConstraint("state IN ('active', 'lost')", name="state"),
        # A group that was lost may be bound anew; two live bindings of one group may not be.
        Index(
            "uq_chat_address",
            "channel",
            "bot_id",
            "chat",
            "thread",
            unique=True,
            sqlite_where=text("state = 'active'"),
            postgresql_where=text("state = 'active'"),
        ),
    )

    id: str = Field(primary_key=True)
    unit_id: str = Field(foreign_key="unit.id", index=True)
    purpose: str
    title: str
    channel: str
    bot_id: int = Field(sa_type=BigInteger)
    chat: str
    thread: str
    is_group: bool
    is_channel: bool = False
    language: str
    state: str
    silenced: bool = False
    """Whether it is lost only for as long as the bot may not speak there."""
    decision: str
    bound_by: str
    bound_at: datetime
    kind: str = "dan_cu"
    tags: str = ""
    """One a line."""
    held_until: datetime | None = None
    """Until when the channel asked for silence here."""


SETTLE = "opinion:settle"
"""The action of the buttons below an answer."""


class ButtonRow(MainTable, table=True):
    """A stored button; the channel carries only its id."""

    __tablename__ = "button"
    __table_args__ = (
        Index(
            "ix_button_settling",
            "subject",
            sqlite_where=text(f"action = '{SETTLE}'"),
            postgresql_where=text(f"action = '{SETTLE}'"),
        ),
    )

    id: str = Field(primary_key=True)
    action: str
    subject: str
    choice: str
    version: int
    holder: str
    expires_at: datetime = Field(index=True)
    used_at: datetime | None = None


class DialogRow(MainTable, table=True):
    """What the bot waits for from a member of staff."""

    __tablename__ = "dialog"

    person_id: str = Field(primary_key=True, foreign_key="person.id")
    awaited: str
    subject: str
    note: str
    seal: str = ""


class OfficeDayRow(MainTable, table=True):
    """A day on which the offices work, or do not, because staff decided so."""

    __tablename__ = "office_day"

    day: date = Field(primary_key=True)
    is_working: bool
    note: str
    decided_by: str = Field(foreign_key="person.id")
    decided_at: datetime
