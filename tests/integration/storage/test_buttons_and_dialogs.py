"""Stored buttons are used once; a member of staff is asked one thing at a time."""

from datetime import timedelta

import pytest

from domain.errors import LostRace
from domain.model.button import STAFF, Button
from domain.model.dialog import Awaited, Dialog
from domain.ports import Work
from tests.integration.storage.cast import AN, BINH, LATER, NOW

BUTTON = Button("k1", "bulletin:approve", "r1", "", 1, STAFF, LATER)


async def test_a_button_comes_back_as_it_was_shown(work: Work) -> None:
    await work.buttons.add([BUTTON])

    assert await work.buttons.get("k1") == BUTTON
    assert await work.buttons.get("forged") is None


async def test_a_button_is_used_once(work: Work) -> None:
    await work.buttons.add([BUTTON])
    await work.buttons.use("k1", NOW)

    with pytest.raises(LostRace, match=r"button\.used"):
        await work.buttons.use("k1", NOW)


async def test_expired_buttons_are_removed(work: Work) -> None:
    await work.buttons.add([BUTTON])

    assert await work.buttons.purge(LATER) == 0
    assert await work.buttons.purge(LATER + timedelta(seconds=1)) == 1
    assert await work.buttons.get("k1") is None


async def test_a_new_question_takes_the_place_of_the_old_one(work: Work) -> None:
    await work.dialogs.open(Dialog(AN.id, Awaited.BULLETIN_TEXT, "b1"))
    asked = Dialog(AN.id, Awaited.BULLETIN_TIME, "b1", "8h")
    await work.dialogs.open(asked)

    assert await work.dialogs.of(AN.id) == asked
    assert await work.dialogs.of(BINH.id) is None


async def test_a_closed_question_is_forgotten(work: Work) -> None:
    await work.dialogs.open(Dialog(AN.id, Awaited.BULLETIN_TEXT, "b1"))
    await work.dialogs.close(AN.id)

    assert await work.dialogs.of(AN.id) is None
