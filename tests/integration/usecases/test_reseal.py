"""Month after month what is needed is sealed anew, and the month's key is destroyed on schedule."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from domain.model.month_key import GRACE, KeyState
from domain.ports import Received
from domain.usecases.reseal import Resealed
from storage.engine import make_engine
from storage.errors import SealBroken
from storage.vault.chest import MOVES, SqlKeyChest
from storage.vault.keys import KeyRing
from storage.vault.tables import SEALED, VAULT
from tests.integration.storage.cast import BOT, EM, NOW, STRANGER
from tests.integration.usecases.office import Office
from tests.integration.usecases.story import MENDED, answer, confirm_step, file_opinion

DAYS_TO_DECEMBER = 11
"""The clock begins on 20 November."""


def key_file(office: Office, epoch: str = "2026-11") -> Path:
    return office.databases.folder / "keys" / f"vault-{epoch}.key"


def epochs(office: Office, table: str) -> set[str]:
    return {one for (one,) in office.sql(f"SELECT epoch FROM {table}", which="vault")}


async def december(office: Office) -> Resealed:
    office.wait(days=DAYS_TO_DECEMBER)
    return await office.reseal.reseal_all()


async def grace_over(office: Office) -> Resealed:
    office.wait(seconds=GRACE.total_seconds())
    return await office.reseal.reseal_all()


async def test_an_answer_reaches_its_resident_after_that_months_key_is_gone(
    office: Office,
) -> None:
    await answer(office)
    await december(office)
    assert (await grace_over(office)).destroyed == ("2026-11",)
    assert not key_file(office).exists()
    await office.restart()
    await office.send_all()

    assert MENDED in office.gateway.to(EM.chat)[-1].markup


async def test_a_consent_is_moved_with_its_blind_index_and_still_found(office: Office) -> None:
    await file_opinion(office)
    (before,) = office.sql("SELECT who FROM resident", which="vault")
    await december(office)
    (after,) = office.sql("SELECT who FROM resident", which="vault")
    await grace_over(office)
    await office.restart()

    assert before != after
    assert (await office.vault.known(EM, office.clock.now())).resident.has_consented
    assert not (await office.vault.known(STRANGER, office.clock.now())).resident.has_consented


async def test_an_unfinished_draft_goes_on_under_the_new_key(office: Office) -> None:
    office.wait(days=DAYS_TO_DECEMBER - 1, hours=23)
    await confirm_step(office)
    draft = (await office.vault.known(EM, office.clock.now())).draft
    office.wait(hours=2)
    await office.reseal.reseal_all()

    assert epochs(office, "opinion_draft") <= {"2026-12"}
    assert (await office.vault.known(EM, office.clock.now())).draft == draft


async def test_what_could_not_be_handled_is_kept_under_the_new_key(office: Office) -> None:
    await office.inbox.store(BOT, [Received(1, EM.chat, b"{}")])
    (poison,) = await office.inbox.oldest(BOT, 1)
    for _ in range(3):
        await office.inbox.failed(poison.id, "KeyError")
    await december(office)

    assert epochs(office, "inbox") == {"2026-12"}
    assert (await grace_over(office)).destroyed == ("2026-11",)


async def test_a_key_stays_while_something_waits_in_a_line_named_under_it(office: Office) -> None:
    await office.inbox.store(BOT, [Received(1, EM.chat, b"{}")])
    await december(office)
    assert (await grace_over(office)).destroyed == ()
    (waiting,) = await office.inbox.oldest(BOT, 1)
    await office.inbox.done(waiting.id)

    assert (await office.reseal.reseal_all()).destroyed == ("2026-11",)


async def test_a_key_is_not_destroyed_before_its_day_of_grace_is_over(office: Office) -> None:
    await file_opinion(office)
    await december(office)
    office.wait(seconds=GRACE.total_seconds() - 1)

    assert (await office.reseal.reseal_all()).destroyed == ()
    assert key_file(office).exists()


async def test_a_second_round_changes_nothing(office: Office) -> None:
    await file_opinion(office)
    assert (await december(office)).moved == 2
    entries = await office.record()

    assert await office.reseal.reseal_all() == Resealed(0, 0, ())
    assert await office.record() == entries


async def test_nothing_is_moved_within_the_month(office: Office) -> None:
    await file_opinion(office)
    office.wait(days=5)

    assert (await office.reseal.reseal_all()).moved == 0


async def test_a_destroyed_keys_bytes_are_overwritten_before_they_are_let_go(
    office: Office,
) -> None:
    await file_opinion(office)
    with key_file(office).open("rb") as still_open:
        key = still_open.read()
        await december(office)
        await grace_over(office)
        still_open.seek(0)

        assert len(key) == len(left := still_open.read()) > 0
        assert left != key
    assert [p.name for p in key_file(office).parent.glob("*2026-11*")] == [
        "vault-2026-11.destroyed"
    ]


async def test_half_of_a_making_that_was_cut_short_goes_with_its_key(office: Office) -> None:
    await file_opinion(office)
    aside = key_file(office).with_name(".vault-2026-11.key.4711")
    aside.write_bytes(key_file(office).read_bytes())
    await december(office)
    await grace_over(office)

    assert not aside.exists()


async def test_the_end_of_a_key_is_on_the_record(office: Office) -> None:
    await file_opinion(office)
    await december(office)
    await grace_over(office)
    last = (await office.record())[-1].event

    assert (last.action, last.subject, last.actor_id) == ("key:destroy", "2026-11", "clockwork")


async def test_a_key_whose_making_was_forgotten_is_never_made_again(office: Office) -> None:
    await file_opinion(office)
    await december(office)
    await grace_over(office)
    office.wait(days=-5)
    await file_opinion(office)

    assert key_file(office, "2026-11b").exists()
    assert not key_file(office).exists()


async def test_two_processes_move_each_row_once(office: Office) -> None:
    await file_opinion(office)
    for number in range(60):
        await office.vault.seal_address(f"a{number}", EM, office.clock.now())
    office.wait(days=DAYS_TO_DECEMBER)
    engine = make_engine(office.databases.vault)
    other = SqlKeyChest(engine, KeyRing(key_file(office).parent, office.clock))
    moved = await asyncio.gather(
        *(chest.reseal(20) for _ in range(4) for chest in (office.vault.chest, other))
    )
    await engine.dispose()

    assert sum(moved) == 62
    assert epochs(office, "address") == {"2026-12"}
    assert {await office.vault.address(f"a{number}") for number in range(60)} == {EM}


async def test_a_row_that_does_not_open_keeps_its_key_and_nobody_elses(office: Office) -> None:
    opinion = await file_opinion(office)
    await office.vault.seal_address("h0", EM, office.clock.now())
    office.databases.sql("UPDATE address SET sealed = ? WHERE handle = 'h0'", b"x", which="vault")
    await december(office)

    assert (await grace_over(office)).destroyed == ()
    assert await office.vault.chest.held_by("2026-11") == {"address": 1}
    assert await office.vault.address(opinion.handle or "") == EM


async def test_a_seal_moved_back_to_an_older_month_does_not_open(office: Office) -> None:
    opinion = await file_opinion(office)
    await december(office)
    office.databases.sql("UPDATE address SET epoch = '2026-11'", which="vault")

    with pytest.raises(SealBroken):
        await office.vault.address(opinion.handle or "")


async def test_a_consent_from_before_the_account_was_sealed_with_it_is_asked_for_anew(
    office: Office,
) -> None:
    from storage.vault import forms
    from storage.vault.tables import ResidentRow

    await file_opinion(office)
    row = ResidentRow(who=office.sql("SELECT who FROM resident", which="vault")[0][0])
    known = await office.vault.known(EM, office.clock.now())
    office.vault.keys.seal(row, forms.write(known.resident))
    office.databases.sql("UPDATE resident SET sealed = ?", row.sealed, which="vault")
    await december(office)

    assert (await grace_over(office)).destroyed == ("2026-11",)
    assert office.sql("SELECT count(*) FROM resident", which="vault") == [(0,)]


async def test_a_consent_taken_back_stays_so_in_a_backup_from_before_it_was_moved(
    office: Office,
) -> None:
    await file_opinion(office)
    kept = office.sql("SELECT who, epoch, sealed FROM resident", which="vault")
    await december(office)
    await office.rights.withdraw_consent(EM, office.cause())
    office.databases.sql("INSERT INTO resident VALUES (?, ?, ?)", *kept[0], which="vault")
    await office.restore.go_on_from(office.clock.now())

    assert office.sql("SELECT count(*) FROM resident", which="vault") == [(0,)]


async def test_keys_are_listed_with_what_became_of_them(office: Office) -> None:
    await file_opinion(office)
    await december(office)
    await grace_over(office)
    states = {one.epoch: one.state for one in await office.vault.chest.standings()}

    assert states == {"2026-11": KeyState.DESTROYED, "2026-12": KeyState.IN_USE}


def test_everything_that_is_sealed_is_moved() -> None:
    sealed = {name for name, table in VAULT.tables.items() if "sealed" in table.c}
    lives_an_hour = {"tally"}

    assert (
        sealed - lives_an_hour
        == {move.noun for move in MOVES}
        == {str(one.__tablename__) for one in SEALED}
    )


def test_the_clock_of_these_tests_ends_before_december() -> None:
    assert (NOW + timedelta(days=DAYS_TO_DECEMBER)).month == 12
