"""A roster is kept as a whole or not at all, and the second time there is nothing to do."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from domain.errors import Forbidden
from domain.model.access import OPERATOR, Grant, Role
from domain.model.roster import Book, Language, Line, NewUnit, Plan, Seat, TeamRole
from domain.model.unit import Unit, UnitKind
from domain.ports import Memory
from domain.usecases.export_roster import ExportRoster
from domain.usecases.import_roster import ImportRoster
from tests.integration.storage.cast import AN, HANH, QUARTER, WARD
from tests.integration.usecases.crashing import Crash, CrashingMemory
from tests.integration.usecases.office import Office, actor

START, END = date(2026, 7, 1), date(2031, 6, 30)
DUNG = Line(
    2,
    "kv",
    name="Dung",
    roles=(Role.COMMUNICATOR, Role.SPEAKER),
    valid_from=START,
    languages=(Language.VIETNAMESE, Language.KHMER),
)
NEW_QUARTER = Line(3, "kv2", "Khu vực 2", UnitKind.QUARTER, "nk", "Lan", roles=(Role.COMMUNICATOR,))
BELOW = replace(NEW_QUARTER, row=4, unit_code="kv2.1", parent_code="kv2")
ROSTER = (DUNG, BELOW, NEW_QUARTER)


def unheard(_: int, __: int) -> None:
    """Nobody watches."""


def rosters(office: Office, memory: Memory | None = None) -> ImportRoster:
    def found(new: NewUnit, above: Unit) -> Unit:
        return Unit(office.ids.new(), new.code, new.name, new.kind, above.id, above.issuing_body)

    return ImportRoster(memory or office.memory, office.clock, office.ids, found)


async def take_over(office: Office, lines: Sequence[Line] = ROSTER) -> Plan:
    return await rosters(office).import_roster(OPERATOR, lines, "hash", unheard)


async def import_a_roster(office: Office) -> None:
    await take_over(office)


async def book(office: Office) -> Book:
    async with office.memory.begin() as work:
        return await work.roster.book()


async def test_units_and_people_are_there_as_the_file_says(office: Office) -> None:
    await take_over(office)
    kept = await book(office)
    codes = {unit.id: unit.code for unit in kept.units}
    (dung,) = [one for one in kept.members if one.name == "Dung"]

    assert dung.languages == DUNG.languages
    assert set(dung.grants) == {Grant(role, QUARTER.id, START) for role in DUNG.roles}
    lans = [codes[g.unit_id] for one in kept.members if one.name == "Lan" for g in one.grants]
    assert sorted(lans) == ["kv2", "kv2.1"]


async def test_a_new_unit_stands_below_the_one_above_it(office: Office) -> None:
    await take_over(office)
    async with office.memory.begin() as work:
        below = [unit.code for unit in await work.units.subtree(WARD.id)]

    assert {"kv2", "kv2.1"} < set(below)


async def test_importing_again_writes_nothing(office: Office) -> None:
    await take_over(office)
    kept, entries = await book(office), await office.record()
    again = await take_over(office)

    assert (again.changes_nothing, again.same) == (True, 3)
    assert (await book(office), await office.record()) == (kept, entries)


async def test_a_look_is_the_same_plan_and_writes_nothing(office: Office) -> None:
    before, entries = await book(office), await office.record()
    seen = await rosters(office).look(OPERATOR, ROSTER)

    assert (await book(office), await office.record()) == (before, entries)
    assert await take_over(office) == seen


async def test_new_dates_and_languages_change_the_term_and_add_none(office: Office) -> None:
    await take_over(office)
    later = replace(DUNG, valid_until=END, languages=(Language.KHMER,))
    made = await take_over(office, [later, BELOW, NEW_QUARTER])
    (dung,) = [one for one in (await book(office)).members if one.name == "Dung"]

    assert (len(made.changes), made.same) == (1, 2)
    assert set(dung.grants) == {Grant(role, QUARTER.id, START, END) for role in DUNG.roles}
    assert dung.languages == (Language.KHMER,)


async def test_a_single_flaw_keeps_everything_out(office: Office) -> None:
    before, entries = await book(office), await office.record()
    made = await take_over(office, [*ROSTER, Line(5, "gone", name="X", roles=(Role.SPEAKER,))])

    assert [flaw.row for flaw in made.flaws] == [5]
    assert (await book(office), await office.record()) == (before, entries)


async def test_a_crash_before_the_commit_keeps_everything_out(office: Office) -> None:
    before, entries = await book(office), await office.record()
    crashing = rosters(office, CrashingMemory(office.memory, after=False))
    with pytest.raises(Crash):
        await crashing.import_roster(OPERATOR, ROSTER, "hash", unheard)

    assert (await book(office), await office.record()) == (before, entries)


async def test_after_a_crash_past_the_commit_there_is_nothing_left_to_do(office: Office) -> None:
    crashing = rosters(office, CrashingMemory(office.memory, after=True))
    with pytest.raises(Crash):
        await crashing.import_roster(OPERATOR, ROSTER, "hash", unheard)

    assert (await take_over(office)).changes_nothing


async def test_the_record_says_which_file_and_how_many_and_names_nobody(office: Office) -> None:
    await take_over(office)
    event = (await office.record())[-1].event

    assert (event.subject, event.detail) == ("hash", "units=2 described=0 new=3 changed=0")


async def test_whoever_is_in_the_bot_keeps_their_rights(office: Office) -> None:
    line = Line(2, WARD.code, name="an", roles=(Role.COMMUNICATOR,))
    await take_over(office, [line])
    async with office.memory.begin() as work:
        an = await work.people.get(AN.id)

    assert set(an.grants) == {*AN.grants, Grant(Role.COMMUNICATOR, WARD.id)}


async def test_only_the_operator_imports(office: Office) -> None:
    with pytest.raises(Forbidden):
        await rosters(office).import_roster(actor(HANH), ROSTER, "hash", unheard)
    with pytest.raises(Forbidden):
        await rosters(office).look(actor(HANH), ROSTER)


async def test_what_is_exported_is_all_there_and_taking_it_back_writes_nothing(
    office: Office,
) -> None:
    await take_over(office)
    lines = await ExportRoster(office.memory, office.clock).export_roster(OPERATOR)
    kept = await book(office)

    assert (await take_over(office, lines)).changes_nothing
    assert await book(office) == kept
    assert {AN.name, "Dung", "Lan"} < {line.name for line in lines}


async def test_a_role_in_a_unit_that_the_file_founds_comes_to_whoever_is_there(
    office: Office,
) -> None:
    line = replace(NEW_QUARTER, name="An", person_code=AN.id)
    await take_over(office, [line])
    an = next(one for one in (await book(office)).members if one.id == AN.id)
    async with office.memory.begin() as work:
        founded = await work.units.by_code("kv2")

    assert founded is not None
    assert set(an.grants) == {*AN.grants, Grant(Role.COMMUNICATOR, founded.id)}


async def test_only_the_operator_exports(office: Office) -> None:
    with pytest.raises(Forbidden):
        await ExportRoster(office.memory, office.clock).export_roster(actor(HANH))


async def test_a_team_and_its_leader_are_kept_and_leading_is_passed_on(office: Office) -> None:
    dung = replace(DUNG, team="Tổ 1", team_role=TeamRole.LEADER, decision="12/QĐ", decided_on=START)
    lan = replace(dung, row=3, name="Lan", team_role=TeamRole.MEMBER)
    await take_over(office, [dung, lan])
    swapped = [replace(lan, team_role=dung.team_role), replace(dung, team_role=lan.team_role)]
    made = await take_over(office, swapped)
    kept = {one.name: one for one in (await book(office)).members}

    assert len(made.changes) == 2
    assert kept["Lan"].seats == (Seat(QUARTER.id, "Tổ 1", TeamRole.LEADER),)
    assert kept["Dung"].seats == (Seat(QUARTER.id, "Tổ 1", TeamRole.MEMBER),)
    assert {(g.decision, g.decided_on) for g in kept["Dung"].grants} == {("12/QĐ", START)}
    assert (await take_over(office, swapped)).changes_nothing
