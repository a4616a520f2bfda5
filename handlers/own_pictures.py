"""Files that somebody sent, as they get them back: in archives that a channel takes."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import ZipFile, ZipInfo

from domain.model.attachment import Attachment, AttachmentKind

LARGEST_PART = 20 * 1024 * 1024
"""Bytes of files in one archive, all of which are in memory while it is sent."""
UNSENT = "chua-gui"

Album = tuple[str, Iterable[Attachment]]
"""The code of the case that they came with, and they; no code before it is filed."""


@dataclass(slots=True)
class _Part:
    """An archive that is being filled."""

    number: int
    held: BytesIO = field(default_factory=BytesIO)
    size: int = 0

    def add(self, name: str, content: bytes) -> None:
        with ZipFile(self.held, "a") as archive:
            # Without a moment of its own, and as it is: neither pictures nor sound grow smaller.
            archive.writestr(ZipInfo(name), content)
        self.size += len(content)

    def closed(self) -> Attachment:
        name = f"da-gui-kem-{self.number}.zip"
        return Attachment(AttachmentKind.DOCUMENT, name, self.held.getvalue())


async def archives_of(albums: AsyncIterator[Album]) -> AsyncIterator[Attachment]:
    """As many archives as it takes; none without files."""
    part = _Part(1)
    async for code, files in albums:
        for file in files:
            if part.size and part.size + len(file.content) > LARGEST_PART:
                yield part.closed()
                part = _Part(part.number + 1)
            part.add(f"{code or UNSENT}/{file.name}", file.content)
    if part.size:
        yield part.closed()
