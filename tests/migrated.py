"""Main and vault with all their tables and no rows, made once by each worker of a run."""

import asyncio
import shutil
from pathlib import Path

from storage.migrate import bring_up_to_date
from storage.revisions import Which


def make_files(folder: Path) -> None:
    """Both, closed: no log of what was written is left beside them."""
    for which in Which:
        asyncio.run(bring_up_to_date(folder / f"{which}.db", which))


def lay_files(migrated: Path, data: Path) -> None:
    """Put copies of both into a data directory, which is made as the product makes it."""
    data.mkdir(mode=0o700)
    for which in Which:
        shutil.copy(migrated / f"{which}.db", data)  # with its mode: nobody else may read it
