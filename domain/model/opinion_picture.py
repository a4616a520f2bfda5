"""Files that go along with an opinion: sealed while it is a draft, beside its words after."""

from dataclasses import dataclass

from domain.model.attachment import Attachment, AttachmentKind

MOST_PICTURES = 5
"""Of one opinion."""


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A picture, or the recording, of an opinion that was not filed yet (ảnh, ghi âm chờ gửi)."""

    draft: str
    """The handle of the draft that it belongs to."""
    number: int
    """Of the message that it came in: a replay puts it in the same place."""
    content: bytes


def as_shown(number: int, content: bytes) -> Attachment:
    """As whoever may see it is shown it, under a name that says nothing."""
    return Attachment(AttachmentKind.PHOTO, f"anh-{number}.jpg", content, is_guarded=True)
