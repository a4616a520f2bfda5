"""Em answers a bulletin in her group: public words, held for her consent, filed once."""

from typing import Any

import pytest

from domain.model.resident import Resident
from domain.ports import Cause
from tests.integration.storage.cast import AN, BOT, EM, GIANG, GROUP, NOW, WARD
from tests.integration.telegram.house import EM_ID, House, Json, edits, presses, says, user
from tests.integration.usecases.gateway import deep_link
from tests.integration.usecases.office import private
from tests.integration.usecases.story import LAMP, TIDE, release, take
from tests.integration.usecases.test_polls import asked

HERE = int(GROUP.address.chat)
KHACH = 7773339999
SUPERGROUP: Json = {"id": HERE, "type": "supergroup", "title": GROUP.title}


def ours(number: int | str, **more: object) -> Json:
    """A message of the bot's, as a reply quotes it."""
    us = {"id": BOT, "is_bot": True, "first_name": "Hai Chiều"}
    quoted: Json = {"message_id": int(number), "date": 1_700_000_000, "chat": SUPERGROUP}
    return quoted | {"from": us} | more


def replies(text: str, to: int | str, number: int = 50, account: int = EM_ID, **more: Any) -> Json:
    """Words in the group that answer a message of the bot's."""
    return says(text, account, number, chat=SUPERGROUP, reply_to_message=ours(to), **more)


async def bulletin(house: House) -> str:
    """A bulletin in the group; returns the number of its message there."""
    await release(house.office)
    await house.office.send_all()
    (sent,) = house.office.sql(
        "SELECT message_id FROM outbox WHERE destination = ? AND state = 'sent'",
        f"chat:{GROUP.id}",
    )
    return str(sent[0])


async def consented(house: House, language: str = "vi") -> None:
    await house.office.vault.save_resident(EM, Resident(language).consenting(NOW))


def lines(house: House) -> list[str]:
    """What the group was told, apart from the bulletin."""
    return [said for said in house.said_to(HERE) if TIDE not in said]


def line(house: House, key: str, language: str = "vi", **values: object) -> str:
    return str(house.rooms.words.html(f"reply.{key}", language, **values))


def held(house: House) -> int:
    return int(house.office.sql("SELECT count(*) FROM public_reply", which="vault")[0][0])


def cases(house: House) -> list[tuple[str, str, bool, str]]:
    rows = house.office.sql("SELECT text, source, is_public, unit_id FROM opinion ORDER BY number")
    return [(text, source, bool(public), unit) for text, source, public, unit in rows]


async def agrees(house: House) -> None:
    """Em follows the button in the group and says yes."""
    await house.hears(says("/start nhom"))
    button = await house.office.button(EM.chat, "reply:agree")
    await house.hears(presses(button.id))
    await house.office.send_all()


async def test_a_reply_is_received_in_public_and_held_for_consent(house: House) -> None:
    number = await bulletin(house)
    await house.hears(replies(LAMP, number))

    assert lines(house) == [line(house, "held")]
    assert (held(house), cases(house)) == (1, [])
    (face,) = house.office.gateway.to(str(HERE))[-1].payload.buttons[0]
    assert face.url == deep_link("nhom")


async def test_the_line_stands_below_the_words_it_answers(house: House) -> None:
    await house.hears(replies(LAMP, await bulletin(house), number=51))

    assert house.office.gateway.to(str(HERE))[-1].payload.answers == "51"


async def test_with_consent_it_is_filed_as_written_in_public(house: House) -> None:
    await house.hears(replies(LAMP, await bulletin(house)))
    await agrees(house)

    assert cases(house) == [(LAMP, "group_reply", True, WARD.id)]
    assert held(house) == 0


async def test_the_code_comes_in_private_and_never_in_the_group(house: House) -> None:
    await house.hears(replies(LAMP, await bulletin(house)))
    await agrees(house)

    ((code,),) = house.office.sql("SELECT code FROM opinion")
    assert any(code in said for said in house.said_to(EM.chat))
    assert not any(code in said for said in house.said_to(HERE))


async def test_before_consent_its_words_are_nowhere_in_the_clear(house: House) -> None:
    await house.hears(replies("chim sơn ca hót ở hẻm mười hai", await bulletin(house)))

    folder = house.office.databases.folder
    files = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    assert held(house) == 1
    assert not any("chim sơn ca".encode() in content for content in files)


