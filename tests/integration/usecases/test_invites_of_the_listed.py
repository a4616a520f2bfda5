"""An invite for somebody on the roster lets in that person and nobody beside them."""

from dataclasses import replace
from datetime import date

import pytest

from domain.errors import Forbidden, LostRace, Refusal
from domain.model.access import OPERATOR, Grant, Person, Role
from domain.model.button import Button
from domain.model.unit import Unit, UnitKind
from domain.usecases.keep_people import KEEP, MOVE_TO
from tests.integration.storage.cast import AN, CHI, HANH, NOW, OTHER_WARD, QUARTER, WARD
from tests.integration.usecases.office import Office, actor, private

TERM = Grant(Role.COMMUNICATOR, QUARTER.id, date(2026, 7, 1), date(2031, 6, 30))
DUNG = Person("dung", "Dung", None, (TERM,))
HERS = "telegram:206"
"""The account with which Dung comes."""


async def listed(office: Office, person: Person = DUNG) -> None:
    """As an import of the roster leaves somebody."""
    async with office.memory.begin() as work:
        await work.people.add(person)
        await work.commit()


async def invite(office: Office, name: str = "Dung", role: Role = Role.COMMUNICATOR) -> str:
    return await office.access.invite_person(OPERATOR, QUARTER.code, name, role)


async def accept(office: Office, token: str, account: str = HERS) -> bool:
    return await office.access.accept_invite(account, token, office.cause())


async def decide(office: Office, choice: str = "yes") -> None:
    await office.send_all()
    await office.access.confirm_person(actor(HANH), await answer(office, choice), office.cause())


async def answer(office: Office, choice: str) -> Button:
    return await office.button(private(HANH), "person:confirm", choice)


async def of_account(office: Office, account: str = HERS) -> Person | None:
    async with office.memory.begin() as work:
        return await work.people.by_account(account)


async def test_whoever_accepts_becomes_the_one_on_the_roster(office: Office) -> None:
    await listed(office)
    await accept(office, await invite(office, " dUNG "))
    await decide(office)

    assert await of_account(office) == replace(DUNG, account=HERS)
    assert office.sql("SELECT count(*) FROM person WHERE name = 'Dung'") == [(1,)]


async def test_before_a_supervisors_word_the_account_is_nobodys(office: Office) -> None:
    await listed(office)
    assert await accept(office, await invite(office)) is False

    assert await of_account(office) is None


async def test_a_no_keeps_them_out_and_forgets_the_account(office: Office) -> None:
    await listed(office)
    await accept(office, await invite(office))
    await decide(office, "no")

    assert await of_account(office) is None
    assert office.sql("SELECT account FROM invite") == [(None,)]
    assert await accept(office, await invite(office), "telegram:207") is False


async def test_what_waits_for_a_word_is_kept_no_longer_than_that(office: Office) -> None:
    await listed(office)
    await accept(office, await invite(office))
    await decide(office)

    assert office.sql("SELECT account FROM invite") == [(None,)]


async def test_a_new_role_comes_beside_what_the_roster_says(office: Office) -> None:
    await listed(office)
    await accept(office, await invite(office, role=Role.SPEAKER))
    await decide(office)
    dung = await of_account(office)

    assert dung
    assert dung.grants == (TERM, Grant(Role.SPEAKER, QUARTER.id))


async def test_a_term_that_is_over_is_begun_anew(office: Office) -> None:
    over = replace(TERM, valid_until=date(2026, 11, 19))
    await listed(office, replace(DUNG, grants=(over,)))
    await accept(office, await invite(office))
    await decide(office)
    dung = await of_account(office)

    assert dung
    assert dung.grants == (over, Grant(Role.COMMUNICATOR, QUARTER.id))


async def test_a_registered_account_is_refused_and_uses_nothing_up(office: Office) -> None:
    await listed(office)
    token = await invite(office)

    with pytest.raises(Refusal) as refused:
        await accept(office, token, AN.account or "")
    assert refused.value.key == "invite.account_known"
    assert await accept(office, token) is False


async def test_used_twice_it_is_refused(office: Office) -> None:
    await listed(office)
    token = await invite(office)
    await accept(office, token)

    with pytest.raises(Refusal) as refused:
        await accept(office, token, "telegram:207")
    assert refused.value.key == "invite.not_valid"


