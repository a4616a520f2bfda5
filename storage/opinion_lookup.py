"""Cases looked up in the index of opinions' words: the newest block first, and what waits."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pyroaring import BitMap
from sqlalchemy import (
    BigInteger,
    CompoundSelect,
    Connection,
    LargeBinary,
    Table,
    bindparam,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)

from storage.engine import soon
from storage.postings import (
    CASES,
    KEY,
    TOKEN_BYTES,
    block_of,
    cases_in,
    key_of,
    numbered,
    numbers,
    on_server,
    read,
    those_of,
    unpacked,
)
from storage.tables.cases import OpinionRow
from storage.tables.index import UnpostedRow

Groups = Sequence[Sequence[str]]
"""Of each of these one token at least."""
ANY = (1 << 31) - 1
"""Before this stand all cases."""
A_FEW = 3
"""Blocks that are asked next: what is not found in them may need all."""
_SEQ = OpinionRow.metadata.tables["opinion"].c.seq
_UNPOSTED: Table = UnpostedRow.metadata.tables["opinion_unposted"]


@dataclass(frozen=True, slots=True)
class Begun:
    """What one statement says of the newest cases (lượt nhìn đầu)."""

    last: int
    waiting: Sequence[tuple[int, bytes]]
    lists: Mapping[int, BitMap]


def look(connection: Connection, groups: Groups, most: int) -> list[int]:
    """Which cases have a token of each group, the last filed first."""
    begun = begin(connection, groups)
    found: list[int] = []
    for those in looked_up(connection, begun, groups) if begun and groups else ():
        found += reversed(those[-(most - len(found)) :])
        if len(found) == most:
            break
    return found


def begin(connection: Connection, groups: Groups, before: int = ANY) -> Begun | None:
    """A first look for cases filed before one; None if there are none."""
    tokens = sorted({numbered(token) for group in groups for token in group})
    asked = {"before": before, "tokens": numbers(connection, tokens), "in_block": len(cases_in(0))}
    rows: dict[int, list[Any]] = {_LAST: [], _WAITS: [], _LISTS: []}
    with soon(connection):
        for what, number, kept in connection.execute(_BEGIN[on_server(connection)], asked):
            rows[what].append((number, kept))
    ((last, _),) = rows[_LAST]
    if last is None:
        return None
    lists = {key: unpacked(kept) for key, kept in rows[_LISTS]}
    return Begun(last, rows[_WAITS], lists)


def looked_up(connection: Connection, begun: Begun, groups: Groups) -> Iterator[BitMap]:
    """Cases that have a token of each group: of the newest block, of a few, then of all others.

    Whoever finds enough does not ask for more.
    """
    asked = [[numbered(token) for token in dict.fromkeys(group)] for group in groups]
    newest, waiting = block_of(begun.last), _of_waiting(begun.waiting, asked)
    here = range(cases_in(newest).start, begun.last + 1)
    yield (_on_lists(begun.lists, asked, [newest]) | waiting) & BitMap(here)
    few = max(0, newest - A_FEW)
    for blocks in (range(few, newest), range(few)):
        if blocks:
            keys = {key_of(block, token) for block in blocks for one in asked for token in one}
            with soon(connection, len(keys)):
                lists = read(connection, keys)
            there = range(cases_in(blocks[0]).start, cases_in(blocks[-1]).stop)
            yield (_on_lists(lists, asked, blocks) | waiting) & BitMap(there)


def _of_waiting(waiting: Iterable[tuple[int, bytes]], groups: Sequence[Sequence[int]]) -> BitMap:
    wanted = [[token.to_bytes(TOKEN_BYTES, "big") for token in group] for group in groups]
    return BitMap(
        seq
        for seq, tokens in waiting
        if all(any(has(tokens, token) for token in group) for group in wanted)
    )


def has(tokens: bytes, token: bytes) -> bool:
    """Whether one of these is that token, and not only the end of one with the next's beginning."""
    at = tokens.find(token)
    while at > 0 and at % TOKEN_BYTES:
        at = tokens.find(token, at + 1)
    return at >= 0


def _on_lists(
    lists: Mapping[int, BitMap], groups: Sequence[Sequence[int]], blocks: Sequence[int]
) -> BitMap:
    none = BitMap()
    each = [
        none.union(*(lists.get(key_of(block, token), none) for block in blocks for token in one))
        for one in groups
    ]
    return BitMap.intersection(*sorted(each, key=len))


_LAST, _WAITS, _LISTS = range(3)


def _begin(is_server: bool) -> CompoundSelect[Any]:
    """All that is asked first, in one trip: which the last case is, and what its block has."""
    last = select(func.max(_SEQ)).where(bindparam("before") > _SEQ)
    block = cast(last.scalar_subquery(), BigInteger) // bindparam("in_block", type_=BigInteger)
    token = those_of("tokens", is_server, BigInteger())
    keys = select(block * literal(key_of(1, 0), BigInteger) + token.c.value)
    nothing = cast(null(), LargeBinary)
    return union_all(
        select(literal(_LAST), cast(last.scalar_subquery(), BigInteger), nothing),
        select(literal(_WAITS), _UNPOSTED.c.seq, _UNPOSTED.c.tokens),
        select(literal(_LISTS), KEY, CASES).where(KEY.in_(keys)),
    )


_BEGIN = {is_server: _begin(is_server) for is_server in (False, True)}
