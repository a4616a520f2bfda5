"""Of a recording somebody sent, the sound is left byte for byte, and nothing else is."""

import time
import tracemalloc
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.recordings import MOST_PACKETS, only_sound
from domain.errors import Refusal
from tests.unit.channels.ogg import (
    PHONE,
    PLACE,
    checksum,
    frames,
    head,
    page,
    pages_of,
    quick,
    recording,
    spoken,
    tags,
)

SOUND = frames(120)
EMPTY = b"OpusTags" + bytes(8)
packets = st.lists(
    st.builds(
        lambda size: b"\x08" + bytes(range(256)) * (size // 256) + b"." * (size % 256),
        st.sampled_from([0, 1, 30, 253, 254, 255, 509, 1275]),
    ),
    min_size=1,
    max_size=130,
)


def sound_of(file: bytes) -> list[bytes]:
    return list(chain.from_iterable(one.packets for one in pages_of(file)[2:]))


def refused(file: bytes) -> str:
    with pytest.raises(Refusal) as why:
        only_sound(file)
    return why.value.key


@given(st.lists(st.binary(max_size=700), max_size=8), st.binary(max_size=600), st.binary())
def test_any_tags_vanish(notes: list[bytes], padding: bytes, vendor: bytes) -> None:
    file = recording(SOUND, tags(*notes, PLACE, PHONE, vendor=vendor, padding=padding))
    kept = only_sound(file)

    assert PLACE in file
    assert kept == only_sound(recording(SOUND, EMPTY))
    assert pages_of(kept)[1].packets == [EMPTY]


@given(packets)
def test_the_sound_is_the_same_byte_for_byte(sound: list[bytes]) -> None:
    assert sound_of(only_sound(recording(sound))) == sound


def test_a_long_packet_that_spans_pages_is_the_same() -> None:
    long = b"\x0b\x01" + bytes(60_000)
    lengths = b"\xff" * 235 + bytes([len(long) - 235 * 255])
    first, rest = long[: 200 * 255], long[200 * 255 :]
    file = recording(SOUND[:50], EMPTY)
    opened = file.replace(page(SOUND[:50], 2, 4, 48_000), page(SOUND[:50], 2, 0, 48_000))
    parts = page([first], 3, 0, -1, lengths=lengths[:200])
    parts += page([rest], 4, 5, 50_000, lengths=lengths[200:])

    assert sound_of(only_sound(opened + parts)) == [*SOUND[:50], long]


def test_pages_numbers_and_moments_are_ours() -> None:
    file = recording(SOUND, serial=0x6E756E44, begins=9)
    read = pages_of(only_sound(file))

    assert [one.number for one in read] == [0, 1, 2, 3, 4]
    assert [one.moment for one in read] == [0, 0, 48_000, 96_000, 115_200]
    assert [one.flags for one in read] == [2, 0, 0, 0, 4]
    assert (
        len({one.serial for one in read} | {one.serial for one in pages_of(only_sound(spoken(1)))})
        == 1
    )
    assert all(one.is_whole for one in read)


def test_a_moment_that_says_more_than_the_length_is_written_anew() -> None:
    place = int.from_bytes(b"10.0341", "little")
    file = page([head()], 0, 2) + page([tags()], 1) + page(SOUND[:2], 2, 4, place)

    assert b"10.0341" in file
    assert b"10.0341" not in only_sound(file)


def test_what_the_head_says_of_the_phone_is_gone() -> None:
    kept = only_sound(recording(SOUND, first=head(rate=44_100, more=PHONE)))

    assert pages_of(kept)[0].packets == [head(rate=48_000)]


def test_pages_of_another_stream_are_left_out() -> None:
    other = recording([b"\x80theora " + PLACE], serial=5, first=b"\x80theora")
    ours, theirs = pages_in(recording(SOUND)), pages_in(other)
    mixed = b"".join(chain.from_iterable(zip(ours, theirs, strict=False))) + b"".join(ours[3:])

    assert only_sound(mixed) == only_sound(recording(SOUND))


def pages_in(file: bytes) -> list[bytes]:
    return [b"OggS" + part for part in file.split(b"OggS")[1:]]


def test_what_is_clean_stays_so() -> None:
    once = only_sound(spoken(3))

    assert only_sound(once) == once


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (b"", "file.no_voice"),
        (b"ID3 music", "file.no_voice"),
        (b"OggS" + bytes(24) + b"\x01vorbis" + bytes(30), "file.no_voice"),
        (recording(SOUND)[:-1], "file.broken_voice"),
        (recording(SOUND) + b"\0", "file.broken_voice"),
        (recording(SOUND) + PLACE, "file.broken_voice"),
        (recording(SOUND).replace(SOUND[7], SOUND[8]), "file.broken_voice"),
        (recording(SOUND) + recording(SOUND), "file.broken_voice"),
        (recording(SOUND, b"OpusTogs"), "file.broken_voice"),
        (recording([]), "file.broken_voice"),
        (recording([b""]), "file.broken_voice"),
        (recording([b"\x0b"]), "file.broken_voice"),
        (recording([b"\x0b\x00"]), "file.broken_voice"),
        (recording([b"\x1b\x3f" + bytes(9)]), "file.broken_voice"),
        (recording([b"\x08" + bytes(61_440)]), "file.broken_voice"),
        (recording(SOUND, first=head(channels=6)), "file.broken_voice"),
        (page([head()], 0, 2) + page([tags()], 1) + page(SOUND, 3, 4), "file.broken_voice"),
        (page([head()], 0, 2) + page([tags()], 1) + page(SOUND, 2, 5), "file.broken_voice"),
        (page([head()], 0, 0) + page([tags()], 1) + page(SOUND, 2, 4), "file.broken_voice"),
    ],
)
def test_what_cannot_be_kept_is_named(file: bytes, why: str) -> None:
    assert refused(file) == why


