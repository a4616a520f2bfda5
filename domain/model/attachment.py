"""A file that goes along with words: a picture, a film, a document to keep, a recording."""

from dataclasses import dataclass
from enum import StrEnum


class AttachmentKind(StrEnum):
    """How a channel shows a file."""

    PHOTO = "photo"
    VIDEO = "video"
    DOCUMENT = "document"
    VOICE = "voice"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as it is sent (tệp gửi kèm)."""

    kind: AttachmentKind
    name: str
    content: bytes
    is_guarded: bool = False
    """Whether the channel is to keep it from being saved or passed on, as far as it can."""
    sha256: str = ""
    """Of the content, where the same goes to many: a channel may know it again; else empty."""
    seconds: int = 0
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Film:
    """What is seen and heard of a film, and how long and large it is (phim)."""

    content: bytes
    seconds: int
    width: int
    height: int
