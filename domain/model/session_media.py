"""Photos and a voice note of a session: how many, how long, and how long they are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.errors import Refusal
from domain.model.attachment import Attachment, AttachmentKind
from domain.model.form import FieldKind

MOST_PHOTOS = 4
MEDIA_KEPT = timedelta(days=90)
"""From the confirmation on; of a session that nobody has confirmed, from when they came."""
MEDIA = {FieldKind.PHOTOS: AttachmentKind.PHOTO, FieldKind.VOICE: AttachmentKind.VOICE}
"""What is sent in answer to a field of these kinds."""
_NAMES = {AttachmentKind.PHOTO: "anh-{}.jpg", AttachmentKind.VOICE: "ghi-am-{}.ogg"}


@dataclass(frozen=True, slots=True)
class MediaPlace:
    """A place for a photo, or for the voice note, of a session (chỗ cho ảnh, ghi âm)."""

    kind: AttachmentKind
    number: int
    """From 1 on; what is taken away leaves a gap."""


@dataclass(frozen=True, slots=True)
class SessionMedia:
    """A photo, or the voice note, of a session (ảnh, ghi âm)."""

    id: str
    session_id: str
    kind: AttachmentKind
    number: int
    content: bytes
    added_at: datetime

    @property
    def shown(self) -> Attachment:
        """As it is shown to whoever may see it, under a name that says nothing."""
        name = _NAMES[self.kind].format(self.number)
        return Attachment(self.kind, name, self.content, is_guarded=True)


def free_place(kind: AttachmentKind, taken: Sequence[MediaPlace]) -> MediaPlace:
    """Where one more goes, for a voice note where the last one was; Refusal if there is none."""
    if kind is AttachmentKind.VOICE:
        return MediaPlace(kind, 1)
    places = [MediaPlace(kind, number) for number in range(1, MOST_PHOTOS + 1)]
    free = [place for place in places if place not in taken]
    if not free:
        raise Refusal("session.too_many_photos", limit=MOST_PHOTOS)
    return free[0]
