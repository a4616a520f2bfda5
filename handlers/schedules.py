"""When a bulletin goes out, in words: once, or again and again, and until when it is good."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from markupsafe import Markup

from content.catalog import Words
from domain.model.bulletin import Draft, Revision
from domain.model.recurrence import LAST_OF_MONTH, Cadence, Recurrence
from domain.model.series import Series


def when(words: Words, one: Draft | Revision) -> str:
    """Its one time, its rule, or that it goes at once."""
    if one.recurrence is not None:
        return rule(words, one.recurrence)
    return words.moment(one.send_at) if one.send_at else words.text("compose.at_once")


def rule(words: Words, recurrence: Recurrence) -> str:
    """A recurrence from its first day to its last, and what holidays do to it."""
    at = words.text("schedule.time", hour=recurrence.at.hour, minute=f"{recurrence.at.minute:02}")
    parts = [words.text(f"cadence.{recurrence.cadence}", at=at, days=_days(words, recurrence))]
    if recurrence.until is not None:
        parts.append(words.text("schedule.until", day=words.date(recurrence.until)))
    if recurrence.cadence is not Cadence.WORKING_DAYS:
        parts.append(words.text(f"holiday_rule.{recurrence.on_holiday}"))
    return "; ".join(parts)


def span(words: Words, length: timedelta, language: str = "vi") -> str:
    """A length of time, in the largest units that fit: days, hours and minutes."""
    minutes = round(length.total_seconds() / 60)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    named = (("days", days), ("hours", hours), ("minutes", rest))
    said = [words.text(f"span.{unit}", language, n=n) for unit, n in named if n]
    return " ".join(said) or words.text("span.minutes", language, n=0)


def conditions(words: Words, one: Draft | Revision, fires: Sequence[datetime]) -> Markup:
    """All that an approver agrees to besides the words: when, how long, and what if it is late."""
    length = span(words, one.good_for)
    if one.is_template:
        good_for = words.html("emergency.good_for", span=length)
        return Markup("\n").join([words.html("emergency.on_call"), good_for])
    series = [Markup("📚 {}").format(series_said(words, one.series))] if one.series else []
    lines = [
        *series,
        words.html("schedule.when", when=when(words, one)),
        words.html("schedule.good_for", span=length),
        words.html("schedule.misfire", rule=words.text(f"misfire.{one.misfire}")),
    ]
    if fires:
        lines.append(words.html("schedule.fires", fires=listed(words, fires)))
    return Markup("\n").join(lines)


def talking_points(words: Words, one: Draft | Revision) -> list[Markup]:
    """What is said about it by those who pass it on, as a message of its own; none without."""
    if not one.talking_points:
        return []
    return [words.html("compose.talking_points", points=one.talking_points)]


def listed(words: Words, fires: Sequence[datetime]) -> Markup:
    """Moments, one below the other."""
    return Markup("\n").join(Markup("• {}").format(words.moment(fire)) for fire in fires)


def _days(words: Words, recurrence: Recurrence) -> str:
    """The weekdays, or the days of the month, that a rule names."""
    if recurrence.cadence is Cadence.WEEKLY:
        return words.listed(
            words.text(f"calendar.weekday_{day + 1}") for day in sorted(recurrence.days)
        )
    return words.listed(
        words.text("schedule.last_day") if day == LAST_OF_MONTH else str(day)
        for day in sorted(recurrence.days)
    )


def part_of(words: Words, series: Series, language: str = "vi") -> str:
    return words.text("series.part", language, part=series.part, parts=series.parts)


def series_said(words: Words, series: Series, language: str = "vi") -> str:
    """A part, and of which series."""
    return f"{part_of(words, series, language)} · {series.name}"
