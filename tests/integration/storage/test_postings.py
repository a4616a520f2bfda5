"""Posting lists hold exactly the cases that were put on them and not taken off again."""

from collections import defaultdict
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, text

from storage.opinion_lookup import has
from storage.postings import TOKEN_BYTES, block_of, cases_in, key_of, put, read, take
from storage.unit_of_work import SqlMemory

EDGES = (1, 2, 65_535, 65_536, 65_537, 1_000_000, 2_000_000_000)
KEYS = (0, 1, key_of(0, (1 << 40) - 1), key_of(1, 0), key_of(30_000, 7))


def some_cases(chance: Random) -> list[int]:
    """None, a few, as many as are packed, or most of a block."""
    most = chance.choice((0, 1, 8, 9, 300, 40_000))
    return [*chance.sample(EDGES, min(most, 2)), *chance.sample(range(65_536), most)]


@pytest.mark.parametrize("seed", range(4))
async def test_a_list_holds_what_was_put_on_it_and_not_taken_off(
    memory: SqlMemory, seed: int
) -> None:
    chance, expected = Random(seed), defaultdict[int, set[int]](set)

    def change_some(connection: Connection) -> None:
        for _ in range(12):
            cases = {key: some_cases(chance) for key in chance.sample(KEYS, 3)}
            puts = chance.random() < 0.6
            (put if puts else take)(connection, cases)
            for key, those in cases.items():
                expected[key] = expected[key] | set(those) if puts else expected[key] - set(those)
            lists = read(connection, [*KEYS, 99])
            assert {key: set(those) for key, those in lists.items() if those} == {
                key: those for key, those in expected.items() if those
            }

    async with memory.engine.begin() as connection:
        await connection.run_sync(change_some)


async def test_a_list_with_nobody_left_on_it_is_not_kept(memory: SqlMemory) -> None:
    def come_and_go(connection: Connection) -> int | None:
        put(connection, {7: [1, 2, 3]})
        take(connection, {7: [3, 1, 2], 8: [1]})
        return connection.execute(text("SELECT count(*) FROM opinion_posting")).scalar()

    async with memory.engine.begin() as connection:
        assert await connection.run_sync(come_and_go) == 0


async def test_a_list_takes_eight_kilobytes_at_most(memory: SqlMemory) -> None:
    every_other = range(0, 65_536, 2)
    async with memory.engine.begin() as connection:
        await connection.run_sync(lambda sync: put(sync, {1: every_other, 2: range(65_536)}))
        asked = text("SELECT max(length(cases)) FROM opinion_posting")
        assert (await connection.execute(asked)).scalar_one() < 8_300


@given(st.integers(0, 2**31 - 1))
def test_each_case_stands_in_one_block(seq: int) -> None:
    assert seq in cases_in(block_of(seq))


@given(st.integers(0, 2**23 - 1), st.integers(0, 2**40 - 1))
def test_no_two_lists_have_one_key(block: int, token: int) -> None:
    key = key_of(block, token)
    assert (key >> 40, key & (1 << 40) - 1) == (block, token)
    assert key < 1 << 63


ONE = st.binary(min_size=TOKEN_BYTES, max_size=TOKEN_BYTES)


@given(st.lists(ONE, min_size=1), st.data())
def test_a_token_that_waits_is_found_only_where_one_begins(
    tokens: list[bytes], data: st.DataObject
) -> None:
    waiting = b"".join(tokens)
    at = data.draw(st.integers(0, max(0, len(waiting) - TOKEN_BYTES)))
    for token in {waiting[at : at + TOKEN_BYTES], *tokens, bytes(TOKEN_BYTES)}:
        assert has(waiting, token) == (token in tokens)
