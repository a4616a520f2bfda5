"""The plan on pages: days with their bulletins, a month as a grid, one entry, what needs care."""

from collections.abc import Mapping
from datetime import date, datetime

from markupsafe import Markup

from content.catalog import Words
from domain.clock import LOCAL_ZONE
from domain.model.plan import Clash, PlanEntry, PlanState
from domain.usecases.open_planned import PlannedPage
from domain.usecases.show_plan import MonthPage, PlanPage
from domain.usecases.watch_plan import CarePage, WaitingLine
from handlers.audiences import meetings_said, reach_said
from handlers.faces import capitalised, shortened
from handlers.schedules import part_of, series_said, when

HEADING, LONG_HEADING = 48, 120
MARKS = {
    PlanState.WAITING: "⏳",
    PlanState.PLANNED: "🕒",
    PlanState.ASKS: "❓",
    PlanState.GOING: "📤",
    PlanState.SENT: "✅",
    PlanState.STOPPED: "⏸",
    PlanState.WITHDRAWN: "↩️",
    PlanState.EXPIRED: "⌛",
}
WIDTH = 5
"""Of a day in the grid of a month."""
SMALL = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
MANY = 99


def days_page(words: Words, page: PlanPage) -> Markup:
    """Some days, each with its bulletins; of a crowded week only how many."""
    one_day = page.first_day == page.last_day
    key = "plan.day" if one_day else "plan.week"
    head = words.html(key, first=words.date(page.first_day), last=words.date(page.last_day))
    lines = _entries(words, page) if page.entries else _counts(words, page.counts)
    below = [_legend(words, page)] if page.entries else []
    if page.waiting:
        below.append(words.html("plan.waiting", count=page.waiting))
    none = [words.html("plan.nothing")]
    return Markup("\n").join([head, *(lines or none), *([Markup("")] if below else []), *below])


def _entries(words: Words, page: PlanPage) -> list[Markup]:
    lines: list[Markup] = []
    day: date | None = None
    for number, entry in enumerate(page.entries, start=page.first):
        if entry.day != day:
            day = entry.day
            lines += [Markup(""), Markup("<b>{}</b>").format(day_named(words, day))]
        lines.append(_entry(words, number, entry, page))
    return lines


def _entry(words: Words, number: int, entry: PlanEntry, page: PlanPage) -> Markup:
    parts = [shortened(entry.heading, HEADING)]
    if entry.series:
        parts.append(part_of(words, entry.series))
    parts.append(words.text("plan.groups", count=page.sizes.get(entry.fire.revision_id, 0)))
    warns = entry.fire in page.clashes or entry.fire in page.disordered
    return Markup("{}. {} {} {}{}").format(
        number, clock(entry.fire.at), MARKS[entry.state], " · ".join(parts), " ⚠" if warns else ""
    )


def _counts(words: Words, counts: Mapping[date, int]) -> list[Markup]:
    return [
        words.html("plan.day_counted", day=day_named(words, day), count=count)
        for day, count in sorted(counts.items())
    ]


def _legend(words: Words, page: PlanPage) -> Markup:
    """What the marks on this page mean, and no others."""
    states = dict.fromkeys(entry.state for entry in page.entries)
    said = [f"{MARKS[state]} {words.text(f'plan_state.{state}')}" for state in states]
    if page.clashes:
        said.append(words.text("plan.clash_mark"))
    if page.disordered:
        said.append(words.text("plan.disorder_mark"))
    return Markup("<i>{}</i>").format(" · ".join(said))


def month_page(words: Words, page: MonthPage) -> Markup:
    """The month in seven columns; a small number beside a day says how many bulletins it has."""
    names = [words.text(f"plan.weekday_{n}") for n in range(1, 8)]
    rows = ["".join(name.rjust(WIDTH - 1) + " " for name in names).rstrip()]
    rows += ["".join(_cell(page, day) for day in week).rstrip() for week in page.weeks]
    total = sum(page.counts.values())
    key = "plan.month" if total else "plan.month_empty"
    head = words.html(key, month=page.month.month, year=str(page.month.year), count=total)
    return Markup("{}\n<pre>{}</pre>").format(head, "\n".join(rows))


def _cell(page: MonthPage, day: date | None) -> str:
    if day is None:
        return " " * WIDTH
    count = page.counts.get(day, 0)
    small = (str(min(count, MANY)) if count else "").translate(SMALL)
    today = day == page.today
    number = f"[{day.day}]" if today else str(day.day)
    return (number.rjust(WIDTH - 1 if today else WIDTH - 2) + small).ljust(WIDTH)