async def test_without_consent_it_waits_sixty_minutes_and_no_longer(house: House) -> None:
    await house.hears(replies(LAMP, await bulletin(house)))
    house.office.wait(minutes=59, seconds=59)
    await house.office.purge.forget_expired()
    assert held(house) == 1
    house.office.wait(seconds=1)
    assert await house.office.vault.held_replies(EM, house.office.clock.now()) == ()
    await house.office.purge.forget_expired()

    assert (held(house), cases(house)) == (0, [])


async def test_whoever_comes_too_late_is_told_that_it_was_erased(house: House) -> None:
    await house.hears(replies(LAMP, await bulletin(house)))
    house.office.wait(minutes=61)
    await house.hears(says("/start nhom"))

    assert line(house, "none_waiting") in house.said_to(EM.chat)


async def test_a_refusal_erases_the_words_at_once(house: House) -> None:
    await house.hears(replies(LAMP, await bulletin(house)))
    await house.hears(says("/start nhom"))
    button = await house.office.button(EM.chat, "reply:decline")
    await house.hears(presses(button.id))

    assert (held(house), cases(house)) == (0, [])


async def test_who_has_agreed_before_is_filed_at_once(house: House) -> None:
    await consented(house)
    await house.hears(replies(LAMP, await bulletin(house)))
    await house.office.send_all()

    assert cases(house) == [(LAMP, "group_reply", True, WARD.id)]
    assert lines(house) == [line(house, "filed")]
    ((code,),) = house.office.sql("SELECT code FROM opinion")
    assert any(code in said for said in house.said_to(EM.chat))


async def test_a_reply_to_a_poll_is_a_comment_on_it_in_public(house: House) -> None:
    await consented(house)
    await asked(house.office)
    ((number, field),) = house.office.sql(
        "SELECT o.message_id, r.field FROM outbox o JOIN broadcast b ON b.id = o.origin_id"
        " JOIN revision r ON r.id = b.revision_id WHERE o.part = 1 AND o.destination = ?",
        f"chat:{GROUP.id}",
    )
    await house.hears(replies(LAMP, number))

    assert cases(house) == [(LAMP, "poll_comment", True, WARD.id)]
    assert house.office.sql("SELECT field FROM opinion") == [(field,)]


async def test_staff_read_that_it_was_public_and_what_it_answered(house: House) -> None:
    await consented(house)
    await house.hears(replies(LAMP, await bulletin(house)))
    async with house.rooms.memory.begin() as work:
        ((handle,),) = house.office.sql("SELECT handle FROM opinion")
        opinion = await work.opinions.by_handle(handle)
    assert opinion is not None
    await house.office.send_all()
    await take(house.office, opinion)

    mark = house.office.letterhead.words.html("triage.public", about=opinion.replied_to)
    assert opinion.replied_to == TIDE
    assert any(mark in said for said in house.said_to(private(GIANG)))


async def test_the_answer_reaches_whoever_wrote_in_private(house: House) -> None:
    await house.hears(replies(LAMP, await bulletin(house)))
    await agrees(house)
    ((handle,),) = house.office.sql("SELECT handle FROM opinion")

    assert await house.office.vault.address(handle) == EM


async def test_messages_about_one_bulletin_become_one_case(house: House) -> None:
    number = await bulletin(house)
    await house.hears(replies("Đèn hỏng.", number, 50), replies("Hẻm rất tối.", number, 51))
    await agrees(house)

    assert [text for text, *_ in cases(house)] == ["Đèn hỏng.\nHẻm rất tối."]


async def test_yes_files_what_was_shown_and_the_rest_has_a_press_of_its_own(house: House) -> None:
    number = await bulletin(house)
    long = "Hẻm rất tối. " * 200
    await house.hears(replies(long, number, 50), replies("Cống tắc. " * 60, number, 51))
    await house.hears(says("/start nhom", number=900))
    shown = "".join(house.said_to(EM.chat))
    await house.hears(presses((await house.office.button(EM.chat, "reply:agree")).id))

    assert long.strip() in shown
    assert "Cống tắc" not in shown
    assert [text for text, *_ in cases(house)] == [long.strip()]
    await agrees(house)
    assert (len(cases(house)), held(house)) == (2, 0)


@pytest.mark.parametrize("late", ["edit", "more"])
async def test_yes_files_nothing_that_reads_otherwise_than_it_was_shown(
    house: House, late: str
) -> None:
    number = await bulletin(house)
    await house.hears(replies(LAMP, number, 50))
    await house.hears(says("/start nhom"))
    button = await house.office.button(EM.chat, "reply:agree")
    edit = edits("Chửi ai đó", number=50)["edited_message"]
    edit |= {"chat": SUPERGROUP, "reply_to_message": ours(number)}
    came = {"edited_message": edit} if late == "edit" else replies("Chưa xem", number, 51)
    await house.hears(came)
    await house.hears(presses(button.id))

    filed = [text for text, *_ in cases(house)]
    assert filed == ([] if late == "edit" else [LAMP])
    assert held(house) == 1


