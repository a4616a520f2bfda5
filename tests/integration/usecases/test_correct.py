"""A correction reaches exactly the groups that got what was wrong, once, in words approved anew."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import Forbidden, LostRace, Refusal
from domain.model.broadcast import Broadcast
from domain.model.button import Button
from domain.model.delivery import (
    LEASE,
    EntryState,
    Held,
    Lost,
    NotSent,
    Rejected,
    SendOutcome,
    Sent,
    Unknown,
)
from tests.integration.storage.cast import (
    AN,
    BINH,
    CHI,
    GROUP,
    HANH,
    NOW,
    OTHER_GROUP,
    QUARTER_GROUP,
    SENDER,
)
from tests.integration.usecases.office import Office, actor, pick, press, private
from tests.integration.usecases.plans import opened
from tests.integration.usecases.story import TIDE, approve, release, review_button
from tests.integration.usecases.test_schedule import DAILY, local, pass_time

WARD_CHAT, QUARTER_CHAT = GROUP.address.chat, QUARTER_GROUP.address.chat
TO_WARD, TO_QUARTER = f"chat:{GROUP.id}", f"chat:{QUARTER_GROUP.id}"
RIGHT = "Triều cường ngày kia, bà con kê đồ lên cao."
NOT_FOUND = Rejected("message to edit not found")


async def sent(office: Office) -> Broadcast:
    broadcast = await approve(office)
    await office.go_round()
    return broadcast


async def submit_correction(office: Office, wrong: Broadcast, text: str = RIGHT) -> None:
    draft = await office.correct.start_correction(actor(AN), wrong.bulletin_id, office.cause())
    await office.compose.change_draft(actor(AN), draft, office.cause(), text=text)
    await office.submit.submit_bulletin(actor(AN), draft, office.cause())


async def approve_correction(office: Office, wrong: Broadcast, text: str = RIGHT) -> Broadcast:
    await submit_correction(office, wrong, text)
    button = await review_button(office)
    broadcast = (
        await office.review.approve_bulletin(actor(BINH), button, office.cause())
    ).broadcast
    assert broadcast is not None
    return broadcast


def edits(office: Office) -> list[tuple[str, str]]:
    """(chat, message) of every change that was asked for in a residents' group."""
    return [(one.chat, one.message_id) for one in office.gateway.calls if one.act == "edit"]


def arrived(office: Office, broadcast: Broadcast) -> list[tuple[str, str, str]]:
    """(destination, message, link) of what a broadcast's sends are known by."""
    rows = office.sql(
        "SELECT destination, message_id, link FROM outbox WHERE origin_id = ? ORDER BY destination",
        broadcast.id,
    )
    return [tuple(row) for row in rows]


async def claim_and_die(office: Office) -> None:
    """A process takes what is ready and is killed before it can say how it went."""
    async with office.memory.begin() as work:
        ready = await work.outbox.ready(SENDER, office.clock.now(), 10)
        await work.outbox.claim([one.entry.id for one in ready], office.clock.now() + LEASE)
        await work.commit()
    await office.restart()
    await office.deliver.recover_lapsed(at_start=True)


async def test_each_group_sees_its_message_changed_in_place(office: Office) -> None:
    wrong = await sent(office)
    correction = await approve_correction(office, wrong)
    await office.go_round()

    assert len(edits(office)) == 2
    assert arrived(office, correction) == arrived(office, wrong)
    assert [len(office.gateway.to(chat)) for chat in (WARD_CHAT, QUARTER_CHAT)] == [1, 1]


async def test_it_says_that_it_is_one_and_of_what(office: Office) -> None:
    await approve_correction(office, await sent(office))
    await office.go_round()
    (markup, *_) = [one.markup for one in office.gateway.calls if one.act == "edit"]

    when = office.letterhead.words.moment(NOW)
    assert all(part in markup for part in ("ĐÍNH CHÍNH", when, RIGHT))
    assert "#old" not in markup