def entry_page(words: Words, page: PlannedPage, state: PlanState) -> Markup:
    """One entry: its words, its people, its groups, and what it meets."""
    frozen = page.frozen
    if frozen is None:
        return words.html("plan.tampered", when=words.moment(page.at), sent=page.tally.sent)
    revision = frozen.revision
    heading = Markup("<b>{}</b>").format(shortened(revision.heading, LONG_HEADING))
    lines = [heading]
    if revision.series:
        lines.append(Markup("📚 {}").format(series_said(words, revision.series)))
    said = capitalised(words.text(f"plan_state.{state}"))
    lines.append(Markup("{} {} – {}").format(MARKS[state], words.moment(page.at), said))
    if revision.recurrence is not None:
        lines.append(words.html("schedule.when", when=when(words, revision)))
    lines += _people(words, page)
    lines.append(words.html("plan.audience", place=page.place, count=frozen.audience.count))
    if not revision.reach.is_everybody:
        lines.append(words.html("reach.only", reach=reach_said(words, revision.reach)))
    if page.tally.counts:
        total = sum(page.tally.counts.values())
        lines.append(words.html("plan.arrived", sent=page.tally.sent, total=total))
    lines += meetings_said(words, page.met)
    return Markup("\n").join(lines)


def _people(words: Words, page: PlannedPage) -> list[Markup]:
    author = words.html("plan.author", name=page.author.name, when=words.moment(page.submitted_at))
    agreed = [
        words.html("plan.approver", name=person.name, when=words.moment(at))
        for person, at in page.agreed
    ]
    if page.asked:
        names = words.listed(person.name for person in page.asked)
        agreed.append(words.html("plan.asked", names=names))
    return [author, *agreed]


def care_page(words: Words, page: CarePage) -> Markup:
    """What waits, what meets, and where nothing comes; numbered as the buttons are."""
    parts = [words.html("plan.care")]
    numbers = iter(range(1, len(page.waiting) + len(page.clashes) + 1))
    waiting = [_waiting(words, next(numbers), line, page.at) for line in page.waiting]
    met = [_met(words, next(numbers), entry, clash) for entry, clash in page.clashes]
    empty = [
        words.html(
            "plan.gap",
            unit=unit.name,
            first=words.date(gap.first),
            last=words.date(gap.last),
            days=gap.days,
        )
        for unit, gap in page.gaps
    ]
    for key, lines, total in (
        ("plan.care_waiting", waiting, page.waiting_in_all),
        ("plan.care_clashes", met, page.clashes_in_all),
        ("plan.care_gaps", empty, page.gaps_in_all),
    ):
        if lines:
            more = [words.html("plan.care_more", count=total - len(lines))]
            parts += [Markup(""), words.html(key, count=total), *lines]
            parts += more if total > len(lines) else []
    if not (waiting or met or empty):
        parts += [Markup(""), words.html("plan.care_nothing")]
    return Markup("\n").join(parts)


def _waiting(words: Words, number: int, line: WaitingLine, now: datetime) -> Markup:
    waiting = line.waiting
    names = words.listed(person.name for person in line.asked)
    said = words.html(
        "plan.waits",
        n=number,
        heading=shortened(waiting.heading, HEADING),
        author=line.author.name,
        since=words.moment(waiting.submitted_at),
        names=names or words.text("plan.nobody"),
    )
    if not line.is_overdue or waiting.send_at is None:
        return said
    key = "plan.time_passed" if waiting.send_at <= now else "plan.time_near"
    return Markup("{}\n{}").format(said, words.html(key, when=words.moment(waiting.send_at)))


def _met(words: Words, number: int, entry: PlanEntry, clash: Clash) -> Markup:
    return words.html(
        "plan.meets",
        n=number,
        heading=shortened(entry.heading, HEADING),
        when=words.moment(clash.mine.at),
        other=clock(clash.other.at),
        count=clash.groups,
    )


def clock(at: datetime) -> str:
    return f"{at.astimezone(LOCAL_ZONE):%H:%M}"


def day_named(words: Words, day: date) -> str:
    """A day by its weekday, short enough for a button."""
    weekday = words.text(f"calendar.weekday_{day.isoweekday()}")
    return f"{capitalised(weekday)} {day:%d/%m}"
