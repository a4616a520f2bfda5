"""What is said about a bulletin is approved with it, and reaches those who say it and no group."""

import pytest

from domain.errors import Refusal
from domain.model.morning import MorningLine
from domain.usecases.drafting import LONGEST_POINTS
from tests.integration.storage.cast import AN, BINH
from tests.integration.usecases.communicators import DUNG
from tests.integration.usecases.office import Office, actor, press, private
from tests.integration.usecases.story import approve, release, submit, write

POINTS = "Kê đồ trước 4 giờ.\n<Ai> cần giúp thì gọi phường & khu vực."


async def opened(office: Office) -> MorningLine:
    morning = await office.morning.show(actor(DUNG), office.cause())
    button = press(morning.buttons, "morning:open")
    return await office.morning.open(actor(DUNG), button, office.cause())


async def test_whoever_passes_it_on_gets_them_with_the_bulletin(office: Office) -> None:
    await approve(office, talking_points=POINTS)

    assert (await opened(office)).text.revision.talking_points == POINTS


async def test_no_group_gets_them(office: Office) -> None:
    await release(office, talking_points=POINTS)
    await office.go_round()
    to_groups = [call for call in office.gateway.calls if call.chat.startswith("-")]

    assert len(to_groups) == 2
    assert not [call for call in to_groups if "trước 4 giờ" in str(call.payload)]


async def test_the_approver_sees_them_whole(office: Office) -> None:
    await submit(office, talking_points=POINTS)
    await office.send_all()
    points, page, frame = (call.markup for call in office.gateway.to(private(BINH)))

    assert "Kê đồ" not in page + frame
    assert "Kê đồ trước 4 giờ.\n&lt;Ai&gt; cần giúp thì gọi phường &amp; khu vực." in points


async def test_points_that_were_changed_in_the_file_are_not_shown(office: Office) -> None:
    await approve(office, talking_points=POINTS)
    office.past_the_rules(
        "a_revision_never_changes", "UPDATE revision SET talking_points = 'Nói khác đi.'"
    )

    assert (await office.morning.show(actor(DUNG), office.cause())).lines == ()


async def test_points_that_are_added_in_the_file_are_not_shown(office: Office) -> None:
    await approve(office)
    office.past_the_rules(
        "a_revision_never_changes", "UPDATE revision SET talking_points = 'Nói khác đi.'"
    )

    assert (await office.morning.show(actor(DUNG), office.cause())).lines == ()


async def test_a_change_of_them_voids_the_approval(office: Office) -> None:
    broadcast = await approve(office, talking_points=POINTS)
    await office.compose.change_draft(
        actor(AN), broadcast.bulletin_id, office.cause(), talking_points="Nói khác đi."
    )

    assert office.sql("SELECT state FROM bulletin") == [("draft",)]
    assert (await office.morning.show(actor(DUNG), office.cause())).lines == ()


async def test_they_can_be_left_out_again(office: Office) -> None:
    bulletin_id = await write(office, talking_points=POINTS)
    question = await office.compose.ask_field(actor(AN), bulletin_id, "talking_points")
    button = press(question.buttons, "compose:no_points")
    preview = await office.compose.change_by_button(
        actor(AN), button, office.cause(), talking_points=""
    )

    assert preview.draft.talking_points == ""


@pytest.mark.parametrize("typed", ["\u200b", "x" * (LONGEST_POINTS + 1)], ids=["nothing", "much"])
async def test_points_that_say_nothing_or_too_much_are_refused(office: Office, typed: str) -> None:
    bulletin_id = await write(office)

    with pytest.raises(Refusal):
        await office.compose.change_draft(
            actor(AN), bulletin_id, office.cause(), talking_points=typed
        )
