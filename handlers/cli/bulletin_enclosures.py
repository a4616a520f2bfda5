"""Files that lie beside a bulletin's own: made clean as in the chat, or named as flawed."""

from dataclasses import dataclass, field
from pathlib import Path

from content.bulletins.enclosures import PICTURES, Named
from content.bulletins.sheet import Sheet
from content.records import Flaw
from domain.errors import Refusal
from domain.model.attached import NAMES, Attached, Enclosed, described, sha256_of, with_one_more
from domain.model.attachment import AttachmentKind
from domain.model.fetched import Fetched, film_of, paper_of, picture_of, voice_of
from domain.model.imported_bulletin import FiledFile
from handlers.cli.doors import Channel

MEBIBYTE = 2**20
LARGEST = 20 * MEBIBYTE
"""Bytes of one file, before anybody looks into it."""
LARGEST_VOICE = 2 * MEBIBYTE
MOST_AT_ONCE = 100 * MEBIBYTE
"""Of all files of one import, as they are kept: they wait in memory until nothing is wrong."""
ABOUT_ALT = "media.alt_too_long"


@dataclass(slots=True)
class Enclosures:
    """The files that go along with the bulletins of one import (tệp kèm của đợt nhập)."""

    channel: Channel
    most: int = MOST_AT_ONCE
    contents: dict[str, bytes] = field(default_factory=dict)
    """What is to be kept, by its hash."""

    async def read(self, sheet: Sheet) -> tuple[tuple[FiledFile, ...], list[Flaw]]:
        """What a bulletin's file names, and what is wrong with it, by the line that names it."""
        filed: list[FiledFile] = []
        flaws: list[Flaw] = []
        attached: Enclosed = ()
        for named in sheet.files:
            kind = _kind(named)
            # What cannot go along takes its room all the same, so that no other flaw hides.
            one = FiledFile(Attached(kind, "", NAMES[kind], named.alt, 0), "")
            try:
                one = await self._filed(sheet.reading.path.parent / named.file, named)
                attached = with_one_more(attached, one.attached)
            except Refusal as why:
                flaws.append(_flaw(sheet, named, why))
            filed.append(one)
        return tuple(filed), flaws

    async def _filed(self, path: Path, named: Named) -> FiledFile:
        raw = _read(path, LARGEST_VOICE if _kind(named) is AttachmentKind.VOICE else LARGEST)
        fetched = await self._fetched(raw, named)
        (one,) = described((fetched.one,), fetched.one.sha256, named.alt)
        self._keep(fetched, named.file)
        return FiledFile(one, sha256_of(raw))

    async def _fetched(self, raw: bytes, named: Named) -> Fetched:
        """The file as it will be sent; Refusal says what is wrong with it."""
        match _kind(named):
            case AttachmentKind.PHOTO:
                return picture_of(await self.channel.rewritten(raw))
            case AttachmentKind.VIDEO:
                return film_of(self.channel.cleaned(raw))
            case AttachmentKind.VOICE:
                return voice_of(self.channel.only_sound(raw))
            case AttachmentKind.DOCUMENT:
                return paper_of(raw, named.file)

    def _keep(self, fetched: Fetched, file: str) -> None:
        others = (len(one) for sha256, one in self.contents.items() if sha256 != fetched.one.sha256)
        if sum(others) + len(fetched.content) > self.most:
            raise Refusal("flaw.file_too_much_at_once", file=file, limit=self.most // MEBIBYTE)
        self.contents[fetched.one.sha256] = fetched.content


def _kind(named: Named) -> AttachmentKind:
    return AttachmentKind.PHOTO if named.field == PICTURES else AttachmentKind(named.field)


def _flaw(sheet: Sheet, named: Named, why: Refusal) -> Flaw:
    """The rule's own word for it; its sentence is for somebody who sent a file in the chat."""
    name, line = named.field, named.line
    if why.key == ABOUT_ALT:
        name, line = "alt", named.alt_line
    reason = f"file_{why.key.rpartition('.')[2].removeprefix('file_')}"
    return Flaw(sheet.reading.path.name, line, name, reason, {"file": named.file} | why.values)


def _read(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as opened:
            data = opened.read(most + 1)
    except (OSError, ValueError):  # a name that no file can have
        raise Refusal("flaw.file_missing", file=path.name) from None
    if len(data) > most:
        raise Refusal("file.too_large", limit=most // MEBIBYTE)
    return data
