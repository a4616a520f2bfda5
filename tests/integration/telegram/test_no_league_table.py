"""No screen sets people beside each other by figures: whose sessions they are cannot be seen."""

from domain.model.access import Person
from domain.model.session import SessionState
from domain.usecases.list_own_sessions import HISTORY
from tests.integration.storage.cast import HANH, QUARTER, WARD
from tests.integration.telegram.house import House, presses, says
from tests.integration.usecases.communicators import DUNG, KIM, join
from tests.integration.usecases.office import Office, private
from tests.integration.usecases.test_activity import confirmed, log, session

WALK = (
    ("staff:unit", WARD.id),
    ("staff:unit", QUARTER.id),
    ("staff:people", "0"),
    ("staff:person", DUNG.id),
    ("commendation:list", ""),
    ("staff:person", KIM.id),
    ("commendation:list", ""),
    ("activity:show", "0"),
    ("monthly_plan:show", ""),
    ("activity:show", ""),
)
"""From /donvi to every screen behind it that names people or counts what they did."""


async def pressed(house: House, who: Person, action: str, choice: str = "") -> None:
    button = await house.office.button(private(who), action, choice)
    await house.hears(presses(button.id, int(private(who))))


async def held(office: Office, dungs: int, kims: int) -> None:
    """Different numbers of like sessions; one of each waits."""
    await join(office, DUNG, KIM)
    for who, count in ((DUNG, dungs), (KIM, kims)):
        await confirmed(office, *(session(f"{who.id}{n}", who) for n in range(count)))
        await log(office, session(f"{who.id}_waits", who), SessionState.SUBMITTED)


async def seen(house: House, who: Person) -> list[tuple[str, list[str]]]:
    """All that somebody was shown: words, and what stands on the buttons."""
    return [
        (call.markup, [face.label for row in call.payload.buttons for face in row])
        for call in house.office.gateway.to(private(who))
    ]


async def walked(house: House) -> list[tuple[str, list[str]]]:
    await house.hears(says("/donvi", int(private(HANH))))
    for action, choice in WALK:
        await pressed(house, HANH, action, choice)
    await house.hears(says("/phien", int(private(HANH)), number=2))
    return await seen(house, HANH)


async def test_a_supervisors_screens_are_the_same_whoever_did_more(
    house: House, other_office: Office
) -> None:
    await held(house.office, dungs=9, kims=1)
    await held(other_office, dungs=1, kims=9)
    other = House.on(other_office, house.rooms.words)
    try:
        screens, others = await walked(house), await walked(other)
    finally:
        await other.close()

    assert "<b>10</b>" in str(screens), "the month of the unit is among them"
    assert screens == others


async def test_ones_own_screens_are_the_same_whatever_others_did(
    house: House, other_office: Office
) -> None:
    await held(house.office, dungs=3, kims=9)
    await held(other_office, dungs=3, kims=1)
    other = House.on(other_office, house.rooms.words)
    try:
        for one in (house, other):
            await one.hears(says("/phiencuatoi", int(private(DUNG))))
            await pressed(one, DUNG, HISTORY)
        screens, others = await seen(house, DUNG), await seen(other, DUNG)
    finally:
        await other.close()

    assert "<b>3</b>" in str(screens)
    assert screens == others
    assert KIM.name not in str(screens)