@pytest.mark.parametrize("why", ["the channel refuses", "the channel cannot"])
async def test_where_nothing_can_be_changed_a_new_message_leads_to_the_old(
    office: Office, why: str
) -> None:
    wrong = await sent(office)
    if why == "the channel refuses":
        office.gateway.will(WARD_CHAT, NOT_FOUND)
        office.gateway.will(QUARTER_CHAT, NOT_FOUND)
    else:
        office.gateway.capabilities = replace(office.gateway.capabilities, edits=False)
    await approve_correction(office, wrong)
    await office.go_round()

    for chat, (_, _, link) in zip((WARD_CHAT, QUARTER_CHAT), arrived(office, wrong), strict=True):
        _, new = office.gateway.to(chat)
        assert all(part in new.markup for part in ("ĐÍNH CHÍNH", RIGHT, f'<a href="{link}">'))


async def test_where_the_old_ones_number_is_not_known_a_new_message_comes(office: Office) -> None:
    office.gateway.will(WARD_CHAT, Unknown("reset"))
    wrong = await sent(office)
    button = await office.button(private(AN), "delivery:settle", "arrived")
    await office.release.settle_uncertain(actor(AN), button, office.cause())
    await approve_correction(office, wrong)
    await office.go_round()

    assert [chat for chat, _ in edits(office)] == [QUARTER_CHAT]
    assert RIGHT in office.gateway.to(WARD_CHAT)[-1].markup


async def test_in_a_group_that_moved_no_message_is_mistaken_for_it(office: Office) -> None:
    wrong = await sent(office)
    await approve_correction(office, wrong)
    await office.let_go()
    async with office.memory.begin() as work:
        await work.chats.move(GROUP.id, "-2001")
        await work.commit()
    await office.go_round()

    assert [chat for chat, _ in edits(office)] == [QUARTER_CHAT]
    assert RIGHT in office.gateway.to("-2001")[-1].markup


async def test_only_groups_that_got_the_old_one_get_it(office: Office) -> None:
    wrong = await release(office)
    first = await office.send_one()
    await office.release.stop_bulletin(actor(AN), wrong.bulletin_id, office.cause())
    await office.go_round()
    correction = await approve_correction(office, wrong)
    await office.go_round()

    assert [to for to, _, _ in arrived(office, correction)] == [first.destination]
    assert len(edits(office)) == 1
    assert office.gateway.to(OTHER_GROUP.address.chat) == []


@pytest.mark.parametrize("kills", [1, 3])
async def test_a_change_lost_with_its_process_is_made_again(office: Office, kills: int) -> None:
    wrong = await sent(office)
    correction = await approve_correction(office, wrong)
    await office.let_go()
    for _ in range(kills):
        await claim_and_die(office)
    await office.go_round()

    assert sorted(set(edits(office))) == sorted(edits(office))
    assert arrived(office, correction) == arrived(office, wrong)


@pytest.mark.parametrize("outcome", [Unknown("reset"), NotSent("refused"), Held(5)], ids=str)
async def test_a_change_of_unknown_outcome_is_made_again(
    office: Office, outcome: SendOutcome
) -> None:
    wrong = await sent(office)
    office.gateway.will(WARD_CHAT, outcome)
    await approve_correction(office, wrong)
    await office.go_round()
    office.wait(seconds=5)
    await office.go_round()

    assert [chat for chat, _ in edits(office)].count(WARD_CHAT) == 2
    assert len(office.gateway.to(WARD_CHAT)) == 1
    assert (await office.states())[TO_WARD] is EntryState.SENT


async def test_a_new_message_of_unknown_outcome_is_not_sent_again(office: Office) -> None:
    wrong = await sent(office)
    office.gateway.will(WARD_CHAT, NOT_FOUND, Unknown("reset"))
    await approve_correction(office, wrong)
    for _ in range(3):
        await office.go_round()
        office.wait(minutes=1)

    assert len(office.gateway.to(WARD_CHAT)) == 2
    assert (await office.states())[TO_WARD] is EntryState.UNCERTAIN


