"""An emergency: two approved the words before it came, and one releases them when it does."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import Forbidden, LostRace, Refusal, Tampered
from domain.model.access import Person
from domain.model.bulletin import BulletinClass, BulletinState
from domain.model.button import Button
from domain.model.delivery import EntryState, Lane
from domain.usecases.emergency import Choosing
from tests.integration.storage.cast import AN, BINH, CHI, GIANG, GROUP, HANH, NOW, QUARTER_GROUP
from tests.integration.usecases.office import Office, actor, press, private
from tests.integration.usecases.plans import offered
from tests.integration.usecases.story import review_button, submit, write

WARD_CHAT, QUARTER_CHAT = GROUP.address.chat, QUARTER_GROUP.address.chat
TEMPLATE = "Nước lên [mức: 1,8 m | 2,0 m] tại [nơi: bến Ninh Kiều | chợ An Bình]."
TEN_IN_THE_EVENING = NOW + timedelta(hours=13)


async def approve_template(office: Office, text: str = TEMPLATE) -> str:
    """An writes a template, Bình approves it; returns the bulletin's id."""
    submission = await submit(office, text=text, bulletin_class=BulletinClass.EMERGENCY)
    button = await review_button(office)
    agreed = await office.review.approve_bulletin(actor(BINH), button, office.cause())
    assert agreed.broadcast is None
    return submission.frozen.revision.bulletin_id


async def choose(office: Office, person: Person, *places: int) -> Choosing:
    """Choose a value of each list, as one presses one button after another."""
    ((_, (begin, _)),) = await office.emergency.list_templates(actor(person))
    step = await office.emergency.choose(actor(person), begin)
    for place in places:
        step = await office.emergency.choose(actor(person), step.buttons[place])
    return step


async def send_button(office: Office, person: Person = HANH) -> Button:
    return press((await choose(office, person, 1, 0)).buttons, "emergency:release")


async def release(office: Office, person: Person = HANH) -> None:
    button = await send_button(office, person)
    await office.emergency.release(actor(person), button, office.cause())
    await office.go_round()


async def test_approving_a_template_sends_nothing(office: Office) -> None:
    bulletin_id = await approve_template(office)
    await office.go_round()

    assert office.gateway.to(WARD_CHAT) == []
    async with office.memory.begin() as work:
        assert await work.broadcasts.of_bulletin(bulletin_id) == ()


@pytest.mark.parametrize("person", [AN, BINH, HANH], ids=lambda person: person.name)
async def test_one_person_releases_it_with_values_from_the_lists(
    office: Office, person: Person
) -> None:
    await approve_template(office)
    await release(office, person)

    for chat in (WARD_CHAT, QUARTER_CHAT):
        (call,) = office.gateway.to(chat)
        assert "Nước lên 2,0 m tại bến Ninh Kiều." in call.markup


async def test_what_was_shown_last_is_what_the_groups_get(office: Office) -> None:
    await approve_template(office)
    step = await choose(office, HANH, 0, 1)
    button = press(step.buttons, "emergency:release")
    await office.emergency.release(actor(HANH), button, office.cause())
    await office.go_round()

    assert office.gateway.to(WARD_CHAT)[0].markup == step.frozen.in_language("vi")


async def test_it_goes_through_quiet_hours_in_the_first_lane(office: Office) -> None:
    await approve_template(office)
    office.clock.moment = TEN_IN_THE_EVENING
    await release(office)

    assert [call.lane for call in office.gateway.to(WARD_CHAT)] == [Lane.PERSON]


async def test_everybody_in_charge_is_told(office: Office) -> None:
    await approve_template(office)
    await release(office)

    for person in (AN, BINH):
        cards = [call.markup for call in office.gateway.to(private(person))]
        assert sum("<b>Hạnh</b> vừa phát tin khẩn cấp" in card for card in cards) == 1
        assert sum("2/2" in card and "Nước lên" in card for card in cards) == 1


async def test_a_template_serves_again(office: Office) -> None:
    bulletin_id = await approve_template(office)
    await release(office)
    office.wait(minutes=11)
    await release(office)

    assert len(office.gateway.to(WARD_CHAT)) == 2
    async with office.memory.begin() as work:
        assert (await work.bulletins.get(bulletin_id)).state is BulletinState.APPROVED


async def test_two_people_at_once_send_it_once(office: Office) -> None:
    await approve_template(office)
    mine, theirs = await send_button(office, AN), await send_button(office, HANH)
    await office.emergency.release(actor(AN), mine, office.cause())
    with pytest.raises(LostRace) as refused:
        await office.emergency.release(actor(HANH), theirs, office.cause())

    assert refused.value.key == "emergency.just_released"


