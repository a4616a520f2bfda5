"""Cases looked up in the index of opinions' words: block after block, the newest first."""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Connection, Integer, Select, TextualSelect, func, select, text

from storage.opinion_index import NEWEST, block_of, cases_in_block, name_of, numbered, on_server

Groups = Sequence[Sequence[str]]
"""Of each of these one token at least."""


def look(connection: Connection, groups: Groups, most: int) -> list[int]:
    """Which cases have a token of each group, the last filed first."""
    is_server = on_server(connection)
    newest = connection.execute(start(is_server)).scalar()
    if newest is None or not groups:
        return []
    asked, values = looked_up(is_server, groups, newest)
    return list(connection.execute(asked, {**values, "before": newest + 1, "most": most}).scalars())


def looked_up(
    is_server: bool, groups: Groups, newest: int
) -> tuple[TextualSelect, dict[str, object]]:
    """What asks for up to `most` numbers of cases filed `before` one, and the tokens for it.

    Whoever asks has begun by `start`, and knows from there which is the newest: no block is beyond.
    """
    condition, values = _for_server(groups) if is_server else _for_file(groups)
    blocks = block_of(newest, is_server) + 1, cases_in_block(is_server)
    return _through(*blocks, is_server, condition), values


@cache
def start(is_server: bool) -> Select[Any]:
    """The newest case; a server is told how to go about what follows in the same transaction.

    Left to itself it goes through all cases from the newest on, or plans this anew each time:
    either takes longer than the search.
    """
    pins = [func.set_config(name, value, True) for name, value in _PINS] if is_server else []
    return select(NEWEST.scalar_subquery(), *pins)


@lru_cache
def _through(blocks: int, size: int, is_server: bool, condition: str) -> TextualSelect:
    """Block by block, the newest first; where each ends, a file's numbers begin."""
    each = [
        _LOOK[is_server].format(name_of(block), condition, (block + 1) * size)
        for block in reversed(range(blocks))
    ]
    return text(_NEWEST_FOUND.format(" UNION ALL ".join(each))).columns(seq=Integer)


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
    False: "SELECT * FROM (SELECT {2} - rowid AS seq FROM {0} WHERE {0} {1}"
    " AND rowid > {2} - :before ORDER BY rowid LIMIT :most)",
    True: "(SELECT seq FROM {0} WHERE {1} AND seq + 0 < CAST(:before AS integer)"
    " ORDER BY seq DESC LIMIT CAST(:most AS integer))",
}
_NEWEST_FOUND = "SELECT * FROM ({}) AS found LIMIT CAST(:most AS integer)"
"""Both databases go through the blocks in the order in which they stand, and end when they may."""
_PINS = (
    ("enable_seqscan", "off"),
    ("enable_indexscan", "off"),
    ("enable_hashjoin", "off"),
    ("enable_mergejoin", "off"),
    ("plan_cache_mode", "force_generic_plan"),
)