async def test_a_new_message_lost_with_its_process_is_not_sent_again(office: Office) -> None:
    wrong = await sent(office)
    office.gateway.capabilities = replace(office.gateway.capabilities, edits=False)
    await approve_correction(office, wrong)
    await office.let_go()
    await office.deliver.go_round([], 10)
    await claim_and_die(office)
    await office.go_round()

    assert set((await office.states()).values()) == {EntryState.UNCERTAIN}
    assert len(office.gateway.to(WARD_CHAT)) == 1


async def test_a_group_that_is_lost_keeps_no_other_from_it(office: Office) -> None:
    wrong = await sent(office)
    office.gateway.will(WARD_CHAT, Lost("kicked"))
    await approve_correction(office, wrong)
    await office.go_round()

    assert (await office.states())[TO_WARD] is EntryState.FAILED
    assert "1/2" in office.gateway.to(private(AN))[-1].markup


async def test_the_approver_sees_what_changes(office: Office) -> None:
    wrong = await sent(office)
    await submit_correction(office, wrong)
    await office.send_all()
    page, changed, _ = office.gateway.to(private(BINH))[-3:]

    assert all(part in page.markup for part in ("ĐÍNH CHÍNH", RIGHT))
    assert "Triều cường ngày <s>mai</s> <u>kia</u>, bà con" in changed.markup


async def test_its_author_cannot_approve_it(office: Office) -> None:
    await submit_correction(office, await sent(office))
    button = await review_button(office)

    with pytest.raises(Refusal):
        await office.review.approve_bulletin(actor(AN), button, office.cause())


async def test_that_it_is_a_correction_is_part_of_what_was_approved(office: Office) -> None:
    await approve_correction(office, await sent(office))
    office.past_the_rules("a_revision_never_changes", "UPDATE revision SET corrects = NULL")
    await office.go_round()

    assert edits(office) == []
    assert [len(office.gateway.to(chat)) for chat in (WARD_CHAT, QUARTER_CHAT)] == [1, 1]


async def test_neither_groups_nor_time_of_it_can_be_changed(office: Office) -> None:
    wrong = await sent(office)
    draft = await office.correct.start_correction(actor(AN), wrong.bulletin_id, office.cause())

    with pytest.raises(Refusal) as refused:
        await office.compose.change_draft(actor(AN), draft, office.cause(), recurrence=DAILY)
    assert refused.value.key == "correct.same_reach"


async def test_what_still_goes_out_is_stopped_before_it_is_corrected(office: Office) -> None:
    wrong = await release(office)

    with pytest.raises(LostRace) as refused:
        await office.correct.start_correction(actor(AN), wrong.bulletin_id, office.cause())
    assert refused.value.key == "correct.stop_first"


async def test_what_was_corrected_does_not_go_on(office: Office) -> None:
    wrong = await release(office)
    await office.send_one()
    await office.release.stop_bulletin(actor(AN), wrong.bulletin_id, office.cause())
    await office.go_round()
    await approve_correction(office, wrong)

    with pytest.raises(Refusal) as refused:
        await office.resume.resume_bulletin(actor(AN), wrong.bulletin_id, office.cause())
    assert refused.value.key == "correct.no_longer_so"


async def twice_then_stopped(office: Office) -> Broadcast:
    """It went out on two days, the second time to the ward only; a third day is planned."""
    first = await approve(office, recurrence=DAILY)
    await pass_time(office, local(20, 11), timedelta(hours=1))
    office.gateway.will(QUARTER_CHAT, Rejected("closed"))
    await pass_time(office, local(21, 11), timedelta(hours=1))
    await office.release.stop_bulletin(actor(AN), first.bulletin_id, office.cause())
    await office.go_round()
    return first


