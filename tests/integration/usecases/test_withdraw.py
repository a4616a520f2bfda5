"""What is taken back is deleted from exactly the groups that got it, and what remains is named."""

from collections.abc import Awaitable
from datetime import timedelta

import pytest

from domain.errors import LostRace
from domain.model.access import Person
from domain.model.broadcast import Broadcast
from domain.model.bulletin import BulletinState
from domain.model.delivery import LEASE, EntryState, Held, Lost, Moved, NotSent, Rejected, Unknown
from domain.model.plan import PlanState
from tests.integration.storage.cast import AN, BINH, GROUP, HANH, OTHER_GROUP, QUARTER_GROUP
from tests.integration.usecases.office import Office, actor, pick, press, private
from tests.integration.usecases.plans import opened
from tests.integration.usecases.story import TIDE, approve, release
from tests.integration.usecases.test_schedule import DAILY, local, pass_time

WARD_CHAT, QUARTER_CHAT = GROUP.address.chat, QUARTER_GROUP.address.chat
NO_RIGHT = Rejected("message can't be deleted")


async def sent(office: Office) -> Broadcast:
    broadcast = await approve(office)
    await office.go_round()
    return broadcast


async def withdraw(office: Office, broadcast: Broadcast, person: Person = AN) -> None:
    cause = office.cause()
    await office.withdraw.withdraw_bulletin(actor(person), broadcast.bulletin_id, cause)


async def tick(office: Office) -> None:
    """What comes round after a withdrawal."""
    await office.withdraw.follow_up()
    await office.take_back.delete_expired()
    await office.withdraw.follow_up()
    await office.go_round()


def deleted(office: Office) -> list[tuple[str, str]]:
    """(chat, message) of every deletion that was asked for."""
    return [(one.chat, one.message_id) for one in office.gateway.calls if one.act == "delete"]


def numbers(office: Office) -> set[tuple[str, str]]:
    """(chat, message) of everything that arrived in residents' groups."""
    groups = (WARD_CHAT, QUARTER_CHAT, OTHER_GROUP.address.chat)
    rows = office.sql("SELECT destination, message_id FROM outbox WHERE origin_kind = 'broadcast'")
    chats = dict(zip(("chat:g1", "chat:g2", "chat:g3"), groups, strict=True))
    return {(chats[destination], number) for destination, number in rows if number}


@pytest.mark.parametrize("person", [AN, BINH, HANH], ids=lambda person: person.name)
async def test_one_person_has_it_deleted_where_it_arrived(office: Office, person: Person) -> None:
    broadcast = await sent(office)
    await withdraw(office, broadcast, person)
    await tick(office)

    assert set(deleted(office)) == numbers(office)
    assert {chat for chat, _ in deleted(office)} == {WARD_CHAT, QUARTER_CHAT}


async def test_what_is_known_only_later_to_have_arrived_is_deleted_then(office: Office) -> None:
    """The withdrawal was over, and its lines told, before the answer of a frozen send came."""
    broadcast = await release(office)
    (claimed,) = (await office.deliver.go_round([], 1)).claimed
    done = await office.deliver.send(claimed)
    office.wait(seconds=LEASE.total_seconds())
    await office.deliver.recover_lapsed()
    await office.send_all()
    await withdraw(office, broadcast)
    await tick(office)
    assert len(deleted(office)) == 1

    await office.deliver.go_round([done], 0)
    assert await office.withdraw.look_again() == 1
    await tick(office)
    assert set(deleted(office)) == numbers(office)
    assert len(deleted(office)) == 2
    assert await office.withdraw.look_again() == 0


async def test_another_bulletins_messages_stay(office: Office) -> None:
    await sent(office)
    others = numbers(office)
    broadcast = await approve(office, text="Lịch tiêm chủng tháng 12.")
    await office.go_round()
    await withdraw(office, broadcast)
    await tick(office)

    assert set(deleted(office)) == numbers(office) - others


