"""Figures are what counting the cases gives, whatever has become of them."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, text

from domain.model.bulletin import Field
from domain.model.opinion import ALLOWED_MOVES, Opinion, OpinionState
from domain.model.queue import UnitFigures
from domain.ports import Work
from storage.engine import connection_of
from storage.opinion_figures import _OF_UNITS, count_all, kept, month_of
from storage.unit_of_work import SqlWork
from tests.databases import only_files, only_servers
from tests.integration.storage.cast import CITY, NOW, OPINION, OTHER_WARD, QUARTER, WARD

PLACES = (CITY.id, WARD.id, QUARTER.id, OTHER_WARD.id)
FIELDS = (None, Field.DISASTERS, Field.OTHER)
ACTS = ("file", "move", "hand_on", "name_field", "erase")
STEPS = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 10_000)), max_size=25)


class Story:
    """A random series of moves (chuỗi thao tác ngẫu nhiên)."""

    def __init__(self, work: Work, name: int) -> None:
        self.work, self.name = work, name
        self.cases: list[Opinion] = []

    async def run(self, act: str, chance: int) -> None:
        if act == "file" or not self.cases:
            await self.file(chance)
            return
        at = chance % len(self.cases)
        was = self.cases[at]
        now = (await self._erased(was)) if act == "erase" else self._changed(was, act, chance)
        if act != "erase":
            await self.work.opinions.save(now, was)
        self.cases[at] = now

    async def file(self, chance: int) -> None:
        name = f"{self.name}.{len(self.cases)}"
        case = replace(
            OPINION,
            id=name,
            code=f"HC-{name}",
            number=f"YK-{name}",
            handle=f"h{name}",
            unit_id=PLACES[chance % len(PLACES)],
            field=FIELDS[chance % len(FIELDS)],
            # Around midnight at the end of a month, there and here.
            filed_at=NOW + timedelta(days=10, hours=chance % 48),
        )
        await self.work.opinions.add(case)
        self.cases.append(case)

    def _changed(self, was: Opinion, act: str, chance: int) -> Opinion:
        moved_on = replace(was, version=was.version + 1)
        match act:
            case "hand_on":
                return replace(moved_on, unit_id=PLACES[chance % len(PLACES)])
            case "name_field":
                return replace(moved_on, field=FIELDS[chance % len(FIELDS)])
            case _:
                # What is joined to another case needs that case, of the same unit.
                ways = sorted(ALLOWED_MOVES[was.state] - {OpinionState.DUPLICATE_OF})
                return was.moved_to(ways[chance % len(ways)], NOW, NOW) if ways else moved_on

    async def _erased(self, was: Opinion) -> Opinion:
        await self.work.opinions.erase(was, NOW)
        return await self.work.opinions.get(was.id)


async def counted_and_kept(work: SqlWork) -> bool:
    connection = connection_of(work._session)
    return await connection.run_sync(count_all) == await connection.run_sync(kept)


def test_the_month_is_that_of_the_place() -> None:
    assert month_of(NOW.replace(day=30, hour=16, minute=59)) == "2026-11"
    assert month_of(NOW.replace(day=30, hour=17)) == "2026-12"


async def test_after_any_series_of_moves_the_figures_are_what_counting_gives(
    work: SqlWork,
) -> None:
    loop, number = asyncio.get_running_loop(), iter(range(10_000))

    async def one(steps: list[tuple[str, int]]) -> None:
        story = Story(work, next(number))
        for act, chance in steps:
            await story.run(act, chance)
        assert await counted_and_kept(work)

    def check(steps: list[tuple[str, int]]) -> None:
        asyncio.run_coroutine_threadsafe(one(steps), loop).result(60)

    quick = settings(
        max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    tried: Callable[[], None] = quick(given(STEPS)(check))
    await asyncio.to_thread(tried)


async def test_a_year_of_a_unit_holds_all_below_it(work: SqlWork) -> None:
    story = Story(work, 0)
    for chance in range(24):
        await story.file(chance)
    found = await work.queue.figures([WARD.id, CITY.id, "nowhere"], ("2026-01", "2026-12"))
    of = {one.unit_id: one for one in found}
    ward, city = of[WARD.id], of[CITY.id]

    below = [case for case in story.cases if case.unit_id in (WARD.id, QUARTER.id)]
    assert (len(found), ward.total) == (2, len(below))
    assert cells(ward) == Counter((month_of(case.filed_at), case.field or "") for case in below)
    assert cells(city) == Counter(
        (month_of(case.filed_at), case.field or "") for case in story.cases
    )


async def test_only_the_months_that_are_asked_for_are_counted(work: SqlWork) -> None:
    story = Story(work, 0)
    for chance in range(48):
        await story.file(chance)
    (there,) = await work.queue.figures([CITY.id], ("2026-12", "2026-12"))

    late = [case for case in story.cases if month_of(case.filed_at) == "2026-12"]
    assert 0 < there.total == len(late) < len(story.cases)
    assert there.by_month == {"2026-12": len(late)}
    assert there.by_field == Counter(case.field or "" for case in late)
    assert await work.queue.figures([CITY.id], ("2027-01", "2027-12")) == ()


def cells(found: UnitFigures) -> dict[tuple[str, str], int]:
    return {
        (month, field): count
        for month, counts in found.cases.items()
        for field, count in zip(found.fields, counts, strict=True)
        if count
    }


async def test_a_case_that_only_changes_its_state_changes_no_figure(work: SqlWork) -> None:
    story = Story(work, 0)
    await story.file(0)
    said: list[str] = []
    engine = connection_of(work._session).sync_connection

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    await story.run("move", 0)
    of_state = [statement for statement in said if "opinion_figure" in statement]
    await story.run("hand_on", 1)
    of_unit = [statement for statement in said if "opinion_figure" in statement]

    assert story.cases[0].state is not OPINION.state
    assert (of_state, len(of_unit)) == ([], 1)


@only_files
async def test_a_year_is_read_in_one_place(work: SqlWork) -> None:
    """The table is its key, so that beside the key there is no row to read."""
    assert await plan_of_a_year(work, "EXPLAIN QUERY PLAN") == [
        "SEARCH opinion_figure USING PRIMARY KEY (unit_id=? AND month>? AND month<?)"
    ]


@only_servers
async def test_a_server_reads_no_other_month_either(work: SqlWork) -> None:
    for detour in ("seqscan", "bitmapscan"):
        # It takes one over a table with next to nothing in it.
        await connection_of(work._session).execute(text(f"SET LOCAL enable_{detour} = off"))
    plan = await plan_of_a_year(work, "EXPLAIN")

    at = next(n for n, step in enumerate(plan) if "Index Scan using pk_opinion_figure" in step)
    assert "Index Cond: " in plan[at + 1], plan
    assert "month" in plan[at + 1], plan


async def plan_of_a_year(work: SqlWork, explain: str) -> list[str]:
    connection = connection_of(work._session)
    asked = {"units": [CITY.id, WARD.id], "first": "2026-01", "last": "2026-12"}
    year = _OF_UNITS[connection.dialect.name].params(asked)
    written = year.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
    return [step[-1] for step in await connection.execute(text(f"{explain} {written}"))]
