"""Opinions are found by their words, by whoever may read them, and not once they are erased."""

import sqlite3
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text

from domain.model.access import EVERYWHERE
from domain.model.bulletin import Field
from domain.model.opinion import Addition, Opinion, OpinionState
from domain.model.opinion_words import Level, Sought, tokens_of
from domain.model.queue import QueueMark, QueueView
from domain.ports import Work
from domain.ports.queue import Reader
from storage import opinion_index, opinion_notes, postings
from storage.copy import copy
from storage.engine import truncate_wal
from storage.migrate import bring_up_to_date
from storage.open import open_main
from storage.opinion_index import joined
from storage.revisions import Which
from storage.unit_of_work import SqlMemory
from tests.databases import InFiles, only_files, only_servers
from tests.integration.conftest import Offices
from tests.integration.storage.cast import (
    CITY,
    GIANG,
    NOW,
    OPINION,
    OTHER_WARD,
    WARD,
    FrozenClock,
)
from tests.integration.storage.test_queue import BELOW

WORDS = [
    "đường",
    "sá",
    "xa",
    "dường",
    "chợ",
    "trợ",
    "cấp",
    "rác",
    "thải",
    "nước",
    "nuoc",
    "ngập",
    "đèn",
    "den",
    "tối",
    "tới",
    "gì",
    "ghi",
    "ផ្លូវខូច",
    "ទឹកស្អាត",
]
CASES, AT_ONCE = 150, 6
QUERIES = (
    "đường", "duong", "duong xa", '"rac thai"', '"đường sá"', "ផ្លូវ", "tới", "ghi", "0912345678",
)  # fmt: skip


