"""What is edited before it is sent takes the place of the old words, in whatever order it comes."""

import pytest

from domain.model.access import Person
from domain.model.chat import Address
from domain.model.dialog import Awaited, Dialog
from domain.model.resident import LONGEST_TEXT
from handlers.telegram import pump
from tests.integration.storage.cast import BOT, EM, GIANG
from tests.integration.telegram.house import EM_ID, House, edits, says
from tests.integration.usecases.office import private

LAMP, BETTER = "Đèn hỏng.", "Đèn đường hẻm 12 hỏng."


async def draft_of(house: House, account: int = EM_ID) -> str | None:
    who = Address(EM.channel, BOT, str(account))
    draft = (await house.rooms.vault.known(who, house.rooms.clock.now())).draft
    return draft.text if draft else None


async def test_an_edit_before_sending_changes_the_draft_and_says_so(house: House) -> None:
    await house.hears(says(LAMP), edits(BETTER))

    assert await draft_of(house) == BETTER
    assert house.rooms.words.html("intake.corrected", "vi") in house.said_to(EM_ID)


async def test_what_followed_gopy_can_be_edited_too(house: House) -> None:
    await house.hears(says(f"/gopy {LAMP}"), edits(f"/gopy {BETTER}"))

    assert await draft_of(house) == BETTER


async def test_the_preview_of_the_old_words_files_nothing_more(house: House) -> None:
    """What is filed is what was shown above the button."""
    await house.hears(says(LAMP))
    agree = await house.office.button(str(EM_ID), "intake:agree")
    await house.hears(edits(BETTER))

    assert (await house.office.button(str(EM_ID), "intake:agree")).version > agree.version


async def test_an_edit_of_what_is_no_draft_is_answered_with_a_sentence(house: House) -> None:
    await house.hears(says("/xem"), edits("/xem nhé"))

    assert await draft_of(house) is None
    assert house.said_to(EM_ID)[-1] == house.rooms.words.html("start.edited", "vi")


async def test_an_edit_changes_nothing_that_staff_have_written(house: House) -> None:
    """A preview stands above the button that sends it: it must not change behind it."""
    await open_question(house, GIANG, "Đã thay bóng.")
    giang = int(private(GIANG))
    await house.hears(says("Đã thay bóng.", giang), edits("Chưa thay bóng.", giang))

    async with house.rooms.memory.begin() as work:
        dialog = await work.dialogs.of(GIANG.id)
    assert dialog is None or dialog.note != "Chưa thay bóng."
    assert house.said_to(giang)[-1] == house.rooms.words.html("start.edited", "vi")


async def open_question(house: House, person: Person, note: str) -> None:
    async with house.rooms.memory.begin() as work:
        await work.dialogs.open(Dialog(person.id, Awaited.ANSWER_TEXT, "o1", note))
        await work.commit()


async def test_an_edit_of_a_message_that_never_comes_is_not_waited_for_long(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pump, "PAUSE", 0.0)
    await house.hears(edits(BETTER))

    assert house.said_to(EM_ID) == [house.rooms.words.html("start.edited", "vi")]


async def test_where_no_more_fits_what_stands_can_still_be_sent(house: House) -> None:
    """Whoever lost the preview to a crash would have no way on else."""
    full = "a" * LONGEST_TEXT
    await house.hears(says(full), says(LAMP, number=2))
    _, refused, _ = house.said_to(EM_ID)

    assert refused == house.rooms.words.html("intake.too_long", "vi", limit=LONGEST_TEXT, over=10)
    assert await draft_of(house) == full
    assert (await house.office.button(str(EM_ID), "intake:agree")).version > 2
