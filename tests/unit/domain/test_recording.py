"""How long a voice note is."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Refusal
from domain.model.recording import seconds_of
from tests.unit.channels.ogg import spoken


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
