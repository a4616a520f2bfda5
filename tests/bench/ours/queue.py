"""Our queue over a year's opinions: a city's communes and hamlets, listed, searched and counted."""

import asyncio
import gc
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from itertools import count as count_up
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.clock import SystemClock
from domain.ids import RandomIds
from domain.model.access import RESIDENT, Permission
from domain.model.audit import AuditEvent
from domain.model.bulletin import Field
from domain.model.chat import Address
from domain.model.delivery import Payload, letter
from domain.model.opinion import OPEN_CASES, WAITING, Opinion, OpinionSource, OpinionState
from domain.model.opinion_words import Level, Sought, tokens_of
from domain.model.queue import QueueMark, QueueView
from domain.model.search import folded
from domain.ports import Cause
from domain.ports.queue import Reader
from storage.open import open_main, open_vault
from storage.opinion_figures import change, count_all, kept
from storage.opinion_index import blocks, facet, make_block
from storage.opinion_lookup import look
from storage.tables.cases import OpinionRow
from storage.unit_of_work import SqlMemory
from storage.vault.residents import SqlVault
from tests.bench.answering import answer
from tests.bench.bands import Band, Bands
from tests.bench.memory import resident
from tests.bench.opinions import opinion
from tests.bench.ours.activity import City, founded
from tests.bench.ours.premises import Premises
from tests.bench.waits import p95, p99

CLOCK, IDS = SystemClock(), RandomIds()
A_YEAR = timedelta(days=365)
PAGE, DEEP = 50, 10_000
PAUSE, THOUGHT_OF = 1.0, 40
FIELDS = tuple(Field)
AT_ONCE = 5_000
"""Rows in one commit: a server sends away whoever thinks for five seconds in one."""
LEFT_OUT = {"forwardings": 0, "urgent": False, "is_public": False, "replied_to": "", "pictures": 0}
"""What an insert fills in, and a copy does not."""
SETTLED = timedelta(days=30)
SAMPLED = 20_000
"""Texts by which it is told how often a word comes."""
NO_INDEX = ("enable_indexscan", "enable_bitmapscan")
Row = dict[str, Any]


@dataclass
class House:
    """The databases of one run, filled step by step."""

    premises: Premises
    memory: SqlMemory
    vault: SqlVault
    city: City
    began: datetime
    count: int
    filed: int = 0
    chance: Random = field(default_factory=lambda: Random(11))
    queries: dict[tuple[str, Band, int], tuple[str, QueueView]] = field(default_factory=dict)
    """By kind, band and number: to make them up takes longer than to look for them."""
    later: Iterator[int] = field(default_factory=count_up)
    """Numbers of those that are filed one by one."""

    @property
    def on_server(self) -> bool:
        return bool(self.premises.server)


HOUSES: dict[str, House] = {}


async def opened(folder: str, server: str, count: int) -> dict[str, float]:
    premises = await Premises(Path(folder) / "queue", server).migrated()
    memory = await open_main(premises.main, CLOCK)
    vault, _ = await open_vault(premises.vault, premises.keys, CLOCK, IDS)
    city = await founded(memory)
    HOUSES["here"] = House(premises, memory, vault, city, CLOCK.now() - A_YEAR, count)
    return {"units": float(1 + len(city.communes) + len(city.hamlets))}


async def filled(most: int) -> dict[str, float]:
    """The next so many opinions, as texts alone; how much text it is."""
    house = HOUSES["here"]
    until = min(house.filed + most, house.count)
    letters = 0
    while house.filed < until:
        numbers = range(house.filed + 1, min(house.filed + AT_ONCE, until) + 1)
        rows = [_row(house, number) for number in numbers]
        letters += sum(len(row["text"].encode()) for row in rows)
        async with house.memory.engine.begin() as connection:
            await (_copied if house.on_server else _inserted)(connection, rows)
        house.filed = numbers[-1]
    return {"filed": float(house.filed), "text": float(letters)}


async def _inserted(connection: AsyncConnection, rows: Sequence[Row]) -> None:
    await connection.execute(insert(OpinionRow), rows)


async def _copied(connection: AsyncConnection, rows: Sequence[Row]) -> None:
    raw = await connection.get_raw_connection()
    assert raw.driver_connection is not None
    whole = [row | LEFT_OUT for row in rows]
    await raw.driver_connection.copy_records_to_table(
        "opinion", columns=list(whole[0]), records=[list(row.values()) for row in whole]
    )


