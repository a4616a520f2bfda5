"""A session from its first question to the moment its communicator answers for it."""

from dataclasses import replace

import pytest

from domain.errors import AlreadyProcessed, Forbidden, LostRace, Missing, Refusal
from domain.model.access import Actor, Grant, Person, Role
from domain.model.button import Button
from domain.model.dialog import Awaited
from domain.model.locality import Point
from domain.model.session import SessionState
from domain.model.unit import Unit, UnitKind
from tests.integration.storage.cast import AN, NOW, OTHER_WARD, QUARTER, WARD
from tests.integration.usecases.communicators import DUNG, join
from tests.integration.usecases.office import Office, actor, pick, press
from tests.integration.usecases.sessions import (
    DUNG_ACTS,
    WORDS,
    ask,
    fill,
    hand_in,
    submit,
    to_edit,
)


@pytest.fixture(autouse=True)
async def dung(office: Office) -> None:
    await join(office, DUNG)


async def asked_now(office: Office) -> str:
    async with office.file.begin() as work:
        dialog = await work.dialogs.of(DUNG.id)
    return dialog.note if dialog and dialog.awaited is Awaited.SESSION_ANSWER else ""


async def test_the_required_fields_are_asked_in_the_forms_order(office: Office) -> None:
    screen = await office.log_session.start_session(DUNG_ACTS, office.cause())
    asked = []
    for typed in WORDS.values():
        assert screen.asked is not None
        asked.append(screen.asked.key)
        screen = await office.fill_session.answer_field(
            DUNG_ACTS, screen.session.id, screen.asked.key, typed, office.cause()
        )

    assert asked == list(WORDS)
    assert screen.asked is None


async def test_a_submitted_session_holds_every_answer(office: Office) -> None:
    session = (await submit(office)).session

    async with office.file.begin() as work:
        kept = await work.sessions.get(session.id)
    assert (kept.state, kept.unit_id, kept.role) == (
        SessionState.SUBMITTED,
        "kv",
        Role.COMMUNICATOR,
    )
    assert kept.answers["people"] == 45
    assert kept.answers["form"] == "hop_dan"
    assert kept.submitted_at == NOW


async def test_whoever_goes_to_nobody_logs_nothing(office: Office) -> None:
    with pytest.raises(Forbidden, match="not_yours_to_log"):
        await office.log_session.start_session(actor(AN), office.cause())


async def test_another_communicator_cannot_open_or_change_it(office: Office) -> None:
    session_id = (await fill(office)).session.id
    other = Actor("khach", DUNG.grants)

    with pytest.raises(Forbidden):
        await office.log_session.open_session(other, session_id, office.cause())
    with pytest.raises(Forbidden):
        await office.fill_session.answer_field(other, session_id, "people", "9", office.cause())


async def test_drafts_outlive_a_restart_and_a_new_phone(office: Office) -> None:
    session_id = (await fill(office)).session.id
    await office.restart()
    office.past_the_rules(
        "an_account_is_not_handed_on",
        "UPDATE person SET account = 'telegram:999' WHERE id = 'dung'",
    )

    screen = await office.log_session.start_session(DUNG_ACTS, office.cause())

    assert [one.id for one in screen.others] == [session_id]


async def test_several_drafts_stand_beside_each_other(office: Office) -> None:
    ids = {(await fill(office, people=str(n))).session.id for n in (10, 20, 30)}
    screen = await office.log_session.start_session(DUNG_ACTS, office.cause())

    assert {one.id for one in screen.others} == ids


async def test_an_empty_draft_does_not_pile_up(office: Office) -> None:
    await office.log_session.start_session(DUNG_ACTS, office.cause())
    screen = await office.log_session.start_session(DUNG_ACTS, office.cause())

    assert screen.others == ()
    assert office.sql("SELECT count(*) FROM outreach_session")[0][0] == 1


async def test_one_like_the_last_asks_only_when_and_how_many(office: Office) -> None:
    await submit(office)
    screen = await office.log_session.start_session(DUNG_ACTS, office.cause())
    button = press(screen.buttons, "session:copy")
    screen = await office.fill_session.copy_last(DUNG_ACTS, button, office.cause())

    missing = [one.key for one in screen.session.missing(screen.form)]
    assert missing == ["start", "people"]
    assert screen.session.answers["place"] == WORDS["place"]


