"""An unknown outcome stays unknown until a named person has spoken."""

import pytest

from domain.errors import Forbidden, LostRace, Refusal
from domain.model.access import Person
from domain.model.broadcast import Broadcast
from domain.model.button import Button
from domain.model.delivery import CARD_ATTEMPTS, LEASE, EntryState, Unknown
from domain.model.sending import Done
from handlers.letterhead import CatalogLetterhead
from tests.integration.storage.cast import (
    AN,
    BINH,
    CHI,
    EM,
    GIANG,
    GROUP,
    QUARTER_GROUP,
    SENDER,
    STAFF_GROUP,
)
from tests.integration.usecases.office import Office, actor, press, private
from tests.integration.usecases.story import (
    answer,
    approve,
    confirm_step,
    file_opinion,
    release,
    submit,
)

WARD_CHAT, QUARTER_CHAT = GROUP.address.chat, QUARTER_GROUP.address.chat
TO_WARD, TO_QUARTER = f"chat:{GROUP.id}", f"chat:{QUARTER_GROUP.id}"
LOST_ANSWER = Unknown("read timeout")
CARD_PARTS = 2
"""An approver gets the page, and then the frame with the buttons."""


async def claim_and_die(office: Office) -> None:
    """A process takes what is ready and is killed before it can say how it went."""
    async with office.memory.begin() as work:
        while ready := await work.outbox.ready(SENDER, office.clock.now(), 10):
            await work.outbox.claim([one.entry.id for one in ready], office.clock.now() + LEASE)
        await work.commit()
    await office.restart()


async def unknown_in_ward(office: Office) -> Broadcast:
    office.gateway.will(WARD_CHAT, LOST_ANSWER)
    broadcast = await approve(office)
    await office.go_round()
    return broadcast


async def settle(office: Office, button: Button, person: Person = AN) -> bool:
    return await office.release.settle_uncertain(actor(person), button, office.cause())


async def again(office: Office) -> Button:
    return await office.button(private(AN), "delivery:settle", "again")


async def test_a_kill_between_claim_and_settle_leaves_uncertain_sends(office: Office) -> None:
    await release(office)
    await claim_and_die(office)
    await office.deliver.recover_lapsed(at_start=True)

    assert set((await office.states()).values()) == {EntryState.UNCERTAIN}


async def test_what_is_uncertain_is_never_sent_again_by_itself(office: Office) -> None:
    await release(office)
    await claim_and_die(office)
    await office.deliver.recover_lapsed(at_start=True)
    for _ in range(5):
        office.wait(hours=1)
        await office.go_round()
        await office.deliver.recover_lapsed()

    assert office.gateway.to(WARD_CHAT) == office.gateway.to(QUARTER_CHAT) == []


async def test_after_a_restart_the_pacer_hears_what_groups_got_in_the_last_minute(
    office: Office,
) -> None:
    await release(office)
    await office.send_all()
    await office.restart()
    office.wait(seconds=20)
    await office.deliver.recover_lapsed(at_start=True)

    told = dict(office.gateway.remembered)
    assert told.items() >= {WARD_CHAT: 20.0, QUARTER_CHAT: 20.0}.items()


async def test_of_what_a_kill_left_open_the_pacer_hears_too(office: Office) -> None:
    await release(office)
    await claim_and_die(office)
    await office.deliver.recover_lapsed(at_start=True)

    assert (WARD_CHAT, 0.0) in office.gateway.remembered


async def test_a_clock_that_was_set_back_keeps_no_group_waiting(office: Office) -> None:
    await release(office)
    await office.send_all()
    await office.restart()
    office.wait(hours=-1)
    await office.deliver.recover_lapsed(at_start=True)

    assert {seconds for _, seconds in office.gateway.remembered} == {0.0}


async def test_what_is_older_than_any_window_is_not_told(office: Office) -> None:
    await release(office)
    await office.send_all()
    await office.restart()
    office.wait(seconds=61)
    await office.deliver.recover_lapsed(at_start=True)

    assert office.gateway.remembered == []


async def test_another_process_waits_for_the_lease_to_run_out(office: Office) -> None:
    await release(office)
    await claim_and_die(office)
    office.wait(seconds=LEASE.total_seconds() - 1)
    assert await office.deliver.recover_lapsed() == 0

    office.wait(seconds=1)
    assert await office.deliver.recover_lapsed() == 2


async def answered_late(office: Office, chat: str) -> Done:
    """A process is frozen in mid send; when it wakes, the lease is over and its answer is there."""
    while True:
        (claimed,) = (await office.deliver.go_round([], 1)).claimed
        done = await office.deliver.send(claimed)
        if claimed.address.chat == chat:
            break
        await office.deliver.go_round([done], 0)
    office.wait(seconds=LEASE.total_seconds())
    await office.deliver.recover_lapsed()
    return done


