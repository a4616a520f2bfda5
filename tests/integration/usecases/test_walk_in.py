"""What is said at the office is typed in after a consent, and only its code leads to it."""

from dataclasses import replace

import pytest

from domain.errors import AlreadyProcessed, Forbidden, LostRace, Refusal
from domain.model.access import PERMISSIONS, Actor, Grant, Permission, Role
from domain.model.delivery import Unknown
from domain.model.opinion import OpinionSource, OpinionState
from domain.model.opinion_kind import FormalMatter
from domain.model.resident import NOTICE_VERSION
from domain.ports import Cause
from tests.integration.storage.cast import AN, CITY, EM, GIANG, HANH, OTHER_WARD, QUARTER, WARD
from tests.integration.usecases.desk import (
    DRAIN,
    address,
    agreed,
    at_desk,
    desk_of,
    typed,
    walked_in,
)
from tests.integration.usecases.hands import forward
from tests.integration.usecases.office import Office, actor, message, press, private
from tests.integration.usecases.story import MENDED, take, write_answer
from tests.integration.usecases.test_replay import die_in
from tests.integration.usecases.test_uncertain import claim_and_die

PLACES = {"own": WARD, "above": CITY, "below": QUARTER, "beside": OTHER_WARD, "none": None}


async def test_it_is_filed_word_for_word_as_said_at_the_office(office: Office) -> None:
    opinion = await walked_in(office)

    assert (opinion.text, opinion.source) == (DRAIN, OpinionSource.WALK_IN)
    assert (opinion.unit_id, opinion.handle, opinion.bearer_id) == (WARD.id, None, None)


async def test_without_the_consent_that_was_asked_aloud_nothing_can_be_filed(
    office: Office,
) -> None:
    await desk_of(office).begin(await at_desk(office))
    intake = await office.receive.begin_opinion(await at_desk(office), words=message(DRAIN))
    assert {button.action for button in intake.buttons} == {"walk_in:agree", "intake:decline"}
    office.wait(minutes=60)
    await office.purge.forget_expired()

    assert (await office.known(address(GIANG))).draft is None


async def test_a_staffers_own_consent_is_not_that_of_whoever_stands_there(office: Office) -> None:
    resident = (await office.known()).resident.consenting(office.clock.now())
    await office.vault.save_resident(address(GIANG), resident)
    intake = await desk_of(office).begin(await at_desk(office))

    press(intake.buttons, "walk_in:agree")


async def test_the_code_is_shown_once_and_leaves_the_chat_after_an_hour(office: Office) -> None:
    opinion = await walked_in(office)
    (slip,) = [c for c in office.gateway.to(private(GIANG)) if opinion.code in c.markup]
    office.wait(hours=1)
    assert await office.take_back.delete_expired() == 1

    assert slip.chat == private(GIANG)
    assert opinion.code not in str(office.sql("SELECT payload FROM outbox"))


def slips(office: Office) -> int:
    """How often the code came to whoever typed it in."""
    (code,) = office.sql("SELECT code FROM opinion")[0]
    return sum(code in call.markup for call in office.gateway.to(private(GIANG)))


async def test_the_code_comes_again_where_nobody_knows_whether_it_came(office: Office) -> None:
    button = press((await typed(office)).buttons, "walk_in:file")
    await desk_of(office).file(await at_desk(office), actor(GIANG), button)
    await claim_and_die(office)
    await office.deliver.recover_lapsed(at_start=True)
    office.gateway.will(private(GIANG), Unknown("read timeout"))
    await office.send_all()

    assert slips(office) == 2


async def test_the_code_stays_to_be_copied_while_the_case_is_handed_on(office: Office) -> None:
    opinion = await walked_in(office)
    await forward(office, opinion)
    await office.take_back.delete_expired()
    office.wait(hours=1)

    assert await office.take_back.delete_expired() == 1


async def test_the_code_leaves_the_chat_with_the_erased_case(office: Office) -> None:
    opinion = await walked_in(office)
    await office.open_by_code.erase(EM, opinion.code, "h1", office.cause())

    assert await office.take_back.delete_expired() == 1


async def test_staff_are_told_that_it_was_made_in_person(office: Office) -> None:
    opinion = await walked_in(office)
    await take(office, opinion)

    assert office.words("triage.walk_in") in office.gateway.to(private(GIANG))[-1].markup


async def test_whoever_has_the_code_reads_the_answer_and_may_object_to_it(office: Office) -> None:
    opinion = await walked_in(office)
    button = await write_answer(office, await take(office, opinion))
    await office.answer.send_answer(actor(GIANG), button, office.cause())
    status = await office.open_by_code.look_up(EM, opinion.code, "h1")
    assert [answer.text for answer in status.answers] == [MENDED]

    async with office.file.begin() as work:
        settling = await work.buttons.settling(opinion.id, office.clock.now())
    settled = await office.follow.settle_case(press(settling, "opinion:settle", "not_solved"))
    assert settled.opinion.state is OpinionState.IN_PROGRESS


async def test_whoever_has_the_code_erases_it(office: Office) -> None:
    opinion = await walked_in(office)
    await office.open_by_code.erase(EM, opinion.code, "h1", office.cause())

    assert office.sql("SELECT text FROM opinion") == [("",)]


async def test_nobody_is_asked_back_where_there_is_no_address(office: Office) -> None:
    await take(office, await walked_in(office))
    ask = await office.button(private(GIANG), "opinion:ask_back")

    with pytest.raises(Refusal, match="nobody_to_ask"):
        await office.write_back.ask_words(actor(GIANG), ask, office.cause())


