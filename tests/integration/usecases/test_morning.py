"""Communicators see what is approved for where they work, and readers are counted, not named."""

import hashlib
import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.errors import AlreadyProcessed, Forbidden, LostRace, Refusal
from domain.model.access import Person
from domain.model.morning import FEWEST_TOLD, Morning
from domain.model.version import Version
from tests.integration.storage.cast import AN, BINH, CHI, GIANG, HANH, NOW, QUARTER
from tests.integration.usecases.communicators import DUNG, KIM, LAN, join
from tests.integration.usecases.office import Office, actor, pick, press
from tests.integration.usecases.story import TIDE, approve, release, submit, write
from tests.integration.usecases.test_correct import RIGHT, approve_correction, sent


async def morning_of(office: Office, person: Person = DUNG) -> Morning:
    return await office.morning.show(actor(person), office.cause())


async def shown(office: Office, person: Person = DUNG) -> list[str]:
    """The words of everything that somebody is shown today."""
    morning = await morning_of(office, person)
    return [line.text.revision.text for line in morning.lines]


async def opened(office: Office, person: Person = DUNG) -> str:
    """The first bulletin whole, as it stands in the chat."""
    button = press((await morning_of(office, person)).buttons, "morning:open")
    line = await office.morning.open(actor(person), button, office.cause())
    return line.text.in_language("km")


async def test_a_bulletin_for_the_ward_above_is_shown(office: Office) -> None:
    await approve(office)

    assert await shown(office) == [TIDE]


@pytest.mark.parametrize(("language", "read"), [("km", "ទឹកជោរ"), ("en", "Triều cường"), ("", "")])
async def test_a_reader_gets_the_language_that_they_chose(
    office: Office, language: str, read: str
) -> None:
    await join(office, DUNG)
    khmer = Version("km", "ទឹកជោរ", "ទឹកឡើងនៅថ្ងៃស្អែក។")
    await approve(office, title="Triều cường", translations=(khmer,))
    if language:
        asked = await office.morning.ask_hour(actor(DUNG), office.cause())
        button = press(asked.buttons, "morning:language", language)
        await office.morning.choose(actor(DUNG), button, office.cause())
    morning = await morning_of(office)
    line = await office.morning.open(actor(DUNG), press(morning.buttons, "morning:open"))

    assert (morning.language, line.language) == (language, language)
    assert read in office.letterhead.morning_card(morning, language or "vi").markup
    assert read in line.text.in_language(line.language)


async def test_a_bulletin_for_a_unit_below_is_shown(office: Office) -> None:
    await approve(office, audience_unit_id=QUARTER.id)

    assert await shown(office, HANH) == [TIDE]


async def test_a_bulletin_for_the_commune_next_door_is_not(office: Office) -> None:
    await join(office, LAN)
    await approve(office)

    assert await shown(office, LAN) == []


async def test_what_went_out_and_what_comes_stand_in_the_order_of_their_times(
    office: Office,
) -> None:
    await approve(office, text="Chiều nay.", send_at=NOW + timedelta(hours=6))
    await release(office, text="Sáng nay.")
    await office.go_round()

    assert await shown(office) == ["Sáng nay.", "Chiều nay."]


async def test_tomorrows_bulletin_waits_for_tomorrow(office: Office) -> None:
    await approve(office, send_at=NOW + timedelta(hours=24))

    assert await shown(office) == []
    office.wait(hours=24)
    assert await shown(office) == [TIDE]


async def test_a_bulletin_opens_letter_for_letter_as_the_groups_get_it(office: Office) -> None:
    broadcast = await approve(office)
    await office.go_round()
    async with office.file.begin() as work:
        frozen = await work.bulletins.revision(broadcast.revision_id)

    assert await opened(office) == frozen.rendered["vi"] == office.gateway.to("-1001")[-1].markup


async def test_what_is_stopped_is_not_shown_until_it_goes_on(office: Office) -> None:
    broadcast = await release(office)
    await office.release.stop_bulletin(actor(AN), broadcast.bulletin_id, office.cause())
    assert await shown(office) == []

    await office.resume.resume_bulletin(actor(AN), broadcast.bulletin_id, office.cause())
    assert await shown(office) == [TIDE]


