"""Open the databases for use, or say in one exception why they cannot be used."""

from pathlib import Path

from domain.clock import Clock
from storage.engine import file_of, make_engine, make_file
from storage.migrate import Which, migrate, require_current
from storage.unit_of_work import SqlMemory


async def bring_up_to_date(path_or_url: Path | str, which: Which) -> None:
    """Make the file if there is none, and run the migrations that it lacks."""
    engine = make_engine(path_or_url)
    make_file(Path(file_of(engine)))
    try:
        await migrate(engine, which)
    finally:
        await engine.dispose()


async def open_main(path_or_url: Path | str, clock: Clock) -> SqlMemory:
    """Main, which must be up to date; close it when done."""
    engine = make_engine(path_or_url)
    try:
        await require_current(engine, Which.MAIN)
    except BaseException:
        await engine.dispose()
        raise
    return SqlMemory(engine, clock)
