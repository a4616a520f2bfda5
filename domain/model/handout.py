"""A file for communicators to hold in their hands: which kinds are taken, by what is in them."""

import zipfile
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO

from domain.errors import Refusal
from domain.model.attached import sha256_of
from domain.model.attachment import Attachment, AttachmentKind
from domain.model.file_name import safe_name
from domain.model.paper import require_paper

LARGEST = 20 * 1024 * 1024
"""Bytes; what the Bot API hands out at most."""
MOST_PARTS = 5_000
"""Of an office file, which is a zip: one with a million parts only wants to be slow."""
LONGEST_LIST = 1024 * 1024
"""Bytes of an office file's list of its parts."""
_PARTS = "[Content_Types].xml"
_MACROS = ("vbaproject", "vbadata", "activex/", "macrosheets/")


class Media(StrEnum):
    """What a handout is (loại tệp)."""

    PDF = "application/pdf"
    SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    PICTURE = "image/jpeg"


ENDINGS = {
    Media.PDF: ".pdf",
    Media.SLIDES: ".pptx",
    Media.DOCUMENT: ".docx",
    Media.PICTURE: ".jpg",
}
_OFFICE = {"ppt/presentation.xml": Media.SLIDES, "word/document.xml": Media.DOCUMENT}


@dataclass(frozen=True, slots=True)
class Handout:
    """A file without its bytes, which lie apart (tệp tài liệu)."""

    id: str
    name: str
    media: Media
    size: int
    sha256: str

    def holding(self, content: bytes) -> Attachment:
        """As it is sent, not to be passed on as far as the channel can see to that."""
        is_picture = self.media is Media.PICTURE
        kind = AttachmentKind.PHOTO if is_picture else AttachmentKind.DOCUMENT
        return Attachment(kind, self.name, content, is_guarded=True)


def handout_of(file_id: str, name: str, media: Media, content: bytes) -> Handout:
    """What is known of a file that was taken; its name is made harmless."""
    harmless = safe_name(name, ENDINGS[media])
    return Handout(file_id, harmless, media, len(content), sha256_of(content))


def media_of(content: bytes) -> Media:
    """What the file is, by what is in it and never by its name; Refusal if it is not taken."""
    if len(content) > LARGEST:
        raise Refusal("file.too_large", limit=LARGEST // 1024 // 1024)
    if content.startswith(b"%PDF-"):
        require_paper(content)
        return Media.PDF
    if content.startswith(b"PK\x03\x04"):
        return _office_file(content)
    raise Refusal("material.not_taken")


def _office_file(content: bytes) -> Media:
    # What the library raises on a damaged, encrypted or foreign archive is any of these.
    try:
        with zipfile.ZipFile(BytesIO(content)) as parts:
            return _by_its_parts(parts)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, KeyError, OSError, ValueError):
        raise Refusal("material.broken_file") from None


def _by_its_parts(parts: zipfile.ZipFile) -> Media:
    names = [part.filename.casefold() for part in parts.infolist()]
    if len(names) > MOST_PARTS:
        raise Refusal("material.broken_file")
    if any(mark in name for name in names for mark in _MACROS):
        raise Refusal("material.macros")
    found = [media for part, media in _OFFICE.items() if part in names]
    if len(found) != 1 or parts.getinfo(_PARTS).file_size > LONGEST_LIST:
        raise Refusal("material.not_taken")
    with parts.open(_PARTS) as listed:
        if b"macroenabled" in listed.read(LONGEST_LIST).lower():
            raise Refusal("material.macros")
    return found[0]