async def test_the_last_answers_are_offered_in_front(office: Office) -> None:
    await submit(office, minutes="75")
    screen = await office.log_session.start_session(DUNG_ACTS, office.cause())
    screen = await office.fill_session.answer_field(
        DUNG_ACTS, screen.session.id, "start", "sáng nay", office.cause()
    )
    assert screen.buttons[0].choice == "minutes=75"

    screen = await office.fill_session.choose(DUNG_ACTS, screen.buttons[0], office.cause())
    assert screen.buttons[0].choice == f"place={WORDS['place']}"


async def test_several_choices_are_ticked_one_by_one_and_unticked(office: Office) -> None:
    screen = await fill(office)
    screen = await office.log_session.ask_field(
        DUNG_ACTS, to_edit(screen, "audience"), office.cause()
    )
    for choice in ("phu_nu", "nong_dan", "phu_nu"):
        button = press(screen.buttons, "session:toggle", f"audience={choice}")
        screen = await office.fill_session.toggle(DUNG_ACTS, button, office.cause())

    assert screen.session.answers["audience"] == ("nong_dan",)
    assert await asked_now(office) == "audience"


async def test_a_button_from_before_a_change_does_nothing(office: Office) -> None:
    screen = await fill(office)
    stale = press(screen.buttons, "session:submit")
    await office.fill_session.answer_field(
        DUNG_ACTS, screen.session.id, "people", "50", office.cause()
    )

    with pytest.raises(LostRace, match="stale"):
        await office.submit_session.submit_session(DUNG_ACTS, stale, office.cause())


async def test_an_optional_field_can_be_emptied_and_a_required_one_not(office: Office) -> None:
    screen = await fill(office, proposals="Cần thêm loa.")
    button = press(
        (
            await office.log_session.ask_field(
                DUNG_ACTS, to_edit(screen, "proposals"), office.cause()
            )
        ).buttons,
        "session:clear",
    )
    screen = await office.fill_session.clear(DUNG_ACTS, button, office.cause())
    assert "proposals" not in screen.session.answers

    required = replace(button, choice="people", version=screen.session.version)
    with pytest.raises(Refusal, match="required"):
        await office.fill_session.clear(DUNG_ACTS, required, office.cause())


async def test_a_submitted_session_can_be_changed_until_it_is_confirmed(office: Office) -> None:
    session = (await submit(office)).session
    screen = await office.fill_session.answer_field(
        DUNG_ACTS, session.id, "people", "50", office.cause()
    )

    assert (screen.session.state, screen.session.number("people")) == (SessionState.SUBMITTED, 50)


async def test_a_session_is_not_submitted_twice(office: Office) -> None:
    screen = await fill(office)
    await hand_in(office, screen)

    with pytest.raises(LostRace):
        await hand_in(office, screen)


async def test_a_draft_is_thrown_away_with_its_questions(office: Office) -> None:
    screen = await ask(office, await fill(office))
    button = press(screen.buttons, "session:discard")
    await office.log_session.discard(DUNG_ACTS, button, office.cause())

    assert office.sql("SELECT count(*) FROM outreach_session")[0][0] == 0
    assert office.sql("SELECT count(*) FROM session_question")[0][0] == 0
    with pytest.raises(Missing):
        await office.log_session.open_session(DUNG_ACTS, screen.session.id, office.cause())


async def test_what_was_sent_is_not_thrown_away(office: Office) -> None:
    handed = await submit(office)
    button = Button("x", "session:discard", handed.session.id, "", 0, "", NOW)
    button = replace(button, version=handed.session.version)

    with pytest.raises(LostRace, match="moved_on"):
        await office.log_session.discard(DUNG_ACTS, button, office.cause())


async def test_one_update_answers_one_field(office: Office) -> None:
    screen = await office.log_session.start_session(DUNG_ACTS, office.cause())
    cause, session_id = office.cause(), screen.session.id
    await office.fill_session.answer_field(DUNG_ACTS, session_id, "start", "hôm qua 19h", cause)

    with pytest.raises(AlreadyProcessed):
        await office.fill_session.answer_field(DUNG_ACTS, session_id, "start", "sáng nay", cause)


async def test_a_unit_that_is_not_ones_own_cannot_be_chosen(office: Office) -> None:
    screen = await fill(office)
    forged = Button("x", "session:choose", screen.session.id, f"unit={OTHER_WARD.id}", 0, "", NOW)
    forged = replace(forged, version=screen.session.version)

    with pytest.raises(Forbidden):
        await office.fill_session.choose(DUNG_ACTS, forged, office.cause())


async def test_the_units_below_a_grant_are_offered(office: Office) -> None:
    speaker = Person("lan", "Lan", "telegram:107", (Grant(Role.SPEAKER, WARD.id),))
    async with office.file.begin() as work:
        await work.people.add(speaker)
        await work.commit()
    screen = await fill(office, actor(speaker))
    screen = await office.log_session.ask_field(
        actor(speaker), to_edit(screen, "unit"), office.cause()
    )

    assert {unit.id for unit in screen.units} == {"nk", "kv"}


