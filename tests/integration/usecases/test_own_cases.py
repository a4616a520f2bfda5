"""Em finds her own cases without their codes, and nothing is written down of it."""

import pytest

from domain.model.opinion import OpinionState
from domain.usecases import own_cases
from domain.usecases.own_cases import OwnCases
from storage.vault import own_handles
from tests.integration.storage.cast import EM, STRANGER
from tests.integration.usecases.office import Office
from tests.integration.usecases.statements import statements
from tests.integration.usecases.story import LAMP, answer, file_opinion, settle


def own(office: Office) -> OwnCases:
    return OwnCases(office.memory, office.vault, office.clock)


async def three_of_hers_among_others(office: Office) -> list[str]:
    """Em's codes, the last one first."""
    codes = []
    for number in range(3):
        await file_opinion(office, f"Việc khác {number}.", STRANGER)
        office.wait(minutes=1)
        codes.append((await file_opinion(office, f"Việc {number}.")).code)
    return codes[::-1]


async def everything(office: Office) -> list[object]:
    return [
        office.sql(f"SELECT * FROM {table}", which=which)
        for which in ("main", "vault")
        for table in sorted(office.databases.tables(which))
    ]


async def test_somebody_finds_their_own_cases_and_nobody_elses(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_handles, "PAGE", 2)
    codes = await three_of_hers_among_others(office)

    assert [one.opinion.code for one in await own(office).open_ones(EM)] == codes


async def test_the_search_goes_through_every_page(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = await three_of_hers_among_others(office)
    monkeypatch.setattr(own_handles, "_NEXT", own_handles._NEXT.limit(1))

    assert [one.opinion.code for one in await own(office).all_of(EM)] == codes


async def test_pages_go_from_the_newest_to_the_oldest_whatever_comes_meanwhile(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_cases, "PAGE", 2)
    codes = await three_of_hers_among_others(office)
    first = await own(office).page(EM)
    office.wait(minutes=1)
    await file_opinion(office, "Vừa mới xảy ra.")
    second = await own(office).page(EM, first.last)

    assert [one.opinion.code for one in (*first.cases, *second.cases)] == codes
    assert (first.count, first.last, second.count, second.last) == (3, codes[1], 4, "")


async def test_after_somebody_elses_code_the_first_page_is_shown(office: Office) -> None:
    codes = await three_of_hers_among_others(office)
    foreign = await file_opinion(office, "Việc của người khác.", STRANGER)

    page = await own(office).page(EM, foreign.code)
    assert [one.opinion.code for one in page.cases] == codes


async def test_looking_for_them_writes_nothing(office: Office) -> None:
    await three_of_hers_among_others(office)
    before = await everything(office)
    await own(office).open_ones(EM)
    await office.rights.view_kept(EM)

    assert await everything(office) == before


async def test_no_statement_names_two_cases_of_one_person(office: Office) -> None:
    """What a server may log says nothing of which cases belong together."""
    await three_of_hers_among_others(office)
    with statements(office) as said:
        await own(office).open_ones(EM)

    assert not [one for one in said if "handle" in one and " IN " in one.upper()]


async def test_a_case_that_is_over_is_not_among_them_and_is_still_kept(office: Office) -> None:
    await answer(office)
    await settle(office, "solved")

    assert await own(office).open_ones(EM) == ()
    (case,) = (await office.rights.view_kept(EM)).cases
    assert case.opinion.state is OpinionState.CLOSED


async def test_once_the_address_is_gone_nobody_can_find_it_for_them(office: Office) -> None:
    opinion = await file_opinion(office)
    assert opinion.handle is not None
    await office.vault.forget_address(opinion.handle)

    assert await own(office).all_of(EM) == ()


async def test_an_address_that_opens_no_more_does_not_end_the_search(office: Office) -> None:
    await file_opinion(office)
    broken = await file_opinion(office, "Hỏng.")
    office.sql("UPDATE address SET sealed = ? WHERE handle = ?", b"x", broken.handle, which="vault")

    assert [one.opinion.text for one in await own(office).all_of(EM)] == [LAMP]


async def test_the_word_on_an_answer_is_given_by_the_buttons_that_came_with_it(
    office: Office,
) -> None:
    opinion = await answer(office)
    rows = office.sql("SELECT count(*) FROM button")
    ways = await own(office).way_to_settle(opinion)

    assert {button.choice for button in ways} == {"solved", "not_solved"}
    assert office.sql("SELECT count(*) FROM button") == rows


async def test_a_case_that_was_solved_can_only_be_reopened(office: Office) -> None:
    await answer(office)
    closed = (await settle(office, "solved")).opinion

    assert {b.choice for b in await own(office).way_to_settle(closed)} == {"not_solved"}
