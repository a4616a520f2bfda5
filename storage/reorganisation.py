"""Units end or are laid elsewhere, and what lies with them goes along, all in one transaction."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, Table, case, exists, func, or_, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.clock import LOCAL_ZONE
from domain.model.access import Role
from domain.model.broadcast import BroadcastState
from domain.model.bulletin import BulletinState
from domain.model.chat import ChatPurpose, ChatState
from domain.model.delivery import EntryState, OriginKind
from domain.model.opinion import OPEN_CASES, OpinionState
from domain.model.reorganisation import Carried, ChangeKind, Held, UnitChange
from storage.engine import connection_of
from storage.labels import carry_labels, drop_strange
from storage.letter_templates import carry_templates
from storage.opinion_notes import lay, lift
from storage.opinions import SqlOpinions
from storage.settling_in import GRANT, carry_matters, carry_rights, carry_views, stands
from storage.tables.cases import OpinionRow
from storage.tables.news import (
    BroadcastRow,
    BulletinRow,
    DraftRow,
    RevisionChatRow,
    RevisionRow,
)
from storage.tables.offices import ChatRow, PersonRow
from storage.tables.outbox import OutboxRow
from storage.tree import CLOSURE, UNIT, below, children, hang

_OPINION: Table = OpinionRow.metadata.tables["opinion"]
_CHAT: Table = ChatRow.metadata.tables["chat"]
_BULLETIN: Table = BulletinRow.metadata.tables["bulletin"]
_DRAFT: Table = DraftRow.metadata.tables["bulletin_draft"]
_REVISION: Table = RevisionRow.metadata.tables["revision"]
_REVISION_CHAT: Table = RevisionChatRow.metadata.tables["revision_chat"]
_BROADCAST: Table = BroadcastRow.metadata.tables["broadcast"]
_PERSON: Table = PersonRow.metadata.tables["person"]
_OUTBOX: Table = OutboxRow.metadata.tables["outbox"]
IN_HAND = OPEN_CASES - {OpinionState.MORE_INFO_ASKED}
"""What staff may be about to move: they look at it anew. Whom it waits for is not disturbed."""


@dataclass(frozen=True, slots=True)
class SqlReorganisations:
    """Changes of the tree in SQL."""

    session: AsyncSession

    async def carry_out(self, changes: Sequence[UnitChange], now: datetime) -> tuple[Carried, ...]:
        connection = connection_of(self.session)
        shown = await connection.run_sync(_shown, changes)
        carried = await connection.run_sync(_carry_out, changes, now)
        for opinion_id in shown:
            await SqlOpinions(self.session).take_back_views(opinion_id, now)
        return carried

    async def out_of_reach(self) -> tuple[str, ...]:
        return tuple((await connection_of(self.session).execute(_OUT_OF_REACH)).scalars())


def _carry_out(
    connection: Connection, changes: Sequence[UnitChange], now: datetime
) -> tuple[Carried, ...]:
    # All that is touched is taken out once and put back once, however many of them meet.
    touched = {change.into.id for change in changes}
    for change in changes:
        touched |= below(connection, change.unit.id).keys()
    lift(connection, sorted(touched))
    carried, reached = [], []
    for change in changes:
        reached.append(below(connection, change.unit.id).keys())
        carried.append(_carry(connection, change, now))
    lay(connection, sorted(touched))
    # Only as all of it lies in the end: what one change takes from a case another may bring.
    off = _by_change(changes, reached, drop_strange(connection, sorted(touched)))
    return tuple(replace(one, labels_off=off[place]) for place, one in enumerate(carried))


def _by_change(
    changes: Sequence[UnitChange],
    reached: Sequence[Collection[str]],
    counts: Mapping[tuple[str, str | None], int],
) -> Counter[int]:
    """Of what cases lost, the place of the last change that their unit lay below."""
    ended = {change.unit.id for change in changes if change.kind is ChangeKind.MERGE}
    off: Counter[int] = Counter()
    for (unit_id, former), count in counts.items():
        lay_with = former if former in ended else unit_id
        touching = (n for n, units in enumerate(reached) if lay_with in units)
        off[max(touching, default=len(changes) - 1)] += count  # counted, whosever it is
    return off


def _carry(connection: Connection, change: UnitChange, now: datetime) -> Carried:
    weighed = _weighed(connection, change, now.astimezone(LOCAL_ZONE).date())
    if change.kind is ChangeKind.MOVE:
        hang(connection, change.unit.id, change.into.id)
        return weighed
    old, new = change.unit.id, change.into.id
    for one in (*children(connection, old), old):
        hang(connection, one, new)
    _end(connection, change)
    moved_on = case((_OPINION.c.state.in_(sorted(IN_HAND)), 1), else_=0)
    connection.execute(
        update(_OPINION)
        .where(_OPINION.c.unit_id == old)
        .values(unit_id=new, former_unit_id=old, version=_OPINION.c.version + moved_on)
    )
    _carry_groups(connection, change)
    _carry_bulletins(connection, change)
    carry_rights(connection, change, now)
    views = carry_views(connection, old, new)
    carry_labels(connection, old, new)
    carry_matters(connection, old, new)
    along, left, same = carry_templates(connection, old, new)
    taken = replace(weighed, templates=along, templates_left=left, templates_same=same)
    return replace(taken, views=views)


def _end(connection: Connection, change: UnitChange) -> None:
    """Whatever had come to it before is now with its successor too."""
    old, heir = change.unit.id, {"successor_id": change.into.id}
    connection.execute(update(UNIT).where(UNIT.c.successor_id == old).values(heir))
    ended = {"ended_on": change.ended_on, **heir}
    connection.execute(update(UNIT).where(UNIT.c.id == old).values(ended))


def _carry_groups(connection: Connection, change: UnitChange) -> None:
    """A staff group goes where the rights go, if none is there; else it is bound anew."""
    here, staff = _CHAT.c.unit_id == change.unit.id, _CHAT.c.purpose == ChatPurpose.STAFF
    living = _CHAT.c.state == ChatState.ACTIVE
    there = select(_CHAT.c.id).where(_CHAT.c.unit_id == change.into.id, staff, living)
    if not change.carries_rights or connection.execute(there).first():
        lost = update(_CHAT).where(here, staff, living)
        connection.execute(lost.values(state=ChatState.LOST, silenced=False))
    connection.execute(update(_CHAT).where(here).values(unit_id=change.into.id))


def _carry_bulletins(connection: Connection, change: UnitChange) -> None:
    """What was submitted stands as it was; what is being written is the other body's."""
    old, new = change.unit, change.into
    signed = _DRAFT.c.issuing_body == old.issuing_body
    mine = update(_DRAFT).where(_DRAFT.c.unit_id == old.id)
    connection.execute(mine.where(signed).values(issuing_body=new.issuing_body))
    connection.execute(mine.values(unit_id=new.id))
    meant = update(_DRAFT).where(_DRAFT.c.audience_unit_id == old.id)
    connection.execute(meant.values(audience_unit_id=new.id))
    bulletins = update(_BULLETIN).where(_BULLETIN.c.unit_id == old.id)
    connection.execute(bulletins.values(unit_id=new.id))


