"""A file of a bulletin as it came, made clean: what is known of it before it is kept."""

from dataclasses import dataclass, replace

from domain.errors import Refusal
from domain.model.attached import LONGEST_VOICE, NAMES, Attached, sha256_of
from domain.model.attachment import AttachmentKind, Film
from domain.model.file_name import safe_name
from domain.model.paper import ENDING, require_paper
from domain.model.recording import seconds_of


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file with what is known of it (tệp đã lấy)."""

    content: bytes
    one: Attached


def picture_of(content: bytes) -> Fetched:
    """A picture that was written anew."""
    return _fetched(AttachmentKind.PHOTO, content)


def film_of(film: Film) -> Fetched:
    found = _fetched(AttachmentKind.VIDEO, film.content)
    seen = replace(found.one, seconds=film.seconds, width=film.width, height=film.height)
    return replace(found, one=seen)


def voice_of(content: bytes) -> Fetched:
    """A recording; Refusal if it is none, or too long."""
    seconds = seconds_of(content)
    if seconds > LONGEST_VOICE:
        raise Refusal("media.voice_too_long", limit=LONGEST_VOICE // 60)
    found = _fetched(AttachmentKind.VOICE, content)
    return replace(found, one=replace(found.one, seconds=seconds))


def paper_of(content: bytes, name: str) -> Fetched:
    """A document under its own name, made harmless; Refusal if it is no PDF, or does something."""
    require_paper(content)
    return _fetched(AttachmentKind.DOCUMENT, content, safe_name(name, ENDING))


def _fetched(kind: AttachmentKind, content: bytes, name: str = "") -> Fetched:
    one = Attached(kind, sha256_of(content), name or NAMES[kind], "", len(content))
    return Fetched(content, one)