def any_case(number: int) -> Opinion:
    chance = Random(number)
    return replace(
        OPINION,
        id=f"o{number}",
        code=f"HC-{number}",
        number=f"YK-{number}",
        handle=f"h{number}",
        text=" ".join(chance.choices(WORDS, k=6)) + " 0912345678",
        unit_id=chance.choice(sorted(BELOW[CITY.id])),
        field=chance.choice((None, Field.DISASTERS, Field.OTHER)),
        filed_at=NOW + timedelta(minutes=number),
    )


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that cases stand in many blocks, and some wait for their lists."""
    monkeypatch.setattr(postings, "BLOCK_BITS", 5)
    monkeypatch.setattr(opinion_index, "SHARES", 3)
    monkeypatch.setattr(opinion_index, "PACE", 2)


@pytest.fixture
async def filed(memory: SqlMemory) -> AsyncIterator[tuple[Work, list[Opinion]]]:
    cases = [any_case(number) for number in range(1, CASES + 1)]
    async with memory.begin() as work:
        for case in cases:
            await work.opinions.add(case)
        yield work, cases


async def found(work: Work, place: str, typed: Sought, view: QueueView | None = None) -> list[str]:
    """All pages one after the other."""
    ids: list[str] = []
    mark: QueueMark | None = None
    reader, view = Reader(GIANG.id, [place], NOW), view or QueueView(is_open=False)
    while True:
        page = await work.queue.find(reader, view, typed, AT_ONCE, mark)
        ids += [entry.id for entry in page.entries]
        mark = page.goes_on
        if mark is None:
            return ids


def there(
    cases: list[Opinion], place: str, sought: Sought, field: Field | None = None
) -> list[str]:
    """What should be found, by reading all of them."""
    return [
        case.id
        for case in reversed(cases)
        if case.unit_id in BELOW[place]
        and (field is None or case.field is field)
        and sought.needed
        and sought.is_in(case.text)
    ]


@pytest.mark.parametrize("place", [CITY.id, WARD.id, EVERYWHERE])
async def test_what_is_found_is_what_reading_every_case_finds(
    filed: tuple[Work, list[Opinion]], place: str
) -> None:
    work, cases = filed
    for typed in QUERIES:
        for level in (None, *Level):
            sought = Sought.of(typed, level)
            for field in (None, Field.OTHER):
                view = QueueView(field=field, is_open=False)
                expected = there(cases, place, sought, field)
                assert await found(work, place, sought, view) == expected, (typed, level, field)


async def test_a_case_is_found_where_it_lies_now(filed: tuple[Work, list[Opinion]]) -> None:
    work, _ = filed
    was = replace(any_case(CASES + 1), unit_id=WARD.id, text="canary duy nhất")
    await work.opinions.add(was)
    sought = Sought.of("canary")
    assert await found(work, WARD.id, sought) == [was.id]

    await work.opinions.save(replace(was, unit_id=OTHER_WARD.id, version=2), was)

    assert await found(work, WARD.id, sought) == []
    assert await found(work, OTHER_WARD.id, sought) == [was.id]


async def test_what_was_said_later_is_found_too_and_erased_too(
    filed: tuple[Work, list[Opinion]],
) -> None:
    work, cases = filed
    sought = Sought.of("canary")
    for number in (1, 2):
        later = Addition(f"a{number}", cases[7].id, f"canary {number}", NOW)
        await work.opinions.add_addition(later)
    assert await found(work, CITY.id, sought) == [cases[7].id]
    await work.opinions.erase(cases[7], NOW)

    assert await found(work, CITY.id, sought) == []


async def test_what_is_looked_for_can_be_narrowed(filed: tuple[Work, list[Opinion]]) -> None:
    work, cases = filed
    await work.opinions.save(
        replace(cases[5], owner_id=GIANG.id, state=OpinionState.IN_PROGRESS, version=2), cases[5]
    )
    sought = Sought.of(cases[5].text.split()[0], Level.FOLDED)
    view = QueueView(state=OpinionState.IN_PROGRESS)

    assert await found(work, CITY.id, sought, view) == [cases[5].id]


SECRET = "Hàng xóm qwzkj xả nước xvbnm ra ngõ ផ្លូវខូច"
LATER = "Thêm: qplmk."


@only_files
@pytest.mark.parametrize("is_on_lists", [True, False], ids=["on lists", "waiting"])
async def test_no_token_of_an_erased_opinion_is_left_in_the_file(
    memory: SqlMemory, main_path: Path, is_on_lists: bool
) -> None:
    secret = replace(OPINION, id="o0", code="HC-0", number="YK-0", handle="h0", text=SECRET)
    async with memory.begin() as work:
        await work.opinions.add(secret)
        await work.opinions.add_addition(Addition("a1", secret.id, LATER, NOW))
        for number in range(1, 5):
            await work.opinions.add(any_case(number))
        await work.commit()
    if is_on_lists:
        await settle(memory)
    others = {token for number in range(1, 5) for token in tokens_of(any_case(number).text)}
    rare = sorted(tokens_of(f"{SECRET}\n{LATER}") - others)
    as_kept = [as_key(token) if is_on_lists else joined([token]) for token in rare]
    assert {token for _, token in left(main_path, as_kept)} == set(as_kept)

    async with memory.begin() as work:
        await work.opinions.erase(secret, NOW)
        await work.commit()

    assert left(main_path, as_kept) == []
    assert await on_lists(memory, 1) == []


def as_key(token: str) -> bytes:
    """As a file has the key of a list in the first block: six bytes, the highest first.
    https://www.sqlite.org/fileformat2.html#record_format
    """
    return postings.key_of(0, postings.numbered(token)).to_bytes(6, "big")


@only_files
async def test_of_many_erased_opinions_next_to_nothing_is_left_in_the_file_until_vacuum(
    memory: SqlMemory, main_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What lay on a page before it was put in order anew may stay where nothing lies now."""
    monkeypatch.setattr(postings, "BLOCK_BITS", 16)
    chance = Random(5)
    own = {seq: [chance.getrandbits(40) for _ in range(60)] for seq in range(1, 1537)}
    erased = chance.sample(sorted(own), 60)
    for first in range(1, 1537, 256):
        lists = defaultdict[int, list[int]](list)
        for seq in range(first, first + 256):
            for token in (*own[seq], *range(100)):
                lists[token].append(seq)
        async with memory.engine.begin() as connection:
            await connection.run_sync(postings.put, lists)
    for seq in erased:
        async with memory.engine.begin() as connection:
            await connection.run_sync(postings.take, {token: [seq] for token in own[seq]})
    keys = [token.to_bytes(6, "big") for seq in erased for token in own[seq]]
    await truncate_wal(memory.engine)
    assert len(left(main_path, keys)) <= len(keys) / 500
    await memory.close()
    with closing(sqlite3.connect(main_path)) as file:
        file.execute("VACUUM")

    assert left(main_path, keys) == []


