"""Where one more photo goes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Refusal
from domain.model.attachment import AttachmentKind
from domain.model.session_media import MOST_PHOTOS, MediaPlace, free_place

PHOTO, VOICE = AttachmentKind.PHOTO, AttachmentKind.VOICE
PHOTOS = [MediaPlace(PHOTO, number) for number in range(1, MOST_PHOTOS + 1)]


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