async def test_an_arrival_that_is_told_late_is_an_arrival(office: Office) -> None:
    await release(office)
    done = await answered_late(office, WARD_CHAT)
    assert (await office.states())[TO_WARD] is EntryState.UNCERTAIN
    await office.deliver.go_round([done], 0)
    await office.go_round()

    assert set((await office.states()).values()) == {EntryState.SENT}
    assert len(office.gateway.to(WARD_CHAT)) == 1


async def test_whoever_is_asked_before_a_late_answer_sends_nothing_again(office: Office) -> None:
    await release(office)
    done = await answered_late(office, WARD_CHAT)
    await office.go_round()
    button = await again(office)
    await office.deliver.go_round([done], 0)

    with pytest.raises(LostRace) as refused:
        await settle(office, button)
    await office.go_round()
    assert refused.value.key == "release.has_arrived"
    assert len(office.gateway.to(WARD_CHAT)) == 1


async def test_staff_asked_about_a_letter_before_a_late_answer_send_nothing_again(
    office: Office,
) -> None:
    await answer(office)
    sent_before = len(office.gateway.to(EM.chat))
    done = await answered_late(office, EM.chat)
    await office.send_all()
    button = await office.button(STAFF_GROUP.address.chat, "letter:settle", "again")
    await office.deliver.go_round([done], 0)

    with pytest.raises(LostRace) as refused:
        await office.answer.settle_letter(actor(GIANG), button, office.cause())
    await office.send_all()
    assert refused.value.key == "release.has_arrived"
    assert len(office.gateway.to(EM.chat)) == sent_before + 1


async def test_a_late_answer_does_not_undo_a_repeat_that_was_decided(office: Office) -> None:
    await release(office)
    done = await answered_late(office, WARD_CHAT)
    await office.go_round()
    await settle(office, await again(office))
    await office.deliver.go_round([done], 0)

    assert (await office.states())[TO_WARD] is EntryState.QUEUED


async def test_the_receipts_say_where_nobody_knows(office: Office) -> None:
    await unknown_in_ward(office)

    for person in (AN, BINH):
        card = office.gateway.to(private(person))[-1]
        assert "1/2" in card.markup
        faces = [face for row in card.payload.buttons for face in row]
        assert [GROUP.title in face.label for face in faces] == [True, True]


async def test_a_named_person_sends_again(office: Office) -> None:
    await unknown_in_ward(office)
    assert await settle(office, await again(office)) is True
    await office.go_round()

    assert len(office.gateway.to(WARD_CHAT)) == 2
    assert len(office.gateway.to(QUARTER_CHAT)) == 1
    assert (await office.states())[TO_WARD] is EntryState.SENT


async def test_a_named_person_confirms_the_arrival(office: Office) -> None:
    await unknown_in_ward(office)
    arrived = await office.button(private(BINH), "delivery:settle", "arrived")
    assert await settle(office, arrived, BINH) is False
    await office.go_round()

    assert len(office.gateway.to(WARD_CHAT)) == 1
    assert (await office.states())[TO_WARD] is EntryState.SENT


async def test_whoever_decides_stands_in_the_record(office: Office) -> None:
    await unknown_in_ward(office)
    button = await again(office)
    await settle(office, button)
    event = (await office.record())[-1].event

    assert (event.actor_id, event.action, event.subject, event.detail) == (
        AN.id,
        "delivery:settle",
        button.subject,
        "again",
    )


@pytest.mark.parametrize("person", [CHI, GIANG], ids=lambda person: person.name)
async def test_without_the_right_nobody_decides(office: Office, person: Person) -> None:
    await unknown_in_ward(office)

    with pytest.raises(Forbidden):
        await settle(office, await again(office), person)


async def test_of_two_people_the_first_decides(office: Office) -> None:
    await unknown_in_ward(office)
    binhs = await office.button(private(BINH), "delivery:settle", "again")
    await settle(office, await again(office))

    with pytest.raises(LostRace):
        await settle(office, binhs, BINH)


async def test_an_old_card_does_not_decide_about_a_new_attempt(office: Office) -> None:
    await unknown_in_ward(office)
    old = await office.button(private(BINH), "delivery:settle", "again")
    office.gateway.will(WARD_CHAT, LOST_ANSWER)
    await settle(office, await again(office))
    await office.go_round()

    with pytest.raises(LostRace) as refused:
        await settle(office, old, BINH)

    assert refused.value.key == "button.stale"
    assert (await office.states())[TO_WARD] is EntryState.UNCERTAIN


