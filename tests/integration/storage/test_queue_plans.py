"""How the databases go about a list of cases: along which index, and what is put in order."""

from typing import Any

import pytest
from sqlalchemy import text

from domain.model.opinion import OPEN_CASES, OpinionState
from domain.model.queue import QueueView, Whose
from storage.engine import connection_of
from storage.queue_pages import OPINION, Reach, Shape, _ways, page_of
from storage.unit_of_work import SqlMemory, SqlWork
from tests.databases import only_files, only_servers
from tests.integration.storage.cast import CITY, GIANG, NOW

CITYWIDE = Shape(
    on_postgres=False,
    reach=Reach(is_everywhere=False, is_merged=False),
    states=(),
    by_field=False,
    whose=Whose.ANYBODY,
    is_overdue=False,
    is_urgent=False,
    by_label=False,
    is_due_first=False,
    goes_on=False,
    most=9,
    places=1,
)


DUE = CITYWIDE._replace(states=QueueView().states, is_due_first=True)
ONE_STATE = DUE._replace(states=(OpinionState.FORWARDED,))
BY_UNITS = Reach(is_everywhere=False, is_merged=True)
CLOSED = CITYWIDE._replace(states=(OpinionState.CLOSED,), by_field=True)
ASKED_BESIDES: list[dict[str, Any]] = [
    {},
    {"by_field": True},
    {"whose": Whose.NOBODY},
    {"is_overdue": True},
    {"is_urgent": True},
    {"goes_on": True},
]
OF_WHAT_IS_OPEN = [
    (shape._replace(**more), index)
    for shape, index in (
        (DUE._replace(reach=BY_UNITS), "ix_opinion_open"),
        (ONE_STATE._replace(reach=BY_UNITS), "ix_opinion_open"),
        (DUE, "ix_opinion_open_anywhere"),
        (ONE_STATE, "ix_opinion_open_anywhere"),
        (DUE._replace(whose=Whose.MINE), "ix_opinion_open_of_owner"),
        (ONE_STATE._replace(whose=Whose.MINE), "ix_opinion_open_of_owner"),
    )
    for more in ASKED_BESIDES
    if not (shape.whose is Whose.MINE and "whose" in more)
]
OF_A_FIELD = [
    CLOSED._replace(reach=BY_UNITS),
    CITYWIDE._replace(by_field=True, reach=BY_UNITS),
    CLOSED._replace(reach=BY_UNITS, goes_on=True),
]


@only_files
@pytest.mark.parametrize("shape", [CITYWIDE, CLOSED, ONE_STATE, DUE._replace(whose=Whose.MINE)])
async def test_a_list_of_a_whole_city_puts_no_cases_in_order(work: SqlWork, shape: Shape) -> None:
    plan = await plan_of(work, shape)

    assert not [step for step in plan if "ORDER BY" in step], plan


@only_files
@pytest.mark.parametrize(("shape", "index"), OF_WHAT_IS_OPEN)
async def test_a_list_of_what_is_open_goes_along_an_index_of_that(
    work: SqlWork, shape: Shape, index: str
) -> None:
    """Within each unit or state nothing is put in order, and of others' no case is read."""
    plan = await plan_of(work, shape)
    along = [step for step in plan if index in step.split()]
    inside = plan[plan.index(along[0]) :] if along else []

    assert len(along) == 1, plan
    # Where one index holds all of a list in order, a case is read as it is shown.
    assert _ways(shape) or not [step for step in plan if "ORDER BY" in step], plan
    assert not _ways(shape) or "COVERING" in along[0], plan
    assert len([step for step in plan if "ORDER BY" in step]) <= 2, plan
    assert not [step for step in inside[1:] if "RIGHT PART OF ORDER BY" in step], plan


@only_files
@pytest.mark.parametrize("shape", OF_A_FIELD)
async def test_a_list_of_a_field_is_found_without_reading_a_case(
    work: SqlWork, shape: Shape
) -> None:
    plan = await plan_of(work, shape)

    assert [step for step in plan if "COVERING INDEX ix_opinion_of_unit_and_field" in step], plan


@only_servers
@pytest.mark.parametrize("shape", [shape for shape, _ in OF_WHAT_IS_OPEN])
async def test_a_server_finds_what_is_open_in_an_index_of_that_too(
    work: SqlWork, shape: Shape
) -> None:
    """In which of them is for it to choose, by how many there are."""
    await allow_no_detour(work)
    plan = await plan_of(work, shape)

    assert [step for step in plan if "using ix_opinion_open" in step], plan


