"""What goes along with a bulletin arrives picture for picture as it was approved, or not at all."""

import pytest

from domain.errors import Refusal
from domain.model.delivery import EntryState, Rejected, Tally, Unknown
from tests.integration.storage.cast import AN, BINH, GROUP, QUARTER_GROUP
from tests.integration.usecases.office import Office, actor, private
from tests.integration.usecases.pictures import (
    ROADS,
    VIDEO,
    add,
    approve_it,
    approve_with_pictures,
    submit_with_pictures,
    swap,
    write_with_pictures,
)
from tests.integration.usecases.story import TIDE
from tests.integration.usecases.test_correct import RIGHT, claim_and_die
from tests.integration.usecases.test_withdraw import deleted, tick, withdraw

WARD_CHAT, QUARTER_CHAT = GROUP.address.chat, QUARTER_GROUP.address.chat


def contents(office: Office, chat: str) -> list[bytes]:
    """The pictures that a chat got, in their order."""
    return [file.content for call in office.gateway.to(chat) for file in call.album]


async def tally(office: Office, broadcast_id: str) -> Tally:
    async with office.memory.begin() as work:
        return await work.broadcasts.tally(broadcast_id)


async def test_each_group_gets_the_album_with_the_words_below_it(office: Office) -> None:
    await approve_with_pictures(office)
    await office.go_round()

    for chat in (WARD_CHAT, QUARTER_CHAT):
        (call,) = office.gateway.to(chat)
        assert [file.content for file in call.album] == ROADS
        assert TIDE in call.markup


async def test_one_picture_or_one_film_goes_alone(office: Office) -> None:
    bulletin_id = await write_with_pictures(office, 0)
    await add(office, bulletin_id, b"....ftyp the flood", VIDEO)
    await office.submit.submit_bulletin(actor(AN), bulletin_id, office.cause())
    await approve_it(office)
    await office.go_round()

    (call,) = office.gateway.to(WARD_CHAT)
    assert call.file
    assert (call.file.kind, call.file.seconds) == (VIDEO, 12)


async def test_swapped_bytes_are_never_sent(office: Office) -> None:
    broadcast = await approve_with_pictures(office)
    swap(office, b"\xff\xd8 something nobody approved")
    await office.go_round()

    assert office.gateway.to(WARD_CHAT) == office.gateway.to(QUARTER_CHAT) == []
    assert (await tally(office, broadcast.id)).counts == {EntryState.FAILED: 2}


async def test_other_pictures_in_the_column_are_never_sent(office: Office) -> None:
    broadcast = await approve_with_pictures(office)
    rule = "a_revision_never_changes"
    office.past_the_rules(rule, "UPDATE revision SET attachments = ''")
    await office.go_round()

    assert office.gateway.to(WARD_CHAT) == []
    assert (await tally(office, broadcast.id)).sent == 0


async def test_an_edit_of_the_pictures_takes_the_approval_away(office: Office) -> None:
    bulletin_id = await submit_with_pictures(office)
    screen = await office.enclose.open(actor(AN), bulletin_id, office.cause())
    button = next(one for one in screen.buttons if one.action == "media:remove")
    await office.enclose.rearrange(actor(AN), button, office.cause())

    with pytest.raises(Refusal, match=r"review\.stale"):
        await approve_it(office)


async def test_an_album_with_an_unknown_end_is_not_sent_again(office: Office) -> None:
    office.gateway.will(WARD_CHAT, Unknown("no answer"))
    broadcast = await approve_with_pictures(office)
    for _ in range(2):
        await office.go_round()

    assert len(office.gateway.to(WARD_CHAT)) == 1
    assert (await tally(office, broadcast.id)).uncertain == 1


async def test_a_process_that_dies_with_albums_in_hand_sends_none_twice(office: Office) -> None:
    broadcast = await approve_with_pictures(office)
    await office.let_go()
    await claim_and_die(office)
    await office.go_round()

    assert (await tally(office, broadcast.id)).uncertain == 2
    assert contents(office, WARD_CHAT) == []
    assert office.gateway.remembered.count((WARD_CHAT, 0.0)) == 3


async def test_taking_it_back_deletes_every_picture(office: Office) -> None:
    broadcast = await approve_with_pictures(office)
    await office.go_round()
    await withdraw(office, broadcast)
    await tick(office)

    arrived = [call.outcome for call in office.gateway.to(WARD_CHAT)]
    numbers = [number for one in arrived for number in (one.message_id, *one.more_ids)]  # type: ignore[union-attr]
    assert len(numbers) == 3
    assert {number for chat, number in deleted(office) if chat == WARD_CHAT} == set(numbers)


async def test_a_picture_that_cannot_be_deleted_is_named(office: Office) -> None:
    broadcast = await approve_with_pictures(office)
    await office.go_round()
    office.gateway.will(WARD_CHAT, Rejected("message can't be deleted"))
    await withdraw(office, broadcast)
    await tick(office)

    assert GROUP.title in office.gateway.to(private(AN))[-1].markup


async def correct(office: Office, bulletin_id: str) -> str:
    return await office.correct.start_correction(actor(AN), bulletin_id, office.cause())


async def test_other_words_below_the_same_pictures_change_in_place(office: Office) -> None:
    broadcast = await approve_with_pictures(office)
    await office.go_round()
    draft = await correct(office, broadcast.bulletin_id)
    await office.compose.change_draft(actor(AN), draft, office.cause(), text=RIGHT)
    await office.submit.submit_bulletin(actor(AN), draft, office.cause())
    correction = await approve_it(office)
    await office.go_round()

    changed = [call for call in office.gateway.calls if call.act == "caption"]
    assert {call.chat for call in changed} == {WARD_CHAT, QUARTER_CHAT}
    assert all(RIGHT in call.markup for call in changed)
    await withdraw(office, correction)
    await tick(office)
    assert len(deleted(office)) == 6


async def test_other_pictures_come_as_a_new_message_that_leads_to_the_old(office: Office) -> None:
    broadcast = await approve_with_pictures(office, 2)
    await office.go_round()
    draft = await correct(office, broadcast.bulletin_id)
    await add(office, draft, ROADS[2])
    await office.submit.submit_bulletin(actor(AN), draft, office.cause())
    await approve_it(office)
    await office.go_round()

    old, new = office.gateway.to(WARD_CHAT)
    assert (len(old.album), len(new.album)) == (2, 3)
    assert old.outcome.link in new.markup  # type: ignore[union-attr]


async def test_the_approver_sees_the_pictures_before_the_words(office: Office) -> None:
    await submit_with_pictures(office)
    await office.send_all()

    shown = office.gateway.to(private(BINH))
    (place,) = [number for number, call in enumerate(shown) if call.album]
    assert [file.content for file in shown[place].album] == ROADS
    assert any(TIDE in call.markup for call in shown[place + 1 :])


async def test_swapped_bytes_are_not_shown_to_the_approver_either(office: Office) -> None:
    await submit_with_pictures(office)
    swap(office, b"\xff\xd8 something else")
    await office.send_all()

    assert not [call for call in office.gateway.to(private(BINH)) if call.album]
