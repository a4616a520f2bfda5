"""What tests of every kind share."""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from storage.postgres import IDLE_LIMIT, SETTINGS
from storage.revisions import Which
from tests.migrated import make_files
from tests.postgres import Cluster, find_programs, shared_cluster
from tests.templates import make_templates

# At every run a few examples, the same ones, so that a failure is about what was changed; many new
# ones on demand: HYPOTHESIS_PROFILE=long make test
settings.register_profile("quick", max_examples=25, deadline=None, derandomize=True)
settings.register_profile("long", max_examples=1000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


IDLE_AS_RUN = SETTINGS[IDLE_LIMIT]
IDLE_IN_TESTS = "60s"
"""A busy machine may leave a test of ours standing for longer than an office's process may."""
HERE = Path(__file__).parent
WAITING = {"e2e", "chaos"}
"""Rooms whose tests mostly wait: for processes, and for seconds that a guarantee names."""
MEMORY = Path("/dev/shm")
ROOM = 4 * 2**30
"""Bytes that must be free in it: several times what a run leaves there."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Spread the files that wait among those of integration: beside one that waits others work.

    The short ones come last, so that all workers end at about the same time.
    """
    files: dict[str, dict[Path, float]] = {"waiting": {}, "integration": {}, "short": {}}
    for path in dict.fromkeys(item.path for item in items):
        room = path.relative_to(HERE).parts[0]
        kind = "waiting" if room in WAITING else room if room in files else "short"
        files[kind][path] = len(files[kind])
    shares = [{path: at / len(some) for path, at in some.items()} for some in files.values()]
    places = shares[0] | shares[1] | {path: 1 + at for path, at in shares[2].items()}
    items.sort(key=lambda item: places[item.path])


def pytest_collection_finish() -> None:
    """What was imported stays to the end: the collector need not walk it again and again."""
    gc.freeze()


def pytest_configure() -> None:
    """Keep what tests write in memory, where there is room: most of their time went to the disk.

    No setting of ours changes by it: what is to be on the disk before one goes on is still asked
    of it, and answered at once.
    """
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


@pytest.fixture
def on_disk(request: pytest.FixtureRequest) -> Iterator[Path]:
    """A folder on a disk, which takes its time: for tests that end processes in mid-write."""
    name = "".join(one if one.isalnum() else "_" for one in request.node.name)[:30]
    with tempfile.TemporaryDirectory(prefix=f"{name}_", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Where Chromium is; without one a browser test is skipped by name, but never in CI."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found:
        return found
    if os.environ.get("CI"):
        pytest.fail("Chromium is missing, and in CI no browser test may be skipped")
    pytest.skip("Chromium is missing; install it with: sudo apt-get install chromium")


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A PostgreSQL for this run; without one its tests are skipped by name, but never in CI."""
    programs = find_programs()
    if programs is None:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is missing, and in CI no test of it may be skipped")
        pytest.skip("PostgreSQL is missing; install it with: sudo apt-get install postgresql")
    base = tmp_path_factory.getbasetemp()
    alone = "PYTEST_XDIST_WORKER" not in os.environ
    meeting_place = base if alone else base.parent
    with shared_cluster(programs, meeting_place) as cluster, pytest.MonkeyPatch.context() as patch:
        patch.setitem(SETTINGS, IDLE_LIMIT, IDLE_IN_TESTS)
        yield cluster


@pytest.fixture(scope="session")
def migrated_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with main.db and vault.db, in which all tables are and no row is: to be copied."""
    folder = tmp_path_factory.mktemp("migrated")
    make_files(folder)
    return folder


@pytest.fixture(scope="session")
def migrated_templates(
    postgres: Cluster, tmp_path_factory: pytest.TempPathFactory
) -> dict[Which, str]:
    """The same on the server of this run: names of databases to be copied."""
    return make_templates(postgres, f"migrated_{tmp_path_factory.getbasetemp().name}")
