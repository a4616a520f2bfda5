"""Forgotten on time: the address thirty days after closing, the text ninety days after that."""

import pytest

from domain.model.delivery import Held, OriginKind, SendOutcome, Unknown
from domain.model.sending import Done
from domain.ports import Received
from domain.usecases.choose_language import ChooseLanguage
from tests.integration.storage.cast import BOT, EM, GIANG
from tests.integration.usecases.office import Office, actor, press, private
from tests.integration.usecases.story import (
    LAMP,
    MENDED,
    answer,
    confirm_step,
    file_opinion,
    settle,
    take,
    write_answer,
)


async def closed(office: Office) -> str:
    """A case that Em has called solved; returns its code."""
    await answer(office)
    return (await settle(office, "solved")).opinion.code


async def test_the_address_dies_thirty_days_after_closing(office: Office) -> None:
    await closed(office)
    office.wait(days=30)
    assert (await office.purge.forget_expired()).addresses == 0
    office.wait(seconds=1)

    assert (await office.purge.forget_expired()).addresses == 1
    assert office.sql("SELECT handle FROM opinion") == [(None,)]
    assert office.sql("SELECT count(*) FROM address", which="vault") == [(0,)]


async def test_the_text_dies_ninety_days_later(office: Office) -> None:
    await closed(office)
    office.wait(days=120)
    assert (await office.purge.forget_expired()).texts == 0
    office.wait(seconds=1)

    assert (await office.purge.forget_expired()).texts == 1
    assert office.sql("SELECT text FROM opinion UNION ALL SELECT text FROM answer") == [("",)] * 2


async def test_without_an_address_the_code_still_opens_and_erases_the_case(
    office: Office,
) -> None:
    code = await closed(office)
    office.wait(days=31)
    await office.purge.forget_expired()
    assert (await office.follow.look_up(code)).answers[0].text == MENDED
    await office.follow.erase_case(code, office.cause())

    assert office.sql("SELECT text FROM opinion") == [("",)]


async def test_a_reopened_case_keeps_its_address(office: Office) -> None:
    await answer(office)
    (way_back,) = (await settle(office, "solved")).further
    office.wait(days=10)
    await office.follow.settle_case(way_back, office.cause())
    office.wait(days=365)

    assert (await office.purge.forget_expired()).addresses == 0


async def test_an_open_case_is_not_forgotten(office: Office) -> None:
    await file_opinion(office)
    office.wait(days=1000)
    removed = await office.purge.forget_expired()

    assert (removed.addresses, removed.texts, removed.orphans) == (0, 0, 0)
    assert await office.vault.address("h1") is not None


async def test_an_address_left_by_a_crash_is_swept(office: Office) -> None:
    await confirm_step(office)
    await office.vault.seal_address("h1", EM, office.clock.now())
    office.wait(days=4)

    assert (await office.purge.forget_expired()).orphans == 1
    assert await office.vault.address("h1") is None


async def test_forgetting_is_on_the_record_and_twice_is_once(office: Office) -> None:
    await closed(office)
    office.wait(days=121)
    await office.purge.forget_expired()
    entries = await office.record()
    await office.purge.forget_expired()

    assert entries[-1].event.detail == "addresses=1 texts=1 media=0"
    assert len(await office.record()) == len(entries)


async def test_an_unfinished_draft_is_erased_after_a_day(office: Office) -> None:
    await confirm_step(office)
    office.wait(hours=23)
    assert (await office.purge.forget_expired()).drafts == 0
    office.wait(hours=1)

    assert (await office.purge.forget_expired()).drafts == 1


async def test_an_update_that_could_not_be_handled_is_erased_after_a_month(
    office: Office,
) -> None:
    await office.inbox.store(BOT, [Received(1, EM.chat, LAMP.encode())])
    (poison,) = await office.inbox.oldest(BOT, 1)
    for _ in range(3):
        await office.inbox.failed(poison.id, "KeyError")
    for days, kept in ((30, 1), (1, 0)):
        office.wait(days=days)
        await office.purge.forget_expired()
        assert (await office.inbox.counts())["parked"] == kept


async def test_old_buttons_are_forgotten(office: Office) -> None:
    await confirm_step(office)
    office.wait(days=8)

    assert (await office.purge.forget_expired()).buttons > 0
    assert office.sql("SELECT count(*) FROM button") == [(0,)]


async def test_taking_consent_back_erases_language_consent_and_draft(office: Office) -> None:
    intake = await confirm_step(office)
    khmer = press(
        await ChooseLanguage(office.receive).offer(await office.visit()), "language:choose", "km"
    )
    await ChooseLanguage(office.receive).choose(await office.visit(), khmer)
    assert intake.resident.has_consented
    await office.rights.withdraw_consent(EM, office.cause())

    for table in ("resident", "opinion_draft"):
        assert office.sql(f"SELECT count(*) FROM {table}", which="vault") == [(0,)]


async def test_a_case_lives_on_when_its_writer_takes_consent_back(office: Office) -> None:
    opinion = await file_opinion(office)
    await office.rights.withdraw_consent(EM, office.cause())
    read = await office.triage.open_case(actor(GIANG), opinion.id, office.cause())

    assert read.id == opinion.id


@pytest.mark.parametrize("outcome", [Unknown("reset"), Held(5)], ids=str)
async def test_what_is_on_its_way_as_its_case_is_erased_keeps_no_words(
    office: Office, outcome: SendOutcome
) -> None:
    """Em erases it while Giang's answer, and the text for another look, are being sent."""
    opinion = await take(office, await file_opinion(office))
    button = await write_answer(office, opinion)
    await office.answer.send_answer(actor(GIANG), button, office.cause())
    await office.triage.open_case(actor(GIANG), opinion.id, office.cause())
    before = len(office.gateway.to(private(GIANG)))
    under_way = (await office.deliver.go_round([], 10)).claimed
    await office.follow.erase_case(opinion.code, office.cause())
    await office.deliver.go_round([Done(one.entry, one.address, outcome) for one in under_way], 0)
    office.wait(minutes=1)
    await office.send_all()

    assert {one.entry.origin.kind for one in under_way} >= {OriginKind.LETTER, OriginKind.VIEW}
    assert not any("Đèn đường" in one.markup for one in office.gateway.to(private(GIANG))[before:])
    kept = "SELECT payload FROM outbox WHERE origin_kind IN ('letter', 'view')"
    assert {payload for (payload,) in office.sql(kept)} == {None}


async def test_taking_consent_back_leaves_no_moment_in_main(office: Office) -> None:
    """A line on record would stand beside the person's own erasures of that minute."""
    await file_opinion(office)
    before = office.sql("SELECT count(*) FROM audit")
    await office.rights.withdraw_consent(EM, office.cause())

    assert office.sql("SELECT count(*) FROM audit") == before
