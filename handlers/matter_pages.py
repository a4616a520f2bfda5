"""Matters on pages: their cases by number and state, and what the public answer has come to."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from content.catalog import Words
from domain.model.button import Button
from domain.model.delivery import ButtonFace, ButtonRows
from domain.model.matter import Hindrance, Matter, MatterCase, Reasons
from domain.usecases.answer_matter import Answered, AnswerPreview
from domain.usecases.gather_cases import INTO, NEW, SHOW, Choice
from domain.usecases.show_matter import MatterPage, MattersPage
from handlers.faces import face, one_a_row, paired, shortened

TITLE = 40
"""UTF-16 units of a title on a button."""


def choice_page(words: Words, choice: Choice, language: str) -> Markup:
    if choice.present is not None:
        title = choice.present.title
        return words.html("matter.is_in", language, code=choice.opinion.number, title=title)
    key = "matter.choose" if choice.found else "matter.choose_new"
    lines = Markup("\n").join(
        words.html("matter.line", language, title=one.title) for one in choice.found
    )
    return words.html(key, language, code=choice.opinion.number, lines=lines)


def choice_rows(words: Words, choice: Choice, language: str) -> ButtonRows:
    titles = {one.id: one.title for one in choice.found}
    units = {one.id: one.name for one in choice.units}
    rows = [(_choosing(words, one, titles, units, language),) for one in choice.buttons]
    return tuple(rows)


def _choosing(
    words: Words, button: Button, titles: dict[str, str], units: dict[str, str], language: str
) -> ButtonFace:
    if button.action == INTO:
        return ButtonFace("📌 " + shortened(titles[button.choice], TITLE), press=button.id)
    if button.action == NEW:
        label = words.text("button.matter_new", language, unit=units[button.choice])
        return ButtonFace(label, press=button.id)
    return face(words, button, language)


def matters_page(words: Words, page: MattersPage, language: str) -> Markup:
    lines = [
        words.html("matter.line_of_unit", language, title=matter.title, unit=unit.name)
        for matter, unit in page.found
    ]
    none = [words.html("matter.none_open", language)]
    return Markup("\n").join([words.html("matter.all_open", language), *(lines or none)])


def matters_rows(words: Words, page: MattersPage, language: str) -> ButtonRows:
    titles = {matter.id: matter.title for matter, _ in page.found}
    return tuple(
        (
            ButtonFace(shortened(titles[one.choice], TITLE), press=one.id)
            if one.action == SHOW
            else face(words, one, language),
        )
        for one in page.buttons
    )


def matter_page(words: Words, page: MatterPage, language: str) -> Markup:
    head = words.html(
        "matter.page",
        language,
        title=page.matter.title,
        unit=page.unit.name,
        count=page.count,
        bulletin=_bulletin(words, page, language),
    )
    lines = [_line(words, one, language) for one in page.cases]
    if page.count and not lines:  # whoever only writes its bulletin is told how many, not which
        return head
    none = [words.html("matter.no_cases", language)]
    return Markup("\n").join([head, Markup(""), *(lines or none)])


def matter_rows(
    words: Words, page: MatterPage, links: Sequence[ButtonFace], language: str
) -> ButtonRows:
    """The ways to its cases, then what can be done with all of them."""
    return (*paired(links), *one_a_row(words, page.buttons, language))


def _bulletin(words: Words, page: MatterPage, language: str) -> str:
    if page.matter.closed_at is not None:
        return words.text("matter.is_closed", language)
    if page.has_answered:
        return words.text("matter.has_answered", language)
    if page.bulletin is None:
        return words.text("matter.no_bulletin", language)
    state = words.text(f"bulletin_state.{page.bulletin}", language)
    return words.text("matter.bulletin_is", language, state=state)


def _line(words: Words, one: MatterCase, language: str) -> Markup:
    waits = f"hindrance.{Hindrance.LETTER_WAITS}"
    key = waits if one.letter_waits else f"opinion_state.{one.state}"
    return words.html("matter.case", language, code=one.number, state=words.text(key, language))


def answer_page(words: Words, preview: AnswerPreview, language: str) -> Markup:
    left = left_said(words, preview.left, language)
    if preview.letter is None:
        return words.html("matter.nobody_now", language, title=preview.matter.title, left=left)
    return words.html(
        "matter.preview_waits" if preview.waits else "matter.preview",
        language,
        title=preview.matter.title,
        count=preview.count,
        letter=Markup(preview.letter.markup),  # noqa: S704 - rendered and escaped by the letterhead
        left=left,
    )


def answered_page(words: Words, matter: Matter, answered: Answered, language: str) -> Markup:
    said = [words.html("matter.answered", language, title=matter.title, count=answered.said)]
    if answered.submitted:
        said.append(words.html("matter.submitted", language, count=answered.submitted))
    if answered.halt:
        said.append(words.html(f"matter.halted_{answered.halt}", language))
    return Markup("\n").join(said) + left_said(words, answered.left, language)


def left_said(words: Words, left: Reasons, language: str) -> Markup:
    """How many are left, reason by reason; nothing where none is."""
    if not left.total():
        return Markup("")
    lines = [
        words.html("matter.left_line", language, count=left[reason], reason=why)
        for reason, why in _reasons(words, left, language)
    ]
    head = words.html("matter.left", language, count=left.total())
    return Markup("\n\n") + Markup("\n").join([head, *lines])


def _reasons(words: Words, left: Reasons, language: str) -> Iterable[tuple[Hindrance, str]]:
    for reason in Hindrance:
        if left[reason]:
            yield reason, words.text(f"hindrance.{reason}", language)