async def test_of_what_recurs_the_last_message_in_each_group_is_corrected(office: Office) -> None:
    wrong = await twice_then_stopped(office)
    got = {
        chat: [
            call.outcome.message_id
            for call in office.gateway.to(chat)
            if isinstance(call.outcome, Sent)
        ]
        for chat in (WARD_CHAT, QUARTER_CHAT)
    }
    assert [len(numbers) for numbers in got.values()] == [2, 1]
    await approve_correction(office, wrong)
    await office.go_round()

    assert sorted(edits(office)) == sorted((chat, numbers[-1]) for chat, numbers in got.items())


async def test_of_what_recurs_both_hear_that_earlier_messages_stay(office: Office) -> None:
    await approve_correction(office, await twice_then_stopped(office))
    note = office.letterhead.words.html("correct.last_time_only")

    assert sum(note in call.markup for call in office.gateway.to(private(BINH))) == 1
    assert "chỉ tin gần nhất" in office.words("correct.started")


async def test_a_correction_names_the_time_at_which_the_old_one_went_out(office: Office) -> None:
    """And not the next time, for which it was planned when it was stopped."""
    await approve_correction(office, await twice_then_stopped(office))
    await office.go_round()
    corrected = [call.markup for call in office.gateway.calls if call.act == "edit"]

    assert all(office.letterhead.words.moment(local(21, 10)) in markup for markup in corrected)


async def test_of_two_corrections_one_is_approved(office: Office) -> None:
    wrong = await sent(office)
    await submit_correction(office, wrong, "Triều cường tuần sau.")
    await office.send_all()
    first = await office.button(private(BINH), "bulletin:approve")
    await approve_correction(office, wrong)

    with pytest.raises(Refusal) as refused:
        await office.review.approve_bulletin(actor(BINH), first, office.cause())
    assert refused.value.key == "correct.already"


async def test_what_was_taken_back_meanwhile_is_not_corrected(office: Office) -> None:
    wrong = await sent(office)
    await submit_correction(office, wrong)
    button = await review_button(office)
    await office.withdraw.withdraw_bulletin(actor(AN), wrong.bulletin_id, office.cause())

    with pytest.raises(Refusal):
        await office.review.approve_bulletin(actor(BINH), button, office.cause())


async def test_a_correction_that_misses_a_group_by_now_is_not_approved(office: Office) -> None:
    office.gateway.will(WARD_CHAT, Unknown("reset"))
    wrong = await sent(office)
    it_arrived = await office.button(private(AN), "delivery:settle", "arrived")
    await submit_correction(office, wrong)
    await office.release.settle_uncertain(actor(AN), it_arrived, office.cause())
    button = await review_button(office)

    with pytest.raises(Refusal) as refused:
        await office.review.approve_bulletin(actor(BINH), button, office.cause())
    assert refused.value.key == "correct.reaches_more"


async def in_doubt(office: Office) -> tuple[Broadcast, Button]:
    """Nobody knows whether the ward got it; the button that sends it there again."""
    office.gateway.will(WARD_CHAT, Unknown("reset"))
    wrong = await sent(office)
    return wrong, await office.button(private(AN), "delivery:settle", "again")


async def test_what_was_corrected_is_not_sent_again(office: Office) -> None:
    wrong, again = await in_doubt(office)
    await approve_correction(office, wrong)

    with pytest.raises(LostRace) as refused:
        await office.release.settle_uncertain(actor(AN), again, office.cause())
    assert refused.value.key == "correct.no_longer_so"
    (line,) = await office.doubts.show(actor(AN))
    assert [button.choice for button in line.buttons] == ["arrived"]


async def test_what_is_sent_again_is_not_corrected_before_it_has_arrived(office: Office) -> None:
    wrong, again = await in_doubt(office)
    await submit_correction(office, wrong)
    button = await review_button(office)
    await office.release.settle_uncertain(actor(AN), again, office.cause())

    with pytest.raises(Refusal) as refused:
        await office.review.approve_bulletin(actor(BINH), button, office.cause())
    assert refused.value.key == "correct.stop_first"


