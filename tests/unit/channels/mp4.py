"""Films of a few hundred bytes, with whatever a phone writes beside the picture."""

import struct

PLACE = b"+10.0341+105.7722/"
"""Where it was taken, as phones write it."""
HOUR = 3_900_000_000
"""In seconds since 1904."""


def box(kind: bytes, *parts: bytes) -> bytes:
    inside = b"".join(parts)
    return struct.pack(">I4s", 8 + len(inside), kind) + inside


def movie_header(seconds: int = 12) -> bytes:
    return box(b"mvhd", bytes(4), struct.pack(">IIII", HOUR, HOUR, 1000, seconds * 1000), bytes(80))


def track(handler: bytes = b"vide", *more: bytes) -> bytes:
    measures = struct.pack(">II", 640 << 16, 360 << 16)
    head = box(b"tkhd", bytes(4), struct.pack(">II", HOUR, HOUR), bytes(64), measures)
    name = box(b"hdlr", bytes(8), handler, bytes(12), b"Dung's phone\0")
    stamps = box(b"mdhd", bytes(4), struct.pack(">IIII", HOUR, HOUR, 1000, 12000), bytes(4))
    media = box(b"mdia", stamps, name, box(b"minf", box(b"stbl", b"chunks at 1234")))
    return box(b"trak", head, media, *more)


def film(*in_movie: bytes, after: bytes = b"", pixels: bytes = b"pixels") -> bytes:
    """An MP4 of one track; the rest goes into its movie box, or behind everything."""
    movie = box(b"moov", movie_header(), track(), *in_movie)
    return box(b"ftyp", b"isom", bytes(4)) + movie + box(b"mdat", pixels) + after


NOTES = [
    film(box(b"udta", box(b"\xa9xyz", PLACE))),
    film(box(b"meta", PLACE)),
    film(box(b"gps ", PLACE)),
    film(track(b"soun", box(b"udta", PLACE))),
    film(after=box(b"uuid", bytes(16), PLACE)),
    film(after=box(b"free", PLACE)),
    film(after=box(b"abcd", PLACE)),
    film(after=struct.pack(">I4s", 0, b"uuid") + PLACE),
]
"""Each with the place somewhere else."""
