"""A stop is taken back by one person: what was not sent goes on, and nothing is sent twice."""

import asyncio
from datetime import datetime, timedelta

import pytest

from domain.errors import LostRace, Refusal
from domain.model.access import Person
from domain.model.broadcast import Broadcast, BroadcastState
from domain.model.bulletin import BulletinState, Misfire
from domain.model.delivery import EntryState, NotSent, Rejected, Unknown
from domain.model.sending import Parcel, Ready
from domain.usecases.frozen_words import ThisRound
from domain.usecases.line_up import LineUp
from tests.databases import only_servers
from tests.integration.storage.cast import AN, BINH, GROUP, HANH, NOW, QUARTER_GROUP
from tests.integration.usecases.office import Office, actor, pick, press, private
from tests.integration.usecases.plans import offered, opened
from tests.integration.usecases.story import TIDE, approve, release
from tests.integration.usecases.test_broadcast import tamper_with_words
from tests.integration.usecases.test_correct import approve_correction
from tests.integration.usecases.test_schedule import DAILY, local, pass_time

WARD_CHAT, QUARTER_CHAT = GROUP.address.chat, QUARTER_GROUP.address.chat
TO_WARD, TO_QUARTER = f"chat:{GROUP.id}", f"chat:{QUARTER_GROUP.id}"


async def stop(office: Office, broadcast: Broadcast, person: Person = AN) -> None:
    await office.release.stop_bulletin(actor(person), broadcast.bulletin_id, office.cause())


async def resume(office: Office, broadcast: Broadcast, person: Person = AN) -> int:
    cause = office.cause()
    return await office.resume.resume_bulletin(actor(person), broadcast.bulletin_id, cause)


async def stopped_after_one(office: Office) -> Broadcast:
    broadcast = await release(office)
    await office.send_one()
    await stop(office, broadcast)
    await office.go_round()
    return broadcast


def sends(office: Office) -> list[int]:
    return [len(office.gateway.to(chat)) for chat in (WARD_CHAT, QUARTER_CHAT)]


@pytest.mark.parametrize("person", [AN, BINH, HANH], ids=lambda person: person.name)
async def test_one_person_lets_the_rest_go_on(office: Office, person: Person) -> None:
    broadcast = await stopped_after_one(office)
    assert sum(sends(office)) == 1

    assert await resume(office, broadcast, person) == 1
    await office.go_round()
    assert sends(office) == [1, 1]


async def test_what_went_on_comes_to_its_end(office: Office) -> None:
    broadcast = await stopped_after_one(office)
    await resume(office, broadcast)
    await office.go_round()

    async with office.memory.begin() as work:
        assert (await work.bulletins.get(broadcast.bulletin_id)).state is BulletinState.SENT
    assert "2/2" in office.gateway.to(private(BINH))[-1].markup


async def test_what_may_have_arrived_is_not_sent_again(office: Office) -> None:
    office.gateway.will(WARD_CHAT, Unknown("reset"))
    broadcast = await stopped_after_one(office)
    assert await resume(office, broadcast) == 1
    await office.go_round()

    assert sends(office) == [1, 1]
    assert (await office.states())[TO_WARD] is EntryState.UNCERTAIN


async def test_lining_up_goes_on_where_it_was(office: Office) -> None:
    broadcast = await approve(office)
    await office.release.release_due()
    one_at_a_time = LineUp(office.memory, office.clock, at_a_time=1)
    async with office.memory.begin() as work:
        (released,) = await work.broadcasts.unlined()
    await one_at_a_time._next_groups(released)
    await stop(office, broadcast)
    await office.go_round()
    assert list((await office.states()).values()) == [EntryState.CANCELLED]

    await resume(office, broadcast)
    await office.go_round()
    assert sends(office) == [1, 1]


async def test_a_stop_in_the_middle_of_lining_up_is_told_of(office: Office) -> None:
    broadcast = await approve(office)
    await office.release.release_due()
    async with office.memory.begin() as work:
        (released,) = await work.broadcasts.unlined()
    await LineUp(office.memory, office.clock, at_a_time=1)._next_groups(released)
    await office.send_all()
    await stop(office, broadcast)
    await office.go_round()

    assert "1/1" in office.gateway.to(private(BINH))[-1].markup


async def test_what_was_stopped_before_its_time_waits_for_it_again(office: Office) -> None:
    broadcast = await approve(office, send_at=NOW + timedelta(hours=2))
    await stop(office, broadcast)
    await resume(office, broadcast)
    await office.go_round()
    assert sends(office) == [0, 0]

    office.wait(hours=2)
    await office.go_round()
    assert sends(office) == [1, 1]


async def test_when_its_time_went_by_meanwhile_its_rule_decides(office: Office) -> None:
    broadcast = await approve(office, send_at=NOW + timedelta(hours=1), misfire=Misfire.SKIP)
    await stop(office, broadcast)
    office.wait(hours=3)
    await resume(office, broadcast)
    await office.go_round()

    assert sends(office) == [0, 0]
    async with office.memory.begin() as work:
        assert (await work.broadcasts.get(broadcast.id)).state is BroadcastState.EXPIRED


