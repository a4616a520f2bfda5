"""A voice note of an opinion, as Em sends it and as Em is asked about it."""

from typing import Any

import pytest

from channels.recordings import only_sound
from domain.model import resident
from domain.model.resident import DraftStep
from tests.integration.telegram.house import EM_ID, House, edits, presses, says
from tests.integration.telegram.test_opinion_pictures_door import draft_of, sent
from tests.integration.telegram.test_plan_doors import press
from tests.integration.telegram.test_session_media_door import PHOTO, voice
from tests.integration.usecases.media import JPEG
from tests.unit.channels.ogg import spoken

LAMP = "Đèn hỏng."
ORIGIN = {"type": "hidden_user", "sender_user_name": "x", "date": 1_700_000_000}


@pytest.fixture(autouse=True)
def phone(house: House) -> None:
    house.office.gateway.files = {"v": only_sound(spoken(45)), "f": JPEG}


async def step_of(house: House) -> DraftStep | None:
    draft = (await house.office.known()).draft
    return draft.step if draft else None


async def spoken_by_em(house: House, *more: dict[str, Any]) -> str:
    """Em speaks, and agrees to the notice; what is asked then."""
    await house.hears(sent(1, voice(45)), *more)
    return await press(house, EM_ID, "intake:agree")


async def test_before_the_notice_it_is_said_that_nobody_has_heard_it(house: House) -> None:
    await house.hears(sent(1, voice(45)))

    (said,) = house.said_to(EM_ID)
    assert "chưa tải về và chưa ai nghe" in said
    assert "Trước khi anh/chị gửi ý kiến" in said
    assert house.office.gateway.fetched == []


async def test_the_question_says_what_a_voice_does_who_listens_and_how_long(house: House) -> None:
    asked = await spoken_by_em(house)

    for said in ("45 giây", "đoán ra ai nói", "Mỗi lần nghe", "120 ngày", "cứ viết bằng chữ"):
        assert said in asked
    assert house.office.gateway.fetched == []


async def test_agreed_to_the_last_look_names_it(house: House) -> None:
    await spoken_by_em(house)
    await press(house, EM_ID, "voice:agree")
    await press(house, EM_ID, "intake:kind", "phan_anh")
    await press(house, EM_ID, "intake:field")
    look = await press(house, EM_ID, "intake:unit")

    assert "Ghi âm gửi kèm: <b>45 giây</b>" in look
    assert "Ý kiến bằng giọng nói" in look


WRITTEN = ("vừa viết", "đang viết", "viết dở", "viết thêm")


async def test_of_a_voice_alone_no_sentence_says_that_something_was_written(house: House) -> None:
    await spoken_by_em(house)
    said = [await press(house, EM_ID, "voice:agree")]
    said.append(await press(house, EM_ID, "intake:kind", "phan_anh"))
    said.append(await press(house, EM_ID, "intake:field"))
    said.append(await press(house, EM_ID, "intake:unit"))
    said.append(await press(house, EM_ID, "intake:rewrite"))
    said += house.said_to(EM_ID)[-3:]

    assert [(word, one) for one in said for word in WRITTEN if word in one] == []


@pytest.mark.parametrize("kind", ["khieu_nai", "to_cao"])
async def test_a_spoken_complaint_is_not_said_to_have_been_written(house: House, kind: str) -> None:
    await spoken_by_em(house)
    await press(house, EM_ID, "voice:agree")
    said = await press(house, EM_ID, "intake:formal", kind)

    assert "vừa đưa vào đây đã được xóa" in said
    assert [word for word in WRITTEN if word in said] == []


async def test_not_kept_the_bot_asks_for_words(house: House) -> None:
    await spoken_by_em(house)
    asked = await press(house, EM_ID, "voice:decline")

    assert asked == house.office.words("intake.ask_text")


async def test_words_sent_meanwhile_are_kept_and_the_question_stays(house: House) -> None:
    await spoken_by_em(house)
    await house.hears(says(LAMP, number=2))

    assert await draft_of(house) == (LAMP, 0)
    assert "đoán ra ai nói" in house.said_to(EM_ID)[-1]


