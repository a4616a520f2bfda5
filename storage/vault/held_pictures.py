"""Files of opinions that were not filed yet: each sealed with the draft that it belongs to.

The table is called after pictures, which came first: its name is part of every seal in it.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from sqlalchemy import Delete, delete
from sqlmodel import col, select

from domain.model.opinion_picture import HeldFile
from storage.errors import SealBroken
from storage.vault.keys import KeyRing
from storage.vault.sealing import MonthKey
from storage.vault.tables import HeldPictureRow, OpinionDraftRow
from storage.vault.unfiled import PICTURE, UNFILED

LEFT_BEHIND = timedelta(days=2)
"""How long one may lie there without its draft: a crash parted them, and its update never came."""


def sealed(keys: KeyRing, file: HeldFile, now: datetime) -> HeldPictureRow:
    plain = f"{file.draft}\n{file.number}\n".encode() + file.content
    day = now.astimezone(UTC).date()
    named = names(keys.current(), plain)
    row = HeldPictureRow(name=named["name"], draft=named["draft"], held_on=day)
    return keys.seal(row, plain)


def names(key: MonthKey, plain: bytes) -> Mapping[str, str]:
    """By its place in the draft, so that one that comes again takes its own."""
    draft, number, _ = plain.split(b"\n", 2)
    place = f"{draft.decode()}|{number.decode()}"
    return {"name": key.index(PICTURE, place), "draft": key.index(UNFILED, draft.decode())}


def opened(keys: KeyRing, row: HeldPictureRow) -> HeldFile:
    """SealBroken if somebody has moved it to another draft."""
    draft, number, content = keys.open(row).split(b"\n", 2)
    if row.draft not in keys.indexes(UNFILED, draft.decode()):
        raise SealBroken("a file of another draft")
    return HeldFile(draft.decode(), int(number), content)


def this(keys: KeyRing, draft: str, number: int) -> Delete:
    places = keys.indexes(PICTURE, f"{draft}|{number}")
    return delete(HeldPictureRow).where(col(HeldPictureRow.name).in_(places))


def left_behind(epoch: str, now: datetime) -> Delete:
    """Under the key in use: while one is sealed anew, its draft may be there by another name."""
    alone = col(HeldPictureRow.draft).not_in(select(OpinionDraftRow.name))
    before = (now - LEFT_BEHIND).astimezone(UTC).date()
    old = col(HeldPictureRow.epoch) == epoch, col(HeldPictureRow.held_on) < before
    return delete(HeldPictureRow).where(alone, *old)
