"""Each test begins as if everybody had just moved in, whatever the last one left behind."""

from dataclasses import replace

from tests.databases import Databases
from tests.engines import Engines
from tests.integration.storage.cast import WARD, FrozenClock


def test_what_a_test_made_is_gone_before_the_next(databases: Databases) -> None:
    databases.sql("CREATE TABLE left_behind (n integer)")
    databases.sql("INSERT INTO left_behind VALUES (1)")

    databases.refresh()

    assert "left_behind" not in databases.tables("main")


async def test_engines_that_outlive_a_test_bring_nothing_along(databases: Databases) -> None:
    engines = Engines.of(databases)
    before = engines.memory(FrozenClock())
    async with before.begin() as work:
        await work.units.add(replace(WARD, id="left", code="99999"))
        await work.commit()
    async with before.look() as seen:
        assert await seen.units.by_code("99999") is not None
    await before.close()

    databases.refresh()

    after = engines.memory(FrozenClock())
    async with after.begin() as work, after.look() as seen:
        assert await work.units.by_code("99999") is None
        assert await seen.units.by_code("99999") is None
    await after.close()
