"""A poll reaches each group once behind its words, is closed in each, counted, published once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import Forbidden, LostRace, Refusal, Tampered
from domain.model.access import Actor, Grant, Role
from domain.model.broadcast import Broadcast
from domain.model.bulletin import Draft
from domain.model.delivery import EntryState, Held, Lost, NotSent, Rejected, SendOutcome, Unknown
from domain.model.poll import Ballot, Poll, PollWords
from domain.model.poll_copy import COUNTS_COME_WITHIN, Closed
from tests.integration.storage.cast import AN, BINH, CHI, GROUP, QUARTER_GROUP, WARD
from tests.integration.usecases.gateway import Call
from tests.integration.usecases.office import Office, actor, private
from tests.integration.usecases.story import approve, review_button, submit, write
from tests.integration.usecases.test_schedule import DAILY

WARD_CHAT, QUARTER_CHAT = GROUP.address.chat, QUARTER_GROUP.address.chat
TO_WARD = f"chat:{GROUP.id}"
POLL = Poll({"vi": PollWords("Họp lúc nào?", ("Sáng", "Tối"))})
ENOUGH, FEW = (40, 30), (4, 3)


async def asked(office: Office, poll: Poll = POLL) -> Broadcast:
    """The poll stands in both groups."""
    broadcast = await approve(office, poll=poll)
    await office.go_round()
    return broadcast


def ballots(office: Office, chat: str = WARD_CHAT) -> list[Call]:
    return [call for call in office.gateway.calls if call.act == "poll" and call.chat == chat]


def stops(office: Office, chat: str = WARD_CHAT) -> list[Call]:
    return [call for call in office.gateway.calls if call.act == "stop" and call.chat == chat]


def voted(office: Office, chat: str, *counts: int) -> None:
    """What this group's members have chosen."""
    for call in ballots(office, chat):
        number = getattr(call.outcome, "message_id", "")
        ended = Closed(number, counts=counts, voters=sum(counts))
        office.gateway.polls[number] = ended


async def end(office: Office, *, later: timedelta = timedelta(days=3)) -> None:
    office.clock.moment += later
    await office.close_polls.close_due()
    await office.count_polls.count_ended()
    await office.send_all()


async def ended(office: Office) -> Broadcast:
    """Seventy voted in one group and seven in the other; both are closed."""
    broadcast = await asked(office)
    voted(office, WARD_CHAT, *ENOUGH)
    voted(office, QUARTER_CHAT, *FEW)
    await end(office)
    return broadcast


def copies(office: Office) -> list[tuple[str, str, int]]:
    rows = office.sql("SELECT state, counts, voters FROM poll_copy ORDER BY entry_id")
    return [tuple(row) for row in rows]


async def test_the_poll_follows_its_words_into_each_group(office: Office) -> None:
    await asked(office)
    for chat in (WARD_CHAT, QUARTER_CHAT):
        acts = [call.act for call in office.gateway.calls if call.chat == chat]
        assert acts == ["send", "poll"]


async def test_the_poll_says_who_asks_and_from_what_source(office: Office) -> None:
    await asked(office)
    (ballot,) = ballots(office)
    assert isinstance(ballot.payload, Ballot)
    assert GROUP.title not in ballot.markup
    assert "Công văn 12/UBND" in ballot.markup


@pytest.mark.parametrize("outcome", [Unknown("reset"), Rejected("no"), Lost("kicked")])
async def test_no_poll_without_its_words(office: Office, outcome: SendOutcome) -> None:
    await approve(office, poll=POLL)
    office.gateway.will(WARD_CHAT, outcome)
    await office.go_round()
    assert not ballots(office)
    assert ballots(office, QUARTER_CHAT)


async def test_words_that_arrived_after_all_are_followed_by_the_poll(office: Office) -> None:
    await approve(office, poll=POLL)
    office.gateway.will(WARD_CHAT, Unknown("reset"))
    await office.go_round()
    button = await office.button(private(AN), "delivery:settle", "arrived")
    await office.release.settle_uncertain(actor(AN), button, office.cause())
    await office.go_round()
    assert len(ballots(office)) == 1


