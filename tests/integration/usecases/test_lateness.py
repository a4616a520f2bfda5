"""A bulletin whose time went by while the process was down: late, left out, or as one decides."""

from datetime import timedelta

import pytest

from domain.errors import LostRace, Refusal
from domain.model.access import Person
from domain.model.broadcast import Broadcast, BroadcastState
from domain.model.bulletin import BulletinState, Misfire
from domain.model.button import Button
from domain.usecases.compose import DraftFields
from tests.integration.storage.cast import AN, BINH, CHI, GROUP, NOW
from tests.integration.usecases.office import Office, actor, private
from tests.integration.usecases.story import TIDE, approve
from tests.integration.usecases.test_schedule import DAILY

WARD_CHAT = GROUP.address.chat
BOTH = (AN, BINH)


async def miss(office: Office, misfire: Misfire, hours: float = 3) -> Broadcast:
    """Planned in an hour, found so many hours after its time."""
    broadcast = await approve(office, send_at=NOW + timedelta(hours=1), misfire=misfire)
    await office.restart()
    office.wait(hours=1 + hours)
    await office.go_round()
    return broadcast


async def word(office: Office, person: Person, choice: str) -> Button:
    return await office.button(private(person), "broadcast:decide", choice)


async def states(office: Office, broadcast: Broadcast) -> tuple[BroadcastState, BulletinState]:
    async with office.memory.begin() as work:
        bulletin = await work.bulletins.get(broadcast.bulletin_id)
        return (await work.broadcasts.get(broadcast.id)).state, bulletin.state


@pytest.mark.parametrize("person", BOTH, ids=lambda person: person.name)
async def test_what_goes_out_late_says_how_late(office: Office, person: Person) -> None:
    await miss(office, Misfire.LATE, hours=3.5)

    assert len(office.gateway.to(WARD_CHAT)) == 1
    assert "muộn 3 giờ 30 phút" in office.gateway.to(private(person))[-1].markup


async def test_a_few_minutes_are_not_late(office: Office) -> None:
    await miss(office, Misfire.ASK, hours=0.1)

    assert len(office.gateway.to(WARD_CHAT)) == 1
    assert "muộn" not in office.gateway.to(private(AN))[-1].markup


async def test_what_is_to_be_left_out_is_left_out_and_both_hear_of_it(office: Office) -> None:
    broadcast = await miss(office, Misfire.SKIP)
    await office.go_round()

    assert office.gateway.to(WARD_CHAT) == []
    assert await states(office, broadcast) == (BroadcastState.EXPIRED, BulletinState.EXPIRED)
    for person in BOTH:
        cards = [call.markup for call in office.gateway.to(private(person))]
        assert sum("đã lỡ giờ nên" in card and TIDE in card for card in cards) == 1


async def test_both_are_asked_once_and_nothing_leaves_meanwhile(office: Office) -> None:
    await miss(office, Misfire.ASK)
    await office.go_round()

    assert office.gateway.to(WARD_CHAT) == []
    for person in BOTH:
        cards = [call.markup for call in office.gateway.to(private(person))]
        assert sum("Có phát nữa không" in card for card in cards) == 1


@pytest.mark.parametrize("person", BOTH, ids=lambda person: person.name)
async def test_one_persons_word_sends_it_late(office: Office, person: Person) -> None:
    await miss(office, Misfire.ASK)
    button = await word(office, person, "send")
    assert await office.lateness.decide_late(actor(person), button, office.cause())
    await office.go_round()

    assert len(office.gateway.to(WARD_CHAT)) == 1
    assert "muộn 3 giờ" in office.gateway.to(private(AN))[-1].markup


async def test_one_persons_word_leaves_it_out_and_the_other_is_told(office: Office) -> None:
    broadcast = await miss(office, Misfire.ASK)
    button = await word(office, BINH, "skip")
    assert not await office.lateness.decide_late(actor(BINH), button, office.cause())
    await office.go_round()

    assert office.gateway.to(WARD_CHAT) == []
    assert await states(office, broadcast) == (BroadcastState.EXPIRED, BulletinState.EXPIRED)
    assert "<b>Bình</b> đã bỏ" in office.gateway.to(private(AN))[-1].markup


@pytest.mark.parametrize("first", ["send", "skip"])
async def test_of_two_people_the_first_decides(office: Office, first: str) -> None:
    await miss(office, Misfire.ASK)
    mine, theirs = await word(office, AN, first), await word(office, BINH, "send")
    await office.lateness.decide_late(actor(AN), mine, office.cause())
    with pytest.raises(LostRace) as refused:
        await office.lateness.decide_late(actor(BINH), theirs, office.cause())

    assert refused.value.key == "lateness.decided"


async def test_without_a_word_it_expires(office: Office) -> None:
    broadcast = await miss(office, Misfire.ASK)
    button = await word(office, AN, "send")
    office.wait(hours=22)
    await office.go_round()

    assert office.gateway.to(WARD_CHAT) == []
    assert await states(office, broadcast) == (BroadcastState.EXPIRED, BulletinState.EXPIRED)
    with pytest.raises(LostRace):
        await office.lateness.decide_late(actor(AN), button, office.cause())


async def test_in_another_commune_nobody_has_a_word(office: Office) -> None:
    await miss(office, Misfire.ASK)
    with pytest.raises(Refusal) as refused:
        await office.lateness.decide_late(
            actor(CHI), await word(office, AN, "send"), office.cause()
        )

    assert refused.value.key == "errors.forbidden"


async def test_a_question_holds_up_no_later_time(office: Office) -> None:
    fields: DraftFields = {
        "recurrence": DAILY,
        "misfire": Misfire.ASK,
        "good_for": timedelta(days=3),
    }
    broadcast = await approve(office, **fields)
    office.wait(hours=12)
    for _ in range(30):
        await office.go_round()
        office.wait(minutes=30)

    async with office.memory.begin() as work:
        found = await work.broadcasts.of_bulletin(broadcast.bulletin_id)
    assert [(one.state, one.awaits_word) for one in found] == [
        (BroadcastState.PLANNED, True),
        (BroadcastState.FINISHED, False),
        (BroadcastState.PLANNED, False),
    ]


async def test_a_stop_ends_the_question(office: Office) -> None:
    broadcast = await miss(office, Misfire.ASK)
    await office.release.stop_bulletin(actor(BINH), broadcast.bulletin_id, office.cause())
    with pytest.raises(LostRace):
        await office.lateness.decide_late(actor(AN), await word(office, AN, "send"), office.cause())
