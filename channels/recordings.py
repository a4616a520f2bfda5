"""Recordings written anew: of an Ogg Opus file only the sound is left, packet by packet."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from domain.errors import Refusal

# Sound is not encoded anew: that takes a decoder and an encoder. But everything around the packets
# of sound is written by us: the pages, their numbers and moments, the head, and a page of notes
# with nothing in it. So a title, a place, a phone's name or a second stream has nowhere to stay.
# What is said, and what a phone may hide inside a packet, stays as it was.

PAGE = struct.Struct("<4sBBqIIIB")
"""What each page begins with: mark, version, flags, moment, stream, number, checksum, lengths."""
CHECKSUM = slice(22, 26)
CONTINUED, FIRST, LAST = 1, 2, 4
HEAD = struct.Struct("<8sBBHIhB")
"""The first packet: mark, version, channels, samples to leave out, rate, gain, kind of channels."""
HEADED, NOTED = b"OpusHead", b"OpusTags"
NO_NOTES = NOTED + bytes(8)
"""Nobody's program, and no notes."""
RATE = 48_000
STREAM = int.from_bytes(b"HC", "little")
"""Every file of ours has this number, which says nothing."""
FULL, MOST_LENGTHS = 255, 255
LONGEST_PACKET = 61_440
"""Bytes: Opus has none that is longer."""
LONGEST_NOTES = 1024 * 1024
"""With a picture in them, as music has it."""
MOST_PACKETS = 200_000
"""More than 2 MB of speech have; a file of nothing but lengths would have millions."""
A_SECOND = 50
"""Packets on a page of ours, if they are as long as usual."""
LONGEST_SOUND = 5_760
"""Samples in one packet: 120 ms."""
FRAMES = (480, 960, 1920, 2880) * 3 + (480, 960) * 2 + (120, 240, 480, 960) * 4
"""Samples of a frame, by the configuration that a packet names in its first byte."""
COUNTED = 3
"""What a packet says of itself whose second byte counts its frames."""


@dataclass(slots=True)
class _Stream:
    """The packets of the one stream that is kept, as they come off its pages."""

    serial: int
    number: int
    packets: list[bytes] = field(default_factory=list)
    begun: bytearray = field(default_factory=bytearray)
    is_open: bool = False
    """Whether a packet goes on on the next page."""
    is_over: bool = False

    def take(self, flags: int, number: int, lengths: bytes, body: memoryview) -> None:
        """The next page; ValueError if it does not follow the one before."""
        if self.is_over or number != self.number or bool(flags & CONTINUED) != self.is_open:
            raise ValueError("a page that does not follow")
        self.number += 1
        at = 0
        for length in lengths:
            self.begun += body[at : at + length]
            at += length
            self.is_open = length == FULL
            if not self.is_open:
                self._end_packet()
            elif len(self.begun) > LONGEST_NOTES:
                raise ValueError("a packet without end")
        self.is_over = bool(flags & LAST)

    def _end_packet(self) -> None:
        self.packets.append(bytes(self.begun))
        self.begun.clear()
        if len(self.packets) > MOST_PACKETS:
            raise ValueError("packets without end")


def only_sound(file: bytes) -> bytes:
    """The recording with nothing beside its sound; Refusal("file.…") if it is none, or broken."""
    if not file.startswith(b"OggS") or HEADED not in file[: PAGE.size + 64]:
        raise Refusal("file.no_voice")
    try:
        head, notes, *sound = _packets(file)
        if not notes.startswith(NOTED) or not sound:
            raise ValueError("no notes, or no sound")
        return b"".join(_pages(_clean_head(head), sound))
    except (struct.error, ValueError, IndexError):
        raise Refusal("file.broken_voice") from None


def _packets(file: bytes) -> list[bytes]:
    """Those of the first stream; pages of any other are left out."""
    stream: _Stream | None = None
    whole, at = memoryview(file), 0
    while at < len(file):
        mark, version, flags, _, serial, number, checksum, count = PAGE.unpack_from(file, at)
        lengths = file[at + PAGE.size : at + PAGE.size + count]
        body = at + PAGE.size + count
        end = body + sum(lengths)
        if mark != b"OggS" or version or len(lengths) < count or end > len(file):
            raise ValueError("no page")
        if _sum_of(whole[at:end]) != checksum:
            raise ValueError("a damaged page")
        stream = stream or _Stream(serial, number)
        if serial == stream.serial:
            if bool(flags & FIRST) != (not stream.packets):
                raise ValueError("a stream that begins twice")
            stream.take(flags, number, lengths, whole[body:end])
        at = end
    if stream is None or stream.is_open:
        raise ValueError("broken off")
    return stream.packets


def _clean_head(head: bytes) -> bytes:
    """One voice or two, and how loud; what rate the microphone had is of no use to a player."""
    mark, version, channels, skipped, _, gain, kind = HEAD.unpack_from(head)
    if mark != HEADED or version >> 4 or kind or channels not in (1, 2):
        raise ValueError("a head of something else")
    return HEAD.pack(HEADED, 1, channels, skipped, RATE, gain, 0)


def _samples(packet: bytes) -> int:
    """How long a packet sounds; ValueError if it is no packet of Opus."""
    if not 0 < len(packet) <= LONGEST_PACKET:
        raise ValueError("no packet of sound")
    code = packet[0] & COUNTED
    frames = packet[1] & 63 if code == COUNTED else min(2, code + 1)
    samples = FRAMES[packet[0] >> 3] * frames
    if not 0 < samples <= LONGEST_SOUND:
        raise ValueError("no packet of sound")
    return samples


def _pages(head: bytes, sound: list[bytes]) -> Iterator[bytes]:
    yield _page(FIRST, 0, 0, [head])
    yield _page(0, 0, 1, [NO_NOTES])
    number, moment, held, room = 2, 0, list[bytes](), MOST_LENGTHS
    for packet in sound:
        needs = len(packet) // FULL + 1
        if needs > room or len(held) == A_SECOND:
            yield _page(0, moment, number, held)
            number, held, room = number + 1, [], MOST_LENGTHS
        moment += _samples(packet)
        held.append(packet)
        room -= needs
    yield _page(LAST, moment, number, held)


def _page(flags: int, moment: int, number: int, packets: list[bytes]) -> bytes:
    lengths = b"".join(bytes([FULL]) * (len(p) // FULL) + bytes([len(p) % FULL]) for p in packets)
    page = bytearray(PAGE.pack(b"OggS", 0, flags, moment, STREAM, number, 0, len(lengths)))
    page += lengths + b"".join(packets)
    page[CHECKSUM] = _sum_of(page).to_bytes(4, "little")
    return bytes(page)


_MIRRORED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
_ALL = 0xFFFF_FFFF


def _sum_of(page: memoryview | bytearray) -> int:
    """The checksum of a page, in which its own place counts as nothing.

    It is the sum that zlib has, with every bit the other way round and without its two turns.
    """
    zeroed = bytearray(page)
    zeroed[CHECKSUM] = bytes(4)
    turned = zlib.crc32(zeroed.translate(_MIRRORED), _ALL) ^ _ALL
    return int(f"{turned:032b}"[::-1], 2)
