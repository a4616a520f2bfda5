"""The index of opinions' words: nothing of a text but its tokens, and none of an erased one.

Cases stand in blocks by the order in which they were filed. The newest block is asked first, so
that what is looked for often is found in one block, and what is rare is soon looked for in all.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, Table, bindparam, func, inspect, select, text

from domain.model.opinion_words import tokens_of
from domain.model.search import WORDS_KEPT
from storage.engine import at_length
from storage.tables.cases import AdditionRow, OpinionRow
from storage.tree import Above

BLOCK = 1 << 15
"""Cases in a block of a file: few enough to be written anew within a second when one is erased."""
WIDER = 2
"""How many times as many a block of a server has, where nothing is written anew."""
PREFIX = "opinion_words_"
AT_ONCE = 500
"""Cases that a rebuilding works out at once: a server sends away whoever says nothing for long."""
FACET = "#"
_FACET_BYTES = 5
_NUMBER_BYTES = 4
_OPINION: Table = OpinionRow.metadata.tables["opinion"]
NEWEST = select(func.max(_OPINION.c.seq))
_TO_INDEX = (
    select(_OPINION.c.seq, _OPINION.c.text, _OPINION.c.unit_id, _OPINION.c.field)
    .where(
        _OPINION.c.seq > bindparam("after"),
        _OPINION.c.seq < bindparam("before"),
        _OPINION.c.text != "",
    )
    .order_by(_OPINION.c.seq.desc())
    .limit(AT_ONCE)
)

_ADDITION: Table = AdditionRow.metadata.tables["addition"]
_ADDED = (
    select(_OPINION.c.seq, _ADDITION.c.text)
    .join(_ADDITION, _ADDITION.c.opinion_id == _OPINION.c.id)
    .where(_OPINION.c.seq.in_(bindparam("seqs", expanding=True)))
    .order_by(_OPINION.c.seq, _ADDITION.c.added_at, _ADDITION.c.id)
)


@dataclass(frozen=True, slots=True)
class Indexed:
    """A case as the index knows it (mục trong chỉ mục)."""

    seq: int
    text: str
    unit_id: str
    field: str | None


def wholes(connection: Connection, rows: Sequence[Any]) -> list[Indexed]:
    """Cases as (seq, text, unit, field), with what was said later behind the text."""
    later: dict[int, list[str]] = {}
    for seq, said in connection.execute(_ADDED, {"seqs": [row.seq for row in rows]}):
        later.setdefault(seq, []).append(said)
    return [
        Indexed(row.seq, "\n".join([row.text, *later.get(row.seq, [])]), row.unit_id, row.field)
        for row in rows
    ]


def facet(*about: str) -> str:
    """A short token for a unit, a field, or both: no word of any text."""
    named = blake2b("\n".join(about).encode(), digest_size=_FACET_BYTES).hexdigest()
    return FACET + named


def add(connection: Connection, cases: Sequence[Indexed], above: Above | None = None) -> None:
    """Keep the tokens of these cases; one without text has none."""
    for block in _blocks_of(connection, cases):
        _make(connection, block)
    _put(connection, cases, above or Above(connection))


def _put(connection: Connection, cases: Sequence[Indexed], above: Above) -> None:
    rows: dict[int, list[dict[str, object]]] = {}
    is_server = on_server(connection)
    for one in _newest_first(cases):
        if one.text.strip():
            tokens = _tokens(one, above)
            kept = sorted(map(numbered, tokens)) if is_server else " ".join(tokens)
            some = rows.setdefault(block_of(one.seq, is_server), [])
            some.append({"seq": stands_at(one.seq, is_server), "words": kept})
    for block, some in rows.items():
        connection.execute(text(_INSERT[is_server].format(name_of(block))), some)


def remove(connection: Connection, cases: Sequence[Indexed]) -> None:
    """Take the tokens of these cases out, given what they were made from."""
    above, is_server = Above(connection), on_server(connection)
    for one in _newest_first(cases):
        if not one.text.strip():
            continue
        name = name_of(block_of(one.seq, is_server))
        this = {"seq": stands_at(one.seq, is_server)}
        if is_server:
            connection.execute(text(_DELETE_ROW.format(name)), this)
        else:
            words = " ".join(_tokens(one, above))
            connection.execute(text(_DELETE_TOKENS.format(name)), this | {"words": words})


def forget(connection: Connection, cases: Iterable[Indexed]) -> None:
    """Let nothing of what was taken out be left in the file.

    SQLite's index only notes what is gone, until all of it is written anew; a server clears up by
    itself (VACUUM).
    """
    for block in _blocks_of(connection, [one for one in cases if one.text.strip()]):
        _write_anew(connection, block)


def rebuild(connection: Connection) -> None:
    """Make the index anew from the texts."""
    for name in inspect(connection).get_table_names():
        if name.startswith(PREFIX) and name.removeprefix(PREFIX).isdigit():
            connection.execute(text(f"DROP TABLE {name}"))
    for block in range(blocks(connection)):
        make_block(connection, block)


def blocks(connection: Connection) -> int:
    """In how many blocks all cases stand."""
    newest = connection.execute(NEWEST).scalar()
    return 0 if newest is None else block_of(newest, on_server(connection)) + 1


def make_block(connection: Connection, block: int) -> None:
    """Make one block from the texts; there may be none yet."""
    _make_table(connection, block)
    above = Above(connection)
    size = cases_in_block(on_server(connection))
    part = {"after": block * size - 1, "before": (block + 1) * size}
    while found := connection.execute(_TO_INDEX, part).all():
        _put(connection, wholes(connection, found), above)
        part["before"] = found[-1].seq
    _make_findable(connection, block)


def _tokens(one: Indexed, above: Above) -> list[str]:
    units = above.of(one.unit_id)
    facets = [facet(unit) for unit in units]
    if one.field:
        facets += [facet(unit, one.field) for unit in units]
        facets.append(facet(one.field))
    return sorted({*tokens_of(one.text), *facets})


def _make(connection: Connection, block: int) -> None:
    if _is_made(connection, block):
        return
    _make_table(connection, block)
    _make_findable(connection, block)
    if _is_made(connection, block - 1):
        _write_anew(connection, block - 1)


def _is_made(connection: Connection, block: int) -> bool:
    asked = _IS_MADE[on_server(connection)]
    return bool(connection.execute(asked, {"name": name_of(block)}).scalar())


def _write_anew(connection: Connection, block: int) -> None:
    """In one piece, in which a word is looked up once: what is added one by one is in several."""
    if not on_server(connection):
        with at_length(connection):
            connection.execute(text(_WRITE_ANEW.format(name_of(block))))


def _make_table(connection: Connection, block: int) -> None:
    name = name_of(block)
    if not on_server(connection):
        connection.execute(text(_MAKE_IN_FILE.format(name)))
        connection.execute(text(_IN_SMALL_PAGES.format(name)))
    else:
        connection.execute(text(_MAKE_TABLE.format(name, _APART)))
        connection.execute(text(_MAKE_APART.format(name)))


def _make_findable(connection: Connection, block: int) -> None:
    """A server does it in a tenth of the time once all rows are there."""
    if on_server(connection):
        connection.execute(text(_MAKE_INDEX.format(name_of(block), _SOON_IN_PLACE)))
    else:
        _write_anew(connection, block)


def block_of(seq: int, is_server: bool) -> int:
    return seq // cases_in_block(is_server)


def stands_at(seq: int, is_server: bool) -> int:
    """By which number a case is kept in its block.

    In a file's they count down to its end, so that the newest comes first: FTS5 goes along its
    lists in a third less time as they were written than the other way round.
    """
    return seq if is_server else (block_of(seq, is_server) + 1) * BLOCK - seq


def _newest_first(cases: Iterable[Indexed]) -> list[Indexed]:
    """As a file's blocks count: whatever comes out of turn is written in a piece of its own."""
    return sorted(cases, key=lambda one: -one.seq)