@given(st.integers(0, 2_000))
def test_whatever_is_cut_off_is_refused(end: int) -> None:
    file = spoken(2)

    assert refused(file[: end % len(file)]) in ("file.no_voice", "file.broken_voice")


@given(st.data())
def test_no_damage_is_more_than_a_refusal(data: st.DataObject) -> None:
    file = bytearray(spoken(2))
    for _ in range(data.draw(st.integers(1, 6))):
        file[data.draw(st.integers(0, len(file) - 1))] ^= data.draw(st.integers(1, 255))

    assert refused(bytes(file)) in ("file.no_voice", "file.broken_voice")


@given(st.binary(max_size=400))
def test_no_bytes_are_more_than_a_refusal(junk: bytes) -> None:
    for file in (junk, b"OggS" + junk, spoken(1)[:100] + junk):
        assert refused(file) in ("file.no_voice", "file.broken_voice")


def test_time_and_memory_have_an_end() -> None:
    """Two megabytes of the smallest packets, and of the smallest pages, that there are."""
    begin = page([head()], 0, 2) + page([tags()], 1)
    crowded = begin + b"".join(page([b"\x08"] * 255, 2 + n) for n in range(3_900))
    empty = begin + b"".join(page([], 2 + n) for n in range(70_000))
    assert min(len(crowded), len(empty)) > 1_800_000
    assert MOST_PACKETS < 255 * 3_900
    begun = time.monotonic()
    assert refused(empty) == "file.broken_voice"
    took = time.monotonic() - begun
    tracemalloc.start()
    assert refused(crowded) == "file.broken_voice"
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert took < 10  # half a second by itself; this machine may have more to do
    assert most < 40_000_000


@given(st.binary(max_size=300))
def test_our_quick_sum_is_the_one_of_the_standard(some: bytes) -> None:
    assert quick(some) == checksum(some)
