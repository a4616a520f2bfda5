"""A month of sessions, from the roster to the totals: what was held is what is told, to the unit.

In CI a few people; `COMMUNICATORS=3000 SESSIONS_EACH=12` in the environment makes it the whole
city, with a line now and then that says how far it is. The pacer's limits are off, here and in the
practice Telegram: what is counted is sessions.
"""

import os
import sys
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from content.units.gazetteer import province_units
from domain.clock import LOCAL_ZONE
from domain.model.activity import first_of_month, month_before
from tests.e2e.district import CITY, District, Tally, opened
from tests.e2e.month_screens import NONE, Said, city_and_places, expected, places_within

pytestmark = pytest.mark.e2e

COMMUNICATORS = int(os.environ.get("COMMUNICATORS") or 12)
EACH = int(os.environ.get("SESSIONS_EACH") or 3)
LONGEST_PRESS = 10.0
"""Seconds; a press that is not answered by then looks to its presser as if it were lost."""
COMMUNES = {unit.code: unit.name for unit in province_units(CITY) if unit.parent_code}


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """To the terminal at once, past what the test runner holds back."""

    def said(line: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"{datetime.now(UTC):%H:%M:%S} {line}\n")

    return said


def by_commune(counted: Counter[str]) -> Counter[str]:
    """Of the hamlets' counts the sums of their communes, by name."""
    sums: Counter[str] = Counter()
    for unit_code, count in counted.items():
        sums[COMMUNES[unit_code.partition(".")[0]]] += count
    return sums


def two_months(district: District) -> tuple[Tally, Tally]:
    """As those who held the sessions count them."""
    this = first_of_month(datetime.now(UTC))
    months = (district.months.get(month, Tally()) for month in (this, month_before(this)))
    return next(months), next(months)


async def test_a_month_of_sessions_adds_up_to_what_was_held(
    tmp_path: Path, tell: Callable[[str], None]
) -> None:
    month = datetime.now(LOCAL_ZONE).month
    async with opened(tmp_path, COMMUNICATORS, tell=tell) as district:
        await district.log(district.listed, EACH)

        assert district.held.sessions.total() == COMMUNICATORS * EACH
        assert district.stored("submitted") == district.held

        longest = await district.confirm()

        assert district.stored("confirmed") == district.held
        assert longest < LONGEST_PRESS
        await told_by_every_screen(district)
    assert datetime.now(LOCAL_ZONE).month == month, "a month ended while it ran: run it again"


async def told_by_every_screen(district: District) -> None:
    """`/donvi` says of the city, each commune and each hamlet what was counted there."""
    this, before = two_months(district)
    communes = expected(
        (by_commune(this.sessions), by_commune(this.people)),
        (by_commune(before.sessions), by_commune(before.people)),
    )
    hamlets = expected((this.sessions, this.people), (before.sessions, before.people))
    async with district.supervisor().listening() as supervisor:
        city, places = await city_and_places(supervisor)
        inside = await places_within(supervisor, communes)

    sums = (this.sessions, this.people, before.sessions, before.people)
    assert city == Said(*(count.total() for count in sums))
    assert places == {name: communes.get(name, NONE) for name in COMMUNES.values()}
    assert {
        (name, place): said
        for name, lines in inside.items()
        for place, said in lines.items()
        if said != NONE
    } == {(COMMUNES[code[:5]], f"Ấp {code[-1]}"): said for code, said in hamlets.items()}
