"""The vault delivers and does not tell: sealed, found blindly, forgotten on time."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from domain.errors import Overtaken
from domain.model.resident import DraftStep, Known, OpinionDraft, Resident, Written
from storage.errors import SealBroken
from storage.open import open_vault
from storage.vault.residents import SqlVault
from tests.databases import Databases, only_files
from tests.integration.storage.cast import EM, LATER, NOW, STRANGER, CountingIds, FrozenClock

CONSENTED = Resident("km").consenting(NOW)
DRAFT = OpinionDraft(
    "h1", DraftStep.CONFIRM, LATER, (Written(7, "Đèn không sáng.", 1),), "nk", 3, last_update=41
)
NEXT_MONTH = NOW + timedelta(days=20)


def change(databases: Databases, statement: str) -> None:
    """What somebody with the database, and without the keys, could do to it."""
    databases.sql(statement, which="vault")


async def test_an_unknown_resident_has_said_nothing_yet(vault: SqlVault) -> None:
    assert (await vault.known(EM, NOW)).resident == Resident()


async def test_a_resident_comes_back_and_nobody_else_does(vault: SqlVault) -> None:
    await vault.save_resident(EM, CONSENTED)

    assert (await vault.known(EM, NOW)).resident == CONSENTED
    assert (await vault.known(STRANGER, NOW)).resident == Resident()


async def test_a_resident_is_the_same_in_every_thread(vault: SqlVault) -> None:
    await vault.save_resident(EM, CONSENTED)

    assert (await vault.known(replace(EM, thread="5"), NOW)).resident == CONSENTED


async def test_a_resident_of_last_month_is_found_and_sealed_anew(
    vault: SqlVault, databases: Databases, clock: FrozenClock
) -> None:
    await vault.save_resident(EM, Resident("en"))
    clock.moment = NEXT_MONTH
    assert (await vault.known(EM, NOW)).resident == Resident("en")
    await vault.save_resident(EM, CONSENTED)

    assert databases.sql("SELECT epoch FROM resident", which="vault") == [("2026-12",)]
    assert (await vault.known(EM, NOW)).resident == CONSENTED


async def test_a_forgotten_resident_leaves_neither_consent_nor_draft(vault: SqlVault) -> None:
    await vault.save_resident(EM, CONSENTED)
    await vault.save_draft(EM, DRAFT, None, NOW)
    await vault.forget_resident(EM)

    assert (await vault.known(EM, NOW)).resident == Resident()
    assert (await vault.known(EM, NOW)).draft is None


async def test_a_draft_comes_back_until_it_expires(vault: SqlVault) -> None:
    await vault.save_draft(EM, DRAFT, None, NOW)

    assert (await vault.known(EM, NOW)).draft == DRAFT
    assert (await vault.known(EM, LATER)).draft is None
    assert (await vault.known(STRANGER, NOW)).draft is None


async def test_a_person_has_one_draft_across_months(vault: SqlVault, clock: FrozenClock) -> None:
    await vault.save_draft(EM, replace(DRAFT, handle="h0"), None, NOW)
    clock.moment = NEXT_MONTH
    later = replace(DRAFT, expires_at=NEXT_MONTH + timedelta(hours=1))
    await vault.save_draft(EM, later, None, NEXT_MONTH)

    assert (await vault.known(EM, NEXT_MONTH)).draft == later
    assert await vault.stands_behind("h0", EM) is False


async def test_a_draft_saved_again_is_the_same_draft(vault: SqlVault) -> None:
    await vault.save_draft(EM, DRAFT, None, NOW)
    await vault.save_draft(EM, DRAFT, DRAFT, NOW)
    await vault.drop_draft("h1")
    await vault.drop_draft("h1")

    assert (await vault.known(EM, NOW)).draft is None


async def test_a_draft_that_somebody_else_went_on_with_is_not_put_back(vault: SqlVault) -> None:
    longer = replace(DRAFT, version=4, last_update=42)
    await vault.save_draft(EM, DRAFT, None, NOW)
    await vault.save_draft(EM, longer, DRAFT, NOW)
    for before in (DRAFT, None):
        with pytest.raises(Overtaken):
            await vault.save_draft(EM, replace(DRAFT, last_update=43), before, NOW)

    assert (await vault.known(EM, NOW)).draft == longer


async def test_of_many_who_write_at_once_each_has_their_own_draft(vault: SqlVault) -> None:
    people = [replace(EM, chat=str(number)) for number in range(20)]
    drafts = [replace(DRAFT, handle=f"h{who.chat}", unit_id=who.chat) for who in people]
    saving = zip(people, drafts, strict=True)
    await asyncio.gather(*(vault.save_draft(who, one, None, NOW) for who, one in saving))
    found = await asyncio.gather(*(vault.known(who, NOW) for who in (*people, STRANGER)))

    assert [known.draft for known in found] == [*drafts, None]


async def test_a_draft_that_cannot_be_opened_is_nobody_elses_trouble(
    vault: SqlVault, databases: Databases
) -> None:
    await vault.save_draft(EM, DRAFT, None, NOW)
    change(databases, "UPDATE opinion_draft SET epoch = '2026-10'")
    await vault.save_draft(STRANGER, replace(DRAFT, handle="h2"), None, NOW)
    asked = (vault.known(EM, NOW), vault.known(STRANGER, NOW))
    mine, theirs = await asyncio.gather(*asked, return_exceptions=True)

    assert isinstance(mine, Exception)
    assert isinstance(theirs, Known)
    assert theirs.draft == replace(DRAFT, handle="h2")


async def test_expired_drafts_are_erased(vault: SqlVault) -> None:
    await vault.save_draft(EM, DRAFT, None, NOW)

    assert await vault.purge_drafts(NOW) == 0
    assert await vault.purge_drafts(LATER) == 1


async def test_an_address_comes_back_for_its_handle_only(vault: SqlVault) -> None:
    await vault.seal_address("h1", EM, NOW)
    await vault.seal_address("h1", EM, NOW)

    assert await vault.address("h1") == EM
    assert await vault.address("h2") is None


async def test_an_address_of_last_month_can_still_be_delivered_to(
    vault: SqlVault, clock: FrozenClock
) -> None:
    await vault.seal_address("h1", EM, NOW)
    clock.moment = NEXT_MONTH

    assert await vault.address("h1") == EM


async def test_only_the_account_behind_a_case_stands_behind_it(vault: SqlVault) -> None:
    await vault.seal_address("h1", EM, NOW)

    assert await vault.stands_behind("h1", EM) is True
    assert await vault.stands_behind("h1", STRANGER) is False
    assert await vault.stands_behind("h2", EM) is False


async def test_the_account_behind_a_draft_stands_behind_it(vault: SqlVault) -> None:
    await vault.save_draft(EM, DRAFT, None, NOW)

    assert await vault.stands_behind("h1", EM) is True
    assert await vault.stands_behind("h1", STRANGER) is False


async def test_a_forgotten_address_is_gone(vault: SqlVault) -> None:
    await vault.seal_address("h1", EM, NOW)
    await vault.forget_address("h1")

    assert await vault.address("h1") is None


async def test_handles_are_swept_only_when_they_are_surely_old_enough(vault: SqlVault) -> None:
    await vault.seal_address("h1", EM, NOW)

    assert await vault.handles(NOW + timedelta(hours=20)) == ()
    assert await vault.handles(NOW + timedelta(days=1)) == ("h1",)


async def test_only_the_day_of_sealing_is_kept(vault: SqlVault, databases: Databases) -> None:
    await vault.seal_address("h1", EM, NOW)

    ((kept,),) = databases.sql("SELECT sealed_on FROM address", which="vault")
    assert str(kept) == "2026-11-20"


@only_files
@pytest.mark.parametrize("table", ["address", "opinion_draft", "resident"])
def test_rows_about_people_keep_no_order(vault_path: Path, table: str) -> None:
    with closing(sqlite3.connect(vault_path)) as file, pytest.raises(sqlite3.OperationalError):
        file.execute(f"SELECT rowid FROM {table}")


async def test_a_seal_moved_to_another_handle_does_not_open(
    vault: SqlVault, databases: Databases
) -> None:
    await vault.seal_address("h1", EM, NOW)
    await vault.seal_address("h2", STRANGER, NOW)
    change(
        databases,
        "UPDATE address SET sealed = (SELECT sealed FROM address ORDER BY handle LIMIT 1)",
    )

    assert await vault.address("h1") == EM
    with pytest.raises(SealBroken, match="h2"):
        await vault.address("h2")


async def test_a_seal_moved_to_another_table_does_not_open(
    vault: SqlVault, databases: Databases
) -> None:
    await vault.save_draft(EM, DRAFT, None, NOW)
    await vault.seal_address("h1", EM, NOW)
    change(databases, "UPDATE opinion_draft SET sealed = (SELECT sealed FROM address)")

    with pytest.raises(SealBroken):
        await vault.known(EM, NOW)


@pytest.mark.parametrize("broken", [b"\0", bytes(80), None])
async def test_a_changed_seal_does_not_open(
    vault: SqlVault, databases: Databases, broken: bytes | None
) -> None:
    await vault.seal_address("h1", EM, NOW)
    ((sealed,),) = databases.sql("SELECT sealed FROM address", which="vault")
    changed = sealed + b"\0" if broken is None else broken
    databases.sql("UPDATE address SET sealed = ?", changed, which="vault")

    with pytest.raises(SealBroken):
        await vault.address("h1")


async def test_the_journal_of_erasures_is_there_from_the_first_opening(
    databases: Databases, tmp_path: Path, clock: FrozenClock
) -> None:
    journal = tmp_path / "journal"
    opened, _ = await open_vault(
        databases.vault, databases.folder / "keys", clock, CountingIds(), journal
    )
    await opened.close()

    assert journal.is_dir()
    assert journal.stat().st_mode & 0o077 == 0
