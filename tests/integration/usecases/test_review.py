"""Nothing goes out that a second person did not approve, as it stands."""

from dataclasses import replace

import pytest
from sqlalchemy import event

from domain.errors import Forbidden, LostRace, Refusal
from domain.model.access import Grant, Person, Role
from domain.model.broadcast import BroadcastState
from domain.model.bulletin import BulletinState
from domain.model.chat import GROUPS_NAMED
from domain.model.text import utf16_units, visible
from domain.usecases.review import LONGEST_REASON
from tests.databases import REFUSED
from tests.integration.storage.cast import AN, BINH, CHI, GIANG, GROUP, HANH, QUARTER, QUARTER_GROUP
from tests.integration.usecases.office import Office, actor, private
from tests.integration.usecases.story import approve, review_button, submit

AN_WITH_EVERY_ROLE = replace(actor(AN), grants=tuple(Grant(role, "ct") for role in Role))


async def test_the_author_cannot_approve(office: Office) -> None:
    await submit(office)
    button = await review_button(office)

    with pytest.raises(Refusal) as refused:
        await office.review.approve_bulletin(AN_WITH_EVERY_ROLE, button, office.cause())

    assert refused.value.key == "review.self_approval"
    assert office.sql("SELECT count(*) FROM approval") == [(0,)]


async def test_the_database_refuses_the_author_when_the_rule_is_bypassed(office: Office) -> None:
    frozen = (await submit(office)).frozen

    with pytest.raises(REFUSED, match="second_person"):
        office.sql(
            "INSERT INTO approval VALUES ('a', ?, ?, 'an', 'an', '2026-11-20')",
            frozen.revision.id,
            frozen.hash,
        )


async def test_the_database_refuses_an_approval_under_a_false_author(office: Office) -> None:
    frozen = (await submit(office)).frozen

    with pytest.raises(REFUSED, match=r"(?i)foreign key"):
        office.sql(
            "INSERT INTO approval VALUES ('a', ?, ?, 'giang', 'an', '2026-11-20')",
            frozen.revision.id,
            frozen.hash,
        )


async def test_the_author_gets_no_card_to_approve(office: Office) -> None:
    submission = await submit(office)
    await office.send_all()

    assert submission.approvers == (BINH.name,)
    assert office.gateway.to(private(AN)) == []


async def test_the_approver_sees_the_page_alone_and_then_the_groups_and_the_author(
    office: Office,
) -> None:
    frozen = (await submit(office)).frozen
    await office.send_all()
    page, frame = office.gateway.to(private(BINH))

    assert (page.markup, page.payload.buttons) == (frozen.in_language("vi"), ())
    for shown in (GROUP.title, QUARTER_GROUP.title, AN.name):
        assert shown in frame.markup


async def bind(office: Office, count: int) -> None:
    """So many more groups in the ward."""
    async with office.file.begin() as work:
        for n in range(count):
            address = replace(GROUP.address, chat=f"-2{n:04}")
            chat = replace(GROUP, id=f"more{n}", title=f"Tổ {n:04}", address=address)
            await work.chats.add(chat)
        await work.commit()


async def asked_for_the_card(office: Office) -> tuple[int, str]:
    """How often the database is asked for one that waits, and its card; it is sent back then."""
    frozen = (await submit(office)).frozen
    statements: list[object] = []

    def count(*statement: object) -> None:
        statements.append(statement)

    engine = office.file.engine.sync_engine
    event.listen(engine, "before_cursor_execute", count)
    *_, waiting = await office.review.list_waiting(actor(BINH), office.cause())
    card = waiting.decide
    event.remove(engine, "before_cursor_execute", count)
    await office.review.return_bulletin(actor(BINH), frozen.revision.id, "Sửa", office.cause())
    return len(statements), card.markup


async def test_however_many_groups_there_are_the_database_is_asked_as_often(
    office: Office,
) -> None:
    few, _ = await asked_for_the_card(office)
    await bind(office, GROUPS_NAMED + 3)
    many, card = await asked_for_the_card(office)

    assert few == many
    assert "… và 33 nhóm nữa" in card


async def test_the_page_comes_before_its_buttons_in_the_list_of_what_waits(office: Office) -> None:
    frozen = (await submit(office)).frozen
    (waiting,) = await office.review.list_waiting(actor(BINH), office.cause())
    page, frame = waiting.whole

    assert page.markup == frozen.in_language("vi")
    assert [len(row) for row in frame.buttons] == [2, 1, 1]


async def test_the_longest_page_reaches_its_approver(office: Office) -> None:
    await submit(office, text="x" * 3600)
    await office.send_all()

    for call in office.gateway.to(private(BINH)):
        assert utf16_units(visible(call.markup)) <= office.gateway.capabilities.text_limit


@pytest.mark.parametrize("person", [CHI, GIANG, HANH], ids=lambda person: person.name)
async def test_without_the_right_nobody_approves(office: Office, person: Person) -> None:
    await submit(office)
    button = await review_button(office)

    with pytest.raises(Forbidden):
        await office.review.approve_bulletin(actor(person), button, office.cause())


