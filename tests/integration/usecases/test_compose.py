"""An author writes piece by piece, and nothing incomplete, endless or stray is handed over."""

from datetime import timedelta

import pytest

from domain.errors import Forbidden, LostRace, Refusal
from domain.model.bulletin import BulletinState, Field
from domain.model.chat import Address, ChatPurpose
from domain.model.dialog import Awaited
from domain.model.marks import Mark, MarkKind
from domain.model.text import MOST_STRETCHES, stretches
from domain.usecases.bind_group import GroupProposal
from domain.usecases.drafting import LONGEST_BODY, LONGEST_SOURCE, Preview
from tests.integration.storage.cast import (
    AN,
    BINH,
    BOT,
    GROUP,
    HANH,
    NOW,
    QUARTER,
    QUARTER_GROUP,
    WARD,
)
from tests.integration.usecases.office import Office, actor, press, private
from tests.integration.usecases.story import TIDE, approve, submit, write

HAMLET = Address("telegram", BOT, "-1009", is_group=True)


async def asked(office: Office) -> Awaited | None:
    """What An's next plain message will be taken as."""
    async with office.memory.begin() as work:
        dialog = await work.dialogs.of(AN.id)
    return dialog.awaited if dialog else None


async def shown(office: Office, bulletin_id: str) -> Preview:
    return await office.compose.preview_bulletin(actor(AN), bulletin_id, office.cause())


async def test_a_new_bulletin_speaks_for_the_authors_unit_and_asks_for_words(
    office: Office,
) -> None:
    preview = await office.compose.start_bulletin(actor(AN), office.cause())

    assert (preview.unit, preview.draft.issuing_body) == (WARD, WARD.issuing_body)
    assert preview.missing == ("text", "title", "field", "source")
    assert await asked(office) is Awaited.BULLETIN_TEXT


async def test_one_question_follows_the_other(office: Office) -> None:
    bulletin_id = (await office.compose.start_bulletin(actor(AN))).draft.bulletin_id
    await office.compose.change_draft(actor(AN), bulletin_id, None, text=TIDE)
    assert await asked(office) is Awaited.BULLETIN_TITLE
    await office.compose.change_draft(actor(AN), bulletin_id, None, title="Triều cường")
    assert await asked(office) is None, "the field is chosen by a button"
    await office.compose.change_draft(actor(AN), bulletin_id, None, field=Field.DISASTERS)

    assert await asked(office) is Awaited.BULLETIN_SOURCE


async def test_a_complete_draft_is_shown_as_it_will_look_and_where_it_goes(
    office: Office,
) -> None:
    preview = await shown(office, await write(office))

    assert TIDE in preview.pages["vi"]
    assert {chat.id for chat in preview.chats} == {GROUP.id, QUARTER_GROUP.id}


async def test_a_smaller_audience_is_a_smaller_circle(office: Office) -> None:
    await approve(office, audience_unit_id=QUARTER.id)
    await office.go_round()

    assert office.gateway.to(GROUP.address.chat) == []
    assert len(office.gateway.to(QUARTER_GROUP.address.chat)) == 1


async def test_without_a_source_nothing_is_submitted(office: Office) -> None:
    bulletin_id = (await office.compose.start_bulletin(actor(AN))).draft.bulletin_id
    await office.compose.change_draft(
        actor(AN), bulletin_id, None, text=TIDE, field=Field.DISASTERS
    )

    with pytest.raises(Refusal) as refused:
        await office.submit.submit_bulletin(actor(AN), bulletin_id, office.cause())
    assert refused.value.key == "compose.incomplete"


@pytest.mark.parametrize("name", ["text", "source", "issuing_body"])
async def test_a_field_that_says_nothing_is_refused(office: Office, name: str) -> None:
    bulletin_id = await write(office)

    with pytest.raises(Refusal) as refused:
        await office.compose.change_draft(
            actor(AN),
            bulletin_id,
            None,
            **{name: " \u200b "},  # type: ignore[arg-type]  # by name
        )
    assert refused.value.key == "compose.nothing_written"


async def test_what_the_channel_would_cut_is_refused_with_by_how_much(office: Office) -> None:
    bulletin_id = await write(office)
    await office.compose.change_draft(actor(AN), bulletin_id, None, text="👍" * 2048)
    preview = await shown(office, bulletin_id)

    with pytest.raises(Refusal) as refused:
        await office.submit.submit_bulletin(actor(AN), bulletin_id)
    around = preview.lengths["vi"] - 4096
    assert (refused.value.key, refused.value.values["over"]) == ("compose.too_long_vi", around)