async def test_what_was_not_sent_yet_never_is(office: Office) -> None:
    broadcast = await release(office)
    first = await office.send_one()
    await withdraw(office, broadcast)
    await tick(office)

    assert [f"chat:{one}" for one in ("g1", "g2")].count(first.destination) == 1
    assert len(deleted(office)) == 1
    assert sorted((await office.states()).values()) == [EntryState.CANCELLED, EntryState.SENT]


async def test_what_arrives_after_the_press_is_deleted_as_well(office: Office) -> None:
    broadcast = await release(office)
    office.gateway.meanwhile = lambda: withdraw(office, broadcast)
    await office.send_all()
    await tick(office)

    assert len(numbers(office)) == 1
    assert set(deleted(office)) == numbers(office)


async def test_nobody_is_told_before_the_last_send_has_ended(office: Office) -> None:
    broadcast = await release(office)
    deliver = office.deliver
    claims = await deliver.go_round([], 1)
    await withdraw(office, broadcast)
    await tick(office)
    before = len(office.gateway.to(private(BINH)))

    await deliver.go_round([await deliver.send(claims.claimed[0])], 0)
    await tick(office)
    told = office.gateway.to(private(BINH))[before:]
    assert [("1/1" in call.markup, GROUP.title in call.markup) for call in told] == [(True, False)]


async def test_author_approver_and_who_took_it_back_get_one_card(office: Office) -> None:
    broadcast = await sent(office)
    await withdraw(office, broadcast, HANH)
    for _ in range(3):
        await tick(office)

    for person in (AN, BINH, HANH):
        cards = [call.markup for call in office.gateway.to(private(person)) if "2/2" in call.markup]
        assert [TIDE in card and HANH.name in card for card in cards if "🗑" in card] == [True]


CANNOT: dict[str, tuple[object, str]] = {
    "no right": (NO_RIGHT, "removal.refused"),
    "no longer in the group": (Lost("kicked"), "removal.lost"),
    "the group has moved": (Moved("-2001"), "removal.no_number"),
}


@pytest.mark.parametrize("case", CANNOT)
async def test_where_it_may_remain_is_said_by_name_and_link(office: Office, case: str) -> None:
    outcome, why = CANNOT[case]
    broadcast = await sent(office)
    ((link,),) = office.sql("SELECT link FROM outbox WHERE destination = 'chat:g1'")
    office.gateway.will(WARD_CHAT, outcome)  # type: ignore[arg-type]
    await withdraw(office, broadcast)
    await tick(office)

    card = office.gateway.to(private(BINH))[-1].markup
    assert all(part in card for part in ("1/2", GROUP.title, link, office.words(why)))
    assert QUARTER_GROUP.title not in card


async def test_after_two_days_it_is_too_old(office: Office) -> None:
    broadcast = await sent(office)
    office.wait(hours=48)
    await withdraw(office, broadcast)
    await tick(office)

    card = office.gateway.to(private(BINH))[-1].markup
    assert "0/2" in card
    assert card.count(office.words("removal.too_old")) == 2
    assert deleted(office) == []


async def test_where_nobody_knows_it_is_said_so(office: Office) -> None:
    office.gateway.will(WARD_CHAT, Unknown("reset"))
    broadcast = await sent(office)
    await withdraw(office, broadcast)
    await tick(office)

    card = office.gateway.to(private(BINH))[-1].markup
    assert all(part in card for part in ("1/2", GROUP.title, office.words("removal.unknown")))


@pytest.mark.parametrize("outcome", [NotSent("refused"), Held(20), Unknown("reset")], ids=str)
async def test_trouble_on_the_way_is_tried_again(office: Office, outcome: NotSent) -> None:
    broadcast = await sent(office)
    office.gateway.will(WARD_CHAT, outcome)
    await withdraw(office, broadcast)
    await tick(office)
    office.wait(seconds=30)
    await tick(office)

    assert [chat for chat, _ in deleted(office)].count(WARD_CHAT) == 2
    assert "2/2" in office.gateway.to(private(BINH))[-1].markup


