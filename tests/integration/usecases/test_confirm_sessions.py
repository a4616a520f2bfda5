"""Somebody else confirms a session, gives it back, or confirms all that look usual."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import AlreadyProcessed, Forbidden, LostRace, Refusal
from domain.model.access import Actor, Grant, Person, Role
from domain.model.button import Button
from domain.model.session import OutreachSession, SessionState
from domain.model.session_oddity import Oddity
from domain.model.text import visible
from domain.model.unit import Unit
from tests.integration.storage.cast import AN, HANH, NOW, OTHER_WARD, QUARTER, WARD
from tests.integration.usecases.communicators import DUNG, KIM, join
from tests.integration.usecases.office import Office, actor, pick, press, private
from tests.integration.usecases.sessions import (
    ASKED,
    DUNG_ACTS,
    HANH_ACTS,
    ask,
    decide,
    fill,
    hand_in,
    submit,
)
from tests.integration.usecases.statements import statements

TEAM = "INSERT INTO seat VALUES (?, 'kv', 'tổ 1', 'Tổ 1', ?)"


@pytest.fixture(autouse=True)
async def communicators(office: Office) -> None:
    await join(office, DUNG, KIM)


async def stored(office: Office, session: OutreachSession) -> OutreachSession:
    async with office.file.begin() as work:
        return await work.sessions.get(session.id)


async def test_the_supervisor_confirms(office: Office) -> None:
    session = (await submit(office)).session
    await decide(office, "session:confirm")

    kept = await stored(office, session)
    assert (kept.state, kept.confirmed_by) == (SessionState.CONFIRMED, HANH.id)


async def test_a_returned_session_comes_back_with_its_note_and_is_sent_again(
    office: Office,
) -> None:
    session = (await submit(office)).session
    await decide(office, "session:return", note="Ghi lại số người.")
    await office.send_all()
    card = office.gateway.to(private(DUNG))[-1].markup
    assert "Ghi lại số người." in visible(card)

    screen = await office.log_session.open_session(DUNG_ACTS, session.id, office.cause())
    await hand_in(office, screen)
    assert (await stored(office, session)).state is SessionState.SUBMITTED


async def test_what_changed_since_it_was_shown_is_not_confirmed(office: Office) -> None:
    session = (await submit(office)).session
    waiting = await office.confirm_sessions.list_waiting(HANH_ACTS, office.cause())
    button = press(waiting.buttons, "session:review")
    shown = await office.confirm_sessions.open_session(HANH_ACTS, button, office.cause())
    await office.fill_session.answer_field(DUNG_ACTS, session.id, "people", "400", office.cause())

    with pytest.raises(LostRace, match="stale"):
        await office.confirm_sessions.confirm(
            HANH_ACTS, press(shown.screen.buttons, "session:confirm"), office.cause()
        )


async def test_nobody_sees_or_confirms_their_own(office: Office) -> None:
    both = Person("lan", "Lan", "telegram:109", (*DUNG.grants, *HANH.grants))
    await join(office, both)
    session = (await submit(office, actor(both))).session

    assert (await office.confirm_sessions.list_waiting(actor(both))).total == 0
    button = replace(await a_review_button(office), subject=session.id)
    with pytest.raises(Forbidden, match="own"):
        await office.confirm_sessions.confirm(actor(both), button, office.cause())


async def a_review_button(office: Office) -> Button:
    waiting = await office.confirm_sessions.list_waiting(HANH_ACTS, office.cause())
    return press(waiting.buttons, "session:review")


@pytest.mark.parametrize(
    "stranger",
    [
        actor(AN),
        actor(KIM),
        Actor("x", (Grant(Role.SUPERVISOR, OTHER_WARD.id),)),
    ],
    ids=["an author", "a colleague", "another ward's supervisor"],
)
async def test_whoever_is_not_in_charge_decides_on_nothing(office: Office, stranger: Actor) -> None:
    await submit(office)
    button = await a_review_button(office)

    for act in (office.confirm_sessions.confirm, office.confirm_sessions.ask_note):
        with pytest.raises(Forbidden):
            await act(stranger, button, office.cause())
    with pytest.raises(Forbidden):
        await office.confirm_sessions.open_session(stranger, button, office.cause())


async def test_the_leader_of_a_team_confirms_its_units_sessions(office: Office) -> None:
    office.sql(TEAM, KIM.id, "to_truong")
    session = (await submit(office)).session
    await decide(office, "session:confirm", by=actor(KIM))

    assert (await stored(office, session)).confirmed_by == KIM.id


async def test_a_leader_who_is_communicator_no_more_decides_on_nothing(office: Office) -> None:
    office.sql(TEAM, KIM.id, "to_truong")
    await submit(office)

    with pytest.raises(Forbidden):
        await office.confirm_sessions.list_waiting(Actor(KIM.id, ()), office.cause())


async def test_whoever_decides_sees_how_many_questions_there_were_and_not_which(
    office: Office,
) -> None:
    await hand_in(office, await ask(office, await fill(office)))
    button = await a_review_button(office)
    shown = await office.confirm_sessions.open_session(HANH_ACTS, button, office.cause())

    assert len(shown.screen.questions) == 1
    assert ASKED not in str(shown)


async def test_what_is_odd_stands_in_front_with_its_reason(office: Office) -> None:
    for n in range(3):
        await submit(office, people="40", start=f"{15 + n}/11 8h")
    await submit(office, people="3000", start="14/11 8h")
    await submit(office, people="40", minutes="540", start="13/11 8h")
    await submit(office, people="40", start="13/11 9h")
    waiting = await office.confirm_sessions.list_waiting(HANH_ACTS, office.cause())

    odd = [line.odd for line in waiting.lines if line.odd]
    assert (waiting.total, waiting.odd) == (6, 3)
    assert odd == [(Oddity.CROWD,), (Oddity.LONG, Oddity.OVERLAP), (Oddity.OVERLAP,)]
    assert [bool(line.odd) for line in waiting.lines] == [True] * 3 + [False] * 3


@pytest.mark.parametrize("place", [QUARTER, WARD], ids=["a hamlet's", "what is above it's"])
async def test_more_people_than_live_there_are_odd(office: Office, place: Unit) -> None:
    async with office.file.begin() as work:
        await work.units.describe(replace(place, population=400))
        await work.commit()
    for n in range(3):
        await submit(office, people="400", start=f"{15 + n}/11 8h")
    await submit(office, people="3000", start="14/11 8h")
    waiting = await office.confirm_sessions.list_waiting(HANH_ACTS, office.cause())

    odd = [line.odd for line in waiting.lines if line.odd]
    assert odd == [(Oddity.MORE_THAN_LIVE_THERE, Oddity.CROWD)]


async def test_all_that_look_usual_are_confirmed_and_what_is_odd_waits(office: Office) -> None:
    usual = (await submit(office, start="15/11 8h")).session
    odd = (await submit(office, people="3000", start="16/11 8h")).session
    waiting = await office.confirm_sessions.list_waiting(HANH_ACTS, office.cause())
    button = press(waiting.buttons, "session:confirm_all")

    assert await office.confirm_sessions.confirm_all(HANH_ACTS, button, office.cause()) == 1
    assert (await stored(office, usual)).state is SessionState.CONFIRMED
    assert (await stored(office, odd)).state is SessionState.SUBMITTED


async def test_one_press_tells_each_communicator_once(office: Office) -> None:
    for start in ("15/11 8h", "16/11 8h"):
        await submit(office, start=start)
    await submit(office, actor(KIM), start="16/11 8h")
    waiting = await office.confirm_sessions.list_waiting(HANH_ACTS, office.cause())
    button = press(waiting.buttons, "session:confirm_all")
    before = {who: len(office.gateway.to(private(who))) for who in (DUNG, KIM)}
    await office.confirm_sessions.confirm_all(HANH_ACTS, button, office.cause())
    await office.send_all()

    told = {who: office.gateway.to(private(who))[before[who] :] for who in (DUNG, KIM)}
    assert [[visible(one.markup) for one in told[who]] for who in (DUNG, KIM)] == [
        ["✅ Hạnh đã xác nhận 2 buổi tuyên truyền của anh/chị. Cảm ơn anh/chị."],
        ["✅ Hạnh đã xác nhận 1 buổi tuyên truyền của anh/chị. Cảm ơn anh/chị."],
    ]


async def test_whose_session_is_confirmed_alone_is_told_which(office: Office) -> None:
    await submit(office, topic="Bảo hiểm y tế")
    await decide(office, "session:confirm")
    await office.send_all()

    assert "Bảo hiểm y tế" in office.gateway.to(private(DUNG))[-1].markup


async def test_a_session_that_changes_meanwhile_confirms_none(office: Office) -> None:
    both = [(await submit(office, start=start)).session for start in ("15/11 8h", "16/11 8h")]
    stale = replace(both[1], version=both[1].version + 1)
    async with office.file.begin() as work:
        with pytest.raises(LostRace, match="moved_on"):
            await work.sessions.confirm([one.confirmed(HANH_ACTS, NOW) for one in (both[0], stale)])

    assert (await stored(office, both[0])).state is SessionState.SUBMITTED


async def test_all_are_confirmed_only_as_they_were_listed(office: Office) -> None:
    await submit(office)
    waiting = await office.confirm_sessions.list_waiting(HANH_ACTS, office.cause())
    await submit(office, start="15/11 8h")

    with pytest.raises(LostRace, match="stale"):
        await office.confirm_sessions.confirm_all(
            HANH_ACTS, press(waiting.buttons, "session:confirm_all"), office.cause()
        )


async def test_one_press_confirms_all_once(office: Office) -> None:
    await submit(office)
    waiting = await office.confirm_sessions.list_waiting(HANH_ACTS, office.cause())
    button, cause = press(waiting.buttons, "session:confirm_all"), office.cause()
    await office.confirm_sessions.confirm_all(HANH_ACTS, button, cause)

    with pytest.raises(AlreadyProcessed):
        await office.confirm_sessions.confirm_all(HANH_ACTS, button, cause)


async def test_a_note_without_words_returns_nothing(office: Office) -> None:
    session = (await submit(office)).session

    with pytest.raises(Refusal, match="nothing_written"):
        await office.confirm_sessions.return_session(HANH_ACTS, session.id, " ", office.cause())


async def test_nothing_is_offered_where_all_is_odd(office: Office) -> None:
    await submit(office, people="3000")
    waiting = await office.confirm_sessions.list_waiting(HANH_ACTS, office.cause())

    assert pick(waiting.buttons, "session:confirm_all") is None


async def test_once_a_day_there_is_one_card_with_the_number(office: Office) -> None:
    office.wait(hours=7, minutes=40)
    for n in range(3):
        await submit(office, start=f"{15 + n}/11 8h")
    owed = [await office.session_digest.owe_due() for _ in range(3)]
    await office.send_all()

    assert owed == [1, 0, 0]
    (card,) = office.gateway.to(private(HANH))
    assert "3 buổi tuyên truyền" in visible(card.markup)
    office.wait(days=1)
    assert await office.session_digest.owe_due() == 1


async def test_before_its_time_and_with_nothing_to_say_there_is_none(office: Office) -> None:
    await submit(office)
    assert await office.session_digest.owe_due() == 0

    await decide(office, "session:confirm")
    office.wait(hours=8)
    assert await office.session_digest.owe_due() == 0


async def test_the_list_counts_also_what_is_beyond_one_press(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("domain.usecases.confirm_sessions.AT_ONCE", 2)
    for n in range(3):
        await submit(office, start=f"{15 + n}/11 8h")
    waiting = await office.confirm_sessions.list_waiting(HANH_ACTS, office.cause())

    assert (waiting.total, len(waiting.lines)) == (3, 2)
    assert await office.confirm_sessions.count_waiting(HANH_ACTS) == 3


async def test_what_is_sent_at_night_brings_its_card_the_next_day(office: Office) -> None:
    office.wait(hours=14)
    await submit(office)
    assert await office.session_digest.owe_due() == 0

    office.wait(hours=18)
    assert await office.session_digest.owe_due() == 1


async def test_the_leader_of_a_team_gets_the_card_as_well(office: Office) -> None:
    office.sql(TEAM, KIM.id, "to_truong")
    office.wait(hours=8)
    await submit(office)

    assert await office.session_digest.owe_due() == 2


async def test_nobody_gets_a_card_about_their_own_sessions_only(office: Office) -> None:
    office.sql(TEAM, DUNG.id, "to_truong")
    office.wait(hours=8)
    await submit(office)
    await office.session_digest.owe_due()
    await office.send_all()

    assert office.gateway.to(private(DUNG)) == []


async def test_sessions_of_other_units_do_not_show(office: Office) -> None:
    await submit(office)
    there = Actor("x", (Grant(Role.SUPERVISOR, OTHER_WARD.id),))
    here = Actor("y", (Grant(Role.SUPERVISOR, QUARTER.id),))

    assert (await office.confirm_sessions.list_waiting(there)).total == 0
    assert (await office.confirm_sessions.list_waiting(here)).total == 1
    assert await office.confirm_sessions.count_waiting(here) == 1


async def test_a_long_closed_month_is_still_confirmed(office: Office) -> None:
    await submit(office)
    office.clock.moment += timedelta(days=90)
    await decide(office, "session:confirm")

    assert office.sql("SELECT state FROM outreach_session") == [("confirmed",)]


async def test_confirming_many_takes_no_more_statements_than_confirming_few(
    office: Office,
) -> None:
    made = []
    for count in (2, 8):
        for n in range(count):
            await submit(office, start=f"{10 + n}/11 {8 + count}h")
        waiting = await office.confirm_sessions.list_waiting(HANH_ACTS, office.cause())
        button = press(waiting.buttons, "session:confirm_all")
        with statements(office) as said:
            await office.confirm_sessions.confirm_all(HANH_ACTS, button, office.cause())
        made.append(len(said))

    assert made[1] == made[0]
    assert office.sql("SELECT count(*) FROM outreach_session WHERE state = 'confirmed'") == [(10,)]
