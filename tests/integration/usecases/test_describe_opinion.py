"""Em says what her opinion is, or leaves it open; a complaint is led elsewhere and not kept."""

import pytest

from domain.errors import LostRace
from domain.model.bulletin import Field
from domain.model.opinion import Opinion
from domain.model.opinion_kind import FIELDS_ASKED, FormalMatter, OpinionKind
from domain.model.resident import DraftStep, Resident
from domain.usecases.intake_steps import FIELDS_ON_A_PAGE
from domain.usecases.visit import Intake
from tests.integration.storage.cast import EM, GIANG, NOW, STAFF_GROUP, WARD
from tests.integration.usecases.office import Office, actor, message, press, private
from tests.integration.usecases.story import LAMP, confirm_step, file_opinion

GRIEVANCE = "Tôi khiếu nại quyết định thu hồi đất 412."


async def wrote(office: Office, text: str = LAMP) -> Intake:
    """Em agreed some time ago, and writes."""
    await office.vault.save_resident(EM, Resident().consenting(NOW))
    return await office.receive.begin_opinion(await office.visit(), words=message(text))


async def chose(office: Office, intake: Intake, action: str, choice: str) -> Intake:
    button = press(intake.buttons, action, choice)
    return await office.describe_opinion.choose(await office.visit(), button)


async def back(office: Office, intake: Intake) -> Intake:
    button = press(intake.buttons, "intake:back")
    return await office.describe_opinion.go_back(await office.visit(), button)


async def placed(office: Office, intake: Intake) -> Intake:
    place = press(intake.buttons, "intake:unit", WARD.id)
    return await office.receive.choose_unit(await office.visit(), place)


async def marked(office: Office, intake: Intake, choice: str) -> Intake:
    button = press(intake.buttons, "intake:urgent", choice)
    return await office.describe_opinion.mark_urgent(await office.visit(), button)


async def filed(office: Office, intake: Intake) -> Opinion:
    button = press(intake.buttons, "intake:file")
    opinion = (await office.receive.file_opinion(await office.visit(), button)).filed
    assert opinion is not None
    await office.send_all()
    return opinion


def step_of(intake: Intake) -> DraftStep:
    assert intake.draft is not None
    return intake.draft.step


async def described(office: Office) -> Intake:
    intake = await chose(office, await wrote(office), "intake:kind", OpinionKind.REPORT)
    intake = await chose(office, intake, "intake:field", Field.TRAFFIC)
    return await placed(office, intake)


async def test_kind_field_and_urgency_are_filed_as_they_were_pressed(office: Office) -> None:
    opinion = await filed(office, await marked(office, await described(office), "yes"))

    assert (opinion.kind, opinion.field, opinion.urgent) == (
        OpinionKind.REPORT,
        Field.TRAFFIC,
        True,
    )
    assert office.sql("SELECT kind, field FROM opinion") == [("phan_anh", "giao_thong_do_thi")]


async def test_what_is_skipped_is_left_open(office: Office) -> None:
    opinion = await file_opinion(office)

    assert (opinion.kind, opinion.field, opinion.urgent) == (None, None, False)


async def test_whoever_agreed_reaches_the_code_in_four_taps(office: Office) -> None:
    """Kind, field, place, send: one each, and none of them needs another."""
    await described(office)

    assert office.updates == 4


async def test_a_step_back_asks_the_question_before_once_more(office: Office) -> None:
    intake = await described(office)
    steps = []
    for _ in range(3):
        intake = await back(office, intake)
        steps.append(step_of(intake))

    assert steps == [DraftStep.UNIT, DraftStep.FIELD, DraftStep.KIND]


async def test_a_skipped_question_can_be_gone_back_to(office: Office) -> None:
    intake = await back(office, await back(office, await confirm_step(office)))
    intake = await chose(office, intake, "intake:field", Field.LAND)

    assert (await filed(office, await placed(office, intake))).field is Field.LAND


