"""What else is forgotten on time, and what a round would remove before it does."""

import logging
from dataclasses import asdict

import pytest

from domain.errors import AlreadyProcessed
from domain.ports import Cause, Received
from domain.usecases.purge import MARKS_KEPT, READINGS_KEPT
from tests.integration.storage.cast import BOT, EM, GIANG, QUARTER
from tests.integration.usecases.office import Office, actor
from tests.integration.usecases.story import (
    answer,
    confirm_step,
    file_opinion,
    settle,
    take,
    write_answer,
)

FAR = Cause(BOT, 10**9)


async def mark(office: Office, cause: Cause = FAR) -> None:
    async with office.memory.begin(cause) as work:
        await work.commit()


async def much_is_due(office: Office) -> None:
    """A closed case, an orphan, a draft, handled updates, buttons: all beyond their time."""
    await answer(office)
    await settle(office, "solved")
    await office.vault.seal_address("orphan", EM, office.clock.now())
    office.wait(days=121)
    await confirm_step(office, "Chưa gửi.")
    await office.inbox.store(BOT, [Received(1, EM.chat, b"{}")])
    (waiting,) = await office.inbox.oldest(BOT, 1)
    await office.inbox.done(waiting.id)
    office.wait(days=8)


def everything(office: Office) -> dict[str, list[str]]:
    """Every row of both databases."""
    return {
        table: sorted(map(repr, office.sql(f"SELECT * FROM {table}", which=which)))
        for which in ("main", "vault")
        for table in office.databases.tables(which)
    }


async def test_a_dry_run_says_what_a_round_removes_and_removes_nothing(office: Office) -> None:
    await much_is_due(office)
    before = everything(office)
    would = await office.purge.would_forget()
    assert everything(office) == before
    done = await office.purge.forget_expired()

    assert would == done
    assert min(asdict(done)[name] for name in ("drafts", "addresses", "texts", "orphans")) == 1
    assert (done.updates, done.buttons > 0, done.marks > 0) == (1, True, True)
    assert not any(asdict(await office.purge.would_forget()).values())


async def test_a_round_that_removed_something_says_so_in_the_log_without_a_name(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    await much_is_due(office)
    with caplog.at_level(logging.INFO, "domain.usecases.purge"):
        await office.purge.forget_expired()
        await office.purge.forget_expired()
    said = [record.getMessage() for record in caplog.records]

    assert len(said) == 1
    assert "addresses=1 texts=1" in said[0]
    assert EM.chat not in said[0]


async def test_the_mark_of_an_update_stays_for_as_long_as_it_may_come_again(
    office: Office,
) -> None:
    await mark(office)
    office.wait(seconds=MARKS_KEPT.total_seconds())
    await office.purge.forget_expired()
    with pytest.raises(AlreadyProcessed):
        await mark(office)


async def test_the_mark_of_an_update_is_forgotten_after_its_time(office: Office) -> None:
    await mark(office)
    office.wait(days=MARKS_KEPT.days + 1)

    assert (await office.purge.forget_expired()).marks == 1
    assert office.sql("SELECT count(*) FROM processed") == [(0,)]


async def test_an_update_that_still_waits_keeps_its_mark_however_old_it_is(
    office: Office,
) -> None:
    """`post` was away for months, between an effect and the blanking of its update."""
    await office.inbox.store(BOT, [Received(FAR.update_id, EM.chat, b"{}")])
    await mark(office)
    office.wait(days=365)
    await office.purge.forget_expired()
    with pytest.raises(AlreadyProcessed):
        await mark(office)

    (waiting,) = await office.inbox.oldest(BOT, 1)
    await office.inbox.done(waiting.id)
    assert (await office.purge.forget_expired()).marks == 1


async def test_how_many_read_is_forgotten_after_the_years_report(office: Office) -> None:
    day = office.clock.now().date()
    async with office.memory.begin() as work:
        await work.mornings.count_reader(QUARTER.id, day, "mark")
        await work.commit()
    office.wait(days=READINGS_KEPT.days)
    assert (await office.purge.forget_expired()).readings == 0
    office.wait(days=1)

    assert (await office.purge.forget_expired()).readings == 1


async def test_an_address_that_a_case_names_is_no_orphan(office: Office) -> None:
    opinion = await file_opinion(office)
    office.wait(days=9)

    assert (await office.purge.forget_expired()).orphans == 0
    assert await office.vault.address(opinion.handle or "") == EM


async def test_after_its_time_no_word_of_a_case_is_left_in_main(office: Office) -> None:
    """Neither in the text, nor in the letter, the copies for staff, the index of words, the log."""
    odd = "Xylophon Quirin"
    opinion = await take(office, await file_opinion(office, f"{odd} hỏng."))
    button = await write_answer(office, opinion, f"{odd} đã sửa.")
    await office.answer.send_answer(actor(GIANG), button, office.cause())
    await settle(office, "solved")
    await office.triage.open_case(actor(GIANG), opinion.id, office.cause())
    await office.send_all()
    await office.take_back.delete_expired()
    assert b"Xylophon" in office.databases.everything("main")
    for _ in range(122):
        office.wait(days=1)
        await office.take_back.delete_expired()
        await office.purge.forget_expired()
    everything = office.databases.everything("main").lower()

    assert [word for word in (b"xylophon", b"quirin") if word in everything] == []