async def indexed() -> dict[str, float]:
    """The same opinions' words, as they are made anew after a move to a server."""
    house, began = HOUSES["here"], time.perf_counter()
    async with house.memory.engine.begin() as connection:
        count = await connection.run_sync(blocks)
    for block in range(count):
        async with house.memory.engine.begin() as connection:
            await connection.run_sync(make_block, block)
    return {"seconds": time.perf_counter() - began}


async def counted() -> dict[str, float]:
    house = HOUSES["here"]
    async with house.memory.engine.begin() as connection:
        whole = await connection.run_sync(count_all)
        await connection.run_sync(change, whole)
    if house.on_server:
        async with house.memory.engine.connect() as connection:
            alone = await connection.execution_options(isolation_level="AUTOCOMMIT")
            await alone.execute(text("VACUUM ANALYZE"))
    else:
        async with house.memory.engine.begin() as connection:
            await connection.execute(text("ANALYZE opinion"))
    return {}


async def checked(sample: int) -> dict[str, float]:
    """How many of a sample the index, or the figures, know otherwise than as if filed one by one.

    Each of the sample is filed once more, as a resident would: whatever it is found by then, the
    first must be found by too.
    """
    house, chance, off = HOUSES["here"], Random(13), 0
    for number in chance.sample(range(1, house.count + 1), sample):
        row = _row(house, number)
        async with house.memory.begin() as work:
            await work.opinions.add(_opinion(row["text"], row["unit_id"], row["field"]))
            await work.commit()
        groups = [(token,) for token in tokens_of(row["text"])]
        groups.append((facet(row["unit_id"], row["field"]),))
        async with house.memory.engine.connect() as connection:
            found = await connection.run_sync(look, groups, house.count)
        off += number not in found or len(found) < len((number, "filed again"))
    async with house.memory.engine.connect() as connection:
        whole = await connection.run_sync(count_all)
        return {"off": float(off), "figures": float(whole != await connection.run_sync(kept))}


async def size() -> dict[str, float]:
    """Bytes: of the database as a whole, or on a server of the index alone."""
    house = HOUSES["here"]
    async with house.memory.engine.begin() as connection:
        if not house.on_server:
            asked = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
            return {"whole": float((await connection.execute(text(asked))).scalar_one())}
        asked = """SELECT sum(pg_total_relation_size(oid)) FROM pg_class
            WHERE relname IN ('opinion_posting', 'opinion_unposted')"""
        return {"whole": float((await connection.execute(text(asked))).scalar_one())}


def _row(house: House, number: int) -> Row:
    chance = Random(number)
    filed_at = house.began + number * (A_YEAR / house.count)
    is_settled = CLOCK.now() - filed_at > SETTLED and chance.random() < 0.97
    state = OpinionState.CLOSED if is_settled else chance.choice(sorted(OPEN_CASES))
    place = chance.choice(house.city.hamlets if chance.random() < 0.8 else house.city.communes)
    return {
        "id": f"o{number:030d}",
        "code": f"HC-{number}",
        "number": f"YK-{number}",
        "unit_id": place.id,
        "source": OpinionSource.PRIVATE,
        "text": opinion(number),
        "language": "vi",
        "state": state,
        "handle": None,
        "filed_at": filed_at,
        "due_at": filed_at + timedelta(days=14),
        "version": 1,
        "field": chance.choice(FIELDS),
        "closed_at": filed_at + SETTLED if is_settled else None,
        "waits_until": filed_at + SETTLED if is_settled or state in WAITING else None,
        "seq": number,
    }


