"""Second thoughts are told to all: author, approver, and the unit's supervisors."""

from domain.model.access import Grant, Person, Role
from tests.integration.storage.cast import AN, BINH, HANH, OTHER_WARD, WARD
from tests.integration.usecases.communicators import join
from tests.integration.usecases.office import Office, actor, private
from tests.integration.usecases.story import approve, release
from tests.integration.usecases.test_correct import approve_correction
from tests.integration.usecases.test_withdraw import tick

KHANH = Person("khanh", "Khánh", "telegram:120", (Grant(Role.SUPERVISOR, OTHER_WARD.id),))
LAN = Person("lan", "Lan", "telegram:121", (Grant(Role.SUPERVISOR, WARD.id),))


async def told(office: Office, *people: Person) -> list[int]:
    """How many messages each of them gets from now on."""
    before = [len(office.gateway.to(private(person))) for person in people]
    await tick(office)
    await office.go_round()
    return [
        len(office.gateway.to(private(person))) - n
        for person, n in zip(people, before, strict=True)
    ]


async def test_a_stop_is_told_to_the_other_two_and_the_supervisors(office: Office) -> None:
    await join(office, KHANH)
    broadcast = await approve(office)
    await office.send_all()
    await office.release.stop_bulletin(actor(AN), broadcast.bulletin_id, office.cause())

    assert await told(office, AN, BINH, HANH, KHANH) == [0, 1, 1, 0]


async def test_the_nearest_supervisors_hear_of_it_and_not_all_above(office: Office) -> None:
    await join(office, LAN)
    broadcast = await approve(office)
    await office.send_all()
    await office.release.stop_bulletin(actor(AN), broadcast.bulletin_id, office.cause())

    assert await told(office, LAN, HANH) == [1, 0]


async def test_what_was_taken_back_is_told_to_all(office: Office) -> None:
    broadcast = await release(office)
    await office.go_round()
    await office.withdraw.withdraw_bulletin(actor(BINH), broadcast.bulletin_id, office.cause())

    assert min(await told(office, AN, BINH, HANH)) >= 1


async def test_a_correction_is_told_to_the_supervisors(office: Office) -> None:
    wrong = await approve(office)
    await office.go_round()
    before = len(office.gateway.to(private(HANH)))
    await approve_correction(office, wrong)
    await office.go_round()

    assert len(office.gateway.to(private(HANH))) == before + 1
