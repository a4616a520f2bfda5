"""A database that goes away in the middle of the work: nothing acknowledged is missing."""

import asyncio
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chaos.office import Place
from tests.chaos.rounds import comes_true, opened
from tests.postgres import Cluster, find_programs

pytestmark = pytest.mark.chaos

SEED = 1
AWAY = 3.0
SMALL = "24m"


@pytest.fixture
def frail() -> Iterator[Cluster]:
    """A server that really writes what it commits, for one test."""
    programs = find_programs()
    if programs is None:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is missing, and in CI no test of it may be skipped")
        pytest.skip("PostgreSQL is missing; install it with: sudo apt-get install postgresql")
    cluster = Cluster.make(programs, fsync="on", synchronous_commit="on", full_page_writes="on")
    cluster.start()
    yield cluster
    cluster.stop()
    cluster.remove()


async def test_a_server_that_is_stopped_in_mid_broadcast_costs_nothing(
    tmp_path: Path, frail: Cluster
) -> None:
    place = await Place.on_server(tmp_path, frail, "lost")
    async with opened(place, SEED) as chaos:
        await chaos.scene.trouble(SEED, times=0)
        await chaos.people.greet()
        life = await chaos.post.start()
        await chaos.office.keep_in_line(300)
        assert await comes_true(chaos.is_sending, 30)
        async with chaos.people.busy():
            for _ in range(2):
                await asyncio.to_thread(frail.stop, "immediate")
                await asyncio.sleep(AWAY)
                await asyncio.to_thread(frail.start)
                chaos.under_way += await chaos.under_way_now()
                assert await comes_true(chaos.is_sending, 30), "it does not recover by itself"
        await chaos.end(life)
        await chaos.come_to_rest()
        verdict = await chaos.verdict(SEED)

    assert verdict.holds, verdict.line()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own for the data."""
    place = tmp_path / "data"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", str(place)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("a small disk needs the right to mount one: run this test as root")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


async def test_a_full_disk_costs_nothing(tmp_path: Path, small_disk: Path) -> None:
    async with opened(Place.in_files(tmp_path), SEED) as chaos:
        await chaos.scene.trouble(SEED, times=0)
        await chaos.people.greet()
        life = await chaos.post.start()
        await chaos.office.keep_in_line(300)
        assert await comes_true(chaos.is_sending, 30)
        async with chaos.people.busy():
            with (small_disk / "ballast").open("wb", buffering=0) as ballast:
                fill(ballast.fileno())
            await asyncio.sleep(AWAY)
            (small_disk / "ballast").unlink()
            assert await comes_true(chaos.is_sending, 30), "it does not recover by itself"
        await chaos.end(life)
        await chaos.come_to_rest()
        verdict = await chaos.verdict(SEED)

    assert verdict.holds, verdict.line()


def fill(file: int) -> None:
    """Until not a byte more fits."""
    for size in (1 << 16, 1 << 12):
        try:
            while os.write(file, b"x" * size):
                pass
        except OSError:
            continue