async def test_what_was_taken_back_opens_no_more(office: Office) -> None:
    broadcast = await release(office)
    await office.go_round()
    button = press((await morning_of(office)).buttons, "morning:open")
    await office.withdraw.withdraw_bulletin(actor(AN), broadcast.bulletin_id, office.cause())

    with pytest.raises(LostRace, match=r"morning\.gone"):
        await office.morning.open(actor(DUNG), button, office.cause())


async def test_of_what_was_corrected_only_the_correction_is_shown(office: Office) -> None:
    wrong = await sent(office)
    await approve_correction(office, wrong)

    assert await shown(office) == [RIGHT]


async def test_what_was_changed_in_the_file_is_not_shown(office: Office) -> None:
    await approve(office)
    office.past_the_rules(
        "a_revision_never_changes",
        "UPDATE revision SET written = replace(written, 'mai', 'nay')",
    )

    assert await shown(office) == []


@pytest.mark.parametrize("person", [CHI, AN, BINH, HANH], ids=lambda one: one.name)
async def test_staff_see_the_readers_and_get_no_button_to_be_one(
    office: Office, person: Person
) -> None:
    await approve(office)
    morning = await morning_of(office, person)

    assert morning.readers == 0
    assert pick(morning.buttons, "morning:read") is None


async def test_whoever_has_neither_part_is_refused(office: Office) -> None:
    with pytest.raises(Forbidden):
        await morning_of(office, GIANG)


async def read(office: Office, person: Person) -> Morning:
    await join(office, person)
    button = press((await morning_of(office, person)).buttons, "morning:read")
    return await office.morning.mark_read(actor(person), button, office.cause())


async def test_each_reader_is_counted_in_their_unit(office: Office) -> None:
    await approve(office)
    await read(office, DUNG)
    await read(office, KIM)

    assert office.sql("SELECT unit_id, readers FROM read_count") == [(QUARTER.id, 2)]
    assert (await morning_of(office, HANH)).readers == 2


async def test_nobody_is_counted_twice_in_a_day(office: Office) -> None:
    await approve(office)
    again = press((await morning_of(office)).buttons, "morning:read")
    await read(office, DUNG)
    await office.morning.mark_read(actor(DUNG), again, office.cause())

    assert office.sql("SELECT readers FROM read_count") == [(1,)]
    assert pick((await morning_of(office)).buttons, "morning:read") is None


async def test_yesterdays_button_counts_nothing_today(office: Office) -> None:
    await approve(office)
    button = press((await morning_of(office)).buttons, "morning:read")
    office.wait(hours=24)

    with pytest.raises(LostRace, match=r"button\.stale"):
        await office.morning.mark_read(actor(DUNG), button, office.cause())


async def test_once_the_day_is_over_nothing_tells_who_read(office: Office) -> None:
    await join(office, KIM)
    await approve(office)
    before = {name: rows_about(office, name, DUNG) for name in office.databases.tables("main")}
    await read(office, DUNG)
    await morning_of(office, KIM)
    office.wait(hours=24)
    await office.morning.forget_marks()

    assert office.sql("SELECT * FROM read_mark") == []
    assert office.sql("SELECT * FROM reading_day") == []
    office.wait(days=8)
    await office.purge.forget_expired()
    after = {name: rows_about(office, name, DUNG) for name in office.databases.tables("main")}
    assert {name for name in after if after[name] != before[name]} == {"person", "role_grant"}


def rows_about(office: Office, table: str, person: Person) -> list[str]:
    rows = [str(row) for row in office.sql(f"SELECT * FROM {table}")]
    return [row for row in rows if person.id in row]


async def test_a_mark_does_not_name_its_reader(office: Office) -> None:
    await approve(office)
    await read(office, DUNG)
    ((mark, _),) = office.sql("SELECT * FROM read_mark")

    assert mark not in {hashlib.sha256(text.encode()).hexdigest() for text in ("dung", ":dung")}
    assert [entry for entry in await office.record() if entry.event.actor_id == DUNG.id] == []


