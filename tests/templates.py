"""Main and vault on a server, with all their tables and no rows, to be copied for each test."""

import asyncio

from storage.migrate import bring_up_to_date
from storage.revisions import Which
from tests.databases import ServerWay
from tests.postgres import Cluster


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