async def test_a_formal_matter_is_asked_about_and_led_elsewhere(house: House) -> None:
    await consented(house)
    await house.hears(replies("Tôi tố cáo ông X", await bulletin(house)))
    assert (cases(house), held(house)) == ([], 1)
    await house.hears(says("/start nhom"))
    button = await house.office.button(EM.chat, "reply:formal", "to_cao")
    await house.hears(presses(button.id))

    assert (cases(house), held(house)) == ([], 0)
    assert house.rooms.words.html("formal.to_cao", "vi") in house.said_to(EM.chat)


async def test_replies_count_towards_the_hours_limit_and_it_is_said_once(house: House) -> None:
    await consented(house)
    number = await bulletin(house)
    for n in range(13):
        house.office.wait(minutes=2)
        await house.hears(replies(f"Đèn {n} hỏng", number, 50 + n))

    assert len(cases(house)) == 10
    assert len([said for said in lines(house) if "phút nữa" in said]) <= 1


async def test_a_group_is_answered_in_its_own_language(house: House) -> None:
    number = await bulletin(house)
    house.office.sql("UPDATE chat SET language = 'km' WHERE id = ?", GROUP.id)
    await house.hears(replies("ចង្កៀងខូច", number))
    await house.hears(says("/start nhom"))

    assert lines(house) == [line(house, "held", "km")]
    notice = house.rooms.words.html("intake.notice", "km", body="UBND thành phố Cần Thơ")
    assert notice in house.said_to(EM.chat)


async def test_another_language_can_be_chosen_for_the_notice(house: House) -> None:
    await house.hears(replies(LAMP, await bulletin(house)))
    await house.hears(says("/start nhom"))
    khmer = await house.office.button(EM.chat, "reply:language", "km")
    await house.hears(presses(khmer.id))
    agree = await house.office.button(EM.chat, "reply:agree")
    await house.hears(presses(agree.id))

    assert house.office.sql("SELECT language FROM opinion") == [("km",)]


async def test_one_person_is_answered_in_public_once_in_five_minutes(house: House) -> None:
    number = await bulletin(house)
    await house.hears(*(replies(f"Đèn {n} hỏng", number, 50 + n) for n in range(4)))
    assert lines(house) == [line(house, "held")]
    house.office.wait(minutes=5)
    await house.hears(replies("Còn hẻm 14", number, 60))

    assert (len(lines(house)), held(house)) == (2, 5)


async def test_a_crowd_gets_six_lines_a_minute_and_all_are_held(house: House) -> None:
    number = await bulletin(house)
    crowd = [replies(LAMP, number, 50 + n, KHACH + n) for n in range(9)]
    await house.hears(*crowd)

    assert (len(lines(house)), held(house)) == (6, 9)


async def test_an_eleventh_reply_is_not_held_and_said_so(house: House) -> None:
    number = await bulletin(house)
    await house.hears(*(replies(f"Đèn {n} hỏng", number, 50 + n) for n in range(10)))
    house.office.wait(minutes=6)
    await house.hears(replies("Còn nữa", number, 70))

    assert held(house) == 10
    assert lines(house)[-1] == line(house, "full", limit=10)


@pytest.mark.parametrize("account", [1087968824, 136817688])
async def test_whoever_hides_behind_the_group_or_a_channel_is_not_held(
    house: House, account: int
) -> None:
    number = await bulletin(house)
    await house.hears(replies(LAMP, number, account=account, sender_chat=SUPERGROUP))

    assert held(house) == 0
    assert lines(house) == [house.rooms.words.html("errors.faceless", "vi")]


async def test_an_edit_while_it_waits_puts_the_newest_words_in_place(house: House) -> None:
    number = await bulletin(house)
    await house.hears(replies("Đèn hẻm 21 hỏng", number))
    edit = edits("Đèn hẻm 12 hỏng", number=50)["edited_message"]
    edit |= {"chat": SUPERGROUP, "reply_to_message": ours(number)}
    await house.hears({"edited_message": edit})
    await agrees(house)

    assert [text for text, *_ in cases(house)] == ["Đèn hẻm 12 hỏng"]
    assert lines(house) == [line(house, "held")]


