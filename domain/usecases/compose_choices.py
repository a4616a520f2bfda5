"""What an author can press while writing: the answers to a question, the ways on from a draft."""

from collections.abc import Sequence

from domain.model.bulletin import BulletinClass, Draft, Field, Misfire
from domain.model.button import one_page
from domain.model.dialog import Awaited
from domain.model.poll import PollKind
from domain.model.recurrence import HolidayRule
from domain.model.unit import Unit
from domain.model.version import TRANSLATIONS
from domain.usecases.material_screen import BEGIN as MATERIAL

TYPED = {
    "text": Awaited.BULLETIN_TEXT,
    "title": Awaited.BULLETIN_TITLE,
    **dict.fromkeys(TRANSLATIONS, Awaited.BULLETIN_VERSION),
    "source": Awaited.BULLETIN_SOURCE,
    "issuing_body": Awaited.BULLETIN_BODY,
    "talking_points": Awaited.BULLETIN_POINTS,
    "poll": Awaited.BULLETIN_POLL,
    "send_at": Awaited.BULLETIN_TIME,
    "good_for": Awaited.BULLETIN_EXPIRY,
}
"""The fields that are typed, and what the bot then waits for."""
WORDS = ("text", "title", *TRANSLATIONS)
CORRECTED = (*WORDS, "field", "bulletin_class", "issuing_body", "source", "talking_points")
"""What can be changed in a correction."""
EDITABLE = (*CORRECTED, "poll", "audience", "send_at", "good_for", "misfire")
TIMED = ("poll", "send_at", "misfire")
"""What an emergency template has none of: it goes out when somebody releases it."""
DAYS_OPEN = (1, 3, 7)
"""For how long a poll may be answered."""
HOURS_OFFERED = (3, 6, 12, 24, 48)
"""For how long after its time a bulletin may be sent."""
UNITS_ON_A_PAGE = 20
WAYS_IN = (("pick:shelf", ""), ("pick:sent", ""), ("pick:drafts", ""), (MATERIAL, ""))
"""What a new draft can go on from, beside what its author types; or what to write instead."""


def panel(draft: Draft) -> list[tuple[str, str]]:
    """The ways on from a complete draft, as (action, choice)."""
    editable = CORRECTED if draft.corrects else EDITABLE
    names = [name for name in editable if name not in TIMED or not draft.is_template]
    ways = [("compose:submit", ""), *[("compose:edit", name) for name in names]]
    if not draft.corrects:
        ways += [("reach:open", ""), ("series:open", "")]
    ways.append(("media:open", ""))
    if draft.send_at is not None:
        ways.append(("compose:weekly", ""))
    if draft.recurrence is not None:
        ways.append(("compose:edit", "on_holiday"))
    return ways


def choices(name: str, places: Sequence[Unit], page: int) -> list[tuple[str, str]]:
    """The buttons that answer a question about a draft, as (action, choice)."""
    match name:
        case "audience":
            ids = [unit.id for unit in places]
            return one_page("compose:audience", "compose:page", ids, page, UNITS_ON_A_PAGE)
        case "send_at":
            return [("compose:now", "")]
        case "talking_points":
            return [("compose:no_points", "")]
        case "poll":
            return [
                *[("compose:poll_open", str(days)) for days in DAYS_OPEN],
                *[("compose:poll_kind", kind) for kind in (PollKind.SINGLE, PollKind.MULTIPLE)],
                ("compose:no_poll", ""),
            ]
        case "good_for":
            return [("compose:good_for", str(hours)) for hours in HOURS_OFFERED]
        case _:
            return _CLOSED_LISTS.get(name, [])


_CLOSED_LISTS: dict[str, list[tuple[str, str]]] = {
    "field": [("compose:field", value) for value in Field],
    "bulletin_class": [("compose:class", value) for value in BulletinClass],
    "misfire": [("compose:misfire", value) for value in Misfire],
    "on_holiday": [("compose:on_holiday", value) for value in HolidayRule],
}