OF_ONES_OWN = [
    CITYWIDE._replace(whose=Whose.MINE, states=states, **more)
    for states in ((), (OpinionState.CLOSED,))
    for more in ASKED_BESIDES
    if "whose" not in more
]


@only_files
@pytest.mark.parametrize("shape", OF_ONES_OWN)
async def test_ones_own_cases_are_gone_along_in_order(work: SqlWork, shape: Shape) -> None:
    plan = await plan_of(work, shape)

    assert "INDEX ix_opinion_of_owner" in plan[0], plan
    assert not [step for step in plan if "ORDER BY" in step], plan


@only_servers
@pytest.mark.parametrize("shape", OF_ONES_OWN)
async def test_a_server_goes_along_ones_own_cases_too(work: SqlWork, shape: Shape) -> None:
    await allow_no_detour(work)
    plan = await plan_of(work, shape)

    assert [step for step in plan if "using ix_opinion_of_owner" in step], plan
    assert not [step for step in plan if "Sort" in step], plan


def test_the_indexes_of_what_is_open_name_all_open_states() -> None:
    written = ", ".join(f"'{state}'" for state in sorted(OPEN_CASES))
    named = {
        f"{index.name} {kind}": str(index.dialect_options[kind]["where"])
        for index in OPINION.indexes
        for kind in ("sqlite", "postgresql")
        if str(index.name).startswith("ix_opinion_open")
    }

    assert len(named) == 6
    assert not [name for name, which in named.items() if f"state IN ({written})" not in which]


OF_A_LABEL = [
    CITYWIDE._replace(by_label=True, is_due_first=bool(states), states=states, **more)
    for states in ((), tuple(sorted(OPEN_CASES)))
    for more in (
        {},
        {"goes_on": True},
        {"by_field": True},
        {"whose": Whose.MINE},
        {"whose": Whose.NOBODY, "is_overdue": True, "is_urgent": True},
    )
]


@only_files
@pytest.mark.parametrize("shape", OF_A_LABEL)
async def test_a_list_of_a_label_goes_along_its_own_index(work: SqlWork, shape: Shape) -> None:
    plan = await plan_of(work, shape)

    assert plan[0].startswith("SEARCH case_label USING"), plan
    assert not [step for step in plan if "ORDER BY" in step or "SCAN" in step], plan


@only_servers
@pytest.mark.parametrize("shape", OF_A_LABEL)
async def test_a_server_has_them_in_order_too(work: SqlWork, shape: Shape) -> None:
    """Where putting them in order costs too much, there is a way without."""
    await allow_no_detour(work)
    plan = await plan_of(work, shape)

    assert [step for step in plan if "on case_label" in step and "Index" in step], plan
    assert not [step for step in plan if "Sort" in step or "Seq Scan on case_label" in step], plan


@only_servers
async def test_a_look_is_planned_once_and_not_each_time(memory: SqlMemory) -> None:
    """Planning a search takes longer than to search; whoever writes is planned for as ever."""
    asked = text("SHOW plan_cache_mode")
    async with memory.look() as looking, memory.begin() as writing:
        assert isinstance(looking, SqlWork)
        assert isinstance(writing, SqlWork)
        modes = [
            (await connection_of(work._session).execute(asked)).scalar()
            for work in (looking, writing)
        ]
    assert modes == ["force_generic_plan", "auto"]


async def allow_no_detour(work: SqlWork) -> None:
    """A server takes one over a table with next to nothing in it."""
    for costly in ("seqscan", "bitmapscan", "sort", "incremental_sort"):
        await connection_of(work._session).execute(text(f"SET LOCAL enable_{costly} = off"))


async def plan_of(work: SqlWork, shape: Shape) -> list[str]:
    """How the database at hand would go about it, step by step."""
    bind = work._session.get_bind()
    asked = {"place0": CITY.id, "label": "l0", "now": NOW, "due": NOW, "seq": 1}
    asked |= {"field": "khac", "me": GIANG.id}
    page = page_of(shape._replace(on_postgres=bind.dialect.name == "postgresql"))
    page = page.params({name: asked[name] for name in page.compile().params if name in asked})
    written = page.compile(dialect=bind.dialect, compile_kwargs={"literal_binds": True})
    on_postgres = bind.dialect.name == "postgresql"
    explain = text(f"EXPLAIN {'' if on_postgres else 'QUERY PLAN '}{written}")
    found = await connection_of(work._session).execute(explain)
    return [row[0] if on_postgres else row.detail for row in found]