async def test_what_was_approved_is_what_was_submitted(office: Office) -> None:
    broadcast = await approve(office)
    async with office.memory.begin() as work:
        frozen = await work.bulletins.revision(broadcast.revision_id)
        approval = await work.bulletins.approval(broadcast.revision_id)

    assert approval is not None
    assert (approval.author_id, approval.approver_id) == (AN.id, BINH.id)
    assert approval.revision_hash == frozen.hash == broadcast.revision_hash


async def test_an_edit_voids_the_approval(office: Office) -> None:
    broadcast = await approve(office)
    await office.compose.change_draft(
        actor(AN), broadcast.bulletin_id, office.cause(), text="Khác rồi."
    )
    await office.go_round()

    assert await office.states() == {}
    async with office.memory.begin() as work:
        assert (await work.bulletins.get(broadcast.bulletin_id)).state is BulletinState.DRAFT
        assert (await work.broadcasts.get(broadcast.id)).state is BroadcastState.STOPPED


async def test_a_stale_revision_cannot_be_approved(office: Office) -> None:
    submission = await submit(office)
    old = await review_button(office)
    bulletin_id = submission.frozen.revision.bulletin_id
    await office.compose.change_draft(actor(AN), bulletin_id, office.cause(), text="Sửa lại.")
    await office.submit.submit_bulletin(actor(AN), bulletin_id, office.cause())

    with pytest.raises(LostRace) as refused:
        await office.review.approve_bulletin(actor(BINH), old, office.cause())

    assert refused.value.key == "review.stale"


async def test_what_is_being_edited_cannot_be_approved(office: Office) -> None:
    submission = await submit(office)
    button = await review_button(office)
    bulletin_id = submission.frozen.revision.bulletin_id
    await office.compose.change_draft(actor(AN), bulletin_id, office.cause(), text="Sửa lại.")

    with pytest.raises(LostRace):
        await office.review.approve_bulletin(actor(BINH), button, office.cause())


async def test_nothing_is_approved_twice(office: Office) -> None:
    await approve(office)
    button = await review_button(office)

    with pytest.raises(LostRace):
        await office.review.approve_bulletin(actor(BINH), button, office.cause())

    assert office.sql("SELECT count(*) FROM broadcast") == [(1,)]


async def test_a_returned_bulletin_is_a_draft_again_and_the_author_hears_why(
    office: Office,
) -> None:
    submission = await submit(office)
    await office.review.return_bulletin(
        actor(BINH), submission.frozen.revision.id, "Thiếu giờ triều lên.", office.cause()
    )
    await office.send_all()

    assert "Thiếu giờ triều lên." in office.gateway.to(private(AN))[-1].markup
    async with office.memory.begin() as work:
        bulletin = await work.bulletins.get(submission.frozen.revision.bulletin_id)
    assert bulletin.state is BulletinState.DRAFT


async def test_a_bulletin_is_not_returned_without_a_reason(office: Office) -> None:
    revision_id = (await submit(office)).frozen.revision.id

    with pytest.raises(Refusal) as refused:
        await office.review.return_bulletin(actor(BINH), revision_id, " \u200b", office.cause())

    assert refused.value.key == "review.reason_missing"


async def test_a_reason_too_long_for_its_card_is_refused_with_the_limit(office: Office) -> None:
    revision_id = (await submit(office)).frozen.revision.id

    with pytest.raises(Refusal) as refused:
        await office.review.return_bulletin(actor(BINH), revision_id, "👍" * 501, office.cause())

    assert refused.value.key == "review.reason_too_long"
    assert refused.value.values == {"limit": LONGEST_REASON, "over": 2}


async def test_a_bulletin_a_day_past_its_time_is_not_approved(office: Office) -> None:
    await submit(office, send_at=office.clock.now().replace(hour=3))
    button = await review_button(office)
    office.wait(hours=25)

    with pytest.raises(Refusal) as refused:
        await office.review.approve_bulletin(actor(BINH), button, office.cause())

    assert refused.value.key == "review.too_late"


async def test_the_author_hears_who_approved(office: Office) -> None:
    await approve(office)

    assert BINH.name in office.gateway.to(private(AN))[-1].markup


async def test_what_is_submitted_again_shows_what_changed_since(office: Office) -> None:
    bulletin_id = (await submit(office)).frozen.revision.bulletin_id
    await office.compose.change_draft(
        actor(AN),
        bulletin_id,
        office.cause(),
        text="Triều cường ngày kia, bà con kê đồ lên cao.",
        audience_unit_id=QUARTER.id,
    )
    await office.submit.submit_bulletin(actor(AN), bulletin_id, office.cause())
    await office.send_all()
    _, changed, _ = office.gateway.to(private(BINH))[-3:]

    assert "Triều cường ngày <s>mai</s> <u>kia</u>, bà con" in changed.markup
    assert f"Nhóm bớt (1):</b>\n• {GROUP.title}" in changed.markup


async def test_a_first_submission_is_compared_with_nothing(office: Office) -> None:
    await submit(office)
    await office.send_all()

    assert len(office.gateway.to(private(BINH))) == 2