async def test_what_is_too_long_is_kept_for_its_author_to_shorten(office: Office) -> None:
    bulletin_id = await write(office)
    await office.compose.change_draft(actor(AN), bulletin_id, None, text="x" * 4096)

    assert (await shown(office, bulletin_id)).draft.text == "x" * 4096


@pytest.mark.parametrize("over", [0, 1])
async def test_the_limit_is_that_of_the_channel_to_the_unit(office: Office, over: int) -> None:
    bulletin_id = await write(office, text="x")
    room = 4096 - (await shown(office, bulletin_id)).lengths["vi"]
    text = "x" * (room + 1 + over)
    preview = await office.compose.change_draft(actor(AN), bulletin_id, None, text=text)

    unfit = preview.unfit("vi")
    assert preview.lengths["vi"] == 4096 + over
    assert (unfit and unfit.values["over"]) == (over or None)


@pytest.mark.parametrize("over", [0, 1])
async def test_more_formatting_than_the_channel_shows_is_refused(office: Office, over: int) -> None:
    bulletin_id = await write(office, text="x")
    room = MOST_STRETCHES - stretches((await shown(office, bulletin_id)).pages["vi"])
    text, marks = (
        "x " * (room + over),
        tuple(Mark(MarkKind.BOLD, 2 * n, 2 * n + 1) for n in range(room + over)),
    )
    await office.compose.change_draft(actor(AN), bulletin_id, None, text=text, marks=marks)
    if not over:
        await office.submit.submit_bulletin(actor(AN), bulletin_id)
        return
    with pytest.raises(Refusal) as refused:
        await office.submit.submit_bulletin(actor(AN), bulletin_id)
    assert refused.value.key == "compose.too_formatted_vi"
    assert refused.value.values == {"given": MOST_STRETCHES + 1, "most": MOST_STRETCHES}


