"""A hash does not outlive its words: whoever guesses them could prove the guess by it."""

import hashlib

import pytest

from domain.errors import LostRace
from domain.model.opinion import Opinion
from tests.integration.storage.cast import GIANG
from tests.integration.usecases.hands import further, opened, previewed
from tests.integration.usecases.office import Office, actor, press
from tests.integration.usecases.story import (
    file_opinion,
    settle,
    take,
    write_answer,
)

SHORT, YES, NO = "Đèn hỏng.", "Đã sửa.", "Không phải việc của phường."
OTHER = "Đang xem."


def hashes(office: Office, opinion: Opinion) -> set[str]:
    """Of the words themselves, and of all that is in line with words in it."""
    words = [SHORT, YES, NO, OTHER, f"declined\n{NO}", opinion.text]
    known = {hashlib.sha256(one.encode()).hexdigest() for one in words}
    in_line = office.sql("SELECT payload, payload_hash FROM outbox WHERE payload IS NOT NULL")
    assert {hashlib.sha256(words.encode()).hexdigest() for words, _ in in_line} == {
        kept for _, kept in in_line
    }
    of_cards = "SELECT payload_hash FROM outbox WHERE origin_kind = 'card'"
    return known | {kept for _, kept in in_line} - {kept for (kept,) in office.sql(of_cards)}


def left(office: Office, known: set[str]) -> set[str]:
    """Those of them that stand in either database."""
    everything = office.databases.everything("main") + office.databases.everything("vault")
    return {one for one in known if one.encode() in everything}


async def begun(office: Office) -> tuple[Opinion, set[str]]:
    """Giang has read it, has thrown two drafts away, and her answer is in line."""
    opinion = await take(office, await file_opinion(office, SHORT))
    known = hashes(office, opinion)
    await previewed(office, opinion, "opinion:decline", NO)
    await write_answer(office, opinion, OTHER)
    button = await write_answer(office, opinion, YES)
    await office.answer.send_answer(actor(GIANG), button, office.cause())
    await office.triage.open_case(actor(GIANG), opinion.id, office.cause())
    return opinion, known | hashes(office, opinion)


async def test_no_hash_of_a_letter_lies_under_its_preview(office: Office) -> None:
    opinion = await take(office, await file_opinion(office, SHORT))
    await previewed(office, opinion, "opinion:decline", NO)
    await write_answer(office, opinion, YES)

    assert not left(office, hashes(office, opinion))


async def test_what_was_sent_keeps_no_hash(office: Office) -> None:
    await begun(office)
    await office.send_all()
    sent = office.sql("SELECT payload, payload_hash FROM outbox WHERE state = 'sent'")

    assert set(sent) == {(None, "")}


@pytest.mark.parametrize("is_sent", [True, False])
async def test_an_erased_case_leaves_no_hash_of_its_words(office: Office, is_sent: bool) -> None:
    opinion, known = await begun(office)
    assert is_sent or len(left(office, known)) >= 2
    if is_sent:
        await office.send_all()
    await office.follow.erase_case(opinion.code, office.cause())

    assert not left(office, known)


async def test_after_its_time_no_hash_of_a_case_is_left(office: Office) -> None:
    _, known = await begun(office)
    await settle(office, "solved")
    for days in (31, 91):
        office.wait(days=days)
        await office.take_back.delete_expired()
        await office.purge.forget_expired()

    assert not left(office, known)


async def test_what_staff_were_about_to_write_is_erased_with_the_case(office: Office) -> None:
    opinion = await take(office, await file_opinion(office, SHORT))
    button = await write_answer(office, opinion, YES)
    await office.follow.erase_case(opinion.code, office.cause())

    assert YES.encode() not in office.databases.everything("main")
    with pytest.raises(LostRace):
        await office.answer.send_answer(actor(GIANG), button, office.cause())


async def test_a_previewed_forwarding_leaves_no_hash_of_its_letter(office: Office) -> None:
    opinion = await file_opinion(office, SHORT)
    await opened(office, GIANG, opinion)
    look = await further(office, GIANG, "opinion:forward")
    places = await office.forward.show_places(actor(GIANG), look, office.cause())
    there = next(one for one in places.buttons if one.action == "forward:choose")
    preview = await office.forward.preview(actor(GIANG), there, office.cause())
    *_, known = press(preview.buttons, "forward:send").choice.split("/")
    assert left(office, {known})
    await office.follow.erase_case(opinion.code, office.cause())

    assert not left(office, {known})
