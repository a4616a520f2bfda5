"""People, teams, invites and kept views of a unit that ends: with its successor, or not at all."""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    and_,
    delete,
    exists,
    insert,
    or_,
    select,
    update,
)

from domain.clock import LOCAL_ZONE
from domain.model.queue import QueueView
from domain.model.reorganisation import UnitChange
from domain.model.roster import TeamRole
from storage.tables.cases import SavedViewRow
from storage.tables.matters import MatterRow
from storage.tables.offices import GrantRow, InviteRow, SeatRow

GRANT: Table = GrantRow.metadata.tables["role_grant"]
_SEAT: Table = SeatRow.metadata.tables["seat"]
_INVITE: Table = InviteRow.metadata.tables["invite"]
_MATTER: Table = MatterRow.metadata.tables["matter"]
_VIEW: Table = SavedViewRow.metadata.tables["saved_view"]


def carry_rights(connection: Connection, change: UnitChange, now: datetime) -> None:
    """Where somebody said so a right goes along; else it ends with its unit."""
    today = now.astimezone(LOCAL_ZONE).date()
    here = update(GRANT).where(GRANT.c.unit_id == change.unit.id, stands(today))
    asked = _INVITE.c.unit_id == change.unit.id
    waits = and_(asked, _INVITE.c.confirmed_at.is_(None), _INVITE.c.revoked_at.is_(None))
    if change.carries_rights:
        connection.execute(here.values(unit_id=change.into.id))
        connection.execute(update(_INVITE).where(waits).values(unit_id=change.into.id))
        _carry_seats(connection, change)
    else:
        connection.execute(here.values(left_on=today))
        connection.execute(update(_INVITE).where(waits).values(revoked_at=now, account=None))
    connection.execute(delete(_SEAT).where(_SEAT.c.unit_id == change.unit.id))


def stands(today: date) -> ColumnElement[bool]:
    """Not over yet: it holds, rests, or begins later."""
    ends, left = GRANT.c.valid_until, GRANT.c.left_on
    return and_(or_(ends.is_(None), ends >= today), or_(left.is_(None), left > today))


def _carry_seats(connection: Connection, change: UnitChange) -> None:
    """A team whose name the other unit has too becomes one with it, under the leader there."""
    there = _SEAT.alias("there")
    same = and_(there.c.unit_id == change.into.id, there.c.team_key == _SEAT.c.team_key)
    sits = exists().where(same, there.c.person_id == _SEAT.c.person_id)
    led = exists().where(same, there.c.role == TeamRole.LEADER)
    mine = select(_SEAT, led.label("led")).where(_SEAT.c.unit_id == change.unit.id, ~sits)
    for row in connection.execute(mine).all():
        role = TeamRole.MEMBER if row.led else row.role
        seat = {"person_id": row.person_id, "team_key": row.team_key, "team": row.team}
        connection.execute(insert(_SEAT).values(unit_id=change.into.id, role=role, **seat))


def carry_views(connection: Connection, old: str, new: str) -> int:
    """Views of the queue that somebody keeps of the old unit are of the new one; how many."""
    kept = {(row.person_id, row.written) for row in connection.execute(select(_VIEW))}
    theirs = [each for each in sorted(kept) if QueueView.read(each[1]).unit_id == old]
    for person, written in theirs:
        this = (_VIEW.c.person_id == person, _VIEW.c.written == written)
        moved = replace(QueueView.read(written), unit_id=new).written
        if (person, moved) in kept:
            connection.execute(delete(_VIEW).where(*this))
        else:
            connection.execute(update(_VIEW).where(*this).values(written=moved))
    return len(theirs)


def carry_matters(connection: Connection, old: str, new: str) -> None:
    """What was to be answered in the name of the old unit is the new one's, cases and all."""
    mine = update(_MATTER).where(_MATTER.c.unit_id == old)
    connection.execute(mine.values(unit_id=new, version=_MATTER.c.version + 1))
