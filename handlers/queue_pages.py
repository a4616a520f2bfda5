"""The queue on pages: cases by number, unit, field and due date; filters and views in words."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from markupsafe import Markup

from content.catalog import Words
from domain.model.button import Button
from domain.model.delivery import ButtonFace, ButtonRows
from domain.model.queue import Load, QueueEntry, QueueView, Whose
from domain.model.unit import Unit
from domain.usecases.filter_queue import FIELD, LABEL, STANDING, UNIT, FilterPage
from domain.usecases.show_queue import (
    DROP,
    FILTER,
    KEEP,
    LIST,
    LOADS,
    OPEN,
    VIEWS,
    QueuePage,
    ViewsPage,
)
from handlers.faces import paired, shortened

A_ROW = 4
"""Numbers side by side."""
NAME, SOUGHT = 40, 60
Units = Mapping[str, Unit]
Labels = Mapping[str, str]


def queue_page(words: Words, page: QueuePage, language: str) -> Markup:
    labels = {page.view.label_id: page.label}
    about = view_said(words, page.view, page.units, labels, language)
    head = words.html("queue.head", language, view=about)
    lines = [_line(words, n, one, page, language) for n, one in enumerate(page.entries, start=1)]
    if page.view.words and page.level is not None:
        sought = shortened(page.view.words, SOUGHT)
        found = words.html(f"queue.level_{page.level}", language, words=sought)
        head = Markup("\n").join([head, found])
    hints = ["queue.hint_read", "queue.hint"] if lines else ["queue.hint"]
    below = Markup("\n").join(words.html(hint, language) for hint in hints)
    return Markup("\n\n").join([head, *(lines or [_nothing(words, page, language)]), below])


def _nothing(words: Words, page: QueuePage, language: str) -> Markup:
    """Why the page has no case: the words may stand further back, or nothing is open at all."""
    if page.is_more:
        return words.html("queue.more_to_look_at", language)
    return words.html("queue.empty" if page.view == QueueView() else "queue.nothing", language)


def queue_rows(words: Words, page: QueuePage, language: str) -> ButtonRows:
    opened = [b for b in page.buttons if b.action == OPEN]
    faces = [ButtonFace(str(n), press=b.id) for n, b in enumerate(opened, start=1)]
    rows = [tuple(faces[n : n + A_ROW]) for n in range(0, len(faces), A_ROW)]
    turning = [b for b in page.buttons if b.action == LIST]
    rest = [b for b in page.buttons if b.action not in (OPEN, LIST)]
    asked = [ButtonFace(_way(words, b, page, language), press=b.id) for b in turning]
    others = [
        ButtonFace(words.text(f"queue.button_{b.action.partition(':')[2]}", language), press=b.id)
        for b in rest
    ]
    return (*rows, *paired(asked), *paired(others))


def _way(words: Words, button: Button, page: QueuePage, language: str) -> str:
    if button.subject:
        return words.text("queue.button_next", language)
    level = QueueView.read(button.choice).level
    if level is not None and level is not page.view.level:
        return words.text(f"queue.button_{level}", language)
    return words.text("queue.button_first", language)


def _line(words: Words, number: int, one: QueueEntry, page: QueuePage, language: str) -> Markup:
    key = "queue.line_overdue" if _is_late(one, page.now) else "queue.line"
    unit = page.units.get(one.unit_id)
    return words.html(
        key,
        language,
        n=number,
        mark="🔴 " if one.urgent else "",
        code=one.number,
        unit=unit.name if unit else "",
        field=field_said(words, one.field, language),
        due=words.date(one.due_at, language),
        state=words.text(f"opinion_state.{one.state}", language),
    )


def _is_late(one: QueueEntry, now: datetime) -> bool:
    return one.due_at < now and QueueView(state=one.state).is_due_first


def field_said(words: Words, field: str | None, language: str) -> str:
    key = f"field.{field}" if field else "queue.no_field"
    return words.text(key, language)


def view_said(words: Words, view: QueueView, units: Units, labels: Labels, language: str) -> str:
    """A view in a few words, as a person would name it."""
    unit = units.get(view.unit_id)
    parts = [standing_said(words, view.standing, language)]
    parts += [unit.name] if unit else []
    parts += [words.text(f"field.{view.field}", language)] if view.field else []
    parts += [f"🏷 {label_said(words, view, labels, language)}"] if view.label_id else []
    if view.whose is not Whose.ANYBODY:
        parts.append(words.text(f"queue.whose_{view.whose}", language))
    parts += [words.text("queue.overdue", language)] if view.is_overdue else []
    parts += [words.text("queue.urgent", language)] if view.is_urgent else []
    return " · ".join(parts)


def label_said(words: Words, view: QueueView, labels: Labels, language: str) -> str:
    return labels.get(view.label_id) or words.text("queue.label_gone", language)


def standing_said(words: Words, standing: str, language: str) -> str:
    key = f"queue.standing_{standing}"
    return words.text(key if key in words.keys else f"opinion_state.{standing}", language)


def filter_page(words: Words, page: FilterPage, language: str) -> Markup:
    about = view_said(words, page.view, page.units, page.labels, language)
    asked = page.aspect or "all"
    if asked == LABEL and not page.labels:
        asked = "no_label"
    return words.html(f"queue.ask_{asked}", language, view=about)


def filter_rows(words: Words, page: FilterPage, language: str) -> ButtonRows:
    said = _choices if page.aspect else _questions
    return paired(ButtonFace(label, press=b.id) for label, b in said(words, page, language))


def _questions(words: Words, page: FilterPage, language: str) -> Iterable[tuple[str, Button]]:
    for button in page.buttons:
        if button.action in (LIST, KEEP):
            yield words.text(f"queue.button_{button.action.partition(':')[2]}", language), button
        elif button.subject:
            key = f"queue.button_{button.subject}"
            yield words.text(key, language, now=_now(words, page, button.subject, language)), button
        else:
            yield _turned(words, page.view, QueueView.read(button.choice), language), button


def _now(words: Words, page: FilterPage, aspect: str, language: str) -> str:
    view = page.view
    unit = page.units.get(view.unit_id)
    any_of_them = words.text("queue.any", language)
    return {
        STANDING: standing_said(words, view.standing, language),
        FIELD: words.text(f"field.{view.field}", language) if view.field else any_of_them,
        UNIT: unit.name if unit else any_of_them,
        LABEL: label_said(words, view, page.labels, language) if view.label_id else any_of_them,
    }[aspect]


def _turned(words: Words, view: QueueView, other: QueueView, language: str) -> str:
    """A press that turns one thing over says how it stands now."""
    if view.whose is not other.whose:
        return words.text(f"queue.button_whose_{view.whose}", language)
    about = "overdue" if view.is_overdue is not other.is_overdue else "urgent"
    is_on = view.is_overdue if about == "overdue" else view.is_urgent
    return words.text(f"queue.button_{about}_{'on' if is_on else 'off'}", language)


def _choices(words: Words, page: FilterPage, language: str) -> Iterable[tuple[str, Button]]:
    at = 0
    for button in page.buttons:
        other = QueueView.read(button.choice)
        if button.subject:
            number = int(button.subject.partition("/")[2])
            key = "queue.button_more" if number > at else "queue.button_back"
            yield words.text(key, language), button
            at = number
        else:
            yield shortened(_chosen(words, page, other, language), NAME), button


def _chosen(words: Words, page: FilterPage, other: QueueView, language: str) -> str:
    match page.aspect:
        case "standing":
            return standing_said(words, other.standing, language)
        case "field":
            return (
                field_said(words, other.field, language) if other.field else _any(words, language)
            )
        case "label":
            return page.labels.get(other.label_id) or _any(words, language)
        case _:
            unit = page.units.get(other.unit_id)
            return unit.name if unit else _any(words, language)


def _any(words: Words, language: str) -> str:
    return words.text("queue.any", language)


def views_page(words: Words, page: ViewsPage, language: str) -> Markup:
    lines = [
        Markup("{}. {}").format(n, view_said(words, view, page.units, page.labels, language))
        for n, view in enumerate(page.views, start=1)
    ]
    none = [words.html("queue.no_views", language)]
    return Markup("\n").join([words.html("queue.views", language), Markup(""), *(lines or none)])


def views_rows(words: Words, page: ViewsPage, language: str) -> ButtonRows:
    *kept, back = page.buttons
    rows = []
    for n in range(0, len(kept), 2):
        number = n // 2 + 1
        shown, dropped = (
            ButtonFace(words.text(f"queue.button_view_{what}", language, n=number), press=b.id)
            for what, b in zip(("show", "drop"), kept[n : n + 2], strict=True)
        )
        rows.append((shown, dropped))
    return (*rows, (ButtonFace(words.text("queue.button_all", language), press=back.id),))


def loads_page(words: Words, loads: Iterable[Load], language: str) -> Markup:
    lines = [
        words.html(
            "queue.load" if one.person_id else "queue.load_nobody",
            language,
            name=one.name,
            count=one.in_hand,
            overdue=one.overdue,
            urgent=one.urgent,
        )
        for one in loads
    ]
    none = [words.html("queue.empty", language)]
    return Markup("\n").join([words.html("queue.loads", language), Markup(""), *(lines or none)])


__all__ = [
    "DROP", "FILTER", "LOADS", "VIEWS", "filter_page", "filter_rows", "loads_page", "queue_page",
    "queue_rows", "views_page", "views_rows",
]  # fmt: skip
