"""The morning's card comes once, at the hour that was chosen, and only where there is something."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.model.access import Grant, Person, Role
from domain.model.delivery import Lane
from domain.model.morning import TOO_LATE
from tests.integration.storage.cast import NOW, QUARTER
from tests.integration.usecases.communicators import DUNG, KIM, LAN, join
from tests.integration.usecases.crashing import Crash, CrashingMemory
from tests.integration.usecases.office import Office, actor, press, private
from tests.integration.usecases.statements import statements
from tests.integration.usecases.story import TIDE, approve

SEVEN = NOW + timedelta(hours=22)
"""Seven in the morning of the day after."""
CROWD, A_FEW = 300, 40


async def tomorrow(office: Office) -> None:
    """Something is approved for tomorrow at nine; it is now a minute before seven of that day."""
    await approve(office, send_at=SEVEN + timedelta(hours=2))
    office.clock.moment = SEVEN - timedelta(minutes=1)


async def choose(office: Office, person: Person, choice: str, action: str = "morning:at") -> None:
    asked = await office.morning.ask_hour(actor(person), office.cause())
    button = press(asked.buttons, action, choice)
    await office.morning.choose(actor(person), button, office.cause())


async def cards(office: Office, person: Person = DUNG) -> list[str]:
    """What somebody has got, once everything that is owed was sent."""
    await office.morning_cards.owe_due()
    await office.send_all()
    return [call.markup for call in office.gateway.to(private(person))]


async def test_it_comes_at_seven_to_whoever_has_not_chosen(office: Office) -> None:
    await join(office, DUNG)
    await tomorrow(office)
    assert await cards(office) == []

    office.wait(minutes=1)
    (card,) = await cards(office)
    assert TIDE in card


@pytest.mark.parametrize(("choice", "minutes"), [("05:30", -90), ("06:30", -30), ("08:00", 60)])
async def test_it_comes_at_the_hour_that_was_chosen(
    office: Office, choice: str, minutes: int
) -> None:
    await join(office, DUNG)
    await choose(office, DUNG, choice)
    await tomorrow(office)
    office.clock.moment = SEVEN + timedelta(minutes=minutes - 1)
    assert await cards(office) == []

    office.wait(minutes=1)
    assert len(await cards(office)) == 1


async def test_whoever_wants_none_gets_none(office: Office) -> None:
    await join(office, DUNG)
    await choose(office, DUNG, "never")
    await tomorrow(office)
    office.wait(hours=2)

    assert await cards(office) == []


async def test_where_there_is_nothing_nothing_is_said(office: Office) -> None:
    await join(office, DUNG, LAN)
    await tomorrow(office)
    office.wait(minutes=1)

    assert len(await cards(office)) == 1
    assert await cards(office, LAN) == []


async def test_it_comes_once_a_day_whatever_is_chosen_afterwards(office: Office) -> None:
    await join(office, DUNG)
    await tomorrow(office)
    office.wait(minutes=1)
    await cards(office)
    await choose(office, DUNG, "08:00")
    office.wait(hours=1)

    assert len(await cards(office)) == 1


async def test_after_a_pause_it_comes_late_and_once(office: Office) -> None:
    await join(office, DUNG)
    await tomorrow(office)
    office.clock.moment = SEVEN + TOO_LATE - timedelta(minutes=1)

    assert len(await cards(office)) == 1


async def test_what_is_more_than_four_hours_late_is_dropped(office: Office) -> None:
    await join(office, DUNG)
    await tomorrow(office)
    office.clock.moment = SEVEN + TOO_LATE

    assert await cards(office) == []


async def test_what_stood_in_line_too_long_is_dropped(office: Office) -> None:
    await join(office, DUNG)
    await tomorrow(office)
    office.wait(minutes=1)
    await office.morning_cards.owe_due()
    office.clock.moment = SEVEN + TOO_LATE

    assert await cards(office) == []


async def test_days_of_downtime_bring_one_card(office: Office) -> None:
    await join(office, DUNG)
    await tomorrow(office)
    office.clock.moment = SEVEN + timedelta(days=3, minutes=1)
    await approve(office)

    assert len(await cards(office)) == 1


async def test_a_crash_before_the_commit_leaves_nothing_and_the_next_round_does_it_all(
    office: Office,
) -> None:
    await join(office, DUNG, KIM)
    await tomorrow(office)
    office.wait(minutes=1)
    office.crashing = CrashingMemory(office.file, after=False)
    with pytest.raises(Crash):
        await office.morning_cards.owe_due()
    office.crashing = None

    assert len(await cards(office)) == len(await cards(office, KIM)) == 1


async def test_a_crash_after_the_commit_doubles_nothing(office: Office) -> None:
    await join(office, DUNG)
    await tomorrow(office)
    office.wait(minutes=1)
    office.crashing = CrashingMemory(office.file, after=True)
    with pytest.raises(Crash):
        await office.morning_cards.owe_due()
    office.crashing = None

    assert len(await cards(office)) == 1


async def test_a_term_that_has_ended_brings_no_card(office: Office) -> None:
    ended = Grant(Role.COMMUNICATOR, QUARTER.id, valid_until=NOW.date())
    await join(office, replace(DUNG, grants=(ended,)))
    await tomorrow(office)
    office.wait(minutes=1)

    assert await cards(office) == []


async def test_it_comes_in_the_language_that_was_chosen(office: Office) -> None:
    await join(office, DUNG)
    await choose(office, DUNG, "km", "morning:language")
    await tomorrow(office)
    office.wait(minutes=1)
    (card,) = await cards(office)

    assert "ក្រុមប្រជាជន" in card


async def test_it_comes_in_the_first_language_of_the_roster_in_which_there_are_words(
    office: Office,
) -> None:
    await join(office, DUNG)
    office.sql("UPDATE person SET languages = 'cjm,km' WHERE id = 'dung'")
    await tomorrow(office)
    office.wait(minutes=1)
    (card,) = await cards(office)

    assert "ក្រុមប្រជាជន" in card


async def test_its_buttons_act_on_whoever_presses_them(office: Office) -> None:
    await join(office, DUNG, KIM)
    await tomorrow(office)
    office.wait(minutes=1)
    await cards(office)
    button = await office.button(private(DUNG), "morning:read")
    for person in (DUNG, KIM):
        await office.morning.mark_read(actor(person), button, office.cause())

    assert button == await office.button(private(KIM), "morning:read")
    assert office.sql("SELECT readers FROM read_count") == [(2,)]


async def test_a_crowd_stands_in_line_behind_the_groups_after_a_few_statements(
    office: Office,
) -> None:
    crowd = [replace(DUNG, id=f"d{n}", account=f"telegram:{9000 + n}") for n in range(CROWD)]
    await join(office, *crowd)
    await tomorrow(office)
    office.wait(minutes=1)
    with statements(office) as made:
        assert await office.morning_cards.owe_due() == CROWD

    assert len(made) < A_FEW
    rows = office.sql("SELECT bot_id, lane, payload FROM outbox WHERE origin_id LIKE 'morning:%'")
    assert len(rows) == CROWD
    assert {(bot_id, lane) for bot_id, lane, _ in rows} == {(0, Lane.BULK)}
    assert len({payload for *_, payload in rows}) == 1
    assert office.sql("SELECT count(*) FROM button WHERE action LIKE 'morning:%'") == [(3,)]