def _weighed(connection: Connection, change: UnitChange, today: date) -> Carried:
    """How much it is, before anything has moved."""
    old = change.unit.id
    lying = select(CLOSURE.c.descendant_id).where(CLOSURE.c.ancestor_id == old)
    cases = _OPINION.c.unit_id.in_(lying)
    groups = select(_CHAT.c.purpose, func.count()).where(
        _CHAT.c.unit_id == old, _CHAT.c.state == ChatState.ACTIVE
    )
    counted = connection.execute(groups.group_by(_CHAT.c.purpose))
    bound = {row[0]: row[1] for row in counted}
    written = _BULLETIN.c.unit_id == old
    planned = (
        select(func.count())
        .select_from(_BROADCAST)
        .join(_BULLETIN, _BULLETIN.c.id == _BROADCAST.c.bulletin_id)
        .where(written, _BROADCAST.c.state == BroadcastState.PLANNED)
    )
    return Carried(
        change,
        units=len(below(connection, old)) - 1,
        cases=_how_many(connection, _OPINION, cases),
        open_cases=_how_many(connection, _OPINION, cases, _OPINION.c.state.in_(sorted(OPEN_CASES))),
        groups=bound.get(ChatPurpose.RESIDENTS, 0),
        staff_groups=bound.get(ChatPurpose.STAFF, 0),
        bulletins=_how_many(connection, _BULLETIN, written),
        planned=connection.execute(planned).scalar_one(),
        in_hand=_in_hand(connection, old) if change.kind is ChangeKind.MERGE else (),
        rights=_rights(connection, old, today) if change.kind is ChangeKind.MERGE else (),
    )


