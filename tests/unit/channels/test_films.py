"""Of a film somebody sent, place, hour and notes are gone, and not a byte of it has moved."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.films import cleaned
from domain.errors import Refusal
from tests.unit.channels.mp4 import HOUR, NOTES, PLACE, box, film, movie_header, track


@pytest.mark.parametrize("content", NOTES)
def test_the_place_is_gone_and_nothing_has_moved(content: bytes) -> None:
    kept = cleaned(content).content

    assert PLACE in content
    assert PLACE not in kept
    assert len(kept) == len(content)
    assert kept.index(b"pixels") == content.index(b"pixels")
    assert b"chunks at 1234" in kept


def test_the_hour_and_the_phones_name_are_gone() -> None:
    kept = cleaned(film()).content

    assert struct.pack(">I", HOUR) in film()
    assert struct.pack(">I", HOUR) not in kept
    assert b"Dung" not in kept


def test_its_length_and_size_are_read_from_it() -> None:
    kept = cleaned(film())

    assert (kept.seconds, kept.width, kept.height) == (12, 640, 360)


def test_what_is_clean_stays_so() -> None:
    once = cleaned(film(box(b"udta", PLACE))).content

    assert cleaned(once).content == once


@pytest.mark.parametrize("handler", [b"meta", b"camm", b"gpmd", b"text"])
def test_a_track_of_places_is_refused(handler: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        cleaned(film(track(handler)))

    assert refused.value.key == "file.film_with_data"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "file.no_film"),
        (b"\x1aE\xdf\xa3 a film of another kind", "file.no_film"),
        (box(b"ftyp", b"isom") + box(b"mdat", b"pixels"), "file.no_film"),
        (box(b"ftyp", b"M4A ") + box(b"moov", movie_header(), track(b"soun")), "file.no_film"),
        (film()[:-3], "file.broken_film"),
        (film(box(b"trak", b"")), "file.broken_film"),
        (film(after=b"\0\0"), "file.broken_film"),
        (film(after=box(b"moof", box(b"free", b"") * 9_000) * 12), "file.broken_film"),
    ],
)
def test_what_cannot_be_kept_is_named(content: bytes, why: str) -> None:
    with pytest.raises(Refusal) as refused:
        cleaned(content)

    assert refused.value.key == why


@given(st.data())
def test_no_damage_is_more_than_a_refusal(data: st.DataObject) -> None:
    content = bytearray(NOTES[0])
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(8, len(content) - 1))] = data.draw(st.integers(0, 255))

    try:
        kept = cleaned(bytes(content)).content
    except Refusal as refusal:
        assert refusal.key.startswith("file.")  # noqa: PT017 - either end is right
    else:
        assert len(kept) == len(content)
