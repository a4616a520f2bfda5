"""Pictures of an opinion as Em sends them, with words below, in albums, around a restart."""

from typing import Any

import pytest

from tests.integration.telegram.house import EM_ID, House, edits, says
from tests.integration.telegram.test_session_media_door import FILM, PAPER, PHOTO
from tests.integration.usecases.media import JPEG

LAMP, BETTER = "Đèn hỏng.", "Đèn đường hẻm 12 hỏng."


@pytest.fixture(autouse=True)
def phone(house: House) -> None:
    house.office.gateway.files = {"f": JPEG}


def sent(number: int, what: dict[str, Any] = PHOTO, **more: object) -> dict[str, Any]:
    update = says("", EM_ID, number, **what, **more)
    del update["message"]["text"]
    return update


async def draft_of(house: House) -> tuple[str, int]:
    """The words, and how many pictures."""
    draft = (await house.office.known()).draft
    return (draft.text, len(draft.pictures)) if draft else ("", 0)


async def test_a_strangers_picture_waits_below_the_notice(house: House) -> None:
    await house.hears(sent(1))

    (said,) = house.said_to(EM_ID)
    assert "Đã giữ <b>1 ảnh</b> (tối đa 5)" in said
    assert "Trước khi anh/chị gửi ý kiến" in said
    assert "ảnh gửi kèm (máy đã bỏ nơi chụp, giờ chụp)" in said


async def test_the_words_below_a_picture_are_part_of_the_opinion(house: House) -> None:
    await house.hears(sent(1, caption=LAMP), says("Sửa giúp.", number=2))

    assert await draft_of(house) == (f"{LAMP}\nSửa giúp.", 1)


async def test_words_below_a_picture_that_are_edited_take_the_old_ones_place(house: House) -> None:
    edit = edits("", EM_ID, 1)
    del edit["edited_message"]["text"]
    edit["edited_message"] |= PHOTO | {"caption": BETTER}
    await house.hears(sent(1, caption=LAMP), edit)

    assert await draft_of(house) == (BETTER, 1)


async def test_words_put_below_a_picture_later_are_taken(house: House) -> None:
    edit = edits("", EM_ID, 1)
    del edit["edited_message"]["text"]
    edit["edited_message"] |= PHOTO | {"caption": LAMP}
    await house.hears(sent(1), edit)

    assert await draft_of(house) == (LAMP, 1)


async def test_of_an_album_of_seven_five_are_kept_with_one_sentence(house: House) -> None:
    await house.hears(*(sent(number, media_group_id="k") for number in range(1, 8)))

    first, *others = house.said_to(EM_ID)
    assert "<b>1 ảnh</b>" in first
    assert others == ["Một ý kiến kèm tối đa 5 ảnh: 5 ảnh đầu đã được giữ, ảnh sau thì không."]
    edited = [call for call in house.office.gateway.calls if call.act == "edit"][-1]
    assert "<b>5 ảnh</b>" in edited.markup
    assert await draft_of(house) == ("", 5)


async def test_an_album_in_pieces_around_a_restart_is_one_opinion(house: House) -> None:
    await house.hears(
        *(sent(n, media_group_id="k", caption=LAMP if n == 1 else None) for n in (1, 2))
    )
    again = House.on(house.office, house.rooms.words)
    again.numbers = house.numbers
    await again.hears(*(sent(n, media_group_id="k") for n in (3, 4)))
    await again.close()

    assert await draft_of(house) == (LAMP, 4)


@pytest.mark.parametrize("what", [PAPER, FILM], ids=["paper", "film"])
async def test_what_is_no_picture_is_refused_with_a_sentence(
    house: House, what: dict[str, Any]
) -> None:
    await house.hears(says(LAMP), sent(2, what))

    assert house.said_to(EM_ID)[-1] == house.office.words("intake.only_pictures")
    assert await draft_of(house) == (LAMP, 0)


async def test_what_cannot_be_fetched_leaves_the_draft_as_it_was(house: House) -> None:
    await house.hears(says(LAMP))
    house.office.gateway.files.clear()
    await house.hears(sent(2))

    assert house.said_to(EM_ID)[-1] == house.office.words("file.not_fetched")
    assert await draft_of(house) == (LAMP, 0)


async def test_xem_tells_of_pictures(house: House) -> None:
    await house.hears(sent(1, caption=LAMP), says("/xem", number=2))

    assert "kèm 1 ảnh" in "\n".join(house.said_to(EM_ID))


async def test_a_sign_below_a_picture_does_not_cost_the_picture(house: House) -> None:
    await house.hears(sent(1, caption="👍"))

    assert await draft_of(house) == ("", 1)


async def test_a_forwarded_picture_is_said_to_count_as_ones_own(house: House) -> None:
    origin = {"type": "hidden_user", "sender_user_name": "x", "date": 1_700_000_000}
    await house.hears(sent(1, caption=LAMP, forward_origin=origin))

    assert house.rooms.words.html("intake.forwarded", "vi") in house.said_to(EM_ID)[0]