async def test_a_withdrawal_goes_on_after_a_restart(office: Office) -> None:
    broadcast = await sent(office)
    await withdraw(office, broadcast)
    await office.restart()
    await tick(office)

    assert set(deleted(office)) == numbers(office)
    assert "2/2" in office.gateway.to(private(AN))[-1].markup


async def test_every_time_of_what_recurs_is_taken_back_and_none_follows(office: Office) -> None:
    broadcast = await approve(office, recurrence=DAILY)
    await pass_time(office, local(21, 12), timedelta(hours=1))
    await withdraw(office, broadcast)
    await tick(office)
    before = len(office.gateway.to(WARD_CHAT))
    await pass_time(office, local(24, 12), timedelta(hours=6))

    assert set(deleted(office)) == numbers(office)
    assert len(numbers(office)) == 4
    assert len(office.gateway.to(WARD_CHAT)) == before


async def test_a_time_that_was_taken_back_still_stands_in_the_plan(office: Office) -> None:
    broadcast = await approve(office, recurrence=DAILY)
    await pass_time(office, local(20, 12), timedelta(hours=1))
    await withdraw(office, broadcast)
    await tick(office)
    entries = (await office.plan.show_week(actor(BINH))).entries

    assert [(one.fire.at, one.state) for one in entries] == [(local(20, 10), PlanState.WITHDRAWN)]


async def test_in_a_group_that_moved_no_message_is_mistaken_for_it(office: Office) -> None:
    broadcast = await sent(office)
    async with office.memory.begin() as work:
        await work.chats.move(GROUP.id, "-2001")
        await work.commit()
    await withdraw(office, broadcast)
    await tick(office)

    assert {chat for chat, _ in deleted(office)} == {QUARTER_CHAT}
    assert office.words("removal.no_number") in office.gateway.to(private(AN))[-1].markup


async def test_what_was_taken_back_is_sent_to_nobody_again(office: Office) -> None:
    office.gateway.will(WARD_CHAT, Unknown("reset"))
    broadcast = await sent(office)
    again = await office.button(private(AN), "delivery:settle", "again")
    await withdraw(office, broadcast)
    acts: list[Awaitable[object]] = [
        office.release.settle_uncertain(actor(AN), again, office.cause()),
        office.resume.resume_bulletin(actor(AN), broadcast.bulletin_id, office.cause()),
        office.withdraw.withdraw_bulletin(actor(BINH), broadcast.bulletin_id, office.cause()),
    ]

    for act in acts:
        with pytest.raises(LostRace):
            await act


async def test_what_was_stopped_can_be_taken_back_and_goes_on_no_more(office: Office) -> None:
    broadcast = await release(office)
    await office.send_one()
    await office.release.stop_bulletin(actor(AN), broadcast.bulletin_id, office.cause())
    await withdraw(office, broadcast)
    await tick(office)

    assert len(deleted(office)) == 1
    async with office.memory.begin() as work:
        state = (await work.bulletins.get(broadcast.bulletin_id)).state
    assert state is BulletinState.WITHDRAWN


async def test_the_plan_offers_it_only_for_what_went_out(office: Office) -> None:
    broadcast = await approve(office)
    planned = await opened(office, BINH, broadcast)
    await office.go_round()
    button = press((await opened(office, BINH, broadcast)).buttons, "withdraw:ask")
    asked = await office.withdraw.ask(actor(BINH), button.subject, office.cause())
    await office.withdraw.withdraw_bulletin(actor(BINH), button.subject, office.cause())
    after = await opened(office, BINH, broadcast)

    assert pick(planned.buttons, "withdraw:ask") is None
    assert (asked.groups, [one.action for one in asked.buttons]) == (2, ["bulletin:withdraw"])
    assert pick(after.buttons, "withdraw:ask") is None
    assert after.bulletin.state is BulletinState.WITHDRAWN
