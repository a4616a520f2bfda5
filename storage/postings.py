"""Posting lists (danh sách mục từ): of each token the cases that have it, and nothing else of them.

Cases stand in blocks by the order in which they were filed, and a list is what one token has in one
block. So the newest block is asked first: what is looked for often is found there.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import islice
from json import dumps
from struct import iter_unpack, pack
from typing import Any

from pyroaring import BitMap
from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    LargeBinary,
    Table,
    any_,
    bindparam,
    column,
    delete,
    func,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

from domain.model.search import WORDS_KEPT
from storage.tables.index import PostingRow

TOKEN_BYTES = 5
"""Among ten million tokens one in a hundred thousand is taken for another."""
TOKEN_BITS = 8 * TOKEN_BYTES
BLOCK_BITS = 16
"""So many cases that a list takes 8 kB at most: a bit for each."""
_FEW = 8
"""Cases that a list names one by one, which takes less room than what packs more."""
_NAMED, _PACKED = b"\x00", b"\x01"
_NUMBER = "<I"
_AT_ONCE = 500
"""Lists that are held at once while they are changed."""

_POSTING: Table = PostingRow.metadata.tables["opinion_posting"]
KEY, CASES = _POSTING.c.key, _POSTING.c.cases


@lru_cache(WORDS_KEPT)
def numbered(token: str) -> int:
    """A token as the lists know it: a number takes less room than a word, and tells nobody any."""
    return int.from_bytes(blake2b(token.encode(), digest_size=TOKEN_BYTES).digest(), "big")


def block_of(seq: int) -> int:
    return seq >> BLOCK_BITS


def cases_in(block: int) -> range:
    """The numbers of the cases of a block."""
    return range(block << BLOCK_BITS, (block + 1) << BLOCK_BITS)


def key_of(block: int, token: int) -> int:
    """Where a token's list of a block is kept: the lists of one block lie side by side."""
    return block << TOKEN_BITS | token


def read(connection: Connection, keys: Iterable[int]) -> dict[int, BitMap]:
    """The lists that there are of those asked for."""
    asked = {"keys": numbers(connection, sorted(keys))}
    rows = connection.execute(_READ[on_server(connection)], asked)
    return {key: unpacked(kept) for key, kept in rows}


def put(connection: Connection, cases: Mapping[int, Iterable[int]]) -> None:
    """Put cases on lists: on those of these keys, these."""
    for some in _some_of(sorted(cases)):
        lists = read(connection, some)
        _write(connection, {key: lists.get(key, BitMap()) | BitMap(cases[key]) for key in some})


def take(connection: Connection, cases: Mapping[int, Iterable[int]]) -> None:
    """Take cases off lists; a list with none left is not kept."""
    for some in _some_of(sorted(cases)):
        left = {key: lst - BitMap(cases[key]) for key, lst in read(connection, some).items()}
        _write(connection, {key: lst for key, lst in left.items() if lst})
        gone = [key for key, lst in left.items() if not lst]
        asked = {"keys": numbers(connection, gone)}
        connection.execute(_DROP[on_server(connection)], asked)


def numbers(connection: Connection, those: Sequence[int]) -> Any:
    """Many numbers as one value of a statement."""
    return list(those) if on_server(connection) else dumps(those)


def _write(connection: Connection, lists: Mapping[int, BitMap]) -> None:
    if not lists:
        return
    kept = {key: _packed(lst) for key, lst in lists.items()}
    if on_server(connection):
        whole = {"keys": list(kept), "lists": list(kept.values())}
        connection.execute(_WRITE_ALL, whole)
    else:
        rows = [{"key": key, "cases": cases} for key, cases in kept.items()]
        connection.execute(_WRITE, rows)


def _packed(cases: BitMap) -> bytes:
    if len(cases) <= _FEW:
        return _NAMED + b"".join(pack(_NUMBER, case) for case in cases)
    cases.run_optimize()
    packed: bytes = cases.serialize()
    return _PACKED + packed


def unpacked(kept: bytes) -> BitMap:
    if kept[:1] == _NAMED:
        return BitMap([case for (case,) in iter_unpack(_NUMBER, kept[1:])])
    return BitMap.deserialize(kept[1:])


def _some_of(keys: Sequence[int]) -> Iterator[list[int]]:
    left = iter(keys)
    while some := list(islice(left, _AT_ONCE)):
        yield some


def those_of(name: str, is_server: bool, kind: Integer) -> FromClause:
    """Such numbers as rows, each with its `value`."""
    value = column("value", kind)
    if is_server:
        each = func.unnest(bindparam(name, type_=ARRAY(kind)))
        return each.table_valued(value).render_derived(name="those")
    return func.json_each(bindparam(name)).table_valued(value, name="those")


def on_server(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"


def _those(is_server: bool) -> ColumnElement[bool]:
    if is_server:
        return any_(bindparam("keys", type_=ARRAY(BigInteger))) == KEY
    return KEY.in_(select(those_of("keys", is_server, BigInteger()).c.value))


# By whether it is a server.
_READ = {on: select(KEY, CASES).where(_those(on)) for on in (False, True)}
_DROP = {on: delete(_POSTING).where(_those(on)) for on in (False, True)}
_KEPT = func.unnest(
    bindparam("keys", type_=ARRAY(BigInteger)), bindparam("lists", type_=ARRAY(LargeBinary))
)
_WRITE = sqlite.insert(_POSTING)
_WRITE = _WRITE.on_conflict_do_update(index_elements=[KEY], set_={"cases": _WRITE.excluded.cases})
_WRITE_ALL = postgresql.insert(_POSTING).from_select(
    ["key", "cases"], select(_KEPT.table_valued("key", "cases").render_derived())
)
_WRITE_ALL = _WRITE_ALL.on_conflict_do_update(
    index_elements=[KEY], set_={"cases": _WRITE_ALL.excluded.cases}
)
