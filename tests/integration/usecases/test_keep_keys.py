"""The operator's keys: listed, changed, ended with a number typed out, kept by two officers."""

import base64
import os
from datetime import timedelta
from pathlib import Path

import pytest

from domain.errors import Refusal
from domain.model.month_key import KeyState
from domain.usecases.keep_keys import SETTLED, HeldKey, KeepKeys
from storage.vault.chest import SqlKeyChest
from storage.vault.keys import KeyRing
from tests.integration.storage.cast import EM
from tests.integration.usecases.office import Office
from tests.integration.usecases.story import MENDED, answer, file_opinion

NOVEMBER = "2026-11"


def keeping(office: Office) -> KeepKeys:
    """As a command opens it: also where a key is missing."""
    ring = KeyRing(office.databases.folder / "keys", office.clock, lenient=True)
    return KeepKeys(office.memory, SqlKeyChest(office.vault.engine, ring), office.clock)


def key_file(office: Office, epoch: str = NOVEMBER) -> Path:
    return office.databases.folder / "keys" / f"vault-{epoch}.key"


async def listed(office: Office) -> dict[str, HeldKey]:
    return {key.standing.epoch: key for key in await keeping(office).list_keys()}


async def rotated(office: Office) -> str:
    epoch = await keeping(office).rotate()
    await office.reseal.reseal_all()
    return epoch


async def refused(office: Office, epoch: str, given_up: int | None = None) -> Refusal:
    with pytest.raises(Refusal) as raised:
        await keeping(office).destroy(epoch, given_up)
    return raised.value


async def test_a_key_is_listed_with_what_needs_it(office: Office) -> None:
    await file_opinion(office)
    found = (await listed(office))[NOVEMBER]

    assert found.standing.state is KeyState.IN_USE
    assert dict(found.held) == {"address": 1, "resident": 1}
    assert found.standing.made_at == office.clock.now()


async def test_a_new_key_within_the_month_takes_everything_over_at_once(office: Office) -> None:
    await answer(office)
    assert await rotated(office) == "2026-11b"
    found = await listed(office)

    assert dict(found[NOVEMBER].held) == {}
    assert dict(found["2026-11b"].held) == {"address": 1, "resident": 1}
    office.wait(seconds=SETTLED.total_seconds())
    assert await keeping(office).destroy(NOVEMBER) == 0
    await office.send_all()
    assert MENDED in office.gateway.to(EM.chat)[-1].markup


async def test_what_is_written_after_a_change_is_under_the_new_key_without_a_restart(
    office: Office,
) -> None:
    await file_opinion(office)
    await keeping(office).rotate()
    await file_opinion(office, "Việc khác.")

    assert set(office.sql("SELECT epoch FROM address", which="vault")) == {
        (NOVEMBER,),
        ("2026-11b",),
    }


async def test_the_key_in_use_is_not_destroyed(office: Office) -> None:
    await file_opinion(office)

    assert (await refused(office, NOVEMBER)).key == "cli.keys_in_use"


async def test_a_key_that_something_needs_is_not_destroyed(office: Office) -> None:
    await file_opinion(office)
    await keeping(office).rotate()
    why = await refused(office, NOVEMBER)

    assert (why.key, why.values["addresses"]) == ("cli.keys_needed", 1)
    assert key_file(office).exists()


@pytest.mark.parametrize("typed", [0, 2])
async def test_a_wrong_number_of_undeliverable_addresses_destroys_nothing(
    office: Office, typed: int
) -> None:
    await file_opinion(office)
    await keeping(office).rotate()

    assert (await refused(office, NOVEMBER, typed)).key == "cli.keys_other_count"
    assert key_file(office).exists()


async def test_with_the_number_typed_out_it_goes_and_the_answer_is_undeliverable(
    office: Office,
) -> None:
    await answer(office)
    before = len(office.gateway.to(EM.chat))
    await keeping(office).rotate()
    assert await keeping(office).destroy(NOVEMBER, 1) == 1
    await office.send_all()
    last = [e.event for e in await office.record() if e.event.action == "key:destroy"][-1]

    assert len(office.gateway.to(EM.chat)) == before
    assert not key_file(office).exists()
    assert "addresses=1 rows=2" in last.detail
    assert office.sql("SELECT count(*) FROM address", which="vault") == [(0,)]