def test_few_readers_are_not_told_as_a_number(office: Office) -> None:
    morning = Morning(NOW.date(), (), readers=FEWEST_TOLD - 1)
    few = office.letterhead.morning_card(morning, "vi").markup
    many = office.letterhead.morning_card(Morning(NOW.date(), (), readers=FEWEST_TOLD), "vi").markup

    assert f"dưới {FEWEST_TOLD}" in few
    assert f"dưới {FEWEST_TOLD}" not in many


NAMES = count(1)
Step = Callable[[Office], Awaitable[object]]


async def write_one(office: Office) -> None:
    await write(office, text=f"Bản tin {next(NAMES)}.")


async def submit_one(office: Office) -> None:
    await submit(office, text=f"Bản tin {next(NAMES)}.")


async def approve_one(office: Office) -> None:
    await approve(office, text=f"Bản tin {next(NAMES)}.")


async def plan_one(office: Office) -> None:
    later = office.clock.moment + timedelta(minutes=90)
    await approve(office, text=f"Bản tin {next(NAMES)}.", send_at=later)


async def edit_the_newest(office: Office) -> None:
    text = f"Bản sửa {next(NAMES)}."
    await office.compose.change_draft(actor(AN), newest(office), office.cause(), text=text)


async def edit_and_submit_the_newest(office: Office) -> None:
    await edit_the_newest(office)
    await office.submit.submit_bulletin(actor(AN), newest(office), office.cause())


async def stop_the_newest(office: Office) -> None:
    await office.release.stop_bulletin(actor(AN), newest(office), office.cause())


async def withdraw_the_newest(office: Office) -> None:
    await office.withdraw.withdraw_bulletin(actor(BINH), newest(office), office.cause())


async def tamper_with_the_newest(office: Office) -> None:
    office.past_the_rules(
        "a_revision_never_changes",
        "UPDATE revision SET written = replace(written, 'Bản', 'Bẩn') WHERE bulletin_id = "
        f"'{newest(office)}'",
    )


async def go_round(office: Office) -> None:
    await office.go_round()


async def pass_an_hour(office: Office) -> None:
    office.wait(hours=1)


STEPS: list[Step] = [
    write_one,
    submit_one,
    approve_one,
    plan_one,
    edit_the_newest,
    edit_and_submit_the_newest,
    stop_the_newest,
    withdraw_the_newest,
    tamper_with_the_newest,
    go_round,
    pass_an_hour,
]


def newest(office: Office) -> str:
    ((bulletin_id,),) = office.sql("SELECT id FROM bulletin ORDER BY place DESC LIMIT 1")
    return str(bulletin_id)


def require_approved(office: Office, broadcast_id: str, markup: str) -> None:
    """Asked of the database alone, past every rule of ours."""
    ((written, text_hash, agreed, author, approver, state),) = office.sql(
        "SELECT r.written, r.hash, a.revision_hash, a.author_id, a.approver_id, b.state"
        " FROM broadcast bc JOIN revision r ON r.id = bc.revision_id"
        " JOIN approval a ON a.id = bc.approval_id JOIN bulletin b ON b.id = bc.bulletin_id"
        " WHERE bc.id = ?",
        broadcast_id,
    )
    assert hashlib.sha256(written.encode()).hexdigest() == text_hash == agreed
    assert markup in json.loads(written)["rendered"].values()
    assert author != approver
    assert state in {"approved", "sent"}


# One office for all examples: what earlier ones left behind must not be shown either.
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.sampled_from(STEPS), min_size=1, max_size=7))
async def test_nothing_is_ever_shown_that_was_not_approved(
    office: Office, steps: list[Step]
) -> None:
    await write_one(office)
    for step in steps:
        try:
            await step(office)
        except (Refusal, AlreadyProcessed):
            continue
    for line in (await morning_of(office)).lines:
        require_approved(office, line.broadcast.id, line.text.in_language("vi"))


async def test_the_property_sees_what_is_approved_at_all(office: Office) -> None:
    for step in (approve_one, submit_one, go_round):
        await step(office)
    (line,) = (await morning_of(office)).lines

    require_approved(office, line.broadcast.id, line.text.in_language("vi"))
