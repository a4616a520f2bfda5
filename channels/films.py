"""Films made clean: place, hour and notes are taken out of an MP4, and nothing else of it moves."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from domain.errors import Refusal
from domain.model.attachment import Film

# A film cannot be written anew as a picture can: that takes an encoder, a program many times as
# large as this one. So its boxes are walked through, and whatever is not needed to play it (notes,
# places, a program's own data) is made free space of the same length, zeroed: nothing moves, and
# every table of places in the file stays true. What is seen and heard stays as it was, also what a
# camera may have hidden inside those streams; a track that says by itself that it is neither is
# refused.

TOP = b""
KEPT = {
    TOP: frozenset({b"ftyp", b"styp", b"moov", b"mdat", b"moof", b"sidx", b"mfra"}),
    b"moov": frozenset({b"mvhd", b"trak", b"mvex"}),
    b"trak": frozenset({b"tkhd", b"edts", b"tref", b"mdia"}),
    b"mdia": frozenset({b"mdhd", b"hdlr", b"minf", b"elng"}),
    b"minf": frozenset({b"vmhd", b"smhd", b"hdlr", b"dinf", b"stbl"}),
    b"moof": frozenset({b"mfhd", b"traf"}),
    b"traf": frozenset(
        {b"tfhd", b"tfdt", b"trun", b"sbgp", b"sgpd", b"saiz", b"saio", b"subs", b"senc"}
    ),
}
"""What each box that is gone into may hold."""
STAMPED = frozenset({b"mvhd", b"tkhd", b"mdhd"})
"""They begin with when the film was made and changed."""
SEEN, HEARD = b"vide", b"soun"
MOST_BOXES = 10_000
"""In one other; a film of an hour has some hundreds."""
MOST_IN_ALL = 100_000
"""An hour in pieces of a second has 25,000; a file of nothing but heads would have millions."""
HEAD, LONG_HEAD = 8, 16
NAME = 24
"""Where the name of a track begins in the box that says what it is."""
WITH_LONG_TIMES = 1
FIXED_POINT = 65_536


@dataclass(frozen=True, slots=True)
class Box:
    """One box of an MP4: its kind, and where it stands (hộp)."""

    kind: bytes
    parent: bytes
    begin: int
    inside: int
    """Where what it holds begins."""
    end: int


def cleaned(content: bytes) -> Film:
    """The film without notes; Refusal("file.…") if it is no MP4, broken, or holds other data."""
    if content[4:8] != b"ftyp":
        raise Refusal("file.no_film")
    film = bytearray(content)
    try:
        boxes = list(islice(_walk(film, TOP, 0, len(film)), MOST_IN_ALL + 1))
        if len(boxes) > MOST_IN_ALL:
            raise ValueError("boxes without end")
        _require_film(film, boxes)
        for box in boxes:
            _clean(film, box)
        return _measured(film, boxes)
    except (struct.error, ValueError, ZeroDivisionError, IndexError, StopIteration):
        raise Refusal("file.broken_film") from None


def _walk(film: bytearray, parent: bytes, begin: int, end: int) -> Iterator[Box]:
    """All boxes of one, each before those that it holds."""
    for _ in range(MOST_BOXES):
        if begin >= end:
            return
        box = _box(film, parent, begin, end)
        yield box
        if box.kind in KEPT and box.kind in KEPT[parent]:
            yield from _walk(film, box.kind, box.inside, box.end)
        begin = box.end
    raise ValueError("boxes without end")


def _box(film: bytearray, parent: bytes, begin: int, end: int) -> Box:
    size, kind = struct.unpack_from(">I4s", film, begin)
    inside = begin + HEAD
    if size == 1:
        (size,) = struct.unpack_from(">Q", film, inside)
        inside = begin + LONG_HEAD
    last = end if size == 0 else begin + size
    if not inside <= last <= end:
        raise ValueError("a box that ends elsewhere")
    return Box(kind, parent, begin, inside, last)


def _require_film(film: bytearray, boxes: list[Box]) -> None:
    """Something is seen, and there is no track of other data, such as places along a way."""
    count = {kind: sum(box.kind == kind for box in boxes) for kind in (b"moov", b"trak", b"mdia")}
    if count[b"moov"] != 1:
        raise Refusal("file.no_film")
    kinds = [
        bytes(film[box.inside + 8 : box.inside + 12])
        for box in boxes
        if (box.kind, box.parent) == (b"hdlr", b"mdia")
    ]
    if not len(kinds) == count[b"trak"] == count[b"mdia"]:
        raise ValueError("a track that does not say what it is")
    if SEEN not in kinds:
        raise Refusal("file.no_film")
    if set(kinds) - {SEEN, HEARD}:
        raise Refusal("file.film_with_data")


def _clean(film: bytearray, box: Box) -> None:
    if box.kind not in KEPT[box.parent]:
        film[box.begin + 4 : box.begin + 8] = b"free"
        film[box.inside : box.end] = bytes(box.end - box.inside)
    elif box.kind in STAMPED:
        wide = 8 if film[box.inside] == WITH_LONG_TIMES else 4
        stamps = box.inside + 4
        film[stamps : stamps + 2 * wide] = bytes(2 * wide)
    elif box.kind == b"hdlr":
        # Whatever a program wrote there.
        name = box.inside + NAME
        film[name : box.end] = bytes(max(0, box.end - name))


def _measured(film: bytearray, boxes: list[Box]) -> Film:
    head = next(box for box in boxes if box.kind == b"mvhd")
    if film[head.inside] == WITH_LONG_TIMES:
        scale, length = struct.unpack_from(">IQ", film, head.inside + 20)
    else:
        scale, length = struct.unpack_from(">II", film, head.inside + 12)
    tracks = [box for box in boxes if box.kind == b"tkhd"]
    width, height = max(struct.unpack_from(">II", film, box.end - 8) for box in tracks)
    seconds = max(1, round(length / scale))
    return Film(bytes(film), seconds, width // FIXED_POINT, height // FIXED_POINT)