async def test_a_key_that_has_just_been_replaced_is_given_ten_minutes(office: Office) -> None:
    await file_opinion(office)
    await rotated(office)

    assert (await refused(office, NOVEMBER)).key == "cli.keys_too_fresh"


async def test_a_missing_key_is_listed_as_missing_and_nothing_is_made_in_its_place(
    office: Office,
) -> None:
    await file_opinion(office)
    key_file(office).rename(key_file(office).with_name("elsewhere"))
    found = (await listed(office))[NOVEMBER]

    assert (found.standing.state, dict(found.held)) == (
        KeyState.MISSING,
        {"address": 1, "resident": 1},
    )
    assert not key_file(office).exists()
    assert await keeping(office).rotate() == "2026-11b"


@pytest.mark.parametrize("content", [b"no key", base64.b64encode(b"k" * 32)])
async def test_a_wrong_key_is_listed_as_wrong(office: Office, content: bytes) -> None:
    await file_opinion(office)
    key_file(office).write_bytes(content)

    assert (await listed(office))[NOVEMBER].standing.state is KeyState.WRONG


async def test_a_key_made_ahead_waits_for_its_month(office: Office) -> None:
    await file_opinion(office)
    assert await keeping(office).make("2026-12") == "2026-12"
    await file_opinion(office, "Việc khác.")
    assert (await listed(office))["2026-12"].standing.state is KeyState.MADE_AHEAD
    office.wait(days=11)
    await file_opinion(office, "Việc nữa.")

    assert (await listed(office))["2026-12"].standing.state is KeyState.IN_USE
    epochs = office.sql("SELECT epoch FROM address ORDER BY epoch", which="vault")
    assert epochs == [(NOVEMBER,), (NOVEMBER,), ("2026-12",)]


@pytest.mark.parametrize("month", ["2026-10", "2027-01", "x"])
async def test_no_key_is_made_for_another_month(office: Office, month: str) -> None:
    with pytest.raises(Refusal, match="which_month"):
        await keeping(office).make(month)


async def test_of_two_shares_a_lost_key_is_had_back_byte_for_byte(office: Office) -> None:
    opinion = await file_opinion(office)
    one, other = await keeping(office).split(NOVEMBER)
    key = key_file(office).read_bytes()
    key_file(office).unlink()
    assert await keeping(office).join(("tờ 1", one), ("tờ 2", other)) == NOVEMBER
    await office.restart()

    assert key_file(office).read_bytes() == key
    assert await office.vault.address(opinion.handle or "") == EM


async def test_each_splitting_has_a_pad_of_its_own(office: Office) -> None:
    await file_opinion(office)
    first, second = [await keeping(office).split(NOVEMBER) for _ in range(2)]

    assert not {*first} & {*second}


async def test_shares_do_not_bring_a_destroyed_key_back(office: Office) -> None:
    await file_opinion(office)
    shares = await keeping(office).split(NOVEMBER)
    await rotated(office)
    office.wait(seconds=SETTLED.total_seconds())
    await keeping(office).destroy(NOVEMBER)
    with pytest.raises(Refusal, match="was_destroyed"):
        await keeping(office).join(("1", shares[0]), ("2", shares[1]))

    assert not key_file(office).exists()


async def test_shares_do_not_take_the_place_of_another_key(office: Office) -> None:
    await file_opinion(office)
    shares = await keeping(office).split(NOVEMBER)
    other = base64.b64encode(os.urandom(32))
    key_file(office).write_bytes(other)
    with pytest.raises(Refusal, match="another_lies_there"):
        await keeping(office).join(("1", shares[0]), ("2", shares[1]))

    assert key_file(office).read_bytes() == other


async def test_a_compromised_keys_month_ends_under_the_newer_one(office: Office) -> None:
    await file_opinion(office)
    await rotated(office)
    office.wait(days=11)
    await office.reseal.reseal_all()
    office.wait(seconds=timedelta(days=1).total_seconds())

    assert set((await office.reseal.reseal_all()).destroyed) == {"2026-11b"}
    assert set(await listed(office)) == {NOVEMBER, "2026-11b", "2026-12"}
