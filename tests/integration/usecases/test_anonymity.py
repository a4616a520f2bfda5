"""Main never learns who wrote, and staff never see it."""

import pytest

from domain.model.access import Role
from domain.model.delivery import Held, Rejected
from tests.integration.storage.cast import EM, GIANG, STAFF_GROUP
from tests.integration.usecases.office import Office, actor, private
from tests.integration.usecases.story import answer, file_opinion, settle, take, write_answer

NAME = EM.chat.encode()


async def whole_life(office: Office) -> None:
    office.gateway.will(EM.chat, Held(30.0))
    opinion = await take(office, await file_opinion(office))
    office.wait(seconds=30)
    button = await write_answer(office, opinion)
    await office.answer.send_answer(actor(GIANG), button, office.cause())
    await settle(office, "not_solved")
    await office.send_all()


async def test_nothing_in_main_identifies_the_resident(office: Office) -> None:
    await whole_life(office)

    assert len(office.gateway.to(EM.chat)) == 3
    assert NAME not in office.databases.everything("main")


async def test_the_canary_would_be_seen(office: Office) -> None:
    await file_opinion(office)
    office.past_the_rules(
        "an_account_is_not_handed_on",
        "UPDATE person SET account = ? WHERE id = 'giang'",
        f"telegram:{EM.chat}",
    )

    assert NAME in office.databases.everything("main")


async def test_nothing_that_staff_are_sent_identifies_the_resident(office: Office) -> None:
    await whole_life(office)
    chats = (STAFF_GROUP.address.chat, private(GIANG))
    shown = [str(call.payload) for chat in chats for call in office.gateway.to(chat)]

    assert len(shown) >= 4
    assert not [text for text in shown if EM.chat in text]


async def test_staff_never_see_the_code_that_opens_and_erases_a_case(office: Office) -> None:
    await whole_life(office)
    ((code,),) = office.sql("SELECT code FROM opinion")
    shown = [str(call.payload) for call in office.gateway.calls if call.chat != EM.chat]

    assert code in office.gateway.to(EM.chat)[0].markup
    assert not [text for text in shown if code in text]


async def test_the_record_knows_residents_by_one_word(office: Office) -> None:
    await whole_life(office)
    actors = {entry.event.actor_id for entry in await office.record()}

    assert actors == {Role.RESIDENT, GIANG.id}


async def test_two_cases_of_one_resident_share_nothing_but_the_place(office: Office) -> None:
    await file_opinion(office)
    await file_opinion(office, "Việc khác.")
    (first, second) = office.sql("SELECT id, code, handle, owner_id FROM opinion")

    assert not set(first[:3]) & set(second[:3])


async def test_numbers_are_masked_until_somebody_asks_on_the_record(office: Office) -> None:
    opinion = await file_opinion(office, "Gọi tôi 0903123456.")
    await office.triage.open_case(actor(GIANG), opinion.id, office.cause())
    await office.triage.open_case(actor(GIANG), opinion.id, office.cause(), numbers_shown=True)
    await office.send_all()
    masked, shown = office.gateway.to(private(GIANG))

    assert "0903123456" not in masked.markup
    assert "0903123456" in shown.markup
    assert [entry.event.detail for entry in (await office.record())[-2:]] == ["", "numbers"]


async def test_a_view_leaves_the_private_chat_after_a_day(office: Office) -> None:
    opinion = await file_opinion(office)
    await office.triage.open_case(actor(GIANG), opinion.id, office.cause())
    await office.send_all()
    office.wait(hours=23, minutes=59)
    assert await office.take_back.delete_expired() == 0
    office.wait(minutes=1)

    assert await office.take_back.delete_expired() == 1
    assert [call.act for call in office.gateway.calls if call.chat == private(GIANG)] == [
        "send",
        "delete",
    ]


async def viewed(office: Office) -> None:
    opinion = await file_opinion(office)
    await office.triage.open_case(actor(GIANG), opinion.id, office.cause())
    await office.send_all()


def deletions(office: Office) -> int:
    return sum(call.act == "delete" for call in office.gateway.calls)


async def test_a_view_that_may_not_be_deleted_is_tried_again_and_written_down(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    await viewed(office)
    office.gateway.will(private(GIANG), Rejected("message can't be deleted"))
    office.wait(hours=24)
    assert await office.take_back.delete_expired() == 0
    assert await office.take_back.delete_expired() == 0
    office.wait(hours=1)

    assert await office.take_back.delete_expired() == 1
    assert deletions(office) == 2
    assert "message can't be deleted" in caplog.text


async def test_what_the_channel_deletes_no_more_is_given_up(office: Office) -> None:
    await viewed(office)
    office.gateway.will(private(GIANG), *[Rejected("message can't be deleted")] * 99)
    for _ in range(60):
        office.wait(hours=1)
        await office.take_back.delete_expired()

    assert deletions(office) == 24


async def test_the_answer_reaches_the_resident_under_the_offices_name(office: Office) -> None:
    await answer(office)
    await office.send_all()
    letter = office.gateway.to(EM.chat)[-1].markup

    assert "UBND phường Ninh Kiều" in letter
    assert GIANG.name not in letter
