"""How long a voice note is, and where one more photo goes."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Refusal
from domain.model.attachment import AttachmentKind
from domain.model.session_media import MOST_PHOTOS, MediaPlace, free_place, seconds_of
from tests.integration.usecases.media import spoken

PHOTO, VOICE = AttachmentKind.PHOTO, AttachmentKind.VOICE
PHOTOS = [MediaPlace(PHOTO, number) for number in range(1, MOST_PHOTOS + 1)]


@pytest.mark.parametrize(("seconds", "said"), [(0, 1), (0.2, 1), (12, 12), (12.1, 13), (600, 600)])
def test_a_voice_note_says_how_long_it_is(seconds: float, said: int) -> None:
    assert seconds_of(spoken(seconds)) == said


@pytest.mark.parametrize(
    "file", [b"", b"ID3 music", b"OggS", spoken(9)[:40], b"OggS" + bytes(24) + b"\x01vorbis"]
)
def test_what_is_no_voice_note_is_refused(file: bytes) -> None:
    with pytest.raises(Refusal, match=r"file\.no_voice"):
        seconds_of(file)


@given(st.binary(max_size=200))
def test_no_bytes_are_more_than_refused(junk: bytes) -> None:
    for file in (junk, spoken(1)[:60] + junk, b"OggS" + junk):
        with suppress(Refusal):
            assert seconds_of(file) >= 1


@given(st.sets(st.sampled_from(PHOTOS)))
def test_one_more_photo_goes_where_none_is(taken: set[MediaPlace]) -> None:
    held = [*sorted(taken, key=lambda place: place.number), MediaPlace(VOICE, 1)]
    if len(taken) == MOST_PHOTOS:
        with pytest.raises(Refusal):
            free_place(PHOTO, held)
        return
    place = free_place(PHOTO, held)
    assert place in PHOTOS
    assert place not in taken