def cases_in_block(is_server: bool) -> int:
    return WIDER * BLOCK if is_server else BLOCK


def _blocks_of(connection: Connection, cases: Iterable[Indexed]) -> list[int]:
    is_server = on_server(connection)
    return sorted({block_of(one.seq, is_server) for one in cases})


def name_of(block: int) -> str:
    """The table of one block."""
    return f"{PREFIX}{block}"


def on_server(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"


@lru_cache(WORDS_KEPT)
def numbered(token: str) -> int:
    """A token as a server keeps it: a word takes many times the room, and has to be erased."""
    return int.from_bytes(blake2b(token.encode(), digest_size=_NUMBER_BYTES).digest(), signed=True)


# By whether it is a server. The names are ours and end in a number.
_MAKE_IN_FILE = (
    "CREATE VIRTUAL TABLE {0} USING fts5(words, content='', detail=none,"
    " tokenize=\"ascii tokenchars '#~_'\")"
)
_IN_SMALL_PAGES = "INSERT INTO {0} ({0}, rank) VALUES ('pgsz', 192)"
"""Bytes: beside a rare word a common one's cases are leapt over, page by page, and not gone along.
https://www.sqlite.org/fts5.html#the_pgsz_configuration_option"""
_IS_MADE = {
    False: text("SELECT 1 FROM sqlite_master WHERE name = :name"),
    True: text("SELECT to_regclass(:name) IS NOT NULL"),
}
_MAKE_TABLE = (
    "CREATE TABLE {0} (seq integer PRIMARY KEY, words integer[] NOT NULL,"
    " fill text NOT NULL DEFAULT repeat('x', 2048)) WITH ({1})"
)
_APART = "toast_tuple_target = 128"
"""The tokens lie apart from the rows, so that going through these is quick. A server lays nothing
apart of a row below 2 kB: what fills it up to that is packed away to next to nothing."""
_MAKE_APART = "ALTER TABLE {0} ALTER words SET STORAGE EXTERNAL, ALTER fill SET STORAGE MAIN"
_MAKE_INDEX = "CREATE INDEX {0}_words ON {0} USING gin (words) WITH ({1})"
_SOON_IN_PLACE = "gin_pending_list_limit = 64"
"""In kB, no less can be set: what waits to be put in its place is gone through by every search,
and by the one filing in some dozens that puts it there."""
_INSERT = {
    False: "INSERT INTO {} (rowid, words) VALUES (:seq, :words)",
    True: "INSERT INTO {} (seq, words) VALUES (:seq, CAST(:words AS integer[]))"
    " ON CONFLICT (seq) DO UPDATE SET words = excluded.words, fill = DEFAULT",
}
_DELETE_ROW = "DELETE FROM {} WHERE seq = :seq"
_DELETE_TOKENS = "INSERT INTO {0} ({0}, rowid, words) VALUES ('delete', :seq, :words)"
_WRITE_ANEW = "INSERT INTO {0} ({0}) VALUES ('optimize')"
