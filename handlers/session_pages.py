"""A session as its communicator reads it: a question, a summary, the faces of its buttons."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from content.catalog import Words, quantity
from domain.errors import Refusal
from domain.model.button import Button
from domain.model.delivery import ButtonFace, ButtonRows
from domain.model.form import FieldKind, FormField
from domain.model.session import OutreachSession, SessionState, Value
from domain.model.text import shown_short
from domain.model.typed_words import folded
from domain.usecases.session_screen import Screen
from handlers.faces import face, paired, shortened

EXCERPT = 100
ON_A_BUTTON = 40
VOCABULARY = {
    "field": "field",
    "mode": "session_mode",
    "form": "session_form",
    "scale": "session_scale",
    "audience": "session_audience",
    "language": "spoken",
    "self_assessment": "self_assessment",
}
"""Of each field whose choices are words of ours: the family of keys that names them."""
COUNTED = {
    FieldKind.MINUTES: "session.minutes",
    FieldKind.PHOTOS: "session.photo_count",
    FieldKind.VOICE: "session.voice_length",
}
REMOVED = {
    FieldKind.PHOTOS: "button.session_remove_photo",
    FieldKind.VOICE: "button.session_remove_voice",
}
ALONE = frozenset(
    {"session:copy", "session:submit", "session:done", "session:sent", "session:media"}
)
"""Buttons that stand on a row of their own."""
LAST = frozenset({"session:open", "session:clear", "session:drop", "session:discard"})


def field_label(words: Words, one: FormField, language: str) -> str:
    """What a field is called."""
    if one.is_own:
        return one.wording.get(language) or one.wording["vi"]
    return words.text(f"session_field.{one.key}", language)


def choice_label(words: Words, one: FormField, value: str, language: str) -> str:
    """What a choice is called; an office's own says so itself."""
    family = VOCABULARY.get(one.key)
    return words.text(f"{family}.{value}", language) if family and not one.is_own else value


def typed_choices(words: Words, one: FormField, typed: str, language: str) -> str:
    """The ids of the choices that were typed by their names; Refusal names one that is none."""
    parts = typed.split(",") if one.kind is FieldKind.CHOICES else [typed]
    return ",".join(_typed_choice(words, one, part, language) for part in parts)


def _typed_choice(words: Words, one: FormField, typed: str, language: str) -> str:
    wanted = folded(typed)
    names = {c: folded(choice_label(words, one, c, language)) for c in one.choices}
    same = [choice for choice, name in names.items() if name == wanted]
    alike = [choice for choice, name in names.items() if wanted and wanted in name]
    if len(same) != 1 and len(alike) != 1:
        raise Refusal("session.not_a_choice", typed=shown_short(typed))
    return (same or alike)[0]


def shown(words: Words, screen: Screen, one: FormField, language: str) -> str:
    """The answer to a field in words; '' if there is none."""
    if one.kind is FieldKind.UNIT:
        return screen.unit.name
    if one.kind is FieldKind.QUESTIONS:
        count = len(screen.questions)
        return words.text("session.question_count", language, count=count) if count else ""
    value = screen.session.answers.get(one.key)
    return "" if value in (None, ()) else _in_words(words, one, value, language)


def _in_words(words: Words, one: FormField, value: Value | None, language: str) -> str:
    match value:
        case datetime():
            return words.moment(value, language)
        case tuple():
            return words.listed([choice_label(words, one, v, language) for v in value], language)
        case int() if one.kind in COUNTED:
            return words.text(COUNTED[one.kind], language, count=value)
        case str() if one.kind is FieldKind.CHOICE:
            return choice_label(words, one, value, language)
        case str() if one.kind is FieldKind.BULLETIN:
            return words.text("session.from_bulletin", language)
        case int():
            return quantity(value, language)
        case _:
            return shortened(str(value), EXCERPT)


def page(words: Words, screen: Screen, language: str) -> Markup:
    """What is asked, or else all of it."""
    if screen.asked is None:
        return summary(words, screen, language)
    return question(words, screen, screen.asked, language)


def question(words: Words, screen: Screen, asked: FormField, language: str) -> Markup:
    """One question, what stands there now, and how many are left."""
    if asked.kind is FieldKind.QUESTIONS and screen.questions:
        return words.html("session.more_questions", language, count=len(screen.questions))
    ask = (
        words.html("session.ask_own", language, label=field_label(words, asked, language))
        if asked.is_own
        else words.html(f"session_ask.{asked.key}", language)
    )
    missing = screen.session.missing(screen.form)
    if asked in missing:
        left = words.html("session.left", language, count=len(missing))
        return ask + Markup("\n") + left
    now = shown(words, screen, asked, language)
    return ask + (Markup("\n") + words.html("session.stands", language, value=now) if now else "")