async def test_a_poll_of_which_nobody_knows_is_not_sent_again(office: Office) -> None:
    broadcast = await approve(office, poll=POLL)
    await office.let_go()
    await office.send_all()
    await office.line_up.line_up_polls()
    office.gateway.will(WARD_CHAT, Unknown("reset"))
    await office.send_all()
    await office.go_round()
    assert len(ballots(office)) == 1
    rows = office.sql(
        "SELECT state FROM outbox WHERE origin_id = ? AND destination = ? AND part = 1",
        broadcast.id,
        TO_WARD,
    )
    assert [tuple(row) for row in rows] == [(EntryState.UNCERTAIN,)]


async def test_every_copy_of_a_poll_brings_along_when_it_closes(office: Office) -> None:
    """So that one of which nobody knows whether it arrived does not stand open for ever."""
    broadcast = await asked(office)
    for chat in (WARD_CHAT, QUARTER_CHAT):
        (call,) = ballots(office, chat)
        assert isinstance(call.payload, Ballot)
        assert call.payload.closes_at == broadcast.planned_at + timedelta(days=3)


async def test_each_copy_is_closed_at_its_time_and_not_before(office: Office) -> None:
    await asked(office)
    await end(office, later=timedelta(days=2, hours=23))
    assert not stops(office)
    await end(office, later=timedelta(hours=1))
    assert len(stops(office)) == len(stops(office, QUARTER_CHAT)) == 1


async def test_the_final_counts_are_kept(office: Office) -> None:
    await ended(office)
    assert sorted(copies(office)) == [("counted", "[4, 3]", 7), ("counted", "[40, 30]", 70)]


@pytest.mark.parametrize("trouble", [NotSent("refused"), Held(5.0)])
async def test_a_copy_that_was_not_closed_is_closed_later(
    office: Office, trouble: SendOutcome
) -> None:
    await asked(office)
    voted(office, WARD_CHAT, *ENOUGH)
    office.gateway.will(WARD_CHAT, trouble)
    await end(office)
    await end(office, later=timedelta(seconds=30))
    assert ("counted", "[40, 30]", 70) in copies(office)


async def test_an_unknown_answer_is_asked_for_again_and_its_counts_are_heard(
    office: Office,
) -> None:
    await asked(office)
    office.gateway.will(WARD_CHAT, Unknown("reset"))
    await end(office)
    await end(office, later=timedelta(seconds=30))
    assert len(stops(office)) == 2

    poll_id = getattr(ballots(office)[0].outcome, "poll_id", "")
    closed = Closed("", counts=ENOUGH, voters=70)
    assert await office.close_polls.hear_end(poll_id, closed, office.cause())
    assert ("counted", "[40, 30]", 70) in copies(office)


async def test_counts_that_never_come_are_not_waited_for_without_end(office: Office) -> None:
    await asked(office)
    voted(office, QUARTER_CHAT, *ENOUGH)
    office.gateway.will(WARD_CHAT, Unknown("reset"))
    await end(office)
    await end(office, later=timedelta(seconds=30))
    await end(office, later=COUNTS_COME_WITHIN)
    assert [state for state, _, _ in sorted(copies(office))] == ["counted", "uncounted"]
    assert "1 nhóm chưa lấy được kết quả" in office.gateway.to(private(AN))[-1].markup


@pytest.mark.parametrize("gone", [Lost("kicked"), Rejected("message to edit not found")])
async def test_a_lost_copy_holds_up_no_other(office: Office, gone: SendOutcome) -> None:
    await asked(office)
    voted(office, QUARTER_CHAT, *ENOUGH)
    office.gateway.will(WARD_CHAT, gone)
    await end(office)
    assert sorted(state for state, _, _ in copies(office)) == ["counted", "lost"]
    assert "Thăm dò đã đóng" in office.gateway.to(private(AN))[-1].markup


