"""Staff come in by an invite that works once, in time, and only with a supervisor's word."""

from dataclasses import replace

import pytest

from domain.errors import Forbidden, LostRace, Refusal
from domain.model.access import OPERATOR, Grant, Permission, Person, Role
from domain.model.button import Button
from domain.model.unit import Unit, UnitKind
from tests.integration.storage.cast import AN, CHI, CITY, HANH, OTHER_WARD, WARD
from tests.integration.usecases.office import Office, actor, private

LAN = "telegram:201"
"""The account of somebody new."""


async def invite(office: Office, role: Role = Role.TRIAGER, name: str = "Lan") -> str:
    return await office.access.invite_person(OPERATOR, WARD.code, name, role)


async def accept(office: Office, token: str, account: str = LAN) -> bool:
    return await office.access.accept_invite(account, token, office.cause())


async def answer_button(office: Office, choice: str) -> Button:
    """Hạnh's button on the card that tells her who came in."""
    await office.send_all()
    return await office.button(private(HANH), "person:confirm", choice)


async def rights(office: Office, account: str = LAN) -> tuple[Grant, ...]:
    async with office.memory.begin() as work:
        person = await work.people.by_account(account)
    return person.grants if person else ()


async def test_an_accepted_invite_gives_no_right_before_it_is_confirmed(office: Office) -> None:
    assert await accept(office, await invite(office)) is False

    assert await rights(office) == ()


async def test_a_supervisors_word_makes_it_active(office: Office) -> None:
    await accept(office, await invite(office))
    button = await answer_button(office, "yes")
    await office.access.confirm_person(actor(HANH), button, office.cause())
    await office.send_all()

    assert await rights(office) == (Grant(Role.TRIAGER, WARD.id),)
    assert len(office.gateway.to("201")) == 1


@pytest.mark.parametrize("choice", ["yes", "no"])
async def test_a_supervisor_decides_nothing_about_their_own_invite(
    office: Office, choice: str
) -> None:
    office.sql("UPDATE role_grant SET role = 'supervisor', unit_id = 'ct' WHERE person_id = 'chi'")
    await accept(office, await invite(office, Role.APPROVER, "Hạnh"), HANH.account or "")
    await office.send_all()
    button = await office.button(private(CHI), "person:confirm", choice)
    assert office.gateway.to(private(HANH)) == []

    with pytest.raises(Refusal) as refused:
        await office.access.confirm_person(actor(HANH), button, office.cause())
    assert refused.value.key == "invite.own"
    assert await rights(office, HANH.account or "") == HANH.grants


async def test_a_supervisors_no_leaves_it_without_rights_for_good(office: Office) -> None:
    token = await invite(office)
    await accept(office, token)
    no, yes = [await answer_button(office, choice) for choice in ("no", "yes")]
    await office.access.confirm_person(actor(HANH), no, office.cause())

    with pytest.raises(LostRace):
        await office.access.confirm_person(actor(HANH), yes, office.cause())
    with pytest.raises(Refusal):
        await accept(office, token)
    assert await rights(office) == ()


async def test_an_invite_works_once(office: Office) -> None:
    token = await invite(office)
    await accept(office, token)

    with pytest.raises(Refusal) as refused:
        await accept(office, token, "telegram:202")
    assert refused.value.key == "invite.not_valid"
    assert await rights(office, "telegram:202") == ()


async def test_an_invite_expires_after_fourteen_days(office: Office) -> None:
    token = await invite(office)
    office.wait(days=14)

    with pytest.raises(Refusal) as refused:
        await accept(office, token)
    assert refused.value.key == "invite.expired"


async def test_until_its_last_second_an_invite_works(office: Office) -> None:
    token = await invite(office)
    office.wait(days=13, hours=23, minutes=59, seconds=59)

    assert await accept(office, token) is False


@pytest.mark.parametrize("token", ["", "token1x", "%"])
async def test_a_made_up_invite_does_not_work(office: Office, token: str) -> None:
    await invite(office)

    with pytest.raises(Refusal) as refused:
        await accept(office, token)
    assert refused.value.key == "invite.not_valid"