async def test_after_its_last_hour_nothing_goes_on(office: Office) -> None:
    broadcast = await stopped_after_one(office)
    office.wait(hours=24)
    with pytest.raises(Refusal) as refused:
        await resume(office, broadcast)

    assert refused.value.key == "release.too_late_to_resume"
    assert sum(sends(office)) == 1


async def test_what_recurs_goes_on_with_its_next_time(office: Office) -> None:
    broadcast = await approve(office, recurrence=DAILY)
    await stop(office, broadcast)
    await pass_time(office, local(21, 12), timedelta(hours=1))
    await resume(office, broadcast)
    await pass_time(office, local(22, 11), timedelta(hours=1))

    assert sends(office) == [1, 1]


async def test_what_goes_on_already_does_not_go_on_twice(office: Office) -> None:
    broadcast = await stopped_after_one(office)
    await resume(office, broadcast)
    with pytest.raises(LostRace):
        await resume(office, broadcast, BINH)
    await office.go_round()

    assert sends(office) == [1, 1]


async def test_changed_words_do_not_go_on(office: Office) -> None:
    broadcast = await stopped_after_one(office)
    tamper_with_words(office)
    with pytest.raises(Refusal) as refused:
        await resume(office, broadcast)

    assert refused.value.key == "release.not_as_approved"


async def test_it_can_be_stopped_and_let_go_on_again_and_again(office: Office) -> None:
    broadcast = await stopped_after_one(office)
    for _ in range(3):
        await resume(office, broadcast)
        await stop(office, broadcast)
        office.wait(seconds=1)
    await resume(office, broadcast)
    await office.go_round()

    assert sends(office) == [1, 1]


async def test_author_and_approver_hear_of_a_stop_and_of_its_end(office: Office) -> None:
    broadcast = await release(office)
    await stop(office, broadcast, HANH)
    await resume(office, broadcast, HANH)
    await office.send_all()

    for person in (AN, BINH):
        told = [call.markup for call in office.gateway.to(private(person))[-4:]]
        assert len([each for each in told if HANH.name in each and TIDE in each]) == 2


async def test_whoever_stopped_it_is_shown_the_way_back(office: Office) -> None:
    broadcast = await release(office)
    stopped = await office.release.stop_bulletin(actor(AN), broadcast.bulletin_id, office.cause())

    button = press(stopped.buttons, "bulletin:resume")
    assert (button.subject, button.holder) == (broadcast.bulletin_id, f"person:{AN.id}")


async def test_the_plan_shows_the_way_back_while_there_is_time(office: Office) -> None:
    broadcast = await stopped_after_one(office)
    in_time = await opened(office, BINH, broadcast)
    office.wait(hours=24)
    too_late = await opened(office, BINH, broadcast)

    assert pick(in_time.buttons, "bulletin:resume") is not None
    assert pick(too_late.buttons, "bulletin:resume") is None


async def test_of_what_was_taken_back_the_plan_shows_no_way_back(office: Office) -> None:
    broadcast = await stopped_after_one(office)
    cause = office.cause()
    await office.withdraw.withdraw_bulletin(actor(AN), broadcast.bulletin_id, cause)

    assert "bulletin:resume" not in await offered(office, BINH, broadcast)


async def test_of_what_was_corrected_the_plan_shows_no_way_back(office: Office) -> None:
    broadcast = await stopped_after_one(office)
    await approve_correction(office, broadcast)

    assert "bulletin:resume" not in await offered(office, BINH, broadcast)


async def test_of_what_recurs_the_plan_shows_one_way_back(office: Office) -> None:
    broadcast = await approve(office, recurrence=DAILY)
    await stop(office, broadcast)

    assert (await offered(office, BINH, broadcast)).count("bulletin:resume") == 1


@only_servers
async def test_what_goes_on_while_it_is_being_cancelled_is_sent(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    broadcast = await refused_after_a_stop(office)
    judge, going_on = ThisRound.parcel, list[asyncio.Task[int]]()

    async def judge_while_it_goes_on(
        approved: ThisRound, ready: Ready, now: datetime
    ) -> Parcel | EntryState | Rejected | datetime:
        verdict = await judge(approved, ready, now)
        going_on.append(asyncio.create_task(resume(office, broadcast)))
        await asyncio.wait(going_on, timeout=0.5)
        return verdict

    monkeypatch.setattr(ThisRound, "parcel", judge_while_it_goes_on)
    await office.send_all()
    monkeypatch.undo()
    await going_on[0]
    await office.send_all()

    assert (await office.states())[TO_WARD] is EntryState.SENT


async def refused_after_a_stop(office: Office) -> Broadcast:
    """The ward's send was under way at the stop, did not arrive, and is in line again."""
    broadcast, deliver = await release(office), office.deliver
    office.gateway.will(WARD_CHAT, NotSent("refused"))
    claimed = (await deliver.go_round([], 2)).claimed
    done = [await deliver.send(one) for one in claimed]
    await stop(office, broadcast)
    await deliver.go_round(done, 0)
    office.wait(minutes=2)
    return broadcast
