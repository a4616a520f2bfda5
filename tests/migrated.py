"""Main and vault with all their tables and no rows, made once by each worker of a run."""

import asyncio
import shutil
from pathlib import Path

from storage.migrate import bring_up_to_date
from storage.revisions import Which
from tests.databases import ServerWay
from tests.postgres import Cluster


def make_files(folder: Path) -> None:
    """Both, closed: no log of what was written is left beside them."""
    for which in Which:
        asyncio.run(bring_up_to_date(folder / f"{which}.db", which))


def lay_files(migrated: Path, data: Path) -> None:
    """Put copies of both into a data directory, which is made as the product makes it."""
    data.mkdir(mode=0o700)
    for which in Which:
        shutil.copy(migrated / f"{which}.db", data)  # with its mode: nobody else may read it


def make_templates(cluster: Cluster, name: str) -> dict[Which, str]:
    """Both on a server; nobody may be connected to them while they are copied."""
    names = {which: f"{name}_{which}" for which in Which}
    way = ServerWay(cluster.url("postgres"))
    for one in names.values():
        way.run(f'CREATE DATABASE "{one}" TEMPLATE template0')
    way.close()
    for which, one in names.items():
        asyncio.run(bring_up_to_date(cluster.url(one), which))
    return names
