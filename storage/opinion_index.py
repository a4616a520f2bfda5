"""The index of opinions' words: nothing of a text but its tokens, and none of an erased one.

What is filed waits with its tokens beside it (`opinion_unposted`): a case is on some hundred lists,
in as many places of the database. Each few filings put one share of what all that wait have on its
lists, which lie side by side; whoever waited for every share waits no longer.
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, MutableSequence, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, Table, bindparam, func, select, text

from domain.model.opinion_words import tokens_of
from storage.engine import at_length
from storage.postings import (
    TOKEN_BITS,
    TOKEN_BYTES,
    block_of,
    cases_in,
    key_of,
    numbered,
    put,
    take,
)
from storage.tables.cases import AdditionRow, OpinionRow
from storage.tree import Above

SHARES, PACE = 32, 4
"""In how many shares tokens are put on lists, and after how many filings the next one is.

So many cases wait as both make together: few enough for every search to go through all of them.
"""
AT_ONCE = 500
"""Cases that a rebuilding works out at once: a server sends away whoever says nothing for long."""
FACET = "#"
_FACET_BYTES = 5
_OPINION: Table = OpinionRow.metadata.tables["opinion"]
NEWEST = select(func.max(_OPINION.c.seq))
_TO_INDEX = (
    select(_OPINION.c.seq, _OPINION.c.text, _OPINION.c.unit_id, _OPINION.c.field)
    .where(
        _OPINION.c.seq >= bindparam("after"),
        _OPINION.c.seq < bindparam("before"),
        _OPINION.c.text != "",
    )
    .order_by(_OPINION.c.seq)
    .limit(AT_ONCE)
)

_ADDITION: Table = AdditionRow.metadata.tables["addition"]
_ADDED = (
    select(_OPINION.c.seq, _ADDITION.c.text)
    .join(_ADDITION, _ADDITION.c.opinion_id == _OPINION.c.id)
    .where(_OPINION.c.seq.in_(bindparam("seqs", expanding=True)))
    .order_by(_OPINION.c.seq, _ADDITION.c.added_at, _ADDITION.c.id)
)
_WAIT = text(
    "INSERT INTO opinion_unposted (seq, tokens, place) VALUES (:seq, :tokens,"
    " (SELECT coalesce(max(place), 0) + 1 FROM opinion_unposted))"
    " ON CONFLICT (seq) DO UPDATE SET tokens = excluded.tokens, place = excluded.place"
    " RETURNING place"
)
WAITING = text("SELECT seq, tokens FROM opinion_unposted")
_NOT_ANY_MORE = text("DELETE FROM opinion_unposted WHERE seq = :seq")
_WAITED = text("DELETE FROM opinion_unposted WHERE place <= :last")
_NOBODY_WAITS = text("DELETE FROM opinion_unposted")
_NO_LISTS = text("DELETE FROM opinion_posting")


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


def add(connection: Connection, one: Indexed, above: Above | None = None) -> None:
    """Keep the tokens of a case, beside those kept of it before; one without text has none."""
    if not one.text.strip():
        return
    tokens = _tokens(one, above or Above(connection))
    place = connection.execute(_WAIT, {"seq": one.seq, "tokens": joined(tokens)}).scalar_one()
    if place % PACE == 0:
        with at_length(connection):
            _post_next(connection, place // PACE)


def settle(connection: Connection) -> None:
    """Put on their lists all that wait."""
    with at_length(connection):
        for share in range(SHARES):
            _post(connection, share)
        connection.execute(_NOBODY_WAITS)


def _post_next(connection: Connection, turn: int) -> None:
    """The next share, and with it the last one for those who were there at the first."""
    _post(connection, turn % SHARES)
    connection.execute(_WAITED, {"last": (turn - SHARES + 1) * PACE})


def _post(connection: Connection, share: int) -> None:
    """Put this share of all that wait on its lists; who is there already is there but once."""
    lists = _Lists()
    for seq, tokens in connection.execute(WAITING):
        lists.add(seq, part_of(tokens, share))
    put(connection, lists.cases)


def move(connection: Connection, was: Indexed, now: Indexed) -> None:
    """Let a case be found where it lies now; its words are the same."""
    take(connection, _places(connection, [was]))
    add(connection, now)


def remove(connection: Connection, cases: Sequence[Indexed]) -> None:
    """Take the tokens of these cases out, given what they were made from."""
    if not cases:
        return
    above, lists = Above(connection), _Lists()
    for one in cases:
        lists.add(one.seq, map(numbered, _tokens(one, above)))
    connection.execute(_NOT_ANY_MORE, [{"seq": one.seq} for one in cases])
    take(connection, lists.cases)


def lift(connection: Connection, cases: Iterable[Indexed]) -> None:
    """Let cases be found nowhere, for as long as their units lie nowhere."""
    settle(connection)
    take(connection, _places(connection, cases))


def lay(connection: Connection, cases: Iterable[Indexed]) -> None:
    """Let cases that were lifted be found where they lie now."""
    put(connection, _places(connection, cases))


def rebuild(connection: Connection) -> None:
    """Make the index anew from the texts."""
    connection.execute(_NOBODY_WAITS)
    connection.execute(_NO_LISTS)
    for block in range(blocks(connection)):
        make_block(connection, block)


def blocks(connection: Connection) -> int:
    """In how many blocks all cases stand."""
    newest = connection.execute(NEWEST).scalar()
    return 0 if newest is None else block_of(newest) + 1


def make_block(connection: Connection, block: int) -> None:
    """Put the cases of one block on their lists, from the texts.

    In one go, since a server keeps room for what a list was before.
    """
    above, lists = Above(connection), _Lists()
    part = {"after": cases_in(block).start, "before": cases_in(block).stop}
    while found := connection.execute(_TO_INDEX, part).all():
        for one in wholes(connection, found):
            lists.add(one.seq, map(numbered, _tokens(one, above)))
        part["after"] = found[-1].seq + 1
    put(connection, lists.cases)


class _Lists:
    """Cases by the key of each list that they stand on."""

    def __init__(self) -> None:
        self.cases: dict[int, MutableSequence[int]] = defaultdict(lambda: array("I"))

    def add(self, seq: int, tokens: Iterable[int]) -> None:
        block, cases = key_of(block_of(seq), 0), self.cases
        for token in tokens:
            cases[block + token].append(seq)


def _places(connection: Connection, cases: Iterable[Indexed]) -> dict[int, MutableSequence[int]]:
    above, lists = Above(connection), _Lists()
    for one in cases:
        if one.text.strip():
            lists.add(one.seq, map(numbered, _facets(one, above)))
    return lists.cases


def _tokens(one: Indexed, above: Above) -> list[str]:
    return [*tokens_of(one.text), *_facets(one, above)] if one.text.strip() else []


def _facets(one: Indexed, above: Above) -> list[str]:
    units = above.of(one.unit_id)
    facets = [facet(unit) for unit in units]
    if one.field:
        facets += [facet(unit, one.field) for unit in units]
        facets.append(facet(one.field))
    return facets


def joined(tokens: Iterable[str]) -> bytes:
    """Tokens as they wait, one behind the other by their numbers."""
    return b"".join(number.to_bytes(TOKEN_BYTES, "big") for number in sorted(map(numbered, tokens)))


def part_of(waiting: bytes, share: int) -> list[int]:
    """Those of the tokens that wait which are of one share."""

    def number(at: int) -> int:
        return int.from_bytes(waiting[at * TOKEN_BYTES : (at + 1) * TOKEN_BYTES], "big")

    whole = range(len(waiting) // TOKEN_BYTES)
    first, end = ((edge << TOKEN_BITS) // SHARES for edge in (share, share + 1))
    return [
        number(at)
        for at in whole[bisect_left(whole, first, key=number) : bisect_left(whole, end, key=number)]
    ]
