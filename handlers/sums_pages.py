"""The figures of opinions on one page: a line for each month, place or field."""

from markupsafe import Markup

from content.catalog import Words
from domain.model.button import Button
from domain.model.delivery import ButtonFace, ButtonRows
from domain.model.opinion_sums import WHOLE_YEAR, Cut, SumsView
from domain.usecases.review_sums import SumsPage
from handlers.faces import paired


def sums_page(words: Words, page: SumsPage, language: str) -> Markup:
    view, sums = page.view, page.sums
    when = _when(words, view, language)
    head = words.html("queue.sums", language, unit=page.unit.name, when=when)
    if sums.total is None:
        return Markup("\n\n").join([head, words.html("queue.sums_few", language)])
    lines = [words.html("queue.sums_total", language, count=sums.total)]
    lines += [
        words.html("queue.sums_line", language, name=_name(words, page, key, language), count=count)
        for key, count in sums.lines
    ]
    if sums.together:
        rest = words.html("queue.sums_rest", language, parts=sums.together, count=sums.rest)
        lines.append(rest)
    told = words.html("queue.sums_rule", language)
    return Markup("\n\n").join([head, Markup("\n").join(lines), told])


def sums_rows(words: Words, page: SumsPage, language: str) -> ButtonRows:
    faces = [ButtonFace(_label(words, page, b, language), press=b.id) for b in page.buttons]
    return paired(faces)


def _label(words: Words, page: SumsPage, button: Button, language: str) -> str:
    view, now = SumsView.read(button.choice), page.view
    if view.unit_id != now.unit_id:
        name = page.units[view.unit_id].name
        return f"⬆ {name}" if view.unit_id == page.unit.parent_id else name
    if view.cut is not now.cut:
        return words.text(f"queue.button_by_{view.cut}", language)
    return _when(words, view, language)


def _when(words: Words, view: SumsView, language: str) -> str:
    if view.month == WHOLE_YEAR:
        return words.text("queue.sums_year", language, year=str(view.year))
    return words.text("queue.sums_month", language, month=f"{view.month:02}/{view.year}")


def _name(words: Words, page: SumsPage, key: str, language: str) -> str:
    match page.view.cut:
        case Cut.MONTH:
            year, _, month = key.partition("-")
            return words.text("queue.sums_month", language, month=f"{month}/{year}")
        case Cut.UNIT if key == page.unit.id:
            return words.text("queue.sums_itself", language)
        case Cut.UNIT:
            return page.units[key].name
        case Cut.FIELD:
            return words.text(f"field.{key}" if key else "queue.sums_no_field", language)