async def test_every_new_doubt_is_told_with_buttons_that_work(office: Office) -> None:
    office.gateway.will(WARD_CHAT, LOST_ANSWER, LOST_ANSWER)
    office.gateway.will(QUARTER_CHAT, LOST_ANSWER)
    await approve(office)
    await office.go_round()
    for choice in ("arrived", "again"):
        wanted = QUARTER_GROUP if choice == "arrived" else GROUP
        await settle(office, await settle_button(office, wanted.id, choice))
    await office.go_round()

    await settle(office, await settle_button(office, GROUP.id, "again"))
    await office.go_round()
    assert (await office.states())[TO_WARD] is EntryState.SENT


async def settle_button(office: Office, chat_id: str, choice: str) -> Button:
    """An's button for one group, on the newest card."""
    ((entry_id,),) = office.sql("SELECT id FROM outbox WHERE destination = ?", f"chat:{chat_id}")
    card = office.gateway.to(private(AN))[-1]
    async with office.memory.begin() as work:
        for face in (face for row in card.payload.buttons for face in row):
            button = await work.buttons.get(face.press)
            if button and (button.subject, button.choice) == (entry_id, choice):
                return button
    raise AssertionError(f"no {choice} for {chat_id} on the newest card")


async def test_after_its_last_hour_nothing_is_sent_again(office: Office) -> None:
    await unknown_in_ward(office)
    office.wait(hours=24)

    with pytest.raises(Refusal) as refused:
        await settle(office, await again(office))

    assert refused.value.key == "release.too_late_to_repeat"


async def test_what_was_stopped_is_not_sent_again(office: Office) -> None:
    office.gateway.will(WARD_CHAT, LOST_ANSWER)
    office.gateway.will(QUARTER_CHAT, LOST_ANSWER)
    broadcast = await approve(office)
    await office.go_round()
    first, second = [
        await settle_button(office, chat, "again") for chat in (GROUP.id, QUARTER_GROUP.id)
    ]
    await settle(office, first)
    stopped = await office.release.stop_bulletin(actor(BINH), broadcast.bulletin_id, None)
    assert stopped.count == 1

    with pytest.raises(LostRace):
        await settle(office, second)
    await office.go_round()
    assert len(office.gateway.to(WARD_CHAT)) == len(office.gateway.to(QUARTER_CHAT)) == 1


async def stopped_in_doubt(office: Office) -> Broadcast:
    """Nobody knows of the ward; the quarter had not been tried yet."""
    office.gateway.will(WARD_CHAT, LOST_ANSWER)
    broadcast = await release(office)
    await office.send_one()
    await office.release.stop_bulletin(actor(AN), broadcast.bulletin_id, office.cause())
    return broadcast


async def test_after_a_stop_both_learn_once_what_arrived(office: Office) -> None:
    await stopped_in_doubt(office)
    for _ in range(3):
        await office.go_round()

    for person in (AN, BINH):
        told = [call for call in office.gateway.to(private(person)) if "0/2" in call.markup]
        assert len(told) == 1


async def test_a_stop_is_told_of_when_the_last_send_has_ended(office: Office) -> None:
    broadcast = await release(office)
    before = len(office.gateway.to(private(AN)))
    async with office.memory.begin() as work:
        (first,) = await work.outbox.ready(SENDER, office.clock.now(), 1)
        await work.outbox.claim([first.entry.id], office.clock.now() + LEASE)
        await work.commit()
    await office.release.stop_bulletin(actor(AN), broadcast.bulletin_id, office.cause())
    await office.go_round()
    assert len(office.gateway.to(private(AN))) == before

    office.wait(seconds=LEASE.total_seconds())
    await office.deliver.recover_lapsed()
    await office.go_round()
    assert len(office.gateway.to(private(AN))) == before + 1


async def test_what_was_stopped_in_doubt_can_be_said_to_have_arrived_only(office: Office) -> None:
    await stopped_in_doubt(office)
    await office.go_round()
    with pytest.raises(AssertionError):
        await again(office)
    arrived = await office.button(private(BINH), "delivery:settle", "arrived")
    await settle(office, arrived, BINH)
    await office.go_round()

    assert await office.states() == {TO_WARD: EntryState.SENT, TO_QUARTER: EntryState.CANCELLED}


async def test_a_stop_before_anything_was_due_brings_no_receipts(office: Office) -> None:
    broadcast = await approve(office)
    before = len(office.gateway.to(private(AN)))
    await office.release.stop_bulletin(actor(AN), broadcast.bulletin_id, office.cause())
    await office.go_round()

    assert len(office.gateway.to(private(AN))) == before


async def test_a_card_whose_outcome_is_unknown_is_repeated_and_says_so(office: Office) -> None:
    office.gateway.will(private(BINH), LOST_ANSWER)
    await submit(office)
    await office.send_all()
    first, *rest = office.gateway.to(private(BINH))
    second = next(call for call in rest if call.markup.endswith(first.markup))

    assert len(second.markup) > len(first.markup)
    assert second.payload.buttons == first.payload.buttons


