"""Invites open in the private chat of somebody, and nowhere else."""

import pytest

from domain.model.access import OPERATOR, Role
from tests.integration.storage.cast import WARD
from tests.integration.telegram.house import NAME, House, Json, says, user
from tests.integration.usecases.office import Office

LAN = 201
GROUP_CHAT: Json = {"id": -1007770002, "type": "supergroup", "title": "Khu vực 6"}
ANONYMOUS = {"from": user(1087968824), "sender_chat": GROUP_CHAT}


async def opening(office: Office) -> str:
    token = await office.access.invite_person(OPERATOR, WARD.code, "Lan", Role.TRIAGER)
    return f"inv_{token}"


def unused(office: Office) -> bool:
    return office.sql("SELECT used_at FROM invite") == [(None,)]


@pytest.mark.parametrize(
    ("who", "key"), [({}, "invite.in_private"), (ANONYMOUS, "errors.faceless")]
)
async def test_an_invite_opened_in_a_group_is_refused_with_a_sentence(
    house: House, who: Json, key: str
) -> None:
    said = f"/start@{NAME} {await opening(house.office)}"
    await house.hears(says(said, LAN, chat=GROUP_CHAT, **who))

    assert house.said_to(GROUP_CHAT["id"]) == [house.rooms.words.html(key)]
    assert unused(house.office)


async def test_in_private_it_is_taken(house: House) -> None:
    await house.hears(says(f"/start {await opening(house.office)}", LAN))

    assert house.said_to(LAN) == [house.rooms.words.html("access.waits")]
    assert not unused(house.office)


@pytest.mark.parametrize(("days", "key"), [(14, "invite.expired"), (0, "invite.not_valid")])
async def test_one_that_is_too_late_or_revoked_is_answered_with_a_sentence(
    house: House, days: int, key: str
) -> None:
    start = await opening(house.office)
    house.office.wait(days=days)
    if not days:
        await house.office.access.revoke_invites(OPERATOR, WARD.code, "Lan")
    await house.hears(says(f"/start {start}", LAN))

    assert house.said_to(LAN) == [house.rooms.words.html(key)]
    assert unused(house.office)
