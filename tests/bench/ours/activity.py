"""Our `/donvi` over a year: 103 communes with their hamlets, everybody's sessions confirmed."""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import insert, update

from content.units.gazetteer import ListedUnit, province_units
from domain.clock import SystemClock
from domain.ids import RandomIds
from domain.model.access import Actor, Grant, Person, Role
from domain.model.activity import PLACES_ON_A_PAGE, UnitActivity, bounds, month_before
from domain.model.session import SessionState
from domain.model.unit import Unit, UnitKind
from domain.usecases.review_activity import ReviewActivity
from handlers.cli.offices import as_units
from handlers.letterhead import CatalogLetterhead
from handlers.periods import office_words
from storage.engine import connection_of, transaction
from storage.open import open_main
from storage.tables.offices import GrantRow, PersonRow
from storage.tables.sessions import SessionRow
from storage.unit_of_work import SqlMemory
from tests.bench.answering import answer
from tests.bench.ours.premises import Premises
from tests.bench.waits import p95
from tests.e2e.district import CITY, HAMLETS

CLOCK, IDS = SystemClock(), RandomIds()
PEOPLE = 3000
YEAR = 365
HANH = "hanh"
Row = dict[str, Any]


@dataclass(frozen=True)
class City:
    """The city, its communes and the hamlets in them."""

    top: Unit
    communes: Sequence[Unit]
    hamlets: Sequence[Unit]


async def reviewed(folder: str, server: str, sessions: int, looks: int) -> dict[str, float]:
    """How long a look at the city's month takes, and how far its sums are off."""
    premises = await Premises(Path(folder) / "activity", server).migrated()
    memory = await open_main(premises.main, CLOCK)
    try:
        city = await founded(memory)
        rows = year_of(city, sessions, CLOCK.now())
        await fill(memory, city, rows)
        show = partial(review_of(memory).show_month, supervisor(city))
        pages = len(city.communes) // PLACES_ON_A_PAGE + 1
        seen, waits = await show(city.top.id), list[float]()
        for look in range(looks):
            began = time.perf_counter()
            await show(city.top.id, look % pages)
            waits.append(time.perf_counter() - began)
        return {"p95": p95(waits), "off": off_by(seen, rows)}
    finally:
        await memory.close()


def review_of(memory: SqlMemory) -> ReviewActivity:
    return ReviewActivity(memory, CLOCK, IDS, CatalogLetterhead(office_words(), deep_link=str))


def supervisor(city: City) -> Actor:
    grants = (Grant(Role.SUPERVISOR, city.top.id),)
    return Person(HANH, "Hạnh", None, grants).actor_on(CLOCK.now().date())


async def founded(memory: SqlMemory) -> City:
    """The official communes, with hamlets of ours."""
    listed = list(province_units(CITY))
    hamlets = [
        ListedUnit(f"{place.code}.ap{number}", f"Ấp {number}", UnitKind.HAMLET, place.code)
        for place in listed[1:]
        for number in range(1, HAMLETS + 1)
    ]
    units = list(as_units([*listed, *hamlets], None, IDS, office_words()))
    async with memory.begin() as work:
        for unit in units:
            await work.units.add(unit)
        await work.commit()
    return City(units[0], units[1 : len(listed)], units[len(listed) :])


def year_of(city: City, sessions: int, now: datetime) -> list[Row]:
    """Sessions all over the year and the hamlets, each of somebody who works there."""
    chance = Random(1)
    return [
        {
            "id": f"s{number}",
            "unit_id": city.hamlets[number % PEOPLE % len(city.hamlets)].id,
            "person_id": f"p{number % PEOPLE}",
            "role": Role.COMMUNICATOR,
            "form_version": 1,
            "state": SessionState.DRAFT,
            "version": 1,
            "begun_at": now,
            "start_at": now - timedelta(minutes=chance.randint(1, YEAR * 24 * 60)),
            "minutes": 60,
            "mode": "truc_tiep",
            "people": chance.randint(8, 60),
            "place": "Nhà văn hóa ấp",
            "topic": "Phòng chống sốt xuất huyết",
            "field": "y_te_bhyt",
            "answers": "{}",
            "note": "",
        }
        for number in range(sessions)
    ]


async def fill(memory: SqlMemory, city: City, rows: Sequence[Row]) -> None:
    """Past the use cases, but not past what the database refuses: draft, submitted, confirmed."""
    now, names = CLOCK.now(), [f"p{number}" for number in range(PEOPLE)]
    homes = {row["person_id"]: row["unit_id"] for row in rows}
    submitted = update(SessionRow).values(state=SessionState.SUBMITTED, submitted_at=now)
    confirmed = update(SessionRow).values(
        state=SessionState.CONFIRMED, confirmed_at=now, confirmed_by=HANH
    )
    people = [{"id": name, "name": "Dung", "account": f"telegram:{name}"} for name in names]
    grants = [
        {"person_id": name, "role": Role.COMMUNICATOR, "unit_id": homes[name]} for name in names
    ]
    async with transaction(memory.engine) as session:
        main = connection_of(session)
        await main.execute(insert(PersonRow), [{"id": HANH, "name": "Hạnh"}])
        await main.execute(insert(PersonRow), people)
        await main.execute(insert(GrantRow), grants)
        await main.execute(insert(SessionRow), list(rows))
        await main.execute(submitted)
        await main.execute(confirmed)
        await session.commit()


def off_by(seen: UnitActivity, rows: Sequence[Row]) -> int:
    """How far what is shown of two months lies from a count of what was put in."""
    wrong = 0
    for first_on, shown in (
        (seen.first_on, seen.whole.this),
        (month_before(seen.first_on), seen.whole.before),
    ):
        begin, end = bounds(first_on)
        counted = Counter[str]()
        for row in rows:
            if begin <= row["start_at"] < end:
                counted.update(sessions=1, people=row["people"])
        wrong += abs(counted["sessions"] - shown.sessions) + abs(counted["people"] - shown.people)
    return wrong


if __name__ == "__main__":
    answer(reviewed)
