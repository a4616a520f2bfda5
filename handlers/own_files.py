"""Files of one's own sessions: the picture of the last months, and a workbook of all of them."""

from collections.abc import Iterator
from datetime import date

from content.catalog import LOCAL_TIME, Words
from domain.model.attachment import Attachment, AttachmentKind
from domain.model.form import FieldKind, FormField
from domain.model.own_sessions import OwnPage
from domain.model.session import OutreachSession
from domain.model.text import masked
from domain.usecases.list_own_sessions import OwnList
from handlers.session_pages import choice_label, field_label

Cell = str | int | date


def picture_of(page: OwnPage) -> Attachment:
    """The same in every language: digits and shapes."""
    from handlers.month_chart import Bar, draw

    bars = [Bar(m.first_on, m.count.sessions, m.count.waiting, m.expected) for m in page.months]
    return Attachment(AttachmentKind.PHOTO, "buoi-cua-toi.png", draw(bars))


def workbook_of(words: Words, own: OwnList, language: str) -> Attachment:
    """A row for each session: the person's own words, of questions only how many."""
    from handlers.workbook import write_workbook

    headings = [words.text(f"own.column_{one}", language) for one in ("day", "hour")]
    fields = [one for one in own.form.fields if _is_told(own, one)]
    headings += [field_label(words, one, language) for one in fields]
    headings.append(words.text("own.column_state", language))
    rows = [list(_row(words, own, one, fields, language)) for one in own.sessions]
    content = write_workbook(headings, rows)
    return Attachment(AttachmentKind.DOCUMENT, "buoi-cua-toi.xlsx", content)


def _is_told(own: OwnList, one: FormField) -> bool:
    """Whether it has a column: the start has two of its own, what is hidden only if it was used."""
    if one.kind is FieldKind.MOMENT:
        return False
    return not one.is_hidden or any(one.key in session.answers for session in own.sessions)


def _row(
    words: Words, own: OwnList, session: OutreachSession, fields: list[FormField], language: str
) -> Iterator[Cell]:
    start = session.start_at
    local = start.astimezone(LOCAL_TIME) if start else None
    yield local.date() if local else ""
    yield f"{local:%H:%M}" if local else ""
    for one in fields:
        yield _cell(words, own, session, one, language)
    yield words.text(f"session_state.{session.state}", language)


def _cell(
    words: Words, own: OwnList, session: OutreachSession, one: FormField, language: str
) -> Cell:
    match one.kind, session.answers.get(one.key):
        case FieldKind.UNIT, _:
            return own.units[session.unit_id].name
        case FieldKind.QUESTIONS, _:
            return own.questions.get(session.id, 0)
        case FieldKind.BULLETIN, str():
            return words.text("session.from_bulletin", language)
        case FieldKind.CHOICE, str(value):
            return choice_label(words, one, value, language)
        case FieldKind.CHOICES, tuple(values):
            return words.listed([choice_label(words, one, v, language) for v in values], language)
        case _, int(number):
            return number
        case _, str(text):
            return masked(text)
    return ""
