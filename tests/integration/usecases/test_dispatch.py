"""The sender's loop: what ends is written down, whatever else goes on or wrong meanwhile."""

import asyncio
from collections.abc import Callable

import pytest

from domain.errors import CredentialsRefused, MemoryLost
from domain.model.chat import Address
from domain.model.delivery import EntryState, Unauthorised
from domain.ports import Memory
from handlers.ticks.dispatch import Dispatch
from storage.vault.residents import SqlVault
from tests.integration.storage.cast import GROUP, QUARTER_GROUP
from tests.integration.usecases.between import Between
from tests.integration.usecases.office import Office
from tests.integration.usecases.story import answer, approve, release

WARD_CHAT, QUARTER_CHAT = GROUP.address.chat, QUARTER_GROUP.address.chat
LONGER_THAN_MAIN_WAITS = 7.0
"""Seconds after which a server has ended a transaction in which nothing was asked."""
BOTH_SENT = {"chat:g1": EntryState.SENT, "chat:g2": EntryState.SENT}


class AwayMemory(Between):
    """Main, which cannot be reached for as long as the test says."""

    def __init__(self, memory: Memory) -> None:
        super().__init__(memory)
        self.away = False
        self.troubles: list[Exception] = []
        """What keeps the next transactions from beginning, one after the other."""

    def meet(self) -> None:
        if self.away:
            raise MemoryLost("away")
        if self.troubles:
            raise self.troubles.pop(0)


async def soon(happened: Callable[[], object]) -> None:
    for _ in range(100_000):
        if happened():
            return
        await asyncio.sleep(0)
    raise AssertionError("it never happens")


async def finish(dispatch: Dispatch) -> None:
    while await dispatch.once():
        if dispatch.sends:
            await asyncio.wait(dispatch.sends.values())


async def test_a_send_that_ends_while_others_are_written_down_is_not_forgotten(
    office: Office,
) -> None:
    await release(office)
    dispatch, late = Dispatch(office.deliver), asyncio.Event()
    office.gateway.meanwhile = late.wait
    await dispatch.once()
    await asyncio.wait(dispatch.sends.values(), return_when=asyncio.FIRST_COMPLETED)
    written = asyncio.create_task(dispatch.once())
    await asyncio.sleep(0)
    late.set()
    await written
    await finish(dispatch)

    assert await office.states() == BOTH_SENT


async def test_an_outcome_waits_for_a_database_that_is_away(office: Office) -> None:
    await release(office)
    memory = AwayMemory(office.file)
    office.crashing = memory
    dispatch = Dispatch(office.deliver)
    await dispatch.once()
    memory.away = True
    await asyncio.wait(dispatch.sends.values())
    with pytest.raises(MemoryLost):
        await dispatch.once()
    memory.away = False
    await finish(dispatch)

    assert await office.states() == BOTH_SENT
    assert len(office.gateway.to(WARD_CHAT)) == len(office.gateway.to(QUARTER_CHAT)) == 1


async def test_no_more_are_in_flight_than_the_setting_says(office: Office) -> None:
    await release(office)
    dispatch, held = Dispatch(office.deliver, in_flight=1), asyncio.Event()
    office.gateway.meanwhile = held.wait
    for _ in range(3):
        await dispatch.once()

    assert len(dispatch.sends) == 1
    assert sorted((await office.states()).values()) == [EntryState.QUEUED, EntryState.SENDING]
    held.set()


async def test_what_has_ended_is_written_down_at_a_stop(office: Office) -> None:
    await release(office)
    dispatch = Dispatch(office.deliver)
    await dispatch.once()
    await dispatch.drain(5)

    assert await office.states() == BOTH_SENT


async def test_a_stop_that_comes_as_a_send_ends_is_heard(office: Office) -> None:
    dispatch = Dispatch(office.deliver)
    running = asyncio.create_task(dispatch.run())
    await soon(lambda: dispatch.ended._waiters)
    dispatch.ended.set()
    await asyncio.sleep(0)
    running.cancel()
    await asyncio.wait({running}, timeout=1)

    assert running.cancelled()


async def test_what_a_round_claims_while_it_is_stopped_is_sent(office: Office) -> None:
    await release(office)
    dispatch = Dispatch(office.deliver)
    running = asyncio.create_task(dispatch.run())
    await soon(lambda: dispatch.round)
    running.cancel()
    await asyncio.wait({running})
    await dispatch.drain(5)

    assert await office.states() == BOTH_SENT


async def test_a_refused_token_ends_all_sending(office: Office) -> None:
    await release(office)
    office.gateway.will(WARD_CHAT, Unauthorised("Unauthorized"))
    with pytest.raises(CredentialsRefused):
        await finish(Dispatch(office.deliver))

    assert await office.states() == {"chat:g1": EntryState.QUEUED, "chat:g2": EntryState.SENT}


async def test_a_refused_token_ends_it_even_if_another_outcome_cannot_be_kept(
    office: Office,
) -> None:
    await release(office)
    office.gateway.will(QUARTER_CHAT, Unauthorised("Unauthorized"))
    dispatch = await ended_in_trouble(office, *TOGETHER_AND_FIRST)
    with pytest.raises(CredentialsRefused):
        await dispatch.once()


async def test_a_stop_waits_for_a_database_that_is_away(office: Office) -> None:
    await release(office)
    dispatch = await ended_in_trouble(office, MemoryLost("away"))
    await dispatch.drain(5)

    assert await office.states() == BOTH_SENT


async def test_at_a_stop_one_outcome_does_not_keep_another_from_being_kept(
    office: Office,
) -> None:
    await release(office)
    dispatch = await ended_in_trouble(office, *TOGETHER_AND_FIRST)
    await dispatch.drain(5)

    assert sorted((await office.states()).values()) == [EntryState.SENDING, EntryState.SENT]


async def test_a_vault_that_is_away_keeps_letters_waiting_and_no_group(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    await approve(office)
    await answer(office)
    await office.let_go()

    async def address(vault: SqlVault, handle: str) -> Address | None:
        raise MemoryLost("away")

    monkeypatch.setattr(SqlVault, "address", address)
    await finish(Dispatch(office.deliver))

    assert await office.states() == BOTH_SENT
    letters = "SELECT count(*) FROM outbox WHERE origin_kind = 'letter' AND state = 'queued'"
    assert office.sql(letters) == [(1,)]


async def test_a_vault_that_does_not_answer_keeps_no_group_waiting(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    await approve(office)
    await answer(office)
    await office.let_go()

    async def address(vault: SqlVault, handle: str) -> Address | None:
        await asyncio.sleep(LONGER_THAN_MAIN_WAITS)
        return None

    monkeypatch.setattr(SqlVault, "address", address)
    await finish(Dispatch(office.deliver))

    assert await office.states() == BOTH_SENT


TOGETHER_AND_FIRST = (ValueError("both together"), ValueError("the first alone"))


async def ended_in_trouble(office: Office, *troubles: Exception) -> Dispatch:
    """All sends have ended; the transactions that come now fail like this."""
    office.crashing = memory = AwayMemory(office.file)
    dispatch = Dispatch(office.deliver)
    await dispatch.once()
    await asyncio.wait(dispatch.sends.values())
    memory.troubles = [*troubles]
    return dispatch
