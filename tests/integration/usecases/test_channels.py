"""A post in a channel brings the way to the private chat along, as it was approved."""

from dataclasses import replace

import pytest

from domain.model.chat import Chat, GroupKind
from domain.model.delivery import Rejected, Unknown
from domain.model.version import Version
from tests.integration.storage.cast import BINH, GROUP
from tests.integration.usecases.gateway import Call, deep_link
from tests.integration.usecases.office import Office, private
from tests.integration.usecases.pictures import approve_with_pictures
from tests.integration.usecases.story import TIDE, approve
from tests.integration.usecases.test_correct import approve_correction
from tests.integration.usecases.test_polls import POLL, end
from tests.integration.usecases.test_withdraw import deleted, tick, withdraw

PLACE = replace(GROUP.address, chat="-1009", is_channel=True)
CHANNEL = replace(GROUP, id="k1", title="Tin Ninh Kiều", address=PLACE, kind=GroupKind.CHANNEL)
LABEL = "✍️ Góp ý riêng"


@pytest.fixture
async def channel(office: Office) -> Chat:
    """A channel of An's ward, beside its groups."""
    async with office.memory.begin() as work:
        await work.chats.add(CHANNEL)
        await work.commit()
    return CHANNEL


def posts(office: Office, chat: str = PLACE.chat) -> list[Call]:
    return [c for c in office.gateway.calls if c.chat == chat and c.act in ("send", "poll")]


def ways(call: Call) -> list[tuple[str, str]]:
    return [(face.label, face.url) for row in call.payload.buttons for face in row]


async def test_a_post_brings_a_button_and_a_groups_message_does_not(
    office: Office, channel: Chat
) -> None:
    await approve(office)
    await office.go_round()

    (post,) = posts(office)
    assert TIDE in post.markup
    assert ways(post) == [(LABEL, deep_link("gopy"))]
    assert [ways(call) for call in posts(office, GROUP.address.chat)] == [[]]


async def test_the_button_speaks_the_language_of_the_post(office: Office, channel: Chat) -> None:
    async with office.memory.begin() as work:
        khmer = replace(CHANNEL, id="k2", language="km", address=replace(PLACE, chat="-1010"))
        await work.chats.add(khmer)
        await work.commit()
    await approve(office, translations=(Version("km", "ទឹកជំនន់", "ទឹកជំនន់ថ្ងៃស្អែក។"),))
    await office.go_round()

    assert [ways(post)[0][0] for post in posts(office, "-1010")] == ["✍️ ផ្ញើមតិជាឯកជន"]


async def test_one_picture_has_the_button_below_it(office: Office, channel: Chat) -> None:
    await approve_with_pictures(office, 1)
    await office.go_round()

    (post,) = posts(office)
    assert post.file
    assert ways(post) == [(LABEL, deep_link("gopy"))]


async def test_an_album_is_followed_by_a_post_with_the_button(
    office: Office, channel: Chat
) -> None:
    await approve_with_pictures(office)
    await office.go_round()

    album, foot = posts(office)
    assert (len(album.album), ways(album)) == (3, [])
    assert foot.markup == office.words("bulletin.post_foot")
    assert ways(foot) == [(LABEL, deep_link("gopy"))]
    assert len(posts(office, GROUP.address.chat)) == 1


@pytest.mark.parametrize("outcome", [Rejected("no"), Unknown("reset")])
async def test_no_button_follows_an_album_that_nobody_knows_of(
    office: Office, channel: Chat, outcome: Rejected | Unknown
) -> None:
    office.gateway.will(PLACE.chat, outcome)
    await approve_with_pictures(office)
    await office.go_round()

    assert len(posts(office)) == 1


async def test_the_broadcast_ends_only_when_the_button_has_gone_out(
    office: Office, channel: Chat
) -> None:
    broadcast = await approve_with_pictures(office)
    await office.let_go()
    await office.send_all()
    await office.release.finish_settled()
    async with office.memory.begin() as work:
        assert (await work.broadcasts.get(broadcast.id)).state == "released"
    await office.go_round()

    async with office.memory.begin() as work:
        assert (await work.broadcasts.get(broadcast.id)).state == "finished"


async def test_a_poll_brings_the_button_and_keeps_it_when_it_closes(
    office: Office, channel: Chat
) -> None:
    await approve(office, poll=POLL)
    await office.go_round()
    words, poll = posts(office)
    await end(office)

    (stop,) = [c for c in office.gateway.calls if c.act == "stop" and c.chat == PLACE.chat]
    assert poll.act == "poll"
    assert [link.partition("=")[2][:5] for _, link in ways(poll)] == ["gopy_"]
    assert ways(words) == ways(poll) == ways(stop)


async def test_a_correction_in_place_keeps_the_button(office: Office, channel: Chat) -> None:
    broadcast = await approve(office)
    await office.go_round()
    await approve_correction(office, broadcast)
    await office.go_round()

    edits = [c for c in office.gateway.calls if c.act == "edit" and c.chat == PLACE.chat]
    assert [ways(call) for call in edits] == [[(LABEL, deep_link("gopy"))]]


async def test_what_is_taken_back_goes_with_its_button(office: Office, channel: Chat) -> None:
    broadcast = await approve_with_pictures(office)
    await office.go_round()
    await withdraw(office, broadcast)
    await tick(office)

    assert len([chat for chat, _ in deleted(office) if chat == PLACE.chat]) == 4


async def test_the_approver_sees_the_button_beforehand(office: Office, channel: Chat) -> None:
    await approve(office)

    shown = [ways(call) for call in office.gateway.to(private(BINH))]
    assert [(LABEL, deep_link("gopy"))] in shown


async def test_a_button_that_was_changed_after_approval_is_not_sent(
    office: Office, channel: Chat
) -> None:
    await approve(office)
    rule = "a_revision_never_changes"
    office.past_the_rules(
        rule, "UPDATE revision SET written = replace(written, 'start=gopy', 'start=khac')"
    )
    await office.go_round()

    assert posts(office) == []