async def test_a_restart_between_question_and_end_loses_nothing(office: Office) -> None:
    await asked(office)
    voted(office, WARD_CHAT, *ENOUGH)
    await office.restart()
    await end(office)
    assert ("counted", "[40, 30]", 70) in copies(office)


async def test_those_who_asked_are_told_once(office: Office) -> None:
    await ended(office)
    await end(office)
    for person in (AN, BINH):
        told = [c for c in office.gateway.to(private(person)) if "Thăm dò đã đóng" in c.markup]
        assert len(told) == 1


async def test_nobody_is_offered_a_draft_that_they_may_not_write(office: Office) -> None:
    await ended(office)
    an, binh = (office.gateway.to(private(one))[-1].payload for one in (AN, BINH))

    assert len(an.buttons) == 2
    assert not binh.buttons
    assert "Anh/chị bấm" not in binh.markup


async def test_a_small_place_is_told_with_the_others_only(office: Office) -> None:
    await ended(office)
    card = office.gateway.to(private(AN))[-1].markup
    assert "khoảng 75 lượt" in card
    assert "không phải khảo sát" in card
    assert "người" not in card


async def test_the_table_is_made_once(office: Office) -> None:
    await ended(office)
    before = office.sql("SELECT published FROM poll_result")
    poll_id = getattr(ballots(office)[0].outcome, "poll_id", "")
    await office.close_polls.hear_end(poll_id, Closed("", counts=(1, 1)), office.cause())
    await end(office)
    assert office.sql("SELECT published FROM poll_result") == before


async def test_the_result_is_published_like_any_bulletin(office: Office) -> None:
    await ended(office)
    button = await office.button(private(AN), "poll:publish")
    draft = await office.follow_poll.start(actor(AN), button, office.cause())
    await office.submit.submit_bulletin(actor(AN), draft, office.cause())
    agree = await review_button(office)
    await office.review.approve_bulletin(actor(BINH), agree, office.cause())
    await office.go_round()

    published = office.gateway.to(WARD_CHAT)[-1].markup
    assert "Kết quả thăm dò: Họp lúc nào?" in published
    assert f"https://t.me/c/{WARD_CHAT}/" in published


async def test_what_was_done_follows_the_poll(office: Office) -> None:
    await ended(office)
    button = await office.button(private(AN), "poll:follow")
    draft_id = await office.follow_poll.start(actor(AN), button, office.cause())
    async with office.file.begin() as work:
        draft = await work.bulletins.draft(draft_id)
    assert isinstance(draft, Draft)
    assert (draft.text, draft.follows is not None) == ("", True)


async def test_somebody_from_another_commune_follows_nothing(office: Office) -> None:
    await ended(office)
    button = await office.button(private(AN), "poll:publish")
    with pytest.raises(Forbidden):
        await office.follow_poll.start(actor(CHI), button, office.cause())


async def test_a_poll_that_was_taken_back_is_closed_before_it_is_deleted(office: Office) -> None:
    broadcast = await asked(office)
    await office.withdraw.withdraw_bulletin(actor(AN), broadcast.bulletin_id, office.cause())
    await office.take_back.delete_expired()
    await office.close_polls.close_due()
    await office.take_back.delete_expired()

    for chat in (WARD_CHAT, QUARTER_CHAT):
        later = [call.act for call in office.gateway.calls if call.chat == chat][2:]
        assert later == ["delete", "stop", "delete"]


async def test_the_votes_of_a_poll_that_was_taken_back_are_never_counted_together(
    office: Office,
) -> None:
    broadcast = await asked(office)
    voted(office, WARD_CHAT, *ENOUGH)
    await office.withdraw.withdraw_bulletin(actor(AN), broadcast.bulletin_id, office.cause())
    await end(office)
    assert not office.sql("SELECT broadcast_id FROM poll_result")