@pytest.mark.parametrize("lies_at", [None, Point(10.2, 105.78)], ids=["unknown", "far"])
async def test_a_point_that_is_near_nothing_becomes_the_name_of_the_unit(
    office: Office, lies_at: Point | None
) -> None:
    async with office.file.begin() as work:
        await work.units.describe(replace(QUARTER, point=lies_at))
        await work.commit()
    screen = await office.log_session.start_session(DUNG_ACTS, office.cause())
    screen = await office.fill_session.place_nearby(
        DUNG_ACTS, screen.session.id, Point(10.0325, 105.7841), office.cause()
    )

    assert screen.session.answers["place"] == "Khu vực 1"


async def test_a_complete_session_takes_no_stray_words_for_an_answer(office: Office) -> None:
    screen = await fill(office)

    async with office.file.begin() as work:
        dialog = await work.dialogs.of(DUNG.id)
    assert dialog is not None
    assert (dialog.subject, dialog.note) == (screen.session.id, "")


async def test_the_record_names_who_sent_it(office: Office) -> None:
    session = (await submit(office)).session

    acts = [
        (one.event.actor_id, one.event.action, one.event.subject) for one in await office.record()
    ]
    assert (DUNG.id, "session:submit", session.id) in acts


async def test_nothing_is_offered_again_to_whoever_has_no_last(office: Office) -> None:
    screen = await office.log_session.start_session(DUNG_ACTS, office.cause())

    assert pick(screen.buttons, "session:copy") is None


async def test_what_was_taken_over_is_said_and_what_was_chosen_is_not(office: Office) -> None:
    first = await fill(office, audience="phu_nu", language="km")
    assert first.carried_over == ()

    await hand_in(office, first)
    second = await fill(office, language="vi")
    assert second.carried_over == ("audience",)


async def test_whoever_moved_copies_the_last_session_to_where_they_work_now(
    office: Office,
) -> None:
    await submit(office)
    moved = Actor(DUNG.id, (Grant(Role.COMMUNICATOR, OTHER_WARD.id),))
    screen = await office.log_session.start_session(moved, office.cause())
    button = press(screen.buttons, "session:copy")
    screen = await office.fill_session.copy_last(moved, button, office.cause())

    assert screen.session.unit_id == OTHER_WARD.id
    assert screen.session.answers["topic"] == WORDS["topic"]


SECOND = Unit("kv2", "kv2", "Khu vực 2", UnitKind.QUARTER, WARD.id, "Khu vực 2")
NAMESAKE = Unit("ovb", "ovb", "Khu vực 2", UnitKind.QUARTER, OTHER_WARD.id, "Khu vực 2")
OF_BOTH = Actor(DUNG.id, (Grant(Role.SPEAKER, WARD.id), Grant(Role.COMMUNICATOR, OTHER_WARD.id)))


async def in_unit(office: Office, typed: str) -> str:
    """Where the session is once its unit was typed."""
    async with office.file.begin() as work:
        for unit in (SECOND, NAMESAKE):
            await work.units.add(unit)
        await work.commit()
    screen = await office.log_session.start_session(OF_BOTH, office.cause())
    screen = await office.fill_session.answer_field(
        OF_BOTH, screen.session.id, "unit", typed, office.cause()
    )
    return screen.session.unit_id


@pytest.mark.parametrize(
    ("typed", "unit_id"),
    [(f"khu vuc 2, {WARD.name}", SECOND.id), (f"Khu vực 2, {OTHER_WARD.name}", NAMESAKE.id)],
)
async def test_a_unit_beyond_the_buttons_is_typed_by_its_name(
    office: Office, typed: str, unit_id: str
) -> None:
    assert await in_unit(office, typed) == unit_id


@pytest.mark.parametrize("typed", ["Khu vực 2", "Khu vực 99", ", "])
async def test_a_unit_that_is_not_clear_is_asked_again(office: Office, typed: str) -> None:
    with pytest.raises(Refusal, match="unit_not_clear"):
        await in_unit(office, typed)


async def test_whoever_moved_is_told_why_an_older_draft_stays_closed(office: Office) -> None:
    screen = await fill(office)
    moved = Actor(DUNG.id, (Grant(Role.COMMUNICATOR, OTHER_WARD.id),))

    with pytest.raises(Forbidden, match="no_longer_there"):
        await office.log_session.open_session(moved, screen.session.id, office.cause())
