"""Recordings as phones make them, page by page, with whatever is written beside the sound."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

PLACE, PHONE = b"LOCATION=10.0341,105.7878", b"ENCODER=Dung's phone"
RATE = 48_000
FRAME = 0x08 + 0
"""Speech, one frame of 20 ms."""
SAMPLES = 960


def checksum(page: bytes) -> int:
    """Bit by bit, as RFC 3533 has it."""
    total = 0
    for byte in page:
        total ^= byte << 24
        for _ in range(8):
            total = (total << 1 ^ 0x04C11DB7 if total & 1 << 31 else total << 1) & 0xFFFFFFFF
    return total


_TABLE = [checksum(bytes([byte])) for byte in range(256)]


def quick(page: bytes) -> int:
    total = 0
    for byte in page:
        total = (total << 8 & 0xFFFFFFFF) ^ _TABLE[total >> 24 ^ byte]
    return total


def lacing(packets: Sequence[bytes]) -> bytes:
    return b"".join(b"\xff" * (len(one) // 255) + bytes([len(one) % 255]) for one in packets)


def page(
    packets: Sequence[bytes],
    number: int,
    flags: int = 0,
    moment: int = 0,
    serial: int = 77,
    lengths: bytes | None = None,
) -> bytes:
    lengths = lacing(packets) if lengths is None else lengths
    head = struct.pack("<4sBBqII", b"OggS", 0, flags, moment, serial, number)
    rest = bytes([len(lengths)]) + lengths + b"".join(packets)
    return head + struct.pack("<I", quick(head + bytes(4) + rest)) + rest


def head(channels: int = 1, rate: int = 16_000, more: bytes = b"") -> bytes:
    return b"OpusHead" + struct.pack("<BBHIhB", 1, channels, 312, rate, 0, 0) + more


def tags(*notes: bytes, vendor: bytes = b"libopus 1.3", padding: bytes = b"") -> bytes:
    said = b"".join(struct.pack("<I", len(note)) + note for note in notes)
    counted = struct.pack("<I", len(vendor)) + vendor + struct.pack("<I", len(notes))
    return b"OpusTags" + counted + said + padding


def frames(count: int, size: int = 3) -> list[bytes]:
    """Packets of 20 ms, each another."""
    return [bytes([FRAME]) + number.to_bytes(size, "big") for number in range(count)]


def recording(
    sound: Sequence[bytes],
    notes: bytes | None = None,
    first: bytes | None = None,
    serial: int = 77,
    begins: int = 0,
) -> bytes:
    """One stream; notes that are too long for a page go on on the next."""
    notes = tags(PLACE, PHONE) if notes is None else notes
    pages = [page([first or head()], begins, 2, serial=serial)]
    lengths, at = lacing([notes]), 0
    for row in (lengths[n : n + 255] for n in range(0, len(lengths), 255)):
        flags = 1 if at else 0
        part = notes[at : at + sum(row)]
        pages.append(page([part], begins + len(pages), flags, -1, serial, row))
        at += sum(row)
    moment, groups = 0, [sound[n : n + 50] for n in range(0, len(sound), 50)]
    for group in groups:
        moment += SAMPLES * len(group)
        flags = 4 if group is groups[-1] else 0
        pages.append(page(group, begins + len(pages), flags, moment, serial))
    return b"".join(pages)


def spoken(seconds: float) -> bytes:
    """A voice note of this length, with where it was recorded and on what."""
    return recording(frames(max(1, round(seconds * RATE / SAMPLES))))


@dataclass(frozen=True, slots=True)
class Read:
    """A page as it stands in a file."""

    flags: int
    moment: int
    serial: int
    number: int
    packets: list[bytes]
    is_whole: bool
    """Whether its checksum is right."""


def pages_of(file: bytes) -> list[Read]:
    """Every page; packets that span pages are not put together."""
    found, at = list[Read](), 0
    while at < len(file):
        flags, moment, serial, number, sum_, count = struct.unpack_from("<BqIIIB", file, at + 5)
        lengths = file[at + 27 : at + 27 + count]
        end = at + 27 + count + sum(lengths)
        zeroed = file[at : at + 22] + bytes(4) + file[at + 26 : end]
        packets, begun, inside = list[bytes](), b"", at + 27 + count
        for length in lengths:
            begun += file[inside : inside + length]
            inside += length
            if length < 255:
                packets, begun = [*packets, begun], b""
        found.append(Read(flags, moment, serial, number, packets, quick(zeroed) == sum_))
        at = end
    return found
