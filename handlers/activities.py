"""A unit's month on paper, and the reminder to whoever has logged nothing."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from content.catalog import Words
from domain.model.activity import Gathered, PlaceActivity, UnitActivity
from domain.model.delivery import Payload
from domain.model.unit import Unit

NOTHING = Gathered()


@dataclass(frozen=True)  # parts with slots of their own cannot be put together
class ActivityPapers:
    """The part of the letterhead that is about activity (hoạt động)."""

    words: Words

    def nudge_card(self, unit: Unit, language: str) -> Payload:
        return Payload(self.words.html("activity.nudge", language, unit=unit.name))


def month_shown(first_on: date) -> str:
    """A month as everybody reads it, in every language: 11/2026."""
    return f"{first_on.month}/{first_on.year}"


def month_page(words: Words, month: UnitActivity, language: str) -> Markup:
    """The whole unit, then a line for each place that is shown."""
    whole = month.whole
    page = words.html(
        "activity.page",
        language,
        unit=whole.unit.name,
        month=month_shown(month.first_on),
        idle=month.idle,
        questions=whole.open_questions,
        waiting=_waiting(whole),
        **_counts(whole),
    )
    gathered = {"held": whole.gathered.held, "held_before": whole.gathered_before.held}
    if whole.gathered != NOTHING or whole.gathered_before != NOTHING:
        gathered |= {"came_before": whole.gathered_before.came, **_called(whole)}
        page += "\n" + words.html("activity.gathered", language, **gathered)
    lines = [_line(words, place, language) for place in month.places]
    if not lines:
        return page
    heading = words.html("activity.by_place", language)
    return Markup("\n").join([page, Markup(""), heading, *lines])


def _line(words: Words, place: PlaceActivity, language: str) -> Markup:
    said = {"place": place.unit.name, **_counts(place)}
    is_silent = place.this.sessions + place.before.sessions == 0
    line = words.html("activity.line_none" if is_silent else "activity.line", language, **said)
    if count := _waiting(place):
        line += words.html("activity.line_waiting", language, count=count)
    if place.open_questions:
        line += words.html("activity.line_questions", language, count=place.open_questions)
    if place.gathered.invited + place.gathered.came:
        line += words.html("activity.line_gathered", language, **_called(place))
    return line


def _waiting(place: PlaceActivity) -> int:
    """Of both months: on the first of a month what waits is the last one's."""
    return place.this.waiting + place.before.waiting


def _called(place: PlaceActivity) -> dict[str, int]:
    """How many of its people were called, said yes, and came."""
    return {
        "invited": place.gathered.invited,
        "yes": place.gathered.yes,
        "came": place.gathered.came,
    }


def _counts(place: PlaceActivity) -> dict[str, object]:
    this, before = place.this, place.before
    return {
        "sessions": this.sessions,
        "sessions_before": before.sessions,
        "people": this.people,
        "people_before": before.people,
        "contents": this.contents,
        "contents_before": before.contents,
    }
