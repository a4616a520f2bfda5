"""A publication in one language: its words, files and question, ready for pages and feeds."""

from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from content.catalog import FIRST_LANGUAGE, Words
from domain.model.attached import Attached
from domain.model.attachment import AttachmentKind
from domain.model.correction import pointing_at
from domain.model.poll import Poll
from domain.model.publication import Publication
from domain.model.text import visible
from handlers.console.blocks import Block, blocks
from handlers.console.desk import DESK, SHOWN_IN, language_of
from handlers.faces import capitalised, shortened

LIST = "/tin"
LONGEST_TITLE = 90
KILO, MEGA = 1024, 1024 * 1024
MEDIA_TYPES = {
    AttachmentKind.PHOTO: "image/jpeg",
    AttachmentKind.VIDEO: "video/mp4",
    AttachmentKind.VOICE: "audio/ogg",
    AttachmentKind.DOCUMENT: "application/pdf",
}


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A picture to look at, or a file behind a link."""

    path: str
    is_picture: bool
    media_type: str
    alt: str
    """What is seen or heard; of a picture never empty."""
    label: str
    """What kind of file it is, and how large."""
    size: int
    seconds: int


@dataclass(frozen=True, slots=True)
class ShownPoll:
    """What was asked; what came of it is a bulletin of its own, which two people approve."""

    language: str
    question: str
    options: tuple[str, ...]
    note: str
    """How one answers, and when it closes or closed."""
    right: str
    """A quiz's right option and why; empty until it has closed."""

    @property
    def text(self) -> str:
        options = "\n".join(f"• {option}" for option in self.options)
        return "\n\n".join(part for part in (self.question, options, self.note, self.right) if part)


@dataclass(frozen=True, slots=True)
class Shown:
    """A publication in one language, ready for a page or a feed."""

    id: str
    title: str
    body: str
    """Who issues it."""
    field: str
    language: str
    """In which its words are: Vietnamese where the wanted language was not written."""
    published_at: datetime
    changed_at: datetime
    """When its poll closed, if it has one; else as it was published."""
    day: str
    words: str
    blocks: tuple[Block, ...]
    files: tuple[ShownFile, ...]
    along: str
    """How many files there are, and of which kind; empty without any."""
    poll: ShownPoll | None
    languages: tuple[str, ...]
    corrects: str
    corrected_by: str
    followed_by: str
    follows: str

    @property
    def pictures(self) -> tuple[ShownFile, ...]:
        """To look at before the words, as in a chat."""
        return tuple(one for one in self.files if one.is_picture)

    @property
    def others(self) -> tuple[ShownFile, ...]:
        return tuple(one for one in self.files if not one.is_picture)

    @property
    def path(self) -> str:
        return f"{LIST}/{self.id}"

    @property
    def text(self) -> str:
        """All of it without any markup."""
        files = [f"{one.label}: {one.alt}" if one.alt else one.label for one in self.files]
        parts = [self.words, "\n".join(files), self.poll.text if self.poll else ""]
        return "\n\n".join(part for part in parts if part)


def shown(request: web.Request, publication: Publication) -> Shown:
    """In the language that was asked for, as far as it was written."""
    words, wanted = request.app[DESK].words, language_of(request)
    text, revision = publication.text, publication.text.revision
    language = wanted if wanted in text.rendered else FIRST_LANGUAGE
    version = revision.in_language(language)
    markup = pointing_at(text.in_language(language), "")
    now = request.app[DESK].clock.now()
    closed = publication.poll_closes_at
    return Shown(
        id=publication.id,
        title=shortened(version.heading, LONGEST_TITLE),
        body=revision.issuing_body,
        field=words.text(f"field.{revision.field}", wanted),
        language=language,
        published_at=publication.published_at,
        changed_at=closed if closed and closed <= now else publication.published_at,
        day=words.moment(publication.published_at, wanted),
        words=visible(markup),
        blocks=blocks(markup, said_above=(version.title, revision.issuing_body)),
        files=_files(words, publication, wanted),
        along=_along(words, revision.attachments, wanted),
        poll=_poll(words, publication, revision.poll, wanted, now) if revision.poll else None,
        languages=tuple(code for code in SHOWN_IN if code in text.rendered),
        corrects=publication.corrects,
        corrected_by=publication.corrected_by,
        followed_by=publication.followed_by,
        follows=publication.follows,
    )


def _files(words: Words, publication: Publication, language: str) -> tuple[ShownFile, ...]:
    return tuple(
        _file(words, one, f"{LIST}/{publication.id}/{number}", number, language)
        for number, one in enumerate(publication.text.revision.attachments, 1)
    )


def _file(words: Words, one: Attached, path: str, number: int, language: str) -> ShownFile:
    is_picture = one.kind is AttachmentKind.PHOTO
    nothing_said = words.text("console.undescribed", language, place=number) if is_picture else ""
    name = f"{one.name}, " if one.kind is AttachmentKind.DOCUMENT else ""
    kind = capitalised(words.text(f"media.kind_{one.kind}", language))
    size = _size(words, one.size, language)
    label = words.text("console.file", language, kind=kind, about=name + size)
    alt = one.alt or nothing_said
    return ShownFile(path, is_picture, MEDIA_TYPES[one.kind], alt, label, one.size, one.seconds)


def _size(words: Words, count: int, language: str) -> str:
    if count < MEGA:
        return words.text("console.kilobytes", language, size=max(1, round(count / KILO)))
    return words.text("console.megabytes", language, size=words.decimal(count / MEGA, language))


def _along(words: Words, attached: tuple[Attached, ...], language: str) -> str:
    if not attached:
        return ""
    kind = words.text(f"media.kind_{attached[0].kind}", language)
    return words.text("console.along", language, count=len(attached), kind=kind)


def _poll(
    words: Words, publication: Publication, poll: Poll, wanted: str, now: datetime
) -> ShownPoll:
    asked = poll.in_language(wanted)
    closes_at = poll.closes(publication.broadcast.went_out_at)
    is_over = closes_at <= now
    key = "console.poll_closed" if is_over else "console.poll_open"
    kind = capitalised(words.text(f"poll_kind.{poll.kind}", wanted))
    note = words.text(key, wanted, kind=kind, closes=words.moment(closes_at, wanted))
    right = ""
    if is_over and poll.correct is not None:
        option = asked.options[poll.correct]
        said = words.text("console.poll_right", wanted, option=option)
        right = f"{said} {asked.explanation}".rstrip()
    language = wanted if wanted in poll.words else FIRST_LANGUAGE
    return ShownPoll(language, asked.question, asked.options, note, right)
