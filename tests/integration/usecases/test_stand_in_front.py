"""Cards and letters are one bot's to send: two cannot both be the one that people talk to."""

import pytest

from domain.errors import LostRace
from domain.model.duty import EVERY, FRONT_BOT, STILL, of_bot
from domain.usecases.stand_in_front import StandInFront
from domain.usecases.stand_watch import StandWatch
from tests.integration.storage.cast import BOT
from tests.integration.usecases.office import Office

OTHER = BOT + 1


def place(office: Office, bot: int, alone: bool = False) -> StandInFront:
    return StandInFront(office.memory, office.clock, bot, f"process of {bot}", alone)


@pytest.fixture
async def at_work(office: Office) -> StandWatch:
    """A process is on duty for the bot that people talk to."""
    watch = StandWatch(office.memory, office.clock, of_bot(BOT), f"process of {BOT}")
    assert await watch.take()
    assert await place(office, BOT).take()
    return watch


async def test_processes_of_one_bot_share_the_place(office: Office, at_work: StandWatch) -> None:
    assert await place(office, BOT).take()


async def test_another_bot_is_refused_while_the_first_is_at_work(
    office: Office, at_work: StandWatch
) -> None:
    other = place(office, OTHER)
    assert not await other.take()
    office.wait(seconds=EVERY)
    await at_work.beat()

    with pytest.raises(LostRace) as refused:
        await other.take()
    assert refused.value.values == {"other": str(BOT), "bot": str(OTHER)}


async def test_a_bot_that_is_run_no_more_gives_way_at_once(
    office: Office, at_work: StandWatch
) -> None:
    await at_work.leave()

    assert await place(office, OTHER).take()


async def test_a_bot_whose_process_died_gives_way_after_a_few_seconds(
    office: Office, at_work: StandWatch
) -> None:
    other = place(office, OTHER)
    assert not await other.take()
    office.wait(seconds=STILL)

    assert await other.take()


async def test_whoever_was_only_frozen_finds_itself_off_duty(
    office: Office, at_work: StandWatch
) -> None:
    other = place(office, OTHER)
    await other.take()
    office.wait(seconds=STILL)
    await other.take()

    assert not await at_work.beat()


async def test_where_no_other_process_can_be_nobody_is_waited_for(
    office: Office, at_work: StandWatch
) -> None:
    assert await place(office, OTHER, alone=True).take()


async def test_after_a_restore_the_place_is_free(office: Office, at_work: StandWatch) -> None:
    await office.restore.go_on_from(office.clock.now())

    assert await place(office, OTHER).take()
    async with office.memory.begin() as work:
        assert (await work.duties.look(FRONT_BOT)).holder == str(OTHER)