def summary(words: Words, screen: Screen, language: str) -> Markup:
    """Everything that was answered, and by name what was not."""
    session, answered, empty = screen.session, [], []
    for one in screen.form.shown:
        label, value = field_label(words, one, language), shown(words, screen, one, language)
        if value:
            answered.append(words.html("session.line", language, label=label, value=value))
        else:
            empty.append(label)
    page = words.html(
        "session.summary",
        language,
        state=words.text(f"session_state.{session.state}", language),
        lines=Markup("\n").join(answered),
    )
    notes = [page]
    if empty and session.state is not SessionState.CONFIRMED:
        notes.append(words.html("session.empty", language, fields=words.listed(empty, language)))
    return Markup("\n\n").join([*notes, *_notes(words, screen, language)])


def _notes(words: Words, screen: Screen, language: str) -> list[Markup]:
    session, notes = screen.session, list[Markup]()
    if session.state is SessionState.RETURNED:
        notes.append(words.html("session.returned_note", language, note=session.note))
    if screen.carried_over:
        taken = [one for one in screen.form.shown if one.key in screen.carried_over]
        names = words.listed([field_label(words, one, language) for one in taken], language)
        notes.append(words.html("session.carried_over", language, fields=names))
    if screen.is_older_form and session.state is not SessionState.CONFIRMED:
        notes.append(words.html("session.older_form", language))
    return notes


def buttons(words: Words, screen: Screen, language: str) -> ButtonRows:
    """Answers two by two, what is alone on its row, and the ways out at the end."""
    own = [b for b in screen.buttons if b.subject == screen.session.id]
    faces = {b.id: _face(words, screen, b, language) for b in own}
    alone = [(faces[b.id],) for b in own if b.action in ALONE]
    answers = [faces[b.id] for b in own if b.action not in ALONE | LAST]
    last = [faces[b.id] for b in own if b.action in LAST]
    others = _others(words, screen, language)
    return (*alone, *paired(answers), *others, *paired(last))


def _others(words: Words, screen: Screen, language: str) -> ButtonRows:
    ways = {b.subject: b for b in screen.buttons if b.subject != screen.session.id}
    return tuple(
        (ButtonFace(f"✏️ {draft_name(words, one, language)}", press=ways[one.id].id),)
        for one in screen.others
    )


def draft_name(words: Words, session: OutreachSession, language: str) -> str:
    """A session on a button: when it was, and about what."""
    begun = session.start_at or session.begun_at
    topic = session.answers.get("topic") or session.answers.get("place") or ""
    return shortened(f"{words.date(begun, language)} {topic}".strip(), ON_A_BUTTON)


def _face(words: Words, screen: Screen, button: Button, language: str) -> ButtonFace:
    match button.action:
        case "session:choose" | "session:toggle":
            label = _choice_face(words, screen, button, language)
        case "session:edit":
            named = field_label(words, screen.form.field(button.choice), language)
            label = f"✏️ {shortened(named, ON_A_BUTTON)}"
        case "session:remove":
            label = _removal_face(words, screen, button, language)
        case "session:bulletin":
            used = next(one for one in screen.bulletins if one.id == button.choice)
            label = f"📢 {shortened(used.text, ON_A_BUTTON)}"
        case _:
            return face(words, button, language)
    return ButtonFace(label, press=button.id)


def _removal_face(words: Words, screen: Screen, button: Button, language: str) -> str:
    """By its number among those that are there, which is how they are shown."""
    there = [one.choice for one in screen.buttons if one.action == button.action]
    kind = screen.form.field(button.choice.partition("=")[0]).kind
    return words.text(REMOVED[kind], language, number=there.index(button.choice) + 1)


def _choice_face(words: Words, screen: Screen, button: Button, language: str) -> str:
    key, _, value = button.choice.partition("=")
    one = screen.form.field(key)
    match one.kind:
        case FieldKind.MOMENT:
            return words.moment(datetime.fromisoformat(value), language)
        case FieldKind.MINUTES:
            return words.text("session.minutes", language, count=value)
        case FieldKind.UNIT:
            names = {unit.id: unit.name for unit in screen.units}
            return names.get(value, value)
        case FieldKind.CHOICES:
            chosen = screen.session.answers.get(key)
            mark = "☑️" if isinstance(chosen, tuple) and value in chosen else "▫️"
            return f"{mark} {choice_label(words, one, value, language)}"
        case FieldKind.CHOICE:
            return choice_label(words, one, value, language)
        case _:
            return shortened(value, ON_A_BUTTON)


def chosen_label(words: Words, screen: Screen, choice: str, language: str) -> str:
    """What was just chosen, for the note below the pressed message."""
    key = choice.partition("=")[0]
    return shown(words, screen, screen.form.field(key), language)


def listed_numbers(numbers: Sequence[str]) -> Markup:
    """Case numbers, ready to be copied."""
    return Markup("\n").join(Markup("• <code>{}</code>").format(one) for one in numbers)
