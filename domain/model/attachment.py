"""A file that goes along with words: a picture, or a document to keep."""

from dataclasses import dataclass
from enum import StrEnum


class AttachmentKind(StrEnum):
    """How a channel shows a file."""

    PHOTO = "photo"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as it is sent (tệp gửi kèm)."""

    kind: AttachmentKind
    name: str
    content: bytes