async def test_in_the_middle_of_a_draft_it_is_asked_about_at_once(house: House) -> None:
    await house.hears(says(LAMP))
    await press(house, EM_ID, "intake:agree")
    await house.hears(sent(2, PHOTO), sent(3, voice(45)))

    assert await step_of(house) is DraftStep.VOICE
    assert await draft_of(house) == (LAMP, 1)


async def test_words_put_below_it_later_are_taken(house: House) -> None:
    edit = edits("", EM_ID, 1)
    del edit["edited_message"]["text"]
    edit["edited_message"] |= voice(45) | {"caption": LAMP}
    await house.hears(sent(1, voice(45)), edit)

    assert await draft_of(house) == (LAMP, 0)


async def test_a_second_one_is_refused_with_a_sentence(house: House) -> None:
    await spoken_by_em(house, sent(2, voice(45)))

    assert house.office.words("voice.one_only") in house.said_to(EM_ID)


async def test_one_that_somebody_else_spoke_is_refused(house: House) -> None:
    await house.hears(sent(1, voice(45), forward_origin=ORIGIN))

    assert house.said_to(EM_ID) == [house.office.words("voice.forwarded")]
    assert await step_of(house) is None


async def test_one_that_is_too_long_is_refused(house: House) -> None:
    await house.hears(sent(1, voice(121)))

    assert "dài quá 2 phút" in house.said_to(EM_ID)[-1]


async def test_what_cannot_be_fetched_leaves_the_question_to_be_pressed_again(
    house: House,
) -> None:
    files = dict(house.office.gateway.files)
    await spoken_by_em(house)
    house.office.gateway.files.clear()
    assert await press(house, EM_ID, "voice:agree") == ""
    assert await step_of(house) is DraftStep.VOICE
    house.office.gateway.files |= files
    again = presses((await house.office.button(str(EM_ID), "voice:agree")).id)
    again["callback_query"]["id"] = "a press of its own"
    await house.hears(again)

    assert await step_of(house) is DraftStep.KIND


async def test_under_a_newer_notice_a_yes_is_not_said_to_have_kept_it(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await spoken_by_em(house)
    monkeypatch.setattr(resident, "NOTICE_VERSION", resident.NOTICE_VERSION + 1)
    said = await press(house, EM_ID, "voice:agree")
    closed = [call.payload.markup for call in house.office.gateway.calls if call.act == "edit"]

    assert "Trước khi anh/chị gửi ý kiến" in said
    assert house.office.words("voice.agreed") not in "\n".join([said, *closed])
    assert house.office.gateway.fetched == []


async def test_what_is_longer_than_it_said_is_left_out_with_its_reason(house: House) -> None:
    house.office.gateway.files["v"] = only_sound(spoken(121))
    await spoken_by_em(house)
    said = await press(house, EM_ID, "voice:agree")

    assert "dài quá 2 phút" in said
    assert await step_of(house) is DraftStep.TEXT


async def test_xem_tells_of_it_with_the_consent(house: House) -> None:
    await spoken_by_em(house)
    await house.hears(says("/xem", number=5))
    waiting = "\n".join(house.said_to(EM_ID))
    await press(house, EM_ID, "voice:agree")
    await house.hears(says("/xem", number=6))

    assert "chờ anh/chị đồng ý, chưa tải về" in waiting
    assert "kèm ghi âm 45 giây (anh/chị đồng ý lúc" in "\n".join(house.said_to(EM_ID))
    archive = house.office.gateway.to(str(EM_ID))[-1].file
    assert archive is not None
    assert house.office.gateway.files["v"] in archive.content


async def test_the_card_in_the_staff_group_says_only_that_there_is_one(house: House) -> None:
    await spoken_by_em(house)
    for action, choice in (
        ("voice:agree", ""),
        ("intake:kind", "phan_anh"),
        ("intake:field", ""),
        ("intake:unit", ""),
        ("intake:file", ""),
    ):
        await press(house, EM_ID, action, choice)
    await house.office.send_all()
    cards = [call for call in house.office.gateway.calls if "Ý kiến mới" in call.markup]

    assert cards
    assert all("🎙 Có ghi âm" in card.markup and "45" not in card.markup for card in cards)
    assert not any(call.file for call in house.office.gateway.calls)
