"""Somebody may be in danger: who hears of it, in private, at once, and on record."""

from domain.model.access import Permission
from domain.model.opinion import OpinionState
from tests.integration.storage.cast import GIANG, HANH, STAFF_GROUP
from tests.integration.usecases.hands import KHANH, THU, further, hire, opened
from tests.integration.usecases.office import Office, actor, private
from tests.integration.usecases.story import LAMP, file_opinion, take


async def sound(office: Office) -> int:
    button = await further(office, GIANG, "opinion:alarm")
    _, told = await office.sound_alarm.sound(actor(GIANG), button, office.cause())
    await office.send_all()
    return told


async def test_the_nearest_supervisor_is_told_in_private_without_the_words(
    office: Office,
) -> None:
    await hire(office, THU)
    opinion = await take(office, await file_opinion(office))

    assert await sound(office) == 1
    card = office.gateway.to(private(THU))[-1].markup
    assert (opinion.number in card, GIANG.name in card) == (True, True)
    assert LAMP[:10] not in card
    assert office.gateway.to(private(HANH)) == []


async def test_where_a_unit_has_no_supervisor_the_one_above_is_told(office: Office) -> None:
    await take(office, await file_opinion(office))

    assert await sound(office) == 1
    assert "nguy hiểm" in office.gateway.to(private(HANH))[-1].markup


async def test_the_group_hears_nothing_of_it(office: Office) -> None:
    await take(office, await file_opinion(office))
    before = len(office.gateway.to(STAFF_GROUP.address.chat))
    await sound(office)

    assert len(office.gateway.to(STAFF_GROUP.address.chat)) == before


async def test_it_is_on_record_and_the_case_stays_with_whoever_has_it(office: Office) -> None:
    await take(office, await file_opinion(office))
    await sound(office)
    last = (await office.record())[-1].event

    assert (last.action, last.actor_id) == (Permission.OPINION_ALARM, GIANG.id)
    assert office.sql("SELECT state, owner_id FROM opinion") == [("in_progress", GIANG.id)]


async def test_whoever_reads_it_can_say_so_though_a_colleague_has_it(office: Office) -> None:
    await hire(office, KHANH)
    opinion = await take(office, await file_opinion(office))
    await opened(office, KHANH, opinion)
    button = await further(office, KHANH, "opinion:alarm")
    found, told = await office.sound_alarm.sound(actor(KHANH), button, office.cause())

    assert (found.state, told) == (OpinionState.IN_PROGRESS, 1)


async def test_a_case_that_moved_meanwhile_is_no_reason_to_wait(office: Office) -> None:
    opinion = await file_opinion(office)
    await opened(office, GIANG, opinion)
    button = await further(office, GIANG, "opinion:alarm")
    await take(office, opinion)
    _, told = await office.sound_alarm.sound(actor(GIANG), button, office.cause())

    assert told == 1


async def test_a_second_alarm_reaches_the_supervisor_though_the_case_has_not_moved(
    office: Office,
) -> None:
    await hire(office, KHANH, THU)
    opinion = await take(office, await file_opinion(office))
    await sound(office)
    await opened(office, KHANH, opinion)
    button = await further(office, KHANH, "opinion:alarm")
    await office.sound_alarm.sound(actor(KHANH), button, office.cause())
    await office.send_all()

    cards = [call.markup for call in office.gateway.to(private(THU))]
    assert [name for card in cards for name in (GIANG.name, KHANH.name) if name in card] == [
        GIANG.name,
        KHANH.name,
    ]


async def test_a_supervisors_own_alarm_goes_to_those_above(office: Office) -> None:
    await hire(office, THU)
    opinion = await file_opinion(office)
    await opened(office, THU, opinion)
    button = await further(office, THU, "opinion:alarm")
    _, told = await office.sound_alarm.sound(actor(THU), button, office.cause())
    await office.send_all()

    assert told == 1
    assert "nguy hiểm" in office.gateway.to(private(HANH))[-1].markup


async def test_where_nobody_can_be_told_it_does_not_pretend(office: Office) -> None:
    await take(office, await file_opinion(office))
    office.sql("UPDATE role_grant SET valid_until = '2026-01-01' WHERE role = 'supervisor'")

    assert await sound(office) == 0
