"""What somebody sent beside words: a photo, a recording, or something else."""

from dataclasses import dataclass
from enum import StrEnum

from telegram import Message, TelegramObject

from domain.model.marks import Entity


class FileKind(StrEnum):
    """What a file is, as far as whoever takes it must know."""

    PHOTO = "photo"
    """Also a picture that was sent as a file."""
    VOICE = "voice"
    FILM = "film"
    SOUND = "sound"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that somebody sent (tệp được gửi)."""

    kind: FileKind
    id: str
    """Under which it can be fetched; good for a while only, and kept nowhere."""
    seconds: int = 0
    """How long a recording says it is."""
    album: str = ""
    """What several that were sent as one have in common."""
    has_words: bool = False
    name: str = ""
    """As its sender's machine calls it; not to be trusted in anything."""
    size: int = 0
    """Bytes, as the channel says."""
    caption: str = ""
    """The words that stand below it."""


def file_of(message: Message) -> Incoming | None:
    """The file of a message, the largest of a photo's sizes; None if there is none."""
    kind, found = _found(message)
    if found is None:
        return None
    told = found.to_dict()
    return Incoming(
        kind=kind,
        id=str(told.get("file_id", "")),
        seconds=int(told.get("duration") or 0),
        album=message.media_group_id or "",
        has_words=bool(message.caption),
        name=str(told.get("file_name") or ""),
        size=int(told.get("file_size") or 0),
        caption=message.caption or "",
    )


def entities_of(message: Message) -> tuple[Entity, ...]:
    """How stretches of a message's text were formatted, in the channel's words."""
    return tuple(
        Entity(str(one.type), one.offset, one.length, one.url or "") for one in message.entities
    )


def _found(message: Message) -> tuple[FileKind, TelegramObject | None]:
    document = message.document
    if message.photo:
        return FileKind.PHOTO, message.photo[-1]
    if film := message.video or message.video_note or message.animation:
        return FileKind.FILM, film
    if message.voice:
        return FileKind.VOICE, message.voice
    if document and (document.mime_type or "").startswith("image/"):
        return FileKind.PHOTO, document
    return (FileKind.SOUND, message.audio) if message.audio else (FileKind.DOCUMENT, document)