async def test_a_card_lost_with_its_process_is_repeated_and_says_so(office: Office) -> None:
    await submit(office)
    await claim_and_die(office)
    await office.deliver.recover_lapsed(at_start=True)
    await office.send_all()

    cards = office.gateway.to(private(BINH))
    warning = office.letterhead.words.html("release.possible_repeat")
    assert [card.markup.startswith(warning) for card in cards] == [True, False]


async def test_a_card_is_not_repeated_for_ever(office: Office) -> None:
    office.gateway.will(private(BINH), *[LOST_ANSWER] * 20)
    await submit(office)
    await office.send_all()

    assert len(office.gateway.to(private(BINH))) == CARD_PARTS * CARD_ATTEMPTS
    assert await office.states("card") == {f"person:{BINH.id}": EntryState.UNCERTAIN}


async def test_a_letter_whose_outcome_is_unknown_asks_staff(office: Office) -> None:
    office.gateway.will(EM.chat, LOST_ANSWER)
    opinion = await file_opinion(office)
    question = office.gateway.to(STAFF_GROUP.address.chat)[-1]

    assert opinion.number in question.markup
    assert len(office.gateway.to(EM.chat)) == 1
    assert set((await office.states("letter")).values()) == {EntryState.UNCERTAIN}


async def test_trouble_with_one_send_that_lapsed_holds_up_no_other(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("no words")

    await release(office)
    button = press((await confirm_step(office)).buttons, "intake:file")
    await office.receive.file_opinion(await office.visit(EM), button)
    await claim_and_die(office)
    with monkeypatch.context() as patch:
        patch.setattr(CatalogLetterhead, "unknown_letter_card", broken)
        with pytest.raises(ExceptionGroup):
            await office.deliver.recover_lapsed(at_start=True)
        assert set((await office.states()).values()) == {EntryState.UNCERTAIN}
        assert set((await office.states("letter")).values()) == {EntryState.SENDING}

    await office.deliver.recover_lapsed(at_start=True)
    assert set((await office.states("letter")).values()) == {EntryState.UNCERTAIN}


async def test_staff_let_a_letter_go_again_without_seeing_the_chat(office: Office) -> None:
    office.gateway.will(EM.chat, LOST_ANSWER)
    await file_opinion(office)
    button = await office.button(STAFF_GROUP.address.chat, "letter:settle", "again")
    assert await office.answer.settle_letter(actor(GIANG), button, office.cause())
    await office.send_all()

    first, second = office.gateway.to(EM.chat)
    assert first.payload == second.payload
    assert not [
        call for call in office.gateway.to(STAFF_GROUP.address.chat) if EM.chat in call.markup
    ]


async def test_staff_leave_a_letter_as_it_is(office: Office) -> None:
    office.gateway.will(EM.chat, LOST_ANSWER)
    await file_opinion(office)
    button = await office.button(STAFF_GROUP.address.chat, "letter:settle", "leave")
    assert not await office.answer.settle_letter(actor(GIANG), button, office.cause())
    await office.send_all()

    assert len(office.gateway.to(EM.chat)) == 1


async def test_an_old_question_does_not_send_a_letter_a_third_time(office: Office) -> None:
    office.gateway.will(EM.chat, LOST_ANSWER, LOST_ANSWER)
    await file_opinion(office)
    old = await office.button(STAFF_GROUP.address.chat, "letter:settle", "again")
    await office.answer.settle_letter(actor(GIANG), old, office.cause())
    await office.send_all()

    with pytest.raises(LostRace):
        await office.answer.settle_letter(actor(GIANG), old, office.cause())


async def test_an_answer_lost_with_its_process_asks_staff_and_is_not_repeated(
    office: Office,
) -> None:
    await answer(office)
    before = len(office.gateway.to(EM.chat))
    await claim_and_die(office)
    await office.deliver.recover_lapsed(at_start=True)
    await office.send_all()

    assert len(office.gateway.to(EM.chat)) == before
    question = await office.button(STAFF_GROUP.address.chat, "letter:settle", "again")
    assert question.used_at is None


async def test_a_decision_during_the_last_look_is_not_lost(office: Office) -> None:
    """Somebody says "again" just when the tick has seen that all sends have ended."""
    office.gateway.will(WARD_CHAT, LOST_ANSWER)
    office.gateway.will(QUARTER_CHAT, LOST_ANSWER)
    await approve(office)
    await office.go_round()
    await settle(office, await settle_button(office, GROUP.id, "again"))
    await office.send_all()
    async with office.memory.begin() as work:
        (seen,) = await work.broadcasts.settled()
    await settle(office, await settle_button(office, QUARTER_GROUP.id, "again"))
    await office.release._finish(seen)
    await office.go_round()

    assert set((await office.states()).values()) == {EntryState.SENT}
