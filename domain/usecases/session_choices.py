"""What can be pressed in answer to each field of a session, and instead of answering."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from domain.clock import LOCAL_ZONE
from domain.errors import Refusal
from domain.model.access import EVERYWHERE, Actor, Permission
from domain.model.form import FieldKind, Form, FormField
from domain.model.locality import Point, nearest
from domain.model.session import OutreachSession, SessionState, UsedBulletin
from domain.model.text import shown_short
from domain.model.typed_words import folded
from domain.model.unit import HAMLET_KINDS, Unit
from domain.ports import Work
from domain.usecases.announce import root_of

Asked = tuple[str, str]
"""A button: its action and its choice."""

USUAL_MINUTES = (30, 45, 60, 90, 120)
USUAL_PEOPLE = (20, 30, 50, 100)
PARTS_OF_DAY = (time(8), time(14), time(19))
TIMES_OFFERED = 3
PLACES_OFFERED = 4
BULLETINS_OFFERED = 3
UNITS_OFFERED = 40
REPEATED = frozenset({FieldKind.MINUTES, FieldKind.NUMBER, FieldKind.CHOICE})
"""What is offered in answer begins with the last session's."""
SEVERAL = frozenset({FieldKind.CHOICES, FieldKind.QUESTIONS, FieldKind.PHOTOS, FieldKind.VOICE})
"""What is answered bit by bit, until somebody says that it is done."""


@dataclass(frozen=True, slots=True)
class Known:
    """What was logged before and can be offered again."""

    last: OutreachSession | None
    places: tuple[str, ...] = ()
    units: tuple[Unit, ...] = ()
    bulletins: tuple[UsedBulletin, ...] = ()


async def known_for(work: Work, actor: Actor, session: OutreachSession, asked: FormField) -> Known:
    """What may be offered in answer to one field."""
    last = None
    if session.is_untouched or asked.kind in REPEATED:
        last = await work.sessions.last_of(actor.id)
    match asked.kind:
        case FieldKind.PLACE:
            return Known(last, places=await work.sessions.places_of(actor.id, PLACES_OFFERED))
        case FieldKind.UNIT:
            return Known(last, units=await units_of(work, actor))
        case FieldKind.BULLETIN:
            return Known(last, bulletins=await _bulletins(work, session))
        case _ if asked.key == "topic":
            return Known(last, bulletins=await _bulletins(work, session))
        case _:
            return Known(last)


async def units_of(work: Work, actor: Actor) -> tuple[Unit, ...]:
    """The units for which somebody may log sessions, each granted one before those below it."""
    return tuple((await _reached(work, actor)).values())[:UNITS_OFFERED]


async def unit_named(work: Work, actor: Actor, typed: str) -> str:
    """The id of the unit of theirs that was typed, perhaps with the one above: "Ấp 1, Trung An"."""
    reached = await _reached(work, actor)
    name, above = folded(typed.partition(",")[0]), folded(typed.partition(",")[2])
    found = [unit for unit in reached.values() if folded(unit.name) == name]
    if above:
        tops = {unit.id: reached.get(unit.parent_id or "") for unit in found}
        found = [unit for unit in found if (top := tops[unit.id]) and folded(top.name) == above]
    if len(found) != 1:
        raise Refusal("session.unit_not_clear", typed=shown_short(typed))
    return found[0].id


async def hamlet_near(work: Work, actor: Actor, here: Point) -> str | None:
    """The name of the nearest hamlet of theirs whose place is known; None if none is near."""
    reached = (await _reached(work, actor)).values()
    hamlets = (unit for unit in reached if unit.kind in HAMLET_KINDS)
    return nearest(here, [(unit.name, unit.point) for unit in hamlets if unit.point])


async def _reached(work: Work, actor: Actor) -> dict[str, Unit]:
    found: dict[str, Unit] = {}
    for unit_id in actor.units_for(Permission.SESSION_LOG):
        top = (await root_of(work)).id if unit_id == EVERYWHERE else unit_id
        found |= {unit.id: unit for unit in await work.units.subtree(top)}
    return found


def offered(session: OutreachSession, asked: FormField, known: Known, now: datetime) -> list[Asked]:
    """The buttons that answer a question, the last session's answer in front."""
    if asked.kind in (FieldKind.BULLETIN, FieldKind.TEXT):
        answers = [("session:bulletin", one.id) for one in known.bulletins]
    elif asked.kind is FieldKind.CHOICES:
        answers = [("session:toggle", f"{asked.key}={one}") for one in asked.choices]
    else:
        values = _values(asked, known, now)
        answers = [("session:choose", f"{asked.key}={value}") for value in values]
    return [("session:copy", ""), *answers] if session.is_untouched and known.last else answers


def ways_out(session: OutreachSession, asked: FormField, is_missing: bool) -> list[Asked]:
    """What can be done instead of answering."""
    if session.is_untouched:
        return [("session:discard", "")]
    if is_missing:
        return []
    if asked.kind in SEVERAL:
        return [("session:done", "")]
    if asked.key in session.answers and not asked.is_required:
        return [("session:clear", asked.key), ("session:open", "")]
    return [("session:open", "")]


def panel(session: OutreachSession, form: Form) -> list[Asked]:
    """The ways on from a session in which nothing is missing."""
    if session.state is SessionState.CONFIRMED:
        return [("session:media", "")] if session.has_media else []
    ways = [("session:edit", one.key) for one in form.shown]
    if session.state is SessionState.DRAFT:
        ways.append(("session:discard", ""))
    if session.state is SessionState.SUBMITTED:
        return ways
    return [("session:submit", ""), *ways]


def _values(asked: FormField, known: Known, now: datetime) -> Sequence[object]:
    before = known.last.answers.get(asked.key) if known.last else None
    match asked.kind:
        case FieldKind.MOMENT:
            return [moment.isoformat() for moment in _parts_of_days(now)]
        case FieldKind.MINUTES:
            return _in_front(before, USUAL_MINUTES)
        case FieldKind.NUMBER:
            return _in_front(before, USUAL_PEOPLE)
        case FieldKind.PLACE:
            return known.places
        case FieldKind.UNIT:
            return [unit.id for unit in known.units]
        case FieldKind.CHOICE:
            return _in_front(before if before in asked.choices else None, asked.choices)
        case _:
            return ()


def _in_front(before: object, usual: Sequence[object]) -> list[object]:
    return [before, *(one for one in usual if one != before)] if before else list(usual)


def _parts_of_days(now: datetime) -> list[datetime]:
    """The usual hours that went by last."""
    today = now.astimezone(LOCAL_ZONE).date()
    days = (today, today - timedelta(days=1))
    hours = [datetime.combine(day, at, LOCAL_ZONE) for day in days for at in PARTS_OF_DAY]
    past = sorted((one.astimezone(UTC) for one in hours if one <= now), reverse=True)
    return past[:TIMES_OFFERED]


async def _bulletins(work: Work, session: OutreachSession) -> tuple[UsedBulletin, ...]:
    lineage = await work.units.lineage(session.unit_id)
    return await work.sessions.bulletins_for(lineage, BULLETINS_OFFERED)