@only_files
async def test_no_token_is_left_of_texts_whose_time_is_over(
    memory: SqlMemory, main_path: Path
) -> None:
    ended = replace(any_case(2), closed_at=NOW, waits_until=NOW)
    closed = replace(ended, text="qwzkj xvbnm", state=OpinionState.CLOSED)
    async with memory.begin() as work:
        await work.opinions.add(closed)
        await work.opinions.add(any_case(1))
        await work.commit()
    tokens = [joined([token]) for token in ("qwzkj", "xvbnm")]
    assert len(left(main_path, tokens)) >= len(tokens)
    async with memory.begin() as work:
        assert await work.opinions.erase_texts(NOW + timedelta(days=90), NOW) == 1
        await work.commit()

    assert left(main_path, tokens) == []


def left(main: Path, tokens: list[bytes]) -> list[tuple[str, bytes]]:
    files = [path for path in main.parent.iterdir() if path.name.startswith("main.db")]
    return [(path.name, token) for path in files for token in tokens if token in path.read_bytes()]


async def on_lists(memory: SqlMemory, seq: int) -> list[int]:
    """The lists that a case is on, and it once more if it waits."""
    async with memory.engine.connect() as connection:
        kept = (await connection.execute(text("SELECT key FROM opinion_posting"))).scalars().all()
        waits = text("SELECT seq FROM opinion_unposted WHERE seq = :seq")
        waiting = (await connection.execute(waits, {"seq": seq})).scalars().all()
        lists = await connection.run_sync(postings.read, kept)
    return [*(key for key, cases in lists.items() if seq in cases), *waiting]


async def settle(memory: SqlMemory) -> None:
    async with memory.engine.begin() as connection:
        await connection.run_sync(opinion_index.settle)


