"""What a supervisor is shown of a conference: one question about it, or the whole of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.button import GOOD_FOR, Button, offer
from domain.model.conference import (
    AUDIENCES,
    FIELDS,
    MOST_MATERIALS,
    Conference,
    ConferenceKind,
    ConferenceState,
)
from domain.model.delivery import to_person
from domain.model.dialog import Awaited, Dialog
from domain.model.guest import Turnout
from domain.model.unit import Unit
from domain.ports import Work

CALL, MARK = Permission.CONFERENCE_CALL, Permission.CONFERENCE_MARK
NEW, OPEN, LIST = "conference:new", "conference:open", "conference:list"
EDIT, CHOOSE, DISCARD = "conference:edit", "conference:choose", "conference:discard"
ASK_CHANGE, CHANGE = "conference:ask_change", "conference:change"
ASK_CANCEL, CANCEL = "conference:ask_cancel", "conference:cancel"
CODE, FIND = "conference:code", "conference:find"
ASK_MATERIAL, SEND = "conference:ask_material", "conference:send"
MINE, SEE, ARRIVE = "conference:mine", "conference:see", "conference:arrive"
ANSWER = Permission.CONFERENCE_ATTEND
LENGTHS = (60, 90, 120, 180, 240, 480)
"""Minutes that are offered as buttons."""
NO_NOTE = "note:"

Asked = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ConferenceView:
    """A conference as its supervisor sees it (trang hội nghị)."""

    conference: Conference
    unit: Unit
    asked: str
    """What is asked about a draft; empty for the whole."""
    turnout: Turnout
    called: int
    """How many a draft would call."""
    away: int
    """How many more of them have no account, and can only be told in person."""
    buttons: tuple[Button, ...]


async def led(
    work: Work, actor: Actor, conference_id: str, permission: Permission = CALL
) -> Conference:
    """The conference, for whoever may lead it; Forbidden for anybody else."""
    conference = await work.conferences.get(conference_id)
    actor.require(permission, await work.units.lineage(conference.unit_id))
    return conference


def offered(
    ids: Ids, now: datetime, actor: Actor, asked: Asked, conference: Conference
) -> tuple[Button, ...]:
    """Buttons about a conference as it stands, for one person."""
    return offer(
        ids,
        asked,
        subject=conference.id,
        version=conference.version,
        holder=to_person(actor.id),
        expires_at=now + GOOD_FOR,
    )


async def screen(
    work: Work, ids: Ids, now: datetime, actor: Actor, conference: Conference, asked: str = ""
) -> ConferenceView:
    """What comes next: of a draft the first question that is open, unless another is asked."""
    turnout, called, away = Turnout(), 0, 0
    if conference.state is ConferenceState.DRAFT:
        asked = asked or conference.missing
        await _wait_for(work, actor, conference, asked)
    else:
        turnout = await work.conferences.turnout(conference.id)
    if conference.state is ConferenceState.DRAFT and not asked:
        called = len(await work.conferences.callable(conference.unit_id, conference.roles))
        away = await work.conferences.out_of_reach(conference.unit_id, conference.roles)
    sent = len(await work.conferences.materials(conference.id))
    ways = _choices(asked) if asked else _ways(conference, now, sent)
    buttons = offered(ids, now, actor, ways, conference)
    await work.buttons.add(buttons)
    unit = await work.units.get(conference.unit_id)
    return ConferenceView(conference, unit, asked, turnout, called, away, buttons)


async def _wait_for(work: Work, actor: Actor, conference: Conference, asked: str) -> None:
    """The next plain message answers what is asked; nothing is awaited once all is said."""
    if asked:
        await work.dialogs.open(Dialog(actor.id, Awaited.CONFERENCE, conference.id, asked))
    else:
        await work.dialogs.close(actor.id)


def _choices(asked: str) -> Asked:
    match asked:
        case "kind":
            choices = [f"kind:{one}" for one in ConferenceKind]
        case "minutes":
            choices = [f"minutes:{one}" for one in LENGTHS]
        case "audience":
            choices = [f"audience:{one}" for one in AUDIENCES]
        case "note":
            choices = [NO_NOTE]
        case _:
            choices = []
    return [*[(CHOOSE, one) for one in choices], (DISCARD, "")]


def _ways(conference: Conference, now: datetime, sent: int) -> Asked:
    """What can be done with it now."""
    if conference.state is ConferenceState.DRAFT:
        return [(str(CALL), ""), *[(EDIT, key) for key in FIELDS], (DISCARD, "")]
    ways: list[tuple[str, str]] = []
    if conference.is_open_at(now):
        ways.append((CODE, ""))
    if conference.may_be_marked_at(now):
        ways.append((FIND, ""))
    if conference.takes_material_at(now) and sent < MOST_MATERIALS:
        ways.append((ASK_MATERIAL, ""))
    if conference.state is ConferenceState.CALLED and now < conference.begins:
        ways += [(ASK_CHANGE, "start"), (ASK_CHANGE, "place")]
    if conference.state is ConferenceState.CALLED and now < conference.ends:
        ways.append((ASK_CANCEL, ""))
    return [*ways, (OPEN, ""), (LIST, "")]


LISTED_SINCE = timedelta(days=31)
"""How long ago something began that is still listed."""