async def listed(looks: int, deep: bool, narrow: bool) -> dict[str, float]:
    """Newest of a subtree: a commune's, or the city's at its 10,000th page, by field and state."""
    house = HOUSES["here"]
    chance = Random(5)

    async def one() -> None:
        unit = chance.choice(house.city.communes) if narrow else house.city.top
        closed = OpinionState.CLOSED
        view = QueueView(field=chance.choice(FIELDS), state=closed) if narrow else EVERYTHING
        at = (
            max(house.count - DEEP * PAGE, house.count // 2) - chance.randrange(PAGE)
            if deep
            else None
        )
        mark = QueueMark(at, CLOCK.now()) if at else None
        async with house.memory.look() as work:
            found = await work.queue.page(Reader("giang", [unit.id], CLOCK.now()), view, PAGE, mark)
        assert found

    return await timed(one, looks)


EVERYTHING = QueueView(is_open=False)


async def due(looks: int) -> dict[str, float]:
    """What /hangdoi shows first: a commune's open cases by their due dates."""
    house = HOUSES["here"]
    chance = Random(6)

    async def one() -> None:
        reader = Reader("giang", [chance.choice(house.city.communes).id], CLOCK.now())
        async with house.memory.look() as work:
            await work.queue.page(reader, QueueView(), PAGE)

    return await timed(one, looks)


async def searched(kind: str, band: str, level: str, looks: int) -> dict[str, float]:
    """Two words, perhaps with a unit or unit and field; or two syllables side by side."""
    house = HOUSES["here"]
    queries = [_query(house, kind, Band(band), n) for n in range(looks)]
    at, found = iter(queries), 0

    async def one() -> None:
        nonlocal found
        words, view = next(at)
        reader = Reader("giang", [house.city.top.id], CLOCK.now())
        async with house.memory.look() as work:
            hits = await work.queue.find(reader, view, Sought.of(words, Level(level)), PAGE)
        found += len(hits.entries)

    return await timed(one, looks) | {"found": found / looks}


async def scanned(kind: str, band: str, looks: int, whole: bool) -> dict[str, float]:
    """The same words by LIKE, which finds them only as they were typed; maybe by no index."""
    house = HOUSES["here"]
    queries = iter([_query(house, kind, Band(band), n) for n in range(looks)])

    async def one() -> None:
        words, view = next(queries)
        asked = {f"w{n}": f"%{word}%" for n, word in enumerate(_parts(words, kind))}
        conditions = [f"text LIKE :w{n}" for n in range(len(asked))]
        if view.unit_id:
            conditions.append(
                "unit_id IN (SELECT descendant_id FROM unit_closure WHERE ancestor_id = :unit)"
            )
            asked["unit"] = view.unit_id
        if view.field:
            conditions.append("field = :field")
            asked["field"] = view.field.value
        cases = "opinion NOT INDEXED" if whole and not house.on_server else "opinion"
        # Named apart: a server goes on by the plan that it has of a statement, whatever is set.
        named = "of_all" if whole else "of_some"
        scan = (
            f"SELECT seq AS {named} FROM {cases} WHERE {' AND '.join(conditions)}"
            " ORDER BY opinion.seq DESC LIMIT 50"
        )
        async with house.memory.engine.begin() as connection:
            for setting in NO_INDEX * (whole and house.on_server):
                await connection.execute(text(f"SET LOCAL {setting} = off"))
            (await connection.execute(text(scan), asked)).all()

    return await timed(one, looks)


def _parts(words: str, kind: str) -> Sequence[str]:
    return [words.strip('"')] if kind == "phrase" else words.split()


@cache
def bands(count: int) -> Bands:
    """How often words come among the first of so many."""
    return Bands(opinion(number) for number in range(1, min(SAMPLED, count) + 1))


def _query(house: House, kind: str, band: Band, number: int) -> tuple[str, QueueView]:
    asked = kind, band, number
    if asked not in house.queries:
        house.queries[asked] = _thought_of(house, *asked)
    return house.queries[asked]


def _thought_of(house: House, kind: str, band: Band, number: int) -> tuple[str, QueueView]:
    row, words = _wanted(house, kind, band, Random(f"{kind}.{number}"))
    if kind == "phrase":
        return f'"{words}"', EVERYTHING
    places = {unit.id: unit for unit in (*house.city.communes, *house.city.hamlets)}
    unit = places[row["unit_id"]]
    commune = unit.parent_id if unit in house.city.hamlets else unit.id
    view = EVERYTHING if kind == "words" else replace(EVERYTHING, unit_id=commune or "")
    return words, replace(view, field=row["field"]) if kind == "field" else view


def _wanted(house: House, kind: str, band: Band, chance: Random) -> tuple[Row, str]:
    """Words of the band, and the opinion that they are from."""
    known = bands(house.count)
    choose = known.phrase if kind == "phrase" else known.two_words
    while True:
        row = _row(house, chance.randrange(1, house.count + 1))
        if words := choose(row["text"], band, chance):
            return row, words


async def figures(place: str, looks: int) -> dict[str, float]:
    """A year by month, field and unit: of the city, a commune and its hamlets, all communes."""
    house = HOUSES["here"]
    communes = [unit.id for unit in house.city.communes]
    some = {
        "city": [house.city.top.id],
        "commune": [communes[5], *[u.id for u in house.city.hamlets if u.parent_id == communes[5]]],
        "communes": communes,
    }[place]
    months = (f"{house.began:%Y-%m}", f"{CLOCK.now():%Y-%m}")

    async def one() -> None:
        async with house.memory.look() as work:
            assert await work.queue.figures(some, months)

    return await timed(one, looks)


async def counted_raw(looks: int) -> dict[str, float]:
    """The city's year from the cases themselves."""
    house = HOUSES["here"]
    month = "to_char(filed_at, 'YYYY-MM')" if house.on_server else "strftime('%Y-%m', filed_at)"
    asked = f"SELECT {month}, unit_id, field, count(*) FROM opinion GROUP BY 1, 2, 3"

    async def one() -> None:
        async with house.memory.engine.begin() as connection:
            (await connection.execute(text(asked))).all()

    return await timed(one, looks)


async def filing(count: int, searchers: int) -> dict[str, float]:
    """Filing while people search: the address into the vault, then all of main's in one commit."""
    house = HOUSES["here"]
    ended, searches = asyncio.Event(), 0

    async def person(chance: Random, wanted: Sequence[tuple[str, QueueView]]) -> None:
        nonlocal searches
        await asyncio.sleep(chance.random() * PAUSE)
        for words, view in cycle(wanted):
            if ended.is_set():
                return
            reader = Reader("giang", [house.city.top.id], CLOCK.now())
            async with house.memory.look() as work:
                await work.queue.find(reader, view, Sought.of(folded(words)), PAGE)
            searches += 1
            await asyncio.sleep(PAUSE)

    # Thought of beforehand: to make them up takes this process longer than to look for them.
    chances = [Random(f"person {number}") for number in range(searchers)]
    wanted = [[_any_query(house, chance) for _ in range(THOUGHT_OF)] for chance in chances]
    people = [asyncio.create_task(person(*one)) for one in zip(chances, wanted, strict=True)]
    waits = list[float]()
    for _ in range(count):
        waits.append(await _file(house, next(house.later)))
        await asyncio.sleep(0.02)
    ended.set()
    await asyncio.gather(*people)
    return {"p99": p99(waits), "p95": p95(waits), "searches": float(searches)}


def _any_query(house: House, chance: Random) -> tuple[str, QueueView]:
    kind = chance.choice(("words", "unit", "field", "phrase"))
    return _query(house, kind, chance.choice(tuple(Band)), chance.randrange(10_000))


async def _file(house: House, number: int) -> float:
    now, place = CLOCK.now(), house.chance.choice(house.city.hamlets)
    row = _opinion(opinion(house.count + number), place.id, house.chance.choice(FIELDS))
    name = row.id
    began = time.perf_counter()
    await house.vault.seal_address(name, Address("telegram", 4242, str(number)), now)
    async with house.memory.begin(Cause(4242, number)) as work:
        await work.opinions.add(row)
        receipt = letter(IDS.new(), f"filed:{name}", name, Payload("Đã nhận."))
        await work.outbox.add([receipt])
        await work.audit.append(AuditEvent(now, RESIDENT.id, Permission.OPINION_FILE, name))
        await work.commit()
    return time.perf_counter() - began


def _opinion(words: str, unit_id: str, field: Field) -> Opinion:
    now, name = CLOCK.now(), IDS.new()
    return Opinion(
        id=name,
        code=IDS.code(),
        number=IDS.number(),
        unit_id=unit_id,
        source=OpinionSource.PRIVATE,
        text=words,
        language="vi",
        state=OpinionState.NEW,
        handle=name,
        filed_at=now,
        due_at=now + timedelta(days=14),
        field=field,
    )


async def held() -> dict[str, float]:
    gc.collect()
    return {"megabytes": resident()}


async def timed(one: Callable[[], Awaitable[None]], looks: int) -> dict[str, float]:
    waits = list[float]()
    for _ in range(looks):
        began = time.perf_counter()
        await one()
        waits.append(time.perf_counter() - began)
    return {"p95": p95(waits), "median": sorted(waits)[len(waits) // 2] * 1000}


async def closed() -> dict[str, float]:
    house = HOUSES.pop("here")
    await house.vault.close()
    await house.memory.close()
    return {}


ACTS: dict[str, Callable[..., Awaitable[dict[str, float]]]] = {
    "open": opened, "fill": filled, "index": indexed, "count": counted, "size": size,
    "list": listed, "due": due, "search": searched, "scan": scanned, "figures": figures,
    "raw": counted_raw, "file": filing, "held": held, "check": checked, "close": closed,
}  # fmt: skip


async def do(act: str, **task: Any) -> dict[str, float]:
    return await ACTS[act](**task)


if __name__ == "__main__":
    answer(do)
