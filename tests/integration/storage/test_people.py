"""People, their grants, and the invites that bring them in."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.errors import LostRace
from domain.model.access import Grant, Permission, Person, Role
from domain.model.invite import Invite
from domain.ports import Work
from tests.integration.storage.cast import AN, BINH, HANH, NOW, QUARTER, WARD, FrozenClock

INVITE = Invite("i1", "hash", "Giang", Role.TRIAGER, WARD.id, NOW + timedelta(days=14))


async def holders(work: Work, permission: Permission, unit_id: str) -> set[str]:
    lineage = await work.units.lineage(unit_id)
    return {person.id for person in await work.people.holding(permission, lineage)}


async def test_a_person_comes_back_with_grants(work: Work) -> None:
    assert await work.people.get(AN.id) == AN
    assert await work.people.by_account("telegram:101") == AN


async def test_an_unknown_account_is_nobody(work: Work) -> None:
    assert await work.people.by_account("telegram:404") is None


async def test_a_grant_reaches_the_whole_subtree(work: Work) -> None:
    assert await holders(work, Permission.BULLETIN_APPROVE, QUARTER.id) == {BINH.id}


async def test_chi_of_another_ward_holds_nothing_here(work: Work) -> None:
    assert await holders(work, Permission.BULLETIN_APPROVE, "cr") == {"binh", "chi"}
    assert "chi" not in await holders(work, Permission.BULLETIN_APPROVE, WARD.id)


async def test_a_person_without_an_account_is_not_asked(work: Work) -> None:
    await work.people.add(Person("dung", "Dung", None, (Grant(Role.APPROVER, WARD.id),)))

    assert "dung" not in await holders(work, Permission.BULLETIN_APPROVE, WARD.id)


@pytest.mark.parametrize(
    ("starts", "ends", "held"),
    [
        (None, date(2026, 11, 20), True),
        (date(2026, 11, 20), None, True),
        (None, date(2026, 11, 19), False),
        (date(2026, 11, 21), None, False),
    ],
)
async def test_a_deputy_holds_from_the_first_day_to_the_last(
    work: Work, starts: date | None, ends: date | None, held: bool
) -> None:
    grant = Grant(Role.APPROVER, WARD.id, starts, ends)
    await work.people.add(Person("dung", "Dung", "telegram:106", (grant,)))

    assert ("dung" in await holders(work, Permission.BULLETIN_APPROVE, WARD.id)) is held


@pytest.mark.parametrize(
    ("rests", "left", "held"),
    [(None, None, True), (NOW.date(), None, False), (None, NOW.date(), False)],
)
async def test_whoever_rests_or_has_left_holds_nothing_from_that_day_on(
    work: Work, rests: date | None, left: date | None, held: bool
) -> None:
    grant = Grant(Role.APPROVER, WARD.id, suspended_on=rests, left_on=left)
    await work.people.add(Person("dung", "Dung", "telegram:106", (grant,)))

    assert ("dung" in await holders(work, Permission.BULLETIN_APPROVE, WARD.id)) is held
    assert grant.holds_on(NOW.date()) is held


async def test_today_is_the_day_in_viet_nam(work: Work, clock: FrozenClock) -> None:
    grant = Grant(Role.APPROVER, WARD.id, date(2026, 11, 21))
    await work.people.add(Person("dung", "Dung", "telegram:106", (grant,)))
    clock.moment = NOW.replace(hour=17)

    assert "dung" in await holders(work, Permission.BULLETIN_APPROVE, WARD.id)


async def test_a_role_given_twice_is_held_once(work: Work) -> None:
    await work.people.grant(HANH.id, Role.SUPERVISOR, "ct")

    assert await work.people.get(HANH.id) == HANH


async def test_a_role_given_anew_outlives_an_old_one_that_ran_out(work: Work) -> None:
    over = Grant(Role.APPROVER, WARD.id, None, date(2026, 1, 1))
    await work.people.add(Person("dung", "Dung", "telegram:106", (over,)))
    await work.people.grant("dung", Role.APPROVER, WARD.id)

    assert "dung" in await holders(work, Permission.BULLETIN_APPROVE, WARD.id)


async def test_an_invite_is_found_by_its_token(work: Work) -> None:
    await work.people.add_invite(INVITE)

    assert await work.people.invite_by_token("hash") == INVITE == await work.people.invite("i1")
    assert await work.people.invite_by_token("other") is None


async def test_an_invite_is_used_once(work: Work) -> None:
    await work.people.add_invite(INVITE)
    used = replace(INVITE, used_at=NOW, person_id=AN.id)
    await work.people.save_invite(used, used_before=False)

    with pytest.raises(LostRace, match=r"invite\.used"):
        await work.people.save_invite(used, used_before=False)


async def test_a_used_invite_can_be_confirmed(work: Work) -> None:
    await work.people.add_invite(replace(INVITE, used_at=NOW, person_id=AN.id))
    confirmed = replace(INVITE, used_at=NOW, person_id=AN.id, confirmed_at=NOW)
    await work.people.save_invite(confirmed, used_before=True)

    assert await work.people.invite("i1") == confirmed
