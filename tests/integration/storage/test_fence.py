"""A process that was held up and replaced puts nothing into the vault that others erased since."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from domain.errors import Overtaken
from domain.ports import Received
from storage.engine import connection_of, transaction
from storage.vault.fence import require_waiting
from storage.vault.inbox import SqlInbox
from storage.vault.residents import SqlVault
from tests.databases import Databases
from tests.integration.storage.cast import BOT, EM, NOW
from tests.integration.storage.test_vault import CONSENTED, DRAFT

LONGEST = 20.0
SOON = 0.3
Write = Callable[[SqlVault], Awaitable[None]]
PUTTING: dict[str, Write] = {
    "a consent": lambda vault: vault.save_resident(EM, CONSENTED),
    "a first draft": lambda vault: vault.save_draft(EM, DRAFT, None, NOW),
    "an address": lambda vault: vault.seal_address("h1", EM, NOW),
}
ERASING: dict[str, Write] = {
    "a consent": lambda vault: vault.forget_resident(EM),
    "a draft": lambda vault: vault.drop_draft("h1"),
    "a filed draft": lambda vault: vault.clear_draft("h1"),
    "an address": lambda vault: vault.forget_address("h1"),
}


async def came(inbox: SqlInbox) -> int:
    """The inbox id of an update that waits."""
    await inbox.store(BOT, [Received(41, "em", b"said")])
    (waiting,) = await inbox.oldest(BOT, 1)
    return waiting.id


def kept(databases: Databases) -> list[list[tuple[object, ...]]]:
    return [
        databases.sql(f"SELECT * FROM {table}", which="vault")
        for table in ("resident", "opinion_draft", "address")
    ]


@pytest.mark.parametrize("what", PUTTING)
async def test_what_waits_may_be_written_for(
    vault: SqlVault, inbox: SqlInbox, databases: Databases, what: str
) -> None:
    with inbox.handling(await came(inbox)):
        await PUTTING[what](vault)

    assert sum(map(len, kept(databases))) == 1


@pytest.mark.parametrize("what", PUTTING)
async def test_nothing_is_put_back_for_an_update_that_another_process_has_ended(
    vault: SqlVault, inbox: SqlInbox, databases: Databases, what: str
) -> None:
    update = await came(inbox)
    await inbox.done(update)
    with inbox.handling(update), pytest.raises(Overtaken):
        await PUTTING[what](vault)

    assert kept(databases) == [[], [], []]


@pytest.mark.parametrize("what", ERASING)
async def test_nothing_newer_is_erased_for_an_update_that_another_process_has_ended(
    vault: SqlVault, inbox: SqlInbox, databases: Databases, what: str
) -> None:
    update = await came(inbox)
    await inbox.done(update)
    for put in PUTTING.values():
        await put(vault)
    before = kept(databases)
    with inbox.handling(update), pytest.raises(Overtaken):
        await ERASING[what](vault)

    assert kept(databases) == before


async def test_of_drafts_written_together_only_the_overtaken_one_is_refused(
    vault: SqlVault, inbox: SqlInbox
) -> None:
    await inbox.store(BOT, [Received(41, "em", b"1"), Received(42, "khach", b"2")])
    first, second = await inbox.oldest(BOT, 2)
    await inbox.done(first.id)

    async def write(update: int, chat: str) -> None:
        with inbox.handling(update):
            draft = replace(DRAFT, handle=f"h{chat}")
            await vault.save_draft(replace(EM, chat=chat), draft, None, NOW)

    ended = await asyncio.gather(
        write(first.id, "1"), write(second.id, "2"), return_exceptions=True
    )
    assert [type(one) for one in ended] == [Overtaken, type(None)]


async def test_nobody_ends_an_update_while_something_is_written_for_it(
    vault: SqlVault, inbox: SqlInbox
) -> None:
    update = await came(inbox)
    async with transaction(vault.engine) as session:
        await require_waiting(connection_of(session), {update})
        ending = asyncio.create_task(inbox.done(update))
        await asyncio.sleep(SOON)
        assert not ending.done()
        await session.commit()
    await asyncio.wait_for(ending, LONGEST)


async def test_what_no_update_asked_for_is_written_freely(vault: SqlVault, inbox: SqlInbox) -> None:
    update = await came(inbox)
    await inbox.done(update)
    with inbox.handling(update):
        pass
    await vault.save_resident(EM, CONSENTED)

    assert (await vault.known(EM, NOW)).resident == CONSENTED