async def test_the_database_does_not_hold_the_links_secret(office: Office) -> None:
    token = await invite(office)

    assert token not in str(office.sql("SELECT * FROM invite"))


@pytest.mark.parametrize("person", [AN, CHI], ids=lambda person: person.name)
async def test_only_a_supervisor_of_the_unit_confirms(office: Office, person: Person) -> None:
    await accept(office, await invite(office))
    button = await answer_button(office, "yes")

    with pytest.raises(Forbidden):
        await office.access.confirm_person(actor(person), button, office.cause())


async def test_a_supervisor_of_another_commune_does_not_confirm(office: Office) -> None:
    await accept(office, await invite(office))
    button = await answer_button(office, "yes")
    neighbour = replace(actor(CHI), grants=(Grant(Role.SUPERVISOR, OTHER_WARD.id),))

    with pytest.raises(Forbidden):
        await office.access.confirm_person(neighbour, button, office.cause())


async def test_the_first_supervisor_needs_nobodys_word(office: Office) -> None:
    office.sql("DELETE FROM role_grant WHERE role = 'supervisor'")

    assert await accept(office, await invite(office, Role.SUPERVISOR)) is True
    assert await rights(office) == (Grant(Role.SUPERVISOR, WARD.id),)


async def test_a_second_supervisor_needs_the_firsts_word(office: Office) -> None:
    assert await accept(office, await invite(office, Role.SUPERVISOR)) is False


async def test_before_any_supervisor_has_come_nobody_else_does(office: Office) -> None:
    office.sql("DELETE FROM role_grant WHERE role = 'supervisor'")
    token = await invite(office)

    with pytest.raises(Refusal) as refused:
        await accept(office, token)
    assert refused.value.key == "invite.no_supervisor"
    assert office.sql("SELECT used_at FROM invite") == [(None,)]


async def test_the_only_supervisor_does_not_use_up_an_invite_nobody_can_confirm(
    office: Office,
) -> None:
    token = await invite(office, Role.APPROVER, "Hạnh")

    with pytest.raises(Refusal) as refused:
        await accept(office, token, HANH.account or "")
    assert refused.value.key == "invite.no_supervisor"
    assert office.sql("SELECT used_at FROM invite") == [(None,)]


async def test_a_known_account_gets_the_new_role_beside_its_own(office: Office) -> None:
    await accept(office, await invite(office, Role.TRIAGER, "An"), AN.account or "")
    button = await answer_button(office, "yes")
    await office.access.confirm_person(actor(HANH), button, office.cause())

    assert await rights(office, AN.account or "") == (*AN.grants, Grant(Role.TRIAGER, WARD.id))


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.RESIDENT, Role.CLOCKWORK])
async def test_some_roles_are_in_no_invite(office: Office, role: Role) -> None:
    with pytest.raises(Refusal) as refused:
        await invite(office, role)
    assert refused.value.key == "invite.role"


async def test_an_invite_names_somebody(office: Office) -> None:
    with pytest.raises(Refusal) as refused:
        await invite(office, name=" \u200b")
    assert refused.value.key == "invite.name_missing"


async def test_staff_do_not_invite(office: Office) -> None:
    with pytest.raises(Forbidden):
        await office.access.invite_person(actor(HANH), WARD.code, "Lan", Role.AUTHOR)


async def test_nobody_is_invited_to_nowhere(office: Office) -> None:
    with pytest.raises(Refusal) as refused:
        await office.access.invite_person(OPERATOR, "zz", "Lan", Role.AUTHOR)
    assert refused.value.key == "invite.no_such_unit"


async def test_founding_an_office_twice_changes_nothing(office: Office) -> None:
    hamlet = Unit("a1", "a1", "Ấp 1", UnitKind.HAMLET, WARD.id, "Ấp 1")
    for _ in range(2):
        await office.access.found_offices(OPERATOR, [CITY, hamlet])

    assert [entry.event.action for entry in await office.record()] == [Permission.UNIT_CREATE]
