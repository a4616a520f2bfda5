"""A file that goes along with words: a picture, a document to keep, a recording."""

from dataclasses import dataclass
from enum import StrEnum


class AttachmentKind(StrEnum):
    """How a channel shows a file."""

    PHOTO = "photo"
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