async def test_only_so_many_wait_as_all_shares_take_to_come_round(memory: SqlMemory) -> None:
    """What was put in order long ago and is added to comes to the end of the line."""
    most = opinion_index.SHARES * opinion_index.PACE
    for number in range(1, 31):
        case = any_case(number)
        added = any_case(number // 3) if number % 3 == 0 else case
        later = Addition(f"a{number}", added.id, f"canary{number}", NOW)
        async with memory.begin() as work:
            await work.opinions.add(case)
            await work.opinions.add_addition(later)
            await work.commit()
        async with memory.engine.connect() as connection:
            asked = text("SELECT count(*) FROM opinion_unposted")
            assert 0 < (await connection.execute(asked)).scalar_one() < most
        async with memory.look() as work:
            assert await found(work, CITY.id, Sought.of(later.text)) == [added.id]


async def test_whatever_was_added_in_between_an_erased_opinion_is_on_no_list(
    memory: SqlMemory,
) -> None:
    """A clock may be set back: what is said second then stands before what was said first."""
    case = any_case(1)
    async with memory.begin() as work:
        await work.opinions.add(case)
        await work.opinions.add_addition(Addition("a2", case.id, "đèn hỏng", NOW))
        await work.commit()
    await settle(memory)
    assert await on_lists(memory, 1)
    async with memory.begin() as work:
        sooner = NOW - timedelta(minutes=5)
        await work.opinions.add_addition(Addition("a1", case.id, "ngã tư", sooner))
        await work.commit()
    await settle(memory)
    async with memory.begin() as work:
        await work.opinions.erase(case, NOW)
        await work.commit()

    assert await on_lists(memory, 1) == []


async def test_however_many_texts_are_over_at_once_none_is_on_a_list(
    memory: SqlMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opinion_notes, "TAKEN_APART", 2)
    async with memory.begin() as work:
        for number in range(1, 13):
            case = any_case(number)
            if number % 2:
                over = replace(case, state=OpinionState.CLOSED)
                case = replace(over, closed_at=NOW, waits_until=NOW)
            await work.opinions.add(case)
        await work.commit()
    async with memory.begin() as work:
        assert await work.opinions.erase_texts(NOW + timedelta(days=90), NOW) == 6
        await work.commit()

    found_on = [bool(await on_lists(memory, seq)) for seq in range(1, 13)]
    assert found_on == [False, True] * 6


async def test_whoever_may_see_no_unit_finds_nothing(filed: tuple[Work, list[Opinion]]) -> None:
    work, _ = filed
    nobody = Reader(GIANG.id, [], NOW)
    assert not (await work.queue.find(nobody, QueueView(), Sought.of("duong"), 9)).entries


async def test_an_erased_opinion_is_not_found(filed: tuple[Work, list[Opinion]]) -> None:
    work, cases = filed
    sought = Sought.of(cases[3].text.split()[0], Level.FOLDED)
    assert cases[3].id in await found(work, CITY.id, sought)
    await work.opinions.erase(cases[3], NOW)

    assert cases[3].id not in await found(work, CITY.id, sought)


async def test_made_anew_from_the_texts_the_index_finds_the_same(
    memory: SqlMemory,
) -> None:
    sought = Sought.of("duong")
    async with memory.begin() as work:
        for number in range(1, 80):
            await work.opinions.add(any_case(number))
        await work.commit()
    async with memory.look() as work:
        before = await found(work, CITY.id, sought)
    async with memory.engine.begin() as connection:
        await connection.run_sync(opinion_index.rebuild)

    async with memory.look() as work:
        assert await found(work, CITY.id, sought) == before


async def test_at_the_top_only_what_lies_below_is_found(filed: tuple[Work, list[Opinion]]) -> None:
    """Whoever may see the city is not asked where a case lies, and sees nothing of elsewhere."""
    work, cases = filed
    elsewhere = replace(CITY, id="c2", code="c2", name="Nơi khác", parent_id=None)
    await work.units.add(elsewhere)
    strange = replace(any_case(CASES + 1), unit_id=elsewhere.id, text=cases[0].text)
    await work.opinions.add(strange)
    sought = Sought.of(cases[0].text.split()[0], Level.FOLDED)

    seen = await found(work, CITY.id, sought)
    assert seen == there(cases, CITY.id, sought)
    assert strange.id not in seen
    assert await found(work, elsewhere.id, sought) == [strange.id]


async def test_whoever_looks_waits_for_nobody_who_writes(memory: SqlMemory) -> None:
    async with memory.begin() as writing:
        await writing.opinions.add(any_case(1))
        async with memory.look() as work:
            assert await found(work, CITY.id, Sought.of(any_case(1).text)) == []
        await writing.commit()
    async with memory.look() as work:
        assert await found(work, CITY.id, Sought.of(any_case(1).text, Level.FOLDED)) == ["o1"]


@only_servers
async def test_a_move_to_a_server_takes_the_index_along(in_files: Offices, empty: str) -> None:
    office = in_files[0]
    assert isinstance(office, InFiles)
    office.refresh()
    files = await open_main(office.main, FrozenClock())
    async with files.begin() as work:
        await work.opinions.add(any_case(1))
        await work.commit()
    await files.close()
    await bring_up_to_date(empty, Which.MAIN)
    await copy("main", office.main, empty, lambda *_: None)
    server = await open_main(empty, FrozenClock())
    async with server.begin() as work:
        assert await found(work, CITY.id, Sought.of(any_case(1).text.split()[0])) == ["o1"]
    await server.close()
