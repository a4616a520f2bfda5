"""What goes along with a bulletin, in words: how many, how large, and what is seen on each."""

from collections.abc import Sequence

from markupsafe import Markup

from content.catalog import Words
from domain.model.attached import LONGEST_ALT, MOST_PICTURES, Attached, Enclosed
from domain.model.attachment import AttachmentKind
from domain.model.bulletin import Revision
from domain.model.button import Button
from domain.model.delivery import ButtonRows, Payload
from domain.model.frozen import FrozenText
from handlers.faces import face

KIB = 1024
ONE_FILE = "media:describe"


def files_cards(words: Words, revision: Revision) -> tuple[Payload, ...]:
    """The files themselves as the groups will get them, then what is said of each."""
    attached = revision.attachments
    if not attached:
        return ()
    shown = words.html("media.along", count=len(attached), kind=_kind(words, attached))
    return (
        Payload(shown, shows=revision.id),
        Payload(Markup("\n").join(_lines(words, attached, "vi"))),
    )


def media_page(words: Words, attached: Enclosed, language: str) -> Markup:
    """What there is so far, and what may be sent now."""
    if not attached:
        return words.html("media.ask", language, limit=MOST_PICTURES)
    head = words.html(
        "media.so_far",
        language,
        count=len(attached),
        limit=MOST_PICTURES,
        kind=_kind(words, attached, language),
    )
    more = Markup("")
    if attached[0].kind is AttachmentKind.PHOTO and len(attached) < MOST_PICTURES:
        more = words.html("media.more", language)
    lines = _lines(words, attached, language)
    return Markup("\n").join(part for part in [head, *lines, more] if part)


def alt_question(words: Words, place: int, count: int, language: str) -> Markup:
    return words.html("media.ask_alt", language, place=place, count=count, limit=LONGEST_ALT)


def media_rows(words: Words, buttons: Sequence[Button], language: str) -> ButtonRows:
    """A row for each file, and the way back below them."""
    rows: list[list[Button]] = []
    for button in buttons:
        if button.action == ONE_FILE or not button.choice or not rows:
            rows.append([])
        rows[-1].append(button)
    return tuple(tuple(face(words, button, language) for button in row) for row in rows)


def _kind(words: Words, attached: Enclosed, language: str = "vi") -> str:
    return words.text(f"media.kind_{attached[0].kind}", language)


def _lines(words: Words, attached: Enclosed, language: str) -> list[Markup]:
    """One for each file; a missing description is said to be missing."""
    return [_line(words, place, one, language) for place, one in enumerate(attached, 1)]


def _line(words: Words, place: int, one: Attached, language: str) -> Markup:
    said = Markup.escape(one.alt) if one.alt else words.html("media.no_alt", language)
    name = one.name if one.kind is AttachmentKind.DOCUMENT else ""
    size = max(1, round(one.size / KIB))
    return words.html(
        "media.line", language, place=place, said=said, size=size, name=f"{name} · " if name else ""
    )


def feet_shown(words: Words, frozen: FrozenText) -> list[Payload]:
    """What an approver sees of the buttons below posts in channels, in each language."""
    shown = []
    for foot in frozen.feet.values():
        is_album = len(frozen.revision.attachments) > 1
        key = "review.foot_of_album" if is_album else "review.foot"
        shown.append(Payload(words.html(key, line=foot.line), foot.rows))
    return shown
