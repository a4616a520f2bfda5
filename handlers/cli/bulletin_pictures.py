"""Pictures that lie beside a bulletin's file: whether each can go along."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

from content.bulletins.sheet import Picture, Sheet
from content.records import Flaw
from domain.errors import Refusal

Develop = Callable[[bytes], Awaitable[bytes]]
"""A picture without anything but what is seen on it; Refusal if it is none."""
LARGEST = 20 * 2**20
"""Bytes of one picture, before anybody looks into it."""


async def picture_flaws(sheet: Sheet, develop: Develop) -> list[Flaw]:
    """What is wrong with the pictures that a file names."""
    return [flaw async for flaw in _flaws(sheet, develop)]


async def _flaws(sheet: Sheet, develop: Develop) -> AsyncIterator[Flaw]:
    for picture in sheet.pictures:
        try:
            await developed(sheet, picture, develop)
        except Refusal as why:
            name = sheet.reading.path.name
            reason = f"picture_{why.key.rpartition('.')[2].removeprefix('picture_')}"
            yield Flaw(name, picture.line, "pictures", reason, {"file": picture.file} | why.values)


async def developed(sheet: Sheet, picture: Picture, develop: Develop) -> bytes:
    """The picture as it will be sent; Refusal says what is wrong with its file."""
    return await develop(_read(sheet.reading.path.parent / picture.file))


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as opened:
            data = opened.read(LARGEST + 1)
    except (OSError, ValueError):  # a name that no file can have
        raise Refusal("flaw.picture_missing", file=path.name) from None
    if len(data) > LARGEST:
        raise Refusal("flaw.picture_too_large", file=path.name, limit=LARGEST // 2**20)
    return data