async def test_a_poll_that_arrives_while_it_is_taken_back_is_closed_and_deleted(
    office: Office,
) -> None:
    broadcast = await approve(office, poll=POLL)
    await office.let_go()
    await office.send_all()
    await office.line_up.line_up_polls()

    async def take_back() -> None:
        await office.withdraw.withdraw_bulletin(actor(AN), broadcast.bulletin_id, office.cause())

    office.gateway.meanwhile = take_back
    await office.send_one()
    await office.withdraw.follow_up()
    await office.close_polls.close_due()
    assert len(stops(office)) + len(stops(office, QUARTER_CHAT)) == 1


@pytest.mark.parametrize("trouble", [Unknown("reset"), Rejected("no"), Lost("kicked")])
async def test_trouble_in_closing_keeps_nothing_from_being_deleted(
    office: Office, trouble: SendOutcome
) -> None:
    broadcast = await asked(office)
    await office.withdraw.withdraw_bulletin(actor(AN), broadcast.bulletin_id, office.cause())
    office.gateway.will(WARD_CHAT, trouble)
    await office.close_polls.close_due()
    await end(office, later=timedelta(seconds=30))
    await office.take_back.delete_expired()
    deleted = [call.chat for call in office.gateway.calls if call.act == "delete"]
    assert sorted(deleted) == sorted([WARD_CHAT, WARD_CHAT, QUARTER_CHAT, QUARTER_CHAT])


async def test_stopping_closes_what_is_open(office: Office) -> None:
    broadcast = await approve(office, poll=POLL)
    await office.let_go()
    await office.send_all()
    await office.line_up.line_up_polls()
    await office.send_one()
    await office.release.stop_bulletin(actor(AN), broadcast.bulletin_id, office.cause())
    await office.close_polls.close_due()
    assert len(stops(office)) + len(stops(office, QUARTER_CHAT)) == 1


async def stopped_between_groups(office: Office) -> Broadcast:
    """One group has the poll and has voted; the other has the words alone."""
    broadcast = await approve(office, poll=POLL)
    await office.let_go()
    await office.send_all()
    await office.line_up.line_up_polls()
    await office.send_one()
    await office.release.stop_bulletin(actor(AN), broadcast.bulletin_id, office.cause())
    asked_in = next(call.chat for call in office.gateway.calls if call.act == "poll")
    voted(office, asked_in, *ENOUGH)
    await end(office, later=timedelta())
    return broadcast


async def test_what_was_stopped_is_not_told_while_it_can_still_go_on(office: Office) -> None:
    broadcast = await stopped_between_groups(office)
    assert not office.sql("SELECT broadcast_id FROM poll_result")
    await office.resume.resume_bulletin(actor(AN), broadcast.bulletin_id, office.cause())
    await office.go_round()
    for chat in (WARD_CHAT, QUARTER_CHAT):
        voted(office, chat, *ENOUGH)
    await end(office)
    assert copies(office) == [("counted", "[40, 30]", 70)] * 2
    assert "khoảng 140 lượt" in office.gateway.to(private(AN))[-1].markup


async def test_what_was_stopped_for_good_is_counted(office: Office) -> None:
    await stopped_between_groups(office)
    await end(office, later=timedelta(days=1))
    assert "khoảng 70 lượt" in office.gateway.to(private(AN))[-1].markup


async def test_a_poll_is_not_corrected(office: Office) -> None:
    broadcast = await asked(office)
    with pytest.raises(Refusal, match=r"poll\.not_corrected"):
        await office.correct.start_correction(actor(AN), broadcast.bulletin_id, office.cause())


async def test_a_poll_does_not_recur(office: Office) -> None:
    bulletin_id = await write(office, poll=POLL)
    with pytest.raises(Refusal, match=r"poll\.goes_out_once"):
        await office.compose.change_draft(actor(AN), bulletin_id, office.cause(), recurrence=DAILY)


async def test_a_wrong_poll_is_refused_and_the_draft_stays(office: Office) -> None:
    bulletin_id = await write(office, poll=POLL)
    wrong = replace(POLL, words={"vi": PollWords("Họp lúc nào?", ("Sáng", "sáng "))})
    with pytest.raises(Refusal, match=r"poll\.equal_options"):
        await office.compose.change_draft(actor(AN), bulletin_id, office.cause(), poll=wrong)
    async with office.file.begin() as work:
        assert (await work.bulletins.draft(bulletin_id)).poll == POLL