@pytest.mark.parametrize(
    ("name", "limit", "key"),
    [
        ("issuing_body", LONGEST_BODY, "compose.body_too_long"),
        ("source", LONGEST_SOURCE, "compose.source_too_long"),
    ],
)
async def test_a_field_too_long_is_refused_with_its_limit(
    office: Office, name: str, limit: int, key: str
) -> None:
    bulletin_id = await write(office)

    with pytest.raises(Refusal) as refused:
        await office.compose.change_draft(
            actor(AN),
            bulletin_id,
            None,
            **{name: "👍" * (limit // 2 + 1)},  # type: ignore[arg-type]  # by name
        )
    assert (refused.value.key, refused.value.values) == (key, {"limit": limit, "over": 2})


async def test_a_time_gone_by_is_refused(office: Office) -> None:
    bulletin_id = await write(office)

    with pytest.raises(Refusal) as refused:
        await office.compose.change_draft(actor(AN), bulletin_id, None, send_at=NOW)
    assert refused.value.key == "compose.time_passed"


async def test_a_time_that_went_by_while_writing_is_refused_at_the_end(office: Office) -> None:
    bulletin_id = await write(office, send_at=NOW + timedelta(hours=1))
    office.wait(hours=1)

    with pytest.raises(Refusal) as refused:
        await office.submit.submit_bulletin(actor(AN), bulletin_id, office.cause())
    assert refused.value.key == "compose.time_passed"


async def test_without_a_second_person_nothing_is_submitted(office: Office) -> None:
    office.sql("DELETE FROM role_grant WHERE role = 'approver'")
    bulletin_id = await write(office)

    with pytest.raises(Refusal) as refused:
        await office.submit.submit_bulletin(actor(AN), bulletin_id, office.cause())
    assert refused.value.key == "compose.no_approver"


async def test_without_a_group_nothing_is_submitted(office: Office) -> None:
    async with office.memory.begin() as work:
        for chat in (GROUP, QUARTER_GROUP):
            await work.chats.lose(chat.id)
        await work.commit()
    bulletin_id = await write(office)

    with pytest.raises(Refusal) as refused:
        await office.submit.submit_bulletin(actor(AN), bulletin_id, office.cause())
    assert refused.value.key == "bulletin.no_chats"


async def test_words_that_look_like_markup_are_shown_as_words(office: Office) -> None:
    await approve(office, text="Giá <b>0</b> đồng & <a href='x'>bấm</a>")
    await office.go_round()
    (call,) = office.gateway.to(GROUP.address.chat)

    assert "&lt;b&gt;0&lt;/b&gt; đồng &amp; &lt;a href=" in call.markup


async def test_a_group_bound_after_the_approval_gets_nothing_of_it(office: Office) -> None:
    await approve(office, send_at=NOW + timedelta(hours=1))
    proposal = GroupProposal(HAMLET, "Ấp 1", WARD.id, ChatPurpose.RESIDENTS)
    await office.binding.bind_group(actor(HANH), proposal, "Họp dân ngày 20/11.")
    office.wait(hours=1)
    await office.go_round()

    assert office.gateway.to(HAMLET.chat) == []
    assert len(office.gateway.to(GROUP.address.chat)) == 1


async def test_what_is_going_out_cannot_be_edited(office: Office) -> None:
    broadcast = await approve(office)
    await office.let_go()

    with pytest.raises(Refusal) as refused:
        await office.compose.change_draft(actor(AN), broadcast.bulletin_id, None, text="Khác.")
    assert refused.value.key == "compose.already_going_out"


async def test_what_was_withdrawn_cannot_be_edited_and_it_is_said_why(office: Office) -> None:
    broadcast = await approve(office)
    await office.go_round()
    await office.withdraw.withdraw_bulletin(actor(AN), broadcast.bulletin_id, office.cause())

    with pytest.raises(Refusal) as refused:
        await office.compose.change_draft(actor(AN), broadcast.bulletin_id, None, text="Khác.")
    assert refused.value.key == "compose.was_withdrawn"


async def test_what_was_sent_cannot_be_edited(office: Office) -> None:
    broadcast = await approve(office)
    await office.go_round()

    with pytest.raises(Refusal):
        await office.compose.change_draft(actor(AN), broadcast.bulletin_id, None, text="Khác.")


async def test_a_bulletin_in_review_can_be_taken_back(office: Office) -> None:
    bulletin_id = (await submit(office)).frozen.revision.bulletin_id
    await office.compose.discard_bulletin(actor(AN), bulletin_id, office.cause())

    async with office.memory.begin() as work:
        assert (await work.bulletins.get(bulletin_id)).state is BulletinState.WITHDRAWN
    assert await office.review.list_waiting(actor(BINH)) == ()


async def test_what_was_approved_is_stopped_and_not_thrown_away(office: Office) -> None:
    broadcast = await approve(office)

    with pytest.raises(Refusal) as refused:
        await office.compose.discard_bulletin(actor(AN), broadcast.bulletin_id, office.cause())
    assert refused.value.key == "bulletin.moved_on"


async def test_nothing_is_submitted_twice(office: Office) -> None:
    bulletin_id = (await submit(office)).frozen.revision.bulletin_id

    with pytest.raises(LostRace):
        await office.submit.submit_bulletin(actor(AN), bulletin_id, office.cause())
    await office.send_all()
    assert len(office.gateway.to(private(BINH))) == 2


async def test_only_an_author_starts_a_bulletin(office: Office) -> None:
    with pytest.raises(Forbidden):
        await office.compose.start_bulletin(actor(BINH), office.cause())


async def test_an_author_whose_time_is_over_writes_no_more(office: Office) -> None:
    bulletin_id = await write(office)
    former = type(actor(AN))(AN.id, ())

    with pytest.raises(Forbidden):
        await office.compose.change_draft(former, bulletin_id, None, text="Khác.")


async def test_a_button_shown_before_a_change_neither_changes_nor_submits(office: Office) -> None:
    bulletin_id = await write(office)
    shown = await office.compose.preview_bulletin(actor(AN), bulletin_id, office.cause())
    stale = press(shown.buttons, "compose:submit")
    await office.compose.change_draft(actor(AN), bulletin_id, office.cause(), text="Chữ khác.")

    with pytest.raises(LostRace, match=r"button\.stale"):
        await office.submit.submit_by_button(actor(AN), stale, office.cause())
    with pytest.raises(LostRace, match=r"button\.stale"):
        await office.compose.change_by_button(actor(AN), stale, office.cause(), send_at=None)