def _in_hand(connection: Connection, unit_id: str) -> tuple[str, ...]:
    own = select(_OPINION.c.id).where(_OPINION.c.unit_id == unit_id)
    waiting = own.where(_OPINION.c.state.in_(sorted(IN_HAND))).order_by(_OPINION.c.seq)
    return tuple(connection.execute(waiting).scalars())


def _rights(connection: Connection, unit_id: str, today: date) -> tuple[Held, ...]:
    held = (
        select(_PERSON.c.name, GRANT.c.role)
        .join(GRANT, GRANT.c.person_id == _PERSON.c.id)
        .where(GRANT.c.unit_id == unit_id, stands(today))
        .order_by(_PERSON.c.name, GRANT.c.role)
    )
    return tuple(Held(name, Role(role)) for name, role in connection.execute(held))


def _how_many(connection: Connection, table: Table, *those: ColumnElement[bool]) -> int:
    counted: int = connection.execute(
        select(func.count()).select_from(table).where(*those)
    ).scalar_one()
    return counted


def _shown(connection: Connection, changes: Sequence[UnitChange]) -> tuple[str, ...]:
    """Cases below what changes of which a copy is on somebody's screen, or on its way there."""
    tops = [change.unit.id for change in changes]
    lying = select(CLOSURE.c.descendant_id).where(CLOSURE.c.ancestor_id.in_(tops))
    still = or_(
        _OUTBOX.c.delete_at.is_not(None),
        _OUTBOX.c.state.in_([EntryState.QUEUED, EntryState.SENDING]),
    )
    views = select(_OUTBOX.c.origin_id).where(_OUTBOX.c.origin_kind == OriginKind.VIEW, still)
    named = {origin.partition(":")[0] for origin in connection.execute(views).scalars()}
    theirs = select(_OPINION.c.id).where(_OPINION.c.unit_id.in_(lying))
    return tuple(sorted(named.intersection(connection.execute(theirs).scalars()))) if named else ()


_HEIR = func.coalesce(UNIT.c.successor_id, UNIT.c.id)
_OUT_OF_REACH = (
    select(_BULLETIN.c.id)
    .distinct()
    .join(
        _REVISION,
        (_REVISION.c.bulletin_id == _BULLETIN.c.id) & (_REVISION.c.number == _BULLETIN.c.revision),
    )
    .join(UNIT, UNIT.c.id == _REVISION.c.audience_unit_id)
    .join(_REVISION_CHAT, _REVISION_CHAT.c.revision_id == _REVISION.c.id)
    .join(_CHAT, _CHAT.c.id == _REVISION_CHAT.c.chat_id)
    .where(
        _BULLETIN.c.state.in_([BulletinState.IN_REVIEW, BulletinState.APPROVED]),
        ~exists().where(CLOSURE.c.ancestor_id == _HEIR, CLOSURE.c.descendant_id == _CHAT.c.unit_id),
    )
    .order_by(_BULLETIN.c.id)
)
"""What stands for an audience that ended has the groups that it had."""
