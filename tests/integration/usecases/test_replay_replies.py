"""A public reply whose process died is handled again: held once, filed once."""

import pytest

from domain.errors import AlreadyProcessed, LostRace
from domain.model.resident import Resident
from domain.ports import Cause
from domain.usecases.claim_replies import OwnReplies
from tests.integration.storage.cast import EM, GROUP, NOW
from tests.integration.usecases.office import Office, message, press
from tests.integration.usecases.story import LAMP, release
from tests.integration.usecases.test_replay import Act, Prepare, by_em, die_in, footprint


async def replied(office: Office) -> Act:
    """Em answers the bulletin in her group."""
    await release(office)
    await office.send_all()
    ((number,),) = office.sql(
        "SELECT message_id FROM outbox WHERE destination = ?", f"chat:{GROUP.id}"
    )
    words = message(LAMP)

    async def take(cause: Cause) -> object:
        visit = await office.visit_of(cause)
        reply = await office.take_reply.answered(visit, GROUP, number, words)
        assert reply is not None
        return await office.take_reply.take(visit, reply)

    return take


async def reply(office: Office) -> Act:
    return await replied(office)


async def reply_with_consent(office: Office) -> Act:
    await office.vault.save_resident(EM, Resident().consenting(NOW))
    return await replied(office)


async def agree_to_it(office: Office) -> Act:
    await (await replied(office))(office.cause())
    own = await office.claim_replies.open(await office.visit())
    button = press(own.buttons, "reply:agree")
    return by_em(office, lambda visit: office.claim_replies.agree(visit, button))


async def decline_it(office: Office) -> Act:
    await (await replied(office))(office.cause())
    own = await office.claim_replies.open(await office.visit())
    button = press(own.buttons, "reply:decline")
    return by_em(office, lambda visit: office.claim_replies.decline(visit, button))


@pytest.mark.parametrize(
    ("prepare", "refused"),
    [
        (reply, AlreadyProcessed),
        (reply_with_consent, AlreadyProcessed),
        (agree_to_it, LostRace),
    ],
)
async def test_one_reply_has_one_effect(
    office: Office, other_office: Office, prepare: Prepare, refused: type[Exception]
) -> None:
    await (await prepare(office))(office.cause())

    act, cause = await prepare(other_office), other_office.cause()
    await die_in(other_office, act, cause, after=False)
    await die_in(other_office, act, cause, after=True)
    with pytest.raises(refused):
        await act(cause)

    assert await footprint(other_office) == await footprint(office)


async def test_what_was_declined_just_before_a_crash_is_erased_all_the_same(
    office: Office,
) -> None:
    act = await decline_it(office)
    await die_in(office, act, office.cause(), after=False)

    assert await office.vault.held_replies(EM, office.clock.now()) == ()


async def filed_in_two_parts_and_died(office: Office) -> None:
    """Em wrote two messages and agreed; both still lie in the vault beside their case."""
    await release(office)
    await office.send_all()
    ((number,),) = office.sql(
        "SELECT message_id FROM outbox WHERE destination = ?", f"chat:{GROUP.id}"
    )
    for words in (LAMP, "Hẻm rất tối."):
        office.wait(minutes=20)
        visit = await office.visit()
        reply = await office.take_reply.answered(visit, GROUP, number, message(words))
        assert reply is not None
        await office.take_reply.take(visit, reply)
    own = await office.claim_replies.open(await office.visit())
    button = press(own.buttons, "reply:agree")
    act = by_em(office, lambda visit: office.claim_replies.agree(visit, button))
    await die_in(office, act, office.cause(), after=True)


async def test_a_part_that_outlives_the_first_is_not_filed_again(office: Office) -> None:
    """The process died before what was filed was cleared away; then the first part expired."""
    await filed_in_two_parts_and_died(office)
    office.wait(minutes=50)
    await office.purge.forget_expired()
    assert len(await office.vault.held_replies(EM, office.clock.now())) == 1

    assert await office.claim_replies.open(await office.visit()) == OwnReplies(language="vi")
    assert office.sql("SELECT count(*) FROM opinion") == [(1,)]
    assert await office.vault.held_replies(EM, office.clock.now()) == ()


async def test_parts_that_a_crash_left_go_with_their_erased_case(office: Office) -> None:
    await filed_in_two_parts_and_died(office)
    ((code,),) = office.sql("SELECT code FROM opinion")
    await office.open_by_code.erase(EM, code, "u1", office.cause())

    assert await office.vault.held_replies(EM, office.clock.now()) == ()
    assert await office.claim_replies.open(await office.visit()) == OwnReplies(language="vi")
