"""A poll in the private chat: a forward of one shared poll, and comments that are opinions."""

import pytest

from domain.errors import Refusal
from domain.model.bulletin import Field
from domain.model.delivery import Lost
from domain.model.opinion import OpinionSource
from tests.integration.storage.cast import EM, GROUP, QUARTER_GROUP, WARD
from tests.integration.usecases.office import Office, message, press
from tests.integration.usecases.story import left_open
from tests.integration.usecases.test_polls import asked, ballots, end


async def test_private_chats_get_a_forward_of_the_same_copy(office: Office) -> None:
    broadcast = await asked(office)
    for _ in "ab":
        await office.share_poll.forward_to(EM, broadcast.bulletin_id)

    first, second = (call for call in office.gateway.calls if call.act == "forward")
    assert (first.chat, first.markup, first.message_id) == (EM.chat, *_where(second))
    groups = (GROUP.address.chat, QUARTER_GROUP.address.chat)
    sent = [
        (call.chat, getattr(call.outcome, "message_id", ""))
        for group in groups
        for call in ballots(office, group)
    ]
    assert _where(first) in sent


def _where(call: object) -> tuple[str, str]:
    return (getattr(call, "markup", ""), getattr(call, "message_id", ""))


async def test_who_asked_is_not_kept(office: Office) -> None:
    broadcast = await asked(office)
    before = office.sql("SELECT count(*) FROM outbox"), await office.record()
    await office.share_poll.forward_to(EM, broadcast.bulletin_id)
    assert (office.sql("SELECT count(*) FROM outbox"), await office.record()) == before


async def test_a_poll_that_has_closed_is_shared_no_more(office: Office) -> None:
    broadcast = await asked(office)
    await end(office)
    with pytest.raises(Refusal, match=r"poll\.none_to_share"):
        await office.share_poll.forward_to(EM, broadcast.bulletin_id)


async def test_a_forward_that_fails_is_said(office: Office) -> None:
    broadcast = await asked(office)
    office.gateway.will(EM.chat, Lost("blocked"))
    with pytest.raises(Refusal, match=r"poll\.not_shared"):
        await office.share_poll.forward_to(EM, broadcast.bulletin_id)


async def test_a_comment_on_a_poll_is_an_opinion_of_its_field(office: Office) -> None:
    broadcast = await asked(office)
    field = await office.share_poll.field_of(broadcast.bulletin_id)
    receive = office.receive
    await receive.begin_opinion(await office.visit(), poll_field=field)
    intake = await receive.begin_opinion(await office.visit(), words=message("Nên họp tối."))
    intake = await receive.agree(await office.visit(), press(intake.buttons, "intake:agree"))
    intake = await left_open(office, intake)
    place = press(intake.buttons, "intake:unit", WARD.id)
    intake = await receive.choose_unit(await office.visit(), place)
    button = press(intake.buttons, "intake:file")
    filed = (await receive.file_opinion(await office.visit(), button)).filed
    assert filed is not None
    assert (filed.source, filed.field) == (OpinionSource.POLL_COMMENT, Field.DISASTERS)
