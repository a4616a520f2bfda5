"""Opinions are found by their words, by whoever may read them, and not once they are erased."""

from collections.abc import AsyncIterator
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
from storage import opinion_index
from storage.copy import copy
from storage.migrate import bring_up_to_date
from storage.open import open_main
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
    monkeypatch.setattr(opinion_index, "BLOCK", 32)


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


@only_files
async def test_no_token_of_an_erased_opinion_is_left_in_the_file(
    memory: SqlMemory, main_path: Path
) -> None:
    text = "Hàng xóm qwzkj xả nước xvbnm ra ngõ ផ្លូវខូច"
    secret = replace(OPINION, id="o0", code="HC-0", number="YK-0", handle="h0", text=text)
    async with memory.begin() as work:
        await work.opinions.add(secret)
        await work.opinions.add_addition(Addition("a1", secret.id, "Thêm: qplmk.", NOW))
        for number in range(1, 40):
            await work.opinions.add(any_case(number))
        await work.commit()
    others = {token for number in range(1, 40) for token in tokens_of(any_case(number).text)}
    rare = [token.encode() for token in tokens_of(text) - others if len(token) > len("xả nước")]
    assert left(main_path, [b"qwzkj", b"xvbnm"])

    async with memory.begin() as work:
        await work.opinions.erase(secret, NOW)
        await work.commit()

    assert left(main_path, [b"qwzkj", b"xvbnm", b"qplmk", *rare]) == []


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
    async with memory.begin() as work:
        assert await work.opinions.erase_texts(NOW + timedelta(days=90), NOW) == 1
        await work.commit()

    assert left(main_path, [b"qwzkj", b"xvbnm"]) == []


def left(main: Path, tokens: list[bytes]) -> list[tuple[str, bytes]]:
    files = [path for path in main.parent.iterdir() if path.name.startswith("main.db")]
    return [(path.name, token) for path in files for token in tokens if token in path.read_bytes()]


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


@only_files
async def test_a_full_block_is_in_one_piece_and_in_small_pages(memory: SqlMemory) -> None:
    """A word is looked up in each piece, and of a common one page after page is leapt over."""
    async with memory.begin() as work:
        for number in range(1, CASES + 1):
            await work.opinions.add(any_case(number))
        await work.commit()
    full = CASES // opinion_index.BLOCK
    pieces = "SELECT count(DISTINCT segid) FROM opinion_words_{}_idx"
    largest = "SELECT max(length(block)) FROM opinion_words_{}_data"
    async with memory.engine.connect() as connection:
        for block in range(full):
            assert (await connection.exec_driver_sql(pieces.format(block))).scalar() == 1
            assert (await connection.exec_driver_sql(largest.format(block))).scalar_one() < 600
    async with memory.engine.begin() as connection:
        await connection.run_sync(opinion_index.rebuild)
        for block in range(full + 1):
            assert (await connection.exec_driver_sql(pieces.format(block))).scalar() == 1


@only_servers
async def test_a_servers_rows_are_narrow(memory: SqlMemory) -> None:
    """Of a common word every row is looked at: with their tokens in them they fill ten times more.

    So is a row that is written again.
    """
    long = " ".join(f"tu{number}" for number in range(200))
    async with memory.begin() as work:
        for number in range(1, 31):
            await work.opinions.add(replace(any_case(number), text=long))
        await work.opinions.add_addition(Addition("a1", "o7", "thêm", NOW))
        await work.commit()
    widest = text("SELECT pg_relation_size('opinion_words_0'), count(*) FROM opinion_words_0")
    async with memory.engine.connect() as connection:
        size, rows = (await connection.execute(widest)).one()

    assert rows == 30
    assert size <= 8192


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