async def test_an_urgent_mark_can_be_taken_off(office: Office) -> None:
    intake = await marked(office, await described(office), "yes")

    assert not (await filed(office, await marked(office, intake, "no"))).urgent


async def test_the_fields_most_used_come_first_and_the_rest_follow(office: Office) -> None:
    intake = await chose(office, await wrote(office), "intake:kind", "")
    turn = press(intake.buttons, "intake:fields", "1")
    rest = await office.describe_opinion.turn_fields(await office.visit(), turn)
    offered = [b.choice for i in (intake, rest) for b in i.buttons if b.action == "intake:field"]

    assert [choice for choice in offered if choice] == list(FIELDS_ASKED)
    assert offered[FIELDS_ON_A_PAGE] == ""


async def test_staff_see_kind_field_and_urgency_on_the_card_and_in_the_case(office: Office) -> None:
    opinion = await filed(office, await marked(office, await described(office), "yes"))
    await office.triage.open_case(actor(GIANG), opinion.id, office.cause())
    await office.send_all()

    for chat in (STAFF_GROUP.address.chat, private(GIANG)):
        (shown,) = office.gateway.to(chat)
        assert office.words("kind.phan_anh") in shown.markup
        assert office.words("field.giao_thong_do_thi") in shown.markup
        assert office.words("triage.urgent").strip() in shown.markup


@pytest.mark.parametrize("matter", FormalMatter)
async def test_a_complaint_or_denunciation_is_led_elsewhere_and_not_kept(
    office: Office, matter: FormalMatter
) -> None:
    intake = await wrote(office, GRIEVANCE)
    button = press(intake.buttons, "intake:formal", matter)
    assert await office.describe_opinion.lead_elsewhere(await office.visit(), button) is matter
    await office.send_all()

    assert office.sql("SELECT * FROM opinion_draft", which="vault") == []
    assert office.sql("SELECT * FROM address", which="vault") == []
    assert office.sql("SELECT * FROM opinion") == office.sql("SELECT * FROM outbox") == []
    assert office.gateway.calls == []


async def test_nothing_in_main_tells_that_one_was_led_elsewhere(office: Office) -> None:
    """Not even the record: what stays is a used button, which dies with the others."""
    record = await office.record()
    intake = await wrote(office, GRIEVANCE)
    button = press(intake.buttons, "intake:formal", FormalMatter.COMPLAINT)
    await office.describe_opinion.lead_elsewhere(await office.visit(), button)

    assert await office.record() == record
    assert b"khi\xe1\xba\xbfu n\xe1\xba\xa1i" not in office.databases.everything("main")
    assert b"412" not in office.databases.everything("main")


async def test_the_words_alone_file_and_flag_nothing(office: Office) -> None:
    """Who chooses another kind has an opinion like any other, word for word."""
    intake = await chose(office, await wrote(office, GRIEVANCE), "intake:kind", "kien_nghi")
    intake = await chose(office, intake, "intake:field", "")
    opinion = await filed(office, await placed(office, intake))

    assert (opinion.text, opinion.kind, opinion.urgent) == (GRIEVANCE, OpinionKind.PROPOSAL, False)


async def test_words_added_later_bring_the_question_back(office: Office) -> None:
    await described(office)
    more = message("Tôi muốn tố cáo việc này.")
    intake = await office.receive.begin_opinion(await office.visit(), words=more)

    assert step_of(intake) is DraftStep.KIND


async def test_a_field_from_another_step_is_stale(office: Office) -> None:
    kinds = await wrote(office)
    await chose(office, kinds, "intake:kind", "")

    with pytest.raises(LostRace, match=r"button\.stale"):
        await chose(office, kinds, "intake:kind", OpinionKind.PRAISE)


async def test_no_row_can_say_that_it_is_a_complaint(office: Office) -> None:
    """The table itself refuses it, and not only the code."""
    opinion = await file_opinion(office)
    with pytest.raises(Exception, match="a kind is one of ten"):
        office.sql("UPDATE opinion SET kind = 'to_cao' WHERE id = ?", opinion.id)