async def test_expired_it_is_refused(office: Office) -> None:
    await listed(office)
    token = await invite(office)
    office.wait(days=14)

    with pytest.raises(Refusal) as refused:
        await accept(office, token)
    assert refused.value.key == "invite.expired"


async def test_revoked_it_is_refused(office: Office) -> None:
    await listed(office)
    token = await invite(office)
    assert await office.access.revoke_invites(OPERATOR, QUARTER.code, "dung") == 1

    with pytest.raises(Refusal) as refused:
        await accept(office, token)
    assert refused.value.key == "invite.not_valid"


async def test_a_new_one_makes_the_one_before_useless(office: Office) -> None:
    await listed(office)
    before, after = await invite(office), await invite(office)

    with pytest.raises(Refusal):
        await accept(office, before)
    assert await accept(office, after) is False


async def test_of_two_accounts_that_wait_one_is_let_in(office: Office) -> None:
    await listed(office)
    await accept(office, await invite(office))
    await office.send_all()
    first = await answer(office, "yes")
    await accept(office, await invite(office), "telegram:207")
    await decide(office)

    with pytest.raises(LostRace) as lost:
        await office.access.confirm_person(actor(HANH), first, office.cause())
    assert lost.value.key == "invite.joined"
    assert await of_account(office) is None


async def test_nobody_is_let_into_another_commune_by_this_ones_supervisor(office: Office) -> None:
    both = (TERM, Grant(Role.COMMUNICATOR, OTHER_WARD.id))
    await listed(office, replace(DUNG, grants=both))
    await accept(office, await invite(office))
    await office.send_all()
    here = replace(actor(CHI), grants=(Grant(Role.SUPERVISOR, WARD.id),))

    with pytest.raises(Forbidden):
        await office.access.confirm_person(here, await answer(office, "yes"), office.cause())


async def test_the_card_names_all_that_somebody_will_be(office: Office) -> None:
    both = (TERM, Grant(Role.SPEAKER, QUARTER.id))
    await listed(office, replace(DUNG, grants=both))
    await accept(office, await invite(office))
    await office.send_all()
    card = office.gateway.to(private(HANH))[-1].payload.markup

    assert office.words("role.communicator") in card
    assert office.words("role.speaker") in card


async def test_two_of_one_name_and_role_cannot_be_told_apart(office: Office) -> None:
    await listed(office)
    await listed(office, replace(DUNG, id="dung2"))

    with pytest.raises(Refusal) as refused:
        await invite(office)
    assert refused.value.key == "invite.ambiguous"


async def test_only_the_operator_revokes(office: Office) -> None:
    with pytest.raises(Forbidden):
        await office.access.revoke_invites(actor(HANH), QUARTER.code, "Dung")


SECOND = Unit("kv2", "kv2", "Khu vực 2", UnitKind.QUARTER, "nk", "Khu vực 2")


async def act(office: Office, action: str, choice: str) -> None:
    """What her supervisor decides about Dung before she has come in."""
    about = Button("b", action, f"dung@{QUARTER.id}", choice, 1, "person:hanh", NOW)
    async with office.memory.begin() as work:
        await work.buttons.add([about])
        await work.commit()
    await office.staff.decide(actor(HANH), about, office.cause())


async def test_the_link_of_whoever_left_lets_nobody_in(office: Office) -> None:
    await listed(office)
    token = await invite(office)
    await act(office, KEEP, "leave")

    with pytest.raises(Refusal, match="not_valid"):
        await accept(office, token)


async def test_whoever_left_while_they_waited_is_not_let_in(office: Office) -> None:
    await listed(office)
    await accept(office, await invite(office))
    await office.send_all()
    button = await answer(office, "yes")
    await act(office, KEEP, "leave")

    with pytest.raises(LostRace):
        await office.access.confirm_person(actor(HANH), button, office.cause())
    assert office.sql("SELECT account FROM invite") == [(None,)]


async def test_the_link_of_whoever_moved_lets_them_in_where_they_are_now(office: Office) -> None:
    async with office.memory.begin() as work:
        await work.units.add(SECOND)
        await work.commit()
    await listed(office)
    token = await invite(office)
    await act(office, MOVE_TO, SECOND.id)
    await accept(office, token)
    await decide(office)

    dung = await of_account(office)
    assert dung
    assert [one.unit_id for one in dung.grants if one.left_on is None] == [SECOND.id]
