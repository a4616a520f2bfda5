"""Cases looked up in the index of opinions' words: block after block, the newest first."""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Connection, Select, TextClause, func, select, text

from storage.opinion_index import NEWEST, block_of, name_of, numbered, on_server

Groups = Sequence[Sequence[str]]
"""Of each of these one token at least."""


def look(connection: Connection, groups: Groups, before: int | None, most: int) -> list[int]:
    """Which cases have a token of each group, the last filed first.

    Whoever says before which has begun by `start`, and names none beyond one more than the newest:
    no block is there.
    """
    is_server = on_server(connection)
    end = before or 1 + (connection.execute(start(is_server)).scalar() or 0)
    if end == 1 or not groups:
        return []
    last = block_of(end - 1, is_server)
    condition, values = _for_server(groups) if is_server else _for_file(groups)
    asked = _through_blocks(is_server, last, condition)
    return list(connection.execute(asked, {**values, "before": end, "most": most}).scalars())


@cache
def start(is_server: bool) -> Select[Any]:
    """The newest case; a server is told how to go about what follows in the same transaction.

    Left to itself it goes through all cases from the newest on, or plans this anew each time:
    either takes longer than the search.
    """
    pins = [func.set_config(name, value, True) for name, value in _PINS] if is_server else []
    return select(NEWEST.scalar_subquery(), *pins)


@lru_cache
def _through_blocks(is_server: bool, last: int, condition: str) -> TextClause:
    each = [_LOOK[is_server].format(name_of(block), condition) for block in range(last, -1, -1)]
    return text(_NEWEST_FOUND.format(" UNION ALL ".join(each)))


def _for_file(groups: Groups) -> tuple[str, dict[str, object]]:
    each = (" OR ".join(f'"{token}"' for token in group) for group in groups)
    return "MATCH :q", {"q": " AND ".join(f"({group})" for group in each)}


def _for_server(groups: Groups) -> tuple[str, dict[str, object]]:
    """One that all cases must have, and of each other group at least one."""
    needed = [numbered(group[0]) for group in groups if len(group) == 1]
    values: dict[str, object] = {"all": needed} if needed else {}
    conditions = ["words @> CAST(:all AS integer[])"] if needed else []
    for number, group in enumerate(group for group in groups if len(group) > 1):
        values[f"any{number}"] = [numbered(token) for token in group]
        conditions.append(f"words && CAST(:any{number} AS integer[])")
    return " AND ".join(conditions), values


# By whether it is a server.
_LOOK = {
    False: "SELECT * FROM (SELECT rowid FROM {0} WHERE {0} {1} AND rowid < :before"
    " ORDER BY rowid DESC LIMIT :most)",
    True: "(SELECT seq FROM {0} WHERE {1} AND seq + 0 < CAST(:before AS integer)"
    " ORDER BY seq DESC LIMIT CAST(:most AS integer))",
}
_NEWEST_FOUND = "SELECT * FROM ({}) AS found LIMIT CAST(:most AS integer)"
"""Both databases go through the blocks in the order in which they stand, and end when they may."""
_PINS = (
    ("enable_seqscan", "off"),
    ("enable_indexscan", "off"),
    ("plan_cache_mode", "force_generic_plan"),
)