@pytest.mark.parametrize("person", [CHI, GIANG], ids=lambda person: person.name)
async def test_nobody_else_releases_it(office: Office, person: Person) -> None:
    await approve_template(office)
    button = await send_button(office)

    assert await office.emergency.list_templates(actor(person)) == ()
    with pytest.raises(Forbidden):
        await office.emergency.release(actor(person), button, office.cause())


async def test_a_template_that_was_withdrawn_is_on_no_list(office: Office) -> None:
    await approve_template(office)
    ((_, (_, end)),) = await office.emergency.list_templates(actor(BINH))
    await office.release.stop_bulletin(actor(BINH), end.subject, office.cause())

    assert await office.emergency.list_templates(actor(HANH)) == ()


async def test_the_others_read_that_a_template_was_withdrawn_not_stopped(office: Office) -> None:
    await approve_template(office)
    ((_, (_, end)),) = await office.emergency.list_templates(actor(BINH))
    await office.release.stop_bulletin(actor(BINH), end.subject, office.cause())
    await office.go_round()

    told = office.gateway.to(private(AN))[-1].payload.markup
    assert "đã rút mẫu khẩn cấp" in told
    assert "/lich" not in told


async def test_before_its_approval_it_is_on_no_list(office: Office) -> None:
    await submit(office, text=TEMPLATE, bulletin_class=BulletinClass.EMERGENCY)

    assert await office.emergency.list_templates(actor(HANH)) == ()


async def test_after_an_edit_the_old_button_releases_nothing(office: Office) -> None:
    bulletin_id = await approve_template(office)
    button = await send_button(office)
    await office.compose.change_draft(actor(AN), bulletin_id, None, text="Khác.")
    with pytest.raises(LostRace):
        await office.emergency.release(actor(HANH), button, office.cause())


async def test_a_template_that_served_is_not_edited_and_it_is_said_why(office: Office) -> None:
    bulletin_id = await approve_template(office)
    await release(office)

    with pytest.raises(Refusal) as refused:
        await office.compose.change_draft(actor(AN), bulletin_id, None, text="Khác.")
    assert refused.value.key == "compose.template_used"


async def test_after_its_end_no_correction_of_what_it_sent_is_offered(office: Office) -> None:
    bulletin_id = await approve_template(office)
    await release(office)
    await office.release.stop_bulletin(actor(BINH), bulletin_id, office.cause())
    async with office.file.begin() as work:
        (broadcast,) = await work.broadcasts.of_bulletin(bulletin_id)

    assert "correct:start" not in await offered(office, AN, broadcast)


async def test_a_choice_left_open_is_refused(office: Office) -> None:
    await approve_template(office)
    half = (await choose(office, HANH, 1)).buttons[0]
    with pytest.raises(Refusal) as refused:
        await office.emergency.release(actor(HANH), replace(half, choice="1"), office.cause())

    assert refused.value.key == "template.not_chosen"


async def test_a_value_added_past_the_approval_is_not_sent(office: Office) -> None:
    await approve_template(office)
    button = await send_button(office)
    office.past_the_rules(
        "a_revision_never_changes",
        "UPDATE revision SET text = replace(text, '2,0 m', '9,0 m')",
    )
    with pytest.raises(Tampered):
        await office.emergency.release(actor(HANH), button, office.cause())


async def test_a_value_that_was_not_chosen_is_not_sent(office: Office) -> None:
    await approve_template(office)
    button = await send_button(office)
    await office.emergency.release(actor(HANH), button, office.cause())
    await office.let_go()
    office.past_the_rules(
        "a_revision_never_changes",
        "UPDATE revision SET text = replace(text, '2,0 m', '9,0 m')",
    )
    await office.send_all()

    assert set((await office.states()).values()) == {EntryState.FAILED}


@pytest.mark.parametrize("text", ["Nước lên [mức].", "[a: 1] [a: 2]"])
async def test_a_template_that_cannot_be_filled_is_not_kept(office: Office, text: str) -> None:
    bulletin_id = await write(office, bulletin_class=BulletinClass.EMERGENCY)
    with pytest.raises(Refusal, match="template"):
        await office.compose.change_draft(actor(AN), bulletin_id, office.cause(), text=text)


async def test_a_template_has_no_time(office: Office) -> None:
    bulletin_id = await write(office, send_at=NOW + timedelta(hours=5))
    changed = await office.compose.change_draft(
        actor(AN), bulletin_id, office.cause(), bulletin_class=BulletinClass.EMERGENCY
    )

    assert changed.draft.send_at is None
    assert not {b.choice for b in changed.buttons} & {"send_at", "misfire"}
