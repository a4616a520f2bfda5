"""One person's flood is answered once, politely, and buries nobody else's words."""

import pytest

from domain.errors import Refusal, Repeated
from domain.model.allowance import MOST, Act
from domain.usecases.keep_within import KeepWithin
from storage.vault.tallies import PADDED_TO
from tests.integration.storage.cast import EM, STRANGER
from tests.integration.usecases.office import Office, message, press
from tests.integration.usecases.story import LAMP, confirm_step, file_opinion


def within(office: Office) -> KeepWithin:
    return KeepWithin(office.vault, office.clock)


def main(office: Office) -> list[object]:
    tables = sorted(office.databases.tables("main"))
    return [office.sql(f"SELECT * FROM {table}") for table in tables]


async def spend_all(office: Office, act: Act) -> None:
    for number in range(MOST[act]):
        await within(office).spend(EM, act, f"u{number}")


@pytest.mark.parametrize("act", Act)
async def test_too_much_is_said_once_and_then_nothing_more(office: Office, act: Act) -> None:
    await spend_all(office, act)
    answers = []
    for number in range(3):
        with pytest.raises(Refusal) as refused:
            await within(office).spend(EM, act, f"over{number}")
        answers.append(type(refused.value))

    assert answers == [Refusal, Repeated, Repeated]


async def test_an_eleventh_opinion_waits_and_nothing_of_it_is_lost(office: Office) -> None:
    for number in range(10):
        await file_opinion(office, f"Việc {number}.")
    intake = await confirm_step(office)
    send = press(intake.buttons, "intake:file")
    with pytest.raises(Refusal, match=r"allowance\.opinion"):
        await office.receive.file_opinion(await office.visit(), send)
    office.wait(minutes=60)
    filed = (await office.receive.file_opinion(await office.visit(), send)).filed

    assert filed is not None
    assert filed.text == LAMP


async def test_what_is_added_to_a_case_counts_as_an_opinion_does(office: Office) -> None:
    opinion = await file_opinion(office)
    intake = await office.reply.correct(await office.visit(), opinion.id, message("Hẻm 21."))
    for number in range(MOST[Act.OPINION] - 1):
        await within(office).spend(EM, Act.OPINION, f"u{number}")
    send = press(intake.buttons, "reply:send")

    with pytest.raises(Refusal, match=r"allowance\.opinion"):
        await office.reply.send(await office.visit(), send)
    assert office.sql("SELECT count(*) FROM addition") == [(0,)]


async def test_one_persons_flood_is_nobody_elses(office: Office) -> None:
    await spend_all(office, Act.OPINION)

    assert (await file_opinion(office, who=STRANGER)).text == LAMP


async def test_the_same_update_is_counted_once(office: Office) -> None:
    for _ in range(20):
        await within(office).spend(EM, Act.OPINION, "the same")

    assert len((await office.vault.spent(EM, office.clock.now())).done) == 1


async def test_the_counters_are_in_the_vault_sealed_and_all_of_one_length(office: Office) -> None:
    before = main(office)
    await spend_all(office, Act.OPINION)
    await within(office).spend(STRANGER, Act.OPINION, "u1")
    rows = office.sql("SELECT who, sealed FROM tally", which="vault")

    assert main(office) == before
    assert len({len(sealed) for _, sealed in rows}) == 1
    assert len(rows[0][1]) > PADDED_TO
    assert not [who for who, _ in rows if EM.chat in who]


async def test_after_the_hour_nothing_of_them_is_left(office: Office) -> None:
    await spend_all(office, Act.OPINION)
    office.wait(minutes=70)
    await office.purge.forget_expired()

    assert office.sql("SELECT * FROM tally", which="vault") == []


async def test_when_they_end_tells_no_moment_of_filing(office: Office) -> None:
    office.wait(minutes=3, seconds=7)
    await file_opinion(office)
    ((ends,),) = office.sql("SELECT expires_at FROM tally", which="vault")

    assert str(ends)[14:19] == "10:00"