async def test_a_poll_in_the_hands_of_its_approver_is_the_poll_that_goes_out(
    office: Office,
) -> None:
    submission = await submit(office, poll=POLL)
    await office.send_all()
    office.past_the_rules(
        "a_revision_never_changes",
        "UPDATE revision SET poll = replace(poll, 'Tối', 'Khuya') WHERE id = ?",
        submission.frozen.revision.id,
    )
    button = await office.button(private(BINH), "bulletin:approve")
    with pytest.raises((Refusal, Tampered)):
        await office.review.approve_bulletin(actor(BINH), button, office.cause())


async def test_a_poll_that_was_tampered_with_takes_no_receipt_along_and_is_closed(
    office: Office,
) -> None:
    submission = await approve(office, poll=POLL)
    await office.let_go()
    await office.send_all()
    await office.line_up.line_up_polls()
    deliver = office.deliver
    claims = await deliver.go_round([], 2)
    done = [await deliver.send(claimed) for claimed in claims.claimed]
    office.past_the_rules(
        "a_revision_never_changes",
        "UPDATE revision SET poll = replace(poll, 'Tối', 'Khuya') WHERE id = ?",
        submission.revision_id,
    )
    await deliver.go_round(done, 0)
    await office.close_polls.close_due()

    assert set((await office.states()).values()) == {EntryState.SENT}
    assert (len(stops(office)), len(stops(office, QUARTER_CHAT))) == (1, 1)


KHMER = PollWords("ប្រជុំពេលណា?", ("ព្រឹក", "យប់"))
ENGLISH = PollWords("When to meet?", ("Morning", "Evening"))


async def test_the_result_is_drafted_in_each_language_in_which_it_was_asked(
    office: Office,
) -> None:
    in_three = {**POLL.words, "km": KHMER, "en": ENGLISH}
    await asked(office, replace(POLL, words=in_three))
    voted(office, WARD_CHAT, *ENOUGH)
    await end(office)
    button = await office.button(private(AN), "poll:publish")
    draft_id = await office.follow_poll.start(actor(AN), button, office.cause())
    async with office.file.begin() as work:
        draft = await work.bulletins.draft(draft_id)

    khmer, english = draft.in_language("km"), draft.in_language("en")
    assert khmer.title.startswith("លទ្ធផលស្ទង់មតិ")
    assert "• ព្រឹក: ប្រហែល 40" in khmer.text
    assert english.title == "Result of the poll: When to meet?"
    assert "• Morning: about 40 votes, 55%" in english.text
    assert "lượt" not in khmer.text + english.text


async def test_of_two_who_publish_one_result_the_second_is_told_who_has_begun(
    office: Office,
) -> None:
    async with office.file.begin() as work:
        await work.people.grant(BINH.id, Role.AUTHOR, WARD.id)
        await work.commit()
    await ended(office)
    first = await office.button(private(AN), "poll:publish")
    second = await office.button(private(BINH), "poll:publish")
    drafted = await office.follow_poll.start(actor(AN), first, office.cause())
    binh = Actor(BINH.id, (*BINH.grants, Grant(Role.AUTHOR, WARD.id)))
    with pytest.raises(LostRace, match=r"poll\.drafted_already"):
        await office.follow_poll.start(binh, second, office.cause())
    await office.compose.discard_bulletin(actor(AN), drafted, office.cause())

    assert await office.follow_poll.start(binh, second, office.cause())


async def test_a_poll_in_vietnamese_alone_has_a_result_in_vietnamese_alone(
    office: Office,
) -> None:
    await ended(office)
    button = await office.button(private(AN), "poll:publish")
    draft_id = await office.follow_poll.start(actor(AN), button, office.cause())
    async with office.file.begin() as work:
        draft = await work.bulletins.draft(draft_id)
    assert [version.language for version in draft.versions] == ["vi"]
