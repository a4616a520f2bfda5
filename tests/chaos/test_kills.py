"""A few kills on each database: nothing is lost and nothing doubled, in or out."""

from pathlib import Path

import pytest

from tests.chaos.office import Place
from tests.chaos.rounds import WORKERS, run_shared
from tests.postgres import Cluster

pytestmark = pytest.mark.chaos

KILLS, SEED = 20, 1


async def made(database: str, folder: Path, request: pytest.FixtureRequest) -> list[Place]:
    """A place for each worker."""
    names = [folder / f"worker{number}" for number in range(WORKERS[database])]
    if database == "sqlite":
        return [Place.in_files(name) for name in names]
    cluster: Cluster = request.getfixturevalue("postgres")
    return [
        await Place.on_server(name, cluster, f"{folder.name}_{name.name}"[-50:]) for name in names
    ]


@pytest.mark.parametrize("database", list(WORKERS))
async def test_kills_at_every_step_lose_nothing_and_double_nothing(
    database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    verdict = await run_shared(await made(database, tmp_path, request), KILLS, SEED)

    assert verdict.kills == KILLS
    assert verdict.holds, verdict.line()
