"""A broadcast reaches each of its groups, at its time, in the words that were approved."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from domain.errors import LostRace
from domain.model.access import Person
from domain.model.broadcast import BroadcastState
from domain.model.bulletin import BulletinClass, BulletinState
from domain.model.delivery import EntryState, Lane, NotSent, Tally
from tests.integration.storage.cast import (
    AN,
    BINH,
    GROUP,
    HANH,
    NOW,
    OTHER_GROUP,
    QUARTER_GROUP,
    STAFF_GROUP,
)
from tests.integration.usecases.office import Office, actor, private
from tests.integration.usecases.plans import opened
from tests.integration.usecases.story import TIDE, approve, release, submit

WARD_CHAT, QUARTER_CHAT = GROUP.address.chat, QUARTER_GROUP.address.chat
TO_WARD, TO_QUARTER = f"chat:{GROUP.id}", f"chat:{QUARTER_GROUP.id}"
NINE_IN_THE_EVENING = NOW + timedelta(hours=12)
SIX_IN_THE_MORNING = NOW + timedelta(hours=21)


async def test_a_broadcast_reaches_each_of_its_groups_once(office: Office) -> None:
    await approve(office)
    for _ in range(3):
        await office.go_round()

    assert [len(office.gateway.to(chat)) for chat in (WARD_CHAT, QUARTER_CHAT)] == [1, 1]
    assert office.gateway.to(OTHER_GROUP.address.chat) == []
    assert office.gateway.to(STAFF_GROUP.address.chat) == []


async def test_the_group_gets_the_very_words_that_were_approved(office: Office) -> None:
    broadcast = await approve(office)
    await office.go_round()
    async with office.memory.begin() as work:
        frozen = await work.bulletins.revision(broadcast.revision_id)

    (call,) = office.gateway.to(WARD_CHAT)
    assert call.markup == frozen.rendered["vi"]
    assert all(part in call.markup for part in (TIDE, "UBND phường Ninh Kiều", "12/UBND", "gopy"))


async def test_author_and_approver_get_the_receipts(office: Office) -> None:
    await approve(office)
    await office.go_round()

    for person in (AN, BINH):
        card = office.gateway.to(private(person))[-1]
        for shown in (GROUP.title, QUARTER_GROUP.title, "2/2", f"https://t.me/c/{WARD_CHAT}/"):
            assert shown in card.markup


async def test_when_all_have_ended_the_bulletin_is_sent(office: Office) -> None:
    broadcast = await approve(office)
    await office.go_round()

    async with office.memory.begin() as work:
        assert (await work.bulletins.get(broadcast.bulletin_id)).state is BulletinState.SENT
        assert (await work.broadcasts.get(broadcast.id)).state is BroadcastState.FINISHED


async def test_receipts_come_once_and_not_before_the_end(office: Office) -> None:
    office.gateway.will(QUARTER_CHAT, NotSent("refused"))
    await approve(office)
    before = len(office.gateway.to(private(AN)))
    await office.go_round()
    assert len(office.gateway.to(private(AN))) == before

    office.wait(seconds=2)
    await office.go_round()
    await office.go_round()
    assert len(office.gateway.to(private(AN))) == before + 1


async def test_nothing_leaves_before_its_time(office: Office) -> None:
    await approve(office, send_at=NOW + timedelta(hours=2))
    await office.go_round()
    assert await office.states() == {}

    office.wait(hours=2)
    await office.go_round()
    assert set((await office.states()).values()) == {EntryState.SENT}


async def test_a_process_that_was_down_sends_late_and_once(office: Office) -> None:
    await approve(office, send_at=NOW + timedelta(hours=1))
    await office.restart()
    office.wait(hours=5)
    await office.go_round()
    await office.go_round()

    assert len(office.gateway.to(WARD_CHAT)) == 1


async def test_what_has_expired_is_not_sent_and_both_hear_of_it(office: Office) -> None:
    broadcast = await approve(office, send_at=NOW + timedelta(hours=1))
    office.wait(hours=25)
    await office.go_round()

    assert office.gateway.to(WARD_CHAT) == []
    async with office.memory.begin() as work:
        assert (await work.broadcasts.get(broadcast.id)).state is BroadcastState.EXPIRED
        assert (await work.bulletins.get(broadcast.bulletin_id)).state is BulletinState.EXPIRED
    assert all(TIDE in office.gateway.to(private(one))[-1].markup for one in (AN, BINH))


async def test_a_send_whose_time_runs_out_in_line_is_not_sent(office: Office) -> None:
    await release(office)
    office.wait(hours=24)
    await office.send_all()

    assert set((await office.states()).values()) == {EntryState.EXPIRED}
    assert office.gateway.to(WARD_CHAT) == []


async def test_quiet_hours_postpone_to_the_morning(office: Office) -> None:
    office.clock.moment = NINE_IN_THE_EVENING
    await approve(office)
    await office.go_round()
    assert office.gateway.to(WARD_CHAT) == []

    office.clock.moment = SIX_IN_THE_MORNING
    await office.go_round()
    assert len(office.gateway.to(WARD_CHAT)) == 1


async def test_a_unit_without_quiet_hours_does_not_wait(office: Office) -> None:
    office.clock.moment = NINE_IN_THE_EVENING
    await approve(office)
    await office.go_round()

    assert len(office.gateway.to(QUARTER_CHAT)) == 1


async def test_a_retry_that_falls_into_quiet_hours_waits_as_well(office: Office) -> None:
    office.clock.moment = NINE_IN_THE_EVENING - timedelta(seconds=1)
    office.gateway.will(WARD_CHAT, NotSent("refused"))
    await release(office)
    await office.send_all()
    office.wait(minutes=1)
    await office.send_all()
    assert len(office.gateway.to(WARD_CHAT)) == 1

    office.clock.moment = SIX_IN_THE_MORNING
    await office.send_all()
    assert len(office.gateway.to(WARD_CHAT)) == 2


async def test_priority_goes_before_ordinary_and_people_before_both(office: Office) -> None:
    for urgency in (BulletinClass.ORDINARY, BulletinClass.PRIORITY):
        await approve(office, bulletin_class=urgency)
    await office.let_go()
    await submit(office)
    before = len(office.gateway.calls)
    await office.send_all()

    assert office.gateway.calls[before].lane == Lane.PERSON
    for chat in (WARD_CHAT, QUARTER_CHAT):
        assert [call.lane for call in office.gateway.to(chat)] == [Lane.PRIORITY, Lane.BULK]


@pytest.mark.parametrize("person", [AN, BINH, HANH], ids=lambda person: person.name)
async def test_one_person_can_stop_what_is_planned(office: Office, person: Person) -> None:
    broadcast = await approve(office, send_at=NOW + timedelta(hours=1))
    await office.release.stop_bulletin(actor(person), broadcast.bulletin_id, office.cause())
    office.wait(hours=2)
    await office.go_round()

    assert office.gateway.to(WARD_CHAT) == []


async def test_stopping_in_the_middle_cancels_the_rest(office: Office) -> None:
    broadcast = await release(office)
    await office.send_one()
    stopped = await office.release.stop_bulletin(actor(AN), broadcast.bulletin_id, office.cause())
    await office.go_round()

    assert stopped.count == 1
    assert sorted((await office.states()).values()) == [EntryState.CANCELLED, EntryState.SENT]


async def test_a_send_that_comes_back_after_the_stop_is_not_repeated(office: Office) -> None:
    office.gateway.will(WARD_CHAT, NotSent("refused"))
    office.gateway.will(QUARTER_CHAT, NotSent("refused"))
    broadcast = await release(office)
    await office.send_all()
    await office.release.stop_bulletin(actor(AN), broadcast.bulletin_id, office.cause())
    office.wait(minutes=1)
    await office.send_all()

    assert len(office.gateway.to(WARD_CHAT)) == 1
    assert set((await office.states()).values()) == {EntryState.CANCELLED}


async def test_a_send_under_way_at_the_stop_is_not_tried_again(office: Office) -> None:
    broadcast = await release(office)
    office.gateway.will(WARD_CHAT, NotSent("refused"))
    office.gateway.meanwhile = lambda: office.release.stop_bulletin(
        actor(AN), broadcast.bulletin_id, None
    )
    await office.send_all()
    office.wait(minutes=1)
    await office.send_all()

    assert len(office.gateway.to(WARD_CHAT)) == 1
    assert set((await office.states()).values()) == {EntryState.CANCELLED}


async def test_what_was_sent_cannot_be_stopped(office: Office) -> None:
    broadcast = await approve(office)
    await office.go_round()

    with pytest.raises(LostRace):
        await office.release.stop_bulletin(actor(AN), broadcast.bulletin_id, office.cause())


def tamper_with_words(office: Office) -> None:
    office.past_the_rules(
        "a_revision_never_changes",
        "UPDATE revision SET written = replace(written, 'ngày mai', 'hôm nay')",
    )


def tamper_with_time(office: Office) -> None:
    office.past_the_rules(
        "a_revision_never_changes", "UPDATE revision SET good_for_seconds = 864000"
    )


Tamper = Callable[[Office], None]


@pytest.mark.parametrize("tamper", [tamper_with_words, tamper_with_time])
async def test_tampered_words_in_line_are_not_sent(office: Office, tamper: Tamper) -> None:
    await release(office)
    tamper(office)
    await office.send_all()

    assert office.gateway.to(WARD_CHAT) == office.gateway.to(QUARTER_CHAT) == []
    assert set((await office.states()).values()) == {EntryState.FAILED}


@pytest.mark.parametrize("tamper", [tamper_with_words, tamper_with_time])
async def test_tampered_words_are_not_even_released(office: Office, tamper: Tamper) -> None:
    broadcast = await approve(office)
    tamper(office)
    await office.go_round()

    assert await office.states() == {}
    async with office.memory.begin() as work:
        assert (await work.broadcasts.get(broadcast.id)).state is BroadcastState.STOPPED


@pytest.mark.parametrize("person", [AN, BINH], ids=lambda person: person.name)
async def test_author_and_approver_hear_once_of_tampering(office: Office, person: Person) -> None:
    broadcast = await approve(office)
    tamper_with_words(office)
    for _ in range(3):
        await office.go_round()

    told = office.letterhead.tampered_card(broadcast.planned_at, Tally({}))
    assert [call.payload for call in office.gateway.to(private(person))].count(told) == 1
    events = [entry.event.detail for entry in await office.record()]
    assert events.count("tampered") == 1


async def test_the_plan_shows_tampered_words_as_unusable(office: Office) -> None:
    broadcast = await approve(office)
    tamper_with_words(office)
    other = await approve(office, text="Lịch tiêm chủng.", send_at=NOW + timedelta(hours=7))
    spoilt, ahead = await opened(office, BINH, broadcast), await opened(office, BINH, other)

    assert ahead.frozen is not None
    assert (spoilt.broadcast, spoilt.frozen) == (broadcast, None)


async def test_a_stopped_broadcast_that_was_tampered_with_is_told_of_once(office: Office) -> None:
    broadcast = await release(office)
    await office.release.stop_bulletin(actor(AN), broadcast.bulletin_id, office.cause())
    tamper_with_words(office)
    for _ in range(3):
        await office.go_round()

    told = office.letterhead.tampered_card(broadcast.planned_at, Tally({}))
    assert [call.payload for call in office.gateway.to(private(AN))].count(told) == 1


async def test_one_tampered_bulletin_does_not_hold_up_the_others(office: Office) -> None:
    await approve(office)
    tamper_with_words(office)
    await approve(office, text="Lịch tiêm chủng tháng 12.")
    await office.go_round()

    assert ["tiêm chủng" in call.markup for call in office.gateway.to(WARD_CHAT)] == [True]


async def test_a_broadcast_tampered_with_in_the_middle_comes_to_an_end(office: Office) -> None:
    broadcast = await release(office)
    await office.send_one()
    tamper_with_words(office)
    await office.go_round()

    async with office.memory.begin() as work:
        assert (await work.broadcasts.get(broadcast.id)).state is BroadcastState.STOPPED
    assert (await office.record())[-1].event.detail == "tampered"


async def test_words_tampered_with_before_they_are_lined_up_are_told_of(office: Office) -> None:
    broadcast = await approve(office)
    await office.release.release_due()
    tamper_with_words(office)
    for _ in range(3):
        await office.go_round()

    told = office.letterhead.tampered_card(broadcast.planned_at, Tally({}))
    assert [call.payload for call in office.gateway.to(private(AN))].count(told) == 1


async def test_a_group_that_was_not_approved_gets_nothing(office: Office) -> None:
    await release(office)
    office.past_the_rules(
        "an_entry_keeps_what_it_is",
        "UPDATE outbox SET destination = ? WHERE destination = ?",
        "chat:g3",
        TO_QUARTER,
    )
    await office.send_all()

    assert office.gateway.to(OTHER_GROUP.address.chat) == []
    assert (await office.states())["chat:g3"] is EntryState.FAILED


async def test_a_lost_group_does_not_keep_the_others_from_theirs(office: Office) -> None:
    await approve(office)
    async with office.memory.begin() as work:
        await work.chats.lose(QUARTER_GROUP.id)
        await work.commit()
    await office.go_round()

    assert await office.states() == {TO_WARD: EntryState.SENT, TO_QUARTER: EntryState.FAILED}
