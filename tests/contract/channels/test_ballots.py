"""Polls through the gateway: asked as approved, closed once, the same when passed on."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from channels.telegram.ballots import CLOSES_BY_ITSELF
from domain.model.chat import Address
from domain.model.delivery import Lane, Rejected, Sent
from domain.model.poll import Ballot, PollKind, PollWords
from domain.model.poll_copy import AlreadyClosed, Closed
from tests.contract.channels.scene import Scene

WORDS = PollWords("Số cứu hỏa?", ("113", "114"), "114 là cứu hỏa.")
SINGLE = Ballot("UBND xã hỏi", words=PollWords("Họp lúc nào?", ("Sáng", "Tối")))
QUIZ = Ballot("UBND xã hỏi", words=WORDS, kind=PollKind.QUIZ, correct=1)


async def asked(scene: Scene, ballot: Ballot = SINGLE) -> tuple[Address, Sent]:
    group = await scene.group()
    outcome = await scene.gateway.send_poll(group, ballot, Lane.BULK)
    assert isinstance(outcome, Sent)
    return group, outcome


async def test_a_poll_arrives_anonymous_and_hides_how_it_stands(scene: Scene) -> None:
    group, sent = await asked(scene)
    poll = (await scene.seen(group))[-1]["poll"]
    assert poll["id"] == sent.poll_id
    assert (poll["is_anonymous"], poll["hides_results"]) == (True, True)
    assert poll["description"] == "UBND xã hỏi"


async def test_a_quiz_says_what_is_right_and_why(scene: Scene) -> None:
    group, _ = await asked(scene, QUIZ)
    poll = (await scene.seen(group))[-1]["poll"]
    assert (poll["correct_option_ids"], poll["explanation"]) == ([1], "114 là cứu hỏa.")


async def test_a_poll_closes_by_itself_a_little_after_its_time(scene: Scene) -> None:
    closes_at = datetime.now(UTC) + timedelta(days=30)
    group, _ = await asked(scene, replace(SINGLE, closes_at=closes_at))
    poll = (await scene.seen(group))[-1]["poll"]
    assert poll["close_date"] == int((closes_at + CLOSES_BY_ITSELF).timestamp())


async def test_closing_gives_the_counts_once(scene: Scene) -> None:
    group, sent = await asked(scene)
    wish = {"user": scene.em, "chat": int(group.chat), "message_id": int(sent.message_id)}
    await scene.practice.post("vote", options=[1], **wish)

    first = await scene.gateway.stop_poll(group, sent.message_id)
    assert isinstance(first, Closed)
    assert (first.counts, first.voters) == ((0, 1), 1)
    second = await scene.gateway.stop_poll(group, sent.message_id)
    assert isinstance(second, AlreadyClosed)


async def test_what_is_no_poll_is_not_closed(scene: Scene) -> None:
    group, _ = await asked(scene)
    outcome = await scene.gateway.stop_poll(group, "999")
    assert isinstance(outcome, Rejected)
    assert not isinstance(outcome, AlreadyClosed)


@pytest.mark.parametrize("kind", [PollKind.SINGLE, PollKind.MULTIPLE])
async def test_a_vote_on_a_forward_counts_with_the_group(scene: Scene, kind: PollKind) -> None:
    group, sent = await asked(scene, Ballot("UBND", words=SINGLE.words, kind=kind))
    em = await scene.start()

    passed_on = await scene.gateway.forward(em, group, sent.message_id)

    assert isinstance(passed_on, Sent)
    wish = {"user": scene.em, "chat": scene.bot, "message_id": int(passed_on.message_id)}
    await scene.practice.post("vote", options=[0], **wish)
    ended = await scene.gateway.stop_poll(group, sent.message_id)
    assert isinstance(ended, Closed)
    assert ended.counts == (1, 0)
