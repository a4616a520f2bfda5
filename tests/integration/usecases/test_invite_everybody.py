"""A sheet of invites reaches everybody below a unit who never joined, each by one live link."""

from datetime import date, timedelta

import pytest

from domain.errors import Forbidden, Refusal
from domain.model.access import OPERATOR, Grant, Permission, Person, Role
from domain.model.invite import INVITE_DAYS
from domain.usecases.invite_everybody import InviteEverybody, SlipSheet
from tests.integration.storage.cast import HANH, NOW, OTHER_WARD, QUARTER, WARD
from tests.integration.usecases.crashing import Crash, CrashingMemory
from tests.integration.usecases.office import Office, actor
from tests.integration.usecases.test_invites_of_the_listed import (
    DUNG,
    HERS,
    accept,
    decide,
    listed,
    of_account,
)

LAN = Person("lan", "Lan", None, (Grant(Role.SPEAKER, WARD.id), Grant(Role.AUTHOR, QUARTER.id)))
CHAU = Person("chau", "Châu", None, (Grant(Role.COMMUNICATOR, OTHER_WARD.id),))
LEFT = Person("tu", "Tư", None, (Grant(Role.COMMUNICATOR, QUARTER.id, None, date(2026, 11, 19)),))


async def print_sheet(office: Office, code: str = WARD.code) -> SlipSheet:
    use = InviteEverybody(office.memory, office.clock, office.ids)
    return await use.invite_everybody(OPERATOR, code)


async def everybody(office: Office) -> None:
    for person in (DUNG, LAN, CHAU, LEFT):
        await listed(office, person)


def names(sheet: SlipSheet) -> list[str]:
    return [slip.person.name for slip in sheet.slips]


async def test_everybody_below_who_never_joined_has_one_slip(office: Office) -> None:
    await everybody(office)

    assert names(await print_sheet(office)) == ["Dung", "Lan"]
    assert names(await print_sheet(office, "ct")) == ["Châu", "Dung", "Lan"]


async def test_a_slips_link_lets_in_whoever_is_named_on_it(office: Office) -> None:
    await everybody(office)
    slip = (await print_sheet(office)).slips[0]
    await accept(office, slip.token)
    await decide(office)
    dung = await of_account(office, HERS)

    assert dung is not None
    assert dung.id == DUNG.id


async def test_a_second_sheet_kills_the_links_of_the_first(office: Office) -> None:
    await everybody(office)
    first, second = await print_sheet(office), await print_sheet(office)

    assert second.revoked == 2
    with pytest.raises(Refusal) as refused:
        await accept(office, first.slips[0].token)
    assert refused.value.key == "invite.not_valid"
    assert await accept(office, second.slips[0].token) is False


async def test_a_sheet_of_another_unit_leaves_this_ones_links_alone(office: Office) -> None:
    await everybody(office)
    here = await print_sheet(office)
    await print_sheet(office, OTHER_WARD.code)

    assert await accept(office, here.slips[0].token) is False


async def test_whoever_joined_or_waits_for_a_word_has_no_slip(office: Office) -> None:
    await everybody(office)
    await accept(office, (await print_sheet(office)).slips[0].token)

    assert names(await print_sheet(office)) == ["Lan"]
    await decide(office)
    assert names(await print_sheet(office)) == ["Lan"]


async def test_whoever_waited_in_vain_has_one_again(office: Office) -> None:
    await everybody(office)
    await accept(office, (await print_sheet(office)).slips[0].token)
    office.wait(days=8)

    assert names(await print_sheet(office)) == ["Dung", "Lan"]


async def test_a_slip_is_good_for_fourteen_days(office: Office) -> None:
    await everybody(office)
    sheet = await print_sheet(office)
    office.wait(days=INVITE_DAYS)

    assert sheet.expires_at == NOW + timedelta(days=INVITE_DAYS)
    with pytest.raises(Refusal) as refused:
        await accept(office, sheet.slips[0].token)
    assert refused.value.key == "invite.expired"


async def test_a_crash_before_the_commit_leaves_the_earlier_sheet_good(office: Office) -> None:
    await everybody(office)
    first = await print_sheet(office)
    crashing = CrashingMemory(office.memory, after=False)
    with pytest.raises(Crash):
        await InviteEverybody(crashing, office.clock, office.ids).invite_everybody(
            OPERATOR, WARD.code
        )

    assert await accept(office, first.slips[0].token) is False


async def test_the_record_says_how_many_and_names_nobody(office: Office) -> None:
    await everybody(office)
    await print_sheet(office)
    event = (await office.record())[-1].event

    assert (event.action, event.subject) == (Permission.PERSON_INVITE, WARD.id)
    assert event.detail == "invites=2 revoked=0"


async def test_only_the_operator_invites_everybody(office: Office) -> None:
    use = InviteEverybody(office.memory, office.clock, office.ids)
    with pytest.raises(Forbidden):
        await use.invite_everybody(actor(HANH), WARD.code)
