"""What was heard is passed on whole; main learns who brought it only where they said so."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.errors import Forbidden, LostRace, Refusal
from domain.model.access import RESIDENT, Grant, Person, Role
from domain.model.bulletin import Field
from domain.model.heard import FEW_COULD, Bearing, Interest, Spread
from domain.model.opinion import Opinion, OpinionSource
from domain.model.resident import DraftStep, Resident
from domain.model.text import has_letters
from tests.integration.storage.cast import (
    CITY,
    GIANG,
    NOW,
    OTHER_WARD,
    QUARTER,
    STAFF_GROUP,
    WARD,
)
from tests.integration.usecases.communicators import (
    DUNG,
    KIM,
    OF_THE_WARD,
    PHUC,
    RUBBISH,
    TAM,
    address,
    agreed,
    chosen,
    join,
    pass_on,
    told,
    visit_by,
)
from tests.integration.usecases.office import Office, actor, message, pick, press, private
from tests.integration.usecases.story import MENDED, take, write_answer

NAMED, UNNAMED = Bearing.NAMED, Bearing.UNNAMED


async def stored(office: Office) -> Opinion:
    ((opinion_id,),) = office.sql("SELECT id FROM opinion")
    async with office.file.begin() as work:
        return await work.opinions.get(opinion_id)


async def viewed(office: Office, opinion: Opinion) -> str:
    """The case as Giang reads it."""
    await office.triage.open_case(actor(GIANG), opinion.id, office.cause())
    await office.send_all()
    return office.gateway.to(private(GIANG))[-1].markup


async def answered(office: Office, opinion: Opinion) -> None:
    """Giang answers, and the letter has gone."""
    button = await write_answer(office, await take(office, opinion))
    await office.answer.send_answer(actor(GIANG), button, office.cause())
    await office.send_all()


@pytest.mark.parametrize("bearing", Bearing)
async def test_the_words_reach_the_queue_as_they_were_typed(
    office: Office, bearing: Bearing
) -> None:
    await join(office, DUNG)
    await pass_on(office, DUNG, bearing, text="Rác <3 ngày> & hôi!")
    opinion = await stored(office)

    assert (opinion.text, opinion.source) == ("Rác <3 ngày> & hôi!", OpinionSource.HEARD)
    said = (opinion.field, opinion.spread, opinion.interest)
    assert said == (Field.ENVIRONMENT, Spread.MANY, Interest.HIGH)


async def test_with_a_name_the_case_says_who_brought_it(office: Office) -> None:
    await join(office, DUNG)
    opinion = await pass_on(office, DUNG, NAMED)

    assert DUNG.name in await viewed(office, opinion)
    assert opinion.unit_id == QUARTER.id
    (filed, _) = [entry.event for entry in await office.record()]
    assert (filed.actor_id, filed.action) == (DUNG.id, "opinion:hear")


async def test_without_a_name_the_case_says_that_they_asked_for_it(office: Office) -> None:
    await join(office, DUNG)
    view = await viewed(office, await pass_on(office, DUNG, UNNAMED))

    assert office.words("triage.bearer_unnamed") in view
    assert DUNG.name not in view


async def test_without_a_name_it_is_filed_at_the_commune_and_nobody_is_on_record(
    office: Office,
) -> None:
    await join(office, DUNG)
    opinion = await pass_on(office, DUNG, UNNAMED)

    assert (opinion.unit_id, opinion.bearer_id) == (WARD.id, None)
    assert {entry.event.actor_id for entry in await office.record()} == {RESIDENT.id}


async def test_without_a_name_no_place_is_asked_for(office: Office) -> None:
    await join(office, TAM)
    await told(office, TAM, UNNAMED)

    assert office.sql("SELECT * FROM button WHERE action LIKE 'intake:unit%'") == []


async def test_what_is_heard_all_over_the_city_is_filed_at_the_city(office: Office) -> None:
    both = (Grant(Role.COMMUNICATOR, QUARTER.id), Grant(Role.SPEAKER, OTHER_WARD.id))
    everywhere = replace(DUNG, grants=both)
    await join(office, everywhere)

    assert (await pass_on(office, everywhere, UNNAMED)).unit_id == CITY.id


@pytest.mark.parametrize("bearing", Bearing)
async def test_the_answer_comes_back_to_whoever_brought_it(
    office: Office, bearing: Bearing
) -> None:
    await join(office, DUNG)
    opinion = await pass_on(office, DUNG, bearing)
    await answered(office, opinion)
    receipt, letter = office.gateway.to(private(DUNG))

    assert opinion.code in receipt.markup
    assert MENDED in letter.markup


def rows_about(office: Office, person: Person) -> set[str]:
    """Every row of main in which their id or account stands."""
    account = (person.account or "").partition(":")[2]
    return {
        f"{table}: {row}"
        for table in office.databases.tables("main")
        for row in map(str, office.sql(f"SELECT * FROM {table}"))
        if f"'{person.id}'" in row or f":{person.id}'" in row or account in row
    }


async def test_without_a_name_no_row_of_main_is_about_them(office: Office) -> None:
    await join(office, DUNG)
    before = rows_about(office, DUNG)
    await answered(office, await pass_on(office, DUNG, UNNAMED))

    assert rows_about(office, DUNG) == before


async def test_with_a_name_rows_are(office: Office) -> None:
    await join(office, DUNG)
    before = rows_about(office, DUNG)
    await pass_on(office, DUNG, NAMED)

    assert {row.partition(":")[0] for row in rows_about(office, DUNG) - before} == {
        "opinion",
        "audit",
    }


def everything(office: Office) -> dict[str, list[str]]:
    """All that main holds."""
    return {
        table: sorted(map(str, office.sql(f"SELECT * FROM {table}")))
        for table in office.databases.tables("main")
    }


async def all_agreed(office: Office) -> None:
    """Everybody of the ward works here and has agreed to the notice."""
    if not office.sql("SELECT * FROM person WHERE id = ?", DUNG.id):
        await join(office, *OF_THE_WARD)
    for person in OF_THE_WARD:
        await office.vault.save_resident(address(person), Resident().consenting(NOW))


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=60)
SAIDS = st.tuples(st.sampled_from(Field), st.sampled_from(Spread), st.sampled_from(Interest))


# Two offices for all examples, which begin alike and must never come to differ.
@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    pair=st.permutations(OF_THE_WARD),
    text=TEXTS.filter(has_letters),
    said=SAIDS,
    reads=st.booleans(),
)
async def test_without_a_name_main_is_the_same_whoever_brought_it(
    office: Office,
    other_office: Office,
    pair: list[Person],
    text: str,
    said: tuple[Field, Spread, Interest],
    reads: bool,
) -> None:
    for place, person in ((office, pair[0]), (other_office, pair[1])):
        await all_agreed(place)
        opinion = await pass_on(place, person, UNNAMED, text, said)
        if reads:
            await answered(place, opinion)

    assert everything(office) == everything(other_office)


async def test_that_property_sees_a_name(office: Office, other_office: Office) -> None:
    for place, person in ((office, DUNG), (other_office, KIM)):
        await all_agreed(place)
        await pass_on(place, person, NAMED)

    assert everything(office) != everything(other_office)


async def test_that_property_sees_choices_that_differ(office: Office, other_office: Office) -> None:
    for place, person in ((office, DUNG), (other_office, PHUC)):
        await all_agreed(place)
        await told(place, person, NAMED)

    assert everything(office) != everything(other_office)


async def test_an_unfinished_one_is_nobodys_in_main(office: Office, other_office: Office) -> None:
    for place, person in ((office, DUNG), (other_office, TAM)):
        await all_agreed(place)
        await told(place, person, UNNAMED)

    assert everything(office) == everything(other_office)


async def test_where_few_could_have_brought_it_they_are_told_beforehand(office: Office) -> None:
    await join(office, DUNG)
    alone = await told(office, DUNG, UNNAMED)
    crowd = [replace(KIM, id=f"k{n}", account=f"telegram:{900 + n}") for n in range(FEW_COULD)]
    await join(office, *crowd)
    words = message("Và hôi.")
    among_many = await office.receive.begin_opinion(await visit_by(office, DUNG), words=words)

    assert (alone.by_few, among_many.by_few) == (True, False)


async def test_numbers_are_masked_for_staff(office: Office) -> None:
    await join(office, DUNG)
    opinion = await pass_on(office, DUNG, NAMED, text="Gọi ông Sáu 0903123456.")

    assert "0903123456" not in await viewed(office, opinion)
    assert (await stored(office)).text == "Gọi ông Sáu 0903123456."
    assert RUBBISH not in office.gateway.to(STAFF_GROUP.address.chat)[-1].markup


async def test_the_name_is_erased_with_the_words(office: Office) -> None:
    await join(office, DUNG)
    opinion = await pass_on(office, DUNG, NAMED)
    await office.follow.erase_case(opinion.code, office.cause())

    assert office.sql("SELECT text, bearer_id FROM opinion") == [("", None)]


async def test_notice_and_consent_come_first(office: Office) -> None:
    await join(office, DUNG)
    intake = await office.hear.begin(await visit_by(office, DUNG), message(RUBBISH))

    assert intake.draft is not None
    assert intake.draft.step is DraftStep.CONSENT
    assert pick(intake.buttons, "heard:bearing") is None


async def test_words_that_came_along_are_kept(office: Office) -> None:
    await all_agreed(office)
    intake = await office.hear.begin(await visit_by(office, DUNG), message(RUBBISH))
    intake = await chosen(office, DUNG, intake, "heard:bearing", NAMED)

    assert intake.draft is not None
    assert (intake.draft.step, intake.draft.text) == (DraftStep.FIELD, RUBBISH)


async def test_ones_own_words_do_not_become_what_others_said(office: Office) -> None:
    await all_agreed(office)
    await office.receive.begin_opinion(await visit_by(office, DUNG), words=message("Của tôi."))

    with pytest.raises(Refusal, match=r"heard\.own_words_first"):
        await office.hear.begin(await visit_by(office, DUNG))


async def test_whoever_is_no_communicator_is_refused(office: Office) -> None:
    with pytest.raises(Forbidden):
        await office.hear.begin(await office.visit())


async def test_a_term_that_ends_meanwhile_ends_it(office: Office) -> None:
    await join(office, DUNG)
    intake = await told(office, DUNG, UNNAMED)
    button = press(intake.buttons, "heard:file")
    left = replace(DUNG, grants=())

    with pytest.raises(Forbidden):
        await office.hear.file(await visit_by(office, left), actor(left), button)


async def test_a_place_that_is_theirs_no_longer_is_refused(office: Office) -> None:
    await join(office, DUNG)
    intake = await told(office, DUNG, NAMED)
    button = press(intake.buttons, "heard:file")
    moved = replace(DUNG, grants=(Grant(Role.COMMUNICATOR, OTHER_WARD.id),))

    with pytest.raises(Forbidden):
        await office.hear.file(await visit_by(office, moved), actor(moved), button)


async def test_what_was_to_be_unnamed_cannot_be_sent_by_the_button_for_a_name(
    office: Office,
) -> None:
    await join(office, DUNG)
    intake = await told(office, DUNG, UNNAMED)
    button = replace(press(intake.buttons, "heard:file"), choice=NAMED)

    with pytest.raises(LostRace, match=r"button\.stale"):
        await office.hear.file(await visit_by(office, DUNG), actor(DUNG), button)


async def test_a_name_is_asked_for_before_anything_is_written(office: Office) -> None:
    await join(office, DUNG)
    intake = await agreed(office, DUNG)

    assert intake.draft is not None
    assert intake.draft.step is DraftStep.BEARING