async def test_the_record_names_who_typed_it_and_to_which_notice_they_agreed(
    office: Office,
) -> None:
    opinion = await walked_in(office)
    (filed,) = [entry.event for entry in await office.record()]

    assert (filed.actor_id, filed.action, filed.subject, filed.detail) == (
        GIANG.id,
        Permission.OPINION_RECORD,
        opinion.id,
        f"notice={NOTICE_VERSION}",
    )


async def test_a_complaint_is_led_elsewhere_and_not_kept(office: Office) -> None:
    await agreed(office)
    intake = await office.receive.begin_opinion(await at_desk(office), words=message(DRAIN))
    button = press(intake.buttons, "intake:formal", FormalMatter.COMPLAINT)
    await office.describe_opinion.lead_elsewhere(await at_desk(office), button)

    assert (await office.known(address(GIANG))).draft is None
    assert office.sql("SELECT id FROM opinion") == []


async def test_only_places_of_their_own_are_offered(office: Office) -> None:
    await agreed(office)
    intake = await office.receive.begin_opinion(await at_desk(office), words=message(DRAIN))
    for action in ("intake:kind", "intake:field"):
        skip = next(b for b in intake.buttons if (b.action, b.choice) == (action, ""))
        intake = await office.describe_opinion.choose(await at_desk(office), skip)

    offered = {b.choice for b in intake.buttons if b.action == "intake:unit"}
    assert offered == {WARD.id, QUARTER.id}


async def test_words_of_their_own_are_not_taken_for_somebody_elses(office: Office) -> None:
    await office.receive.begin_opinion(await at_desk(office), words=message("Tôi tự góp ý."))

    with pytest.raises(Refusal, match="own_words_first"):
        await desk_of(office).begin(await at_desk(office))


async def test_no_picture_goes_along(office: Office) -> None:
    await agreed(office)
    draft = (await office.known(address(GIANG))).draft
    assert draft is not None

    with pytest.raises(Refusal, match="no_pictures_here"):
        draft.with_picture(1)


async def test_who_may_type_in_is_who_the_table_names(office: Office) -> None:
    button = press((await typed(office)).buttons, "walk_in:file")
    found = {}
    for role in Role:
        for name, unit in PLACES.items():
            who = Actor(GIANG.id, (Grant(role, unit.id),) if unit else ())
            desk = who.units_for(Permission.OPINION_RECORD)
            visit = replace(await at_desk(office), desk=desk)
            try:
                await desk_of(office).file(visit, who, button)
            except Forbidden:
                found[role, name] = False
            else:
                found[role, name] = True
                button = press((await typed(office)).buttons, "walk_in:file")

    assert found == {
        (role, name): Permission.OPINION_RECORD in PERMISSIONS[role] and name in ("own", "above")
        for role in Role
        for name in PLACES
    }


async def test_an_author_is_turned_away_at_once(office: Office) -> None:
    with pytest.raises(Forbidden):
        await desk_of(office).begin(await at_desk(office, AN))


async def test_a_supervisor_may_type_in_as_well(office: Office) -> None:
    assert (await walked_in(office, HANH)).source is OpinionSource.WALK_IN


@pytest.mark.parametrize("after", [False, True])
async def test_one_press_files_it_once_whatever_dies(office: Office, after: bool) -> None:
    button = press((await typed(office)).buttons, "walk_in:file")

    async def file(cause: Cause) -> object:
        return await desk_of(office).file(await at_desk(office, GIANG, cause), actor(GIANG), button)

    cause = office.cause()
    await die_in(office, file, cause, after)
    if after:
        with pytest.raises((LostRace, AlreadyProcessed)):
            await file(cause)
    else:
        await file(cause)

    assert office.sql("SELECT text FROM opinion") == [(DRAIN,)]
    assert (await office.known(address(GIANG))).draft is None


async def closed(office: Office) -> None:
    """Answered, and disputed by nobody."""
    button = await write_answer(office, await take(office, await walked_in(office)))
    await office.answer.send_answer(actor(GIANG), button, office.cause())
    office.wait(days=15)
    assert await office.triage.close_answered() == 1


async def test_its_words_are_gone_120_days_after_it_closed(office: Office) -> None:
    await closed(office)
    office.wait(days=119)
    await office.purge.forget_expired()
    assert office.sql("SELECT text FROM opinion") == [(DRAIN,)]
    office.wait(days=2)
    await office.purge.forget_expired()

    assert office.sql("SELECT text FROM opinion") == [("",)]


async def test_whoever_has_the_code_adds_to_it(office: Office) -> None:
    opinion = await walked_in(office)
    resident = (await office.known()).resident.consenting(office.clock.now())
    await office.vault.save_resident(EM, resident)
    status = await office.open_by_code.look_up(EM, opinion.code, "h1")
    visit = await office.visit()
    intake = await office.reply.correct(visit, status.opinion.id, message("Từ tháng 10."))
    await office.reply.send(await office.visit(), press(intake.buttons, "reply:send"))

    assert office.sql("SELECT text FROM addition") == [("Từ tháng 10.",)]


async def test_the_next_can_come_right_after_a_crash(office: Office) -> None:
    """What the crash left of the one that was filed stands in nobody's way."""
    button = press((await typed(office)).buttons, "walk_in:file")

    async def file(cause: Cause) -> object:
        return await desk_of(office).file(await at_desk(office, GIANG, cause), actor(GIANG), button)

    await die_in(office, file, office.cause(), after=True)
    intake = await desk_of(office).begin(await at_desk(office))

    press(intake.buttons, "walk_in:agree")