async def take_back(office: Office, broadcast: Broadcast) -> list[tuple[str, str]]:
    """(chat, message) of whatever was deleted."""
    await office.withdraw.withdraw_bulletin(actor(AN), broadcast.bulletin_id, office.cause())
    await office.withdraw.follow_up()
    await office.take_back.delete_expired()
    return [(one.chat, one.message_id) for one in office.gateway.calls if one.act == "delete"]


async def test_taking_back_the_old_words_leaves_what_took_their_place(office: Office) -> None:
    wrong = await sent(office)
    office.gateway.will(WARD_CHAT, NOT_FOUND)
    await approve_correction(office, wrong)
    await office.go_round()
    numbers = {to: message for to, message, _ in arrived(office, wrong)}

    assert await take_back(office, wrong) == [(WARD_CHAT, numbers[TO_WARD])]


async def test_a_correction_can_be_corrected_in_the_same_place(office: Office) -> None:
    wrong = await sent(office)
    correction = await approve_correction(office, wrong)
    await office.go_round()
    await approve_correction(office, correction, "Triều cường tuần sau.")
    await office.go_round()

    assert len(edits(office)) == 4
    assert len(set(edits(office))) == 2


async def test_whoever_takes_back_what_was_corrected_hears_that_the_correction_stays(
    office: Office,
) -> None:
    wrong = await sent(office)
    before = await office.withdraw.ask(actor(AN), wrong.bulletin_id, office.cause())
    correction = await approve_correction(office, wrong)
    await office.go_round()
    after = await office.withdraw.ask(actor(AN), wrong.bulletin_id, office.cause())
    of_correction = await office.withdraw.ask(actor(AN), correction.bulletin_id, office.cause())

    assert (before.is_corrected, after.is_corrected) == (False, True)
    assert not of_correction.is_corrected


async def test_a_correction_that_is_taken_back_takes_its_message_along(office: Office) -> None:
    wrong = await sent(office)
    correction = await approve_correction(office, wrong)
    await office.go_round()

    assert sorted(await take_back(office, correction)) == sorted(edits(office))


@pytest.mark.parametrize("person", [BINH, CHI, HANH], ids=lambda person: person.name)
async def test_whoever_may_not_write_starts_no_correction(office: Office, person: object) -> None:
    wrong = await sent(office)

    with pytest.raises(Forbidden):
        await office.correct.start_correction(
            actor(person),  # type: ignore[arg-type]
            wrong.bulletin_id,
            office.cause(),
        )


async def test_the_plan_leads_there_once_it_went_out(office: Office) -> None:
    wrong = await approve(office)
    planned = await opened(office, AN, wrong)
    await office.go_round()
    button = press((await opened(office, AN, wrong)).buttons, "correct:start")
    approvers = await opened(office, BINH, wrong)
    await approve_correction(office, wrong)
    corrected = await opened(office, AN, wrong)

    assert button.subject == wrong.bulletin_id
    for page in (planned, approvers, corrected):
        assert pick(page.buttons, "correct:start") is None


async def test_what_is_wrong_is_copied_whole(office: Office) -> None:
    wrong = await sent(office)
    draft = await office.correct.start_correction(actor(AN), wrong.bulletin_id, office.cause())
    preview = await office.compose.preview_bulletin(actor(AN), draft, office.cause())

    assert (preview.draft.text, preview.missing) == (TIDE, ())
    assert [chat.id for chat in preview.chats] == [QUARTER_GROUP.id, GROUP.id]
    offered = {button.choice for button in preview.buttons if button.action == "compose:edit"}
    what_is_written = {
        "text",
        "title",
        "km",
        "en",
        "field",
        "bulletin_class",
        "issuing_body",
        "source",
    }
    assert offered == what_is_written | {"talking_points"}