async def test_an_edit_after_it_was_filed_changes_nothing_and_says_so(house: House) -> None:
    await consented(house)
    number = await bulletin(house)
    await house.hears(replies(LAMP, number))
    house.office.wait(minutes=6)
    edit = edits("Thôi, đèn sáng rồi", number=50)["edited_message"]
    edit |= {"chat": SUPERGROUP, "reply_to_message": ours(number)}
    await house.hears({"edited_message": edit})

    assert [text for text, *_ in cases(house)] == [LAMP]
    assert lines(house)[-1] == line(house, "edited_late")


PHOTO = {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}]}
STICKER = {
    "sticker": {
        "file_id": "f", "file_unique_id": "u", "width": 9, "height": 9, "type": "regular",
        "is_animated": False, "is_video": False,
    }
}  # fmt: skip
VOICE = {"voice": {"file_id": "f", "file_unique_id": "u", "duration": 3}}


def wordless(to: str, number: int = 50, **content: Any) -> Json:
    update = replies("", to, number)
    update["message"].pop("text")
    update["message"] |= content
    return update


@pytest.mark.parametrize("content", [PHOTO, STICKER, VOICE, {"text": "👍"}])
async def test_what_holds_no_words_is_not_held_and_said_so(house: House, content: Json) -> None:
    await house.hears(wordless(await bulletin(house), **content))

    assert held(house) == 0
    assert lines(house) == [line(house, "words_only")]


async def test_an_album_in_pieces_is_held_by_its_words_and_answered_once(house: House) -> None:
    number = await bulletin(house)
    first = wordless(number, 50, media_group_id="a", caption=LAMP, **PHOTO)
    await house.hears(first, *(wordless(number, 51 + n, **PHOTO) for n in range(3)))

    assert lines(house) == [line(house, "held")]
    assert held(house) == 1


async def test_the_same_update_again_holds_and_files_nothing_twice(house: House) -> None:
    number = await bulletin(house)
    update = replies(LAMP, number) | {"update_id": 1500}
    await house.hears(update, update)
    await agrees(house)
    again = replies(LAMP, number) | {"update_id": 1501}
    await house.hears(again)

    assert (len(cases(house)), held(house)) == (1, 0)


async def test_a_restart_in_the_middle_still_answers_whoever_spoke(house: House) -> None:
    """The effect is in main; the process died before the line was said."""
    number = await bulletin(house)
    await house.hears(replies(LAMP, number))
    async with house.rooms.memory.begin(Cause(BOT, 1700)) as work:
        await work.commit()
    await house.hears(replies("Còn hẻm 14", number, 60, KHACH) | {"update_id": 1700})

    assert lines(house)[-1] == line(house, "resumed")


async def test_a_reply_to_something_else_of_ours_is_led_to_the_private_chat(
    house: House,
) -> None:
    await bulletin(house)
    await house.hears(replies(LAMP, 999))

    assert held(house) == 0
    assert lines(house) == [house.rooms.words.html("start.in_group", "vi")]


async def test_staff_who_answer_are_not_taken_for_residents(house: House) -> None:
    await house.hears(replies(LAMP, await bulletin(house), account=int(private(AN))))

    assert held(house) == 0
    assert lines(house) == [house.rooms.words.html("start.in_group", "vi")]


async def test_a_reply_to_somebody_elses_message_that_quotes_ours_is_not_stored(
    house: House,
) -> None:
    number = await bulletin(house)
    theirs = ours(number) | {"from": user(KHACH), "text": TIDE, "forward_origin": {}}
    elsewhere = {"origin": {"type": "user"}, "chat": SUPERGROUP, "message_id": int(number)}
    before = await house.office.inbox.counts()
    await house.hears(
        says(LAMP, EM_ID, 60, chat=SUPERGROUP, reply_to_message=theirs),
        says(LAMP, EM_ID, 61, chat=SUPERGROUP, external_reply=elsewhere),
        says(LAMP, EM_ID, 62, chat=SUPERGROUP),
    )

    assert await house.office.inbox.counts() == before
    assert lines(house) == []


async def test_taking_consent_back_erases_what_waits(house: House) -> None:
    await house.hears(replies(LAMP, await bulletin(house)))
    await house.office.rights.withdraw_consent(EM, house.office.cause())

    assert held(house) == 0


async def test_nobody_else_can_agree_for_whoever_wrote(house: House) -> None:
    await house.hears(replies(LAMP, await bulletin(house)))
    await house.hears(says("/start nhom"))
    button = await house.office.button(EM.chat, "reply:agree")
    await house.hears(presses(button.id, KHACH), says("/start nhom", KHACH))

    assert (held(house), cases(house)) == (1, [])
    assert not any(LAMP in said for said in house.said_to(KHACH))
