"""What `/donvi` says of a month, read off the supervisor's screens, and nothing else."""

import re
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass

from tests.e2e.communicator import Listener
from tests.e2e.town import WORDS, Json, labels, sentence

SHOW, TURN = "button.activity_show", "button.activity_page"


@dataclass(frozen=True, slots=True)
class Said:
    """A place's line, or the head of its page: this month and the one before (dòng)."""

    sessions: int = 0
    people: int = 0
    sessions_before: int = 0
    people_before: int = 0


NONE = Said()


def pattern(key: str) -> re.Pattern[str]:
    """A sentence of the catalogue with its places as groups: names, and else numbers."""
    shown = re.split(r"\{(\w+)\}", re.sub(r"<[^>]+>", "", WORDS.sentence(key)))
    parts = [re.escape(shown[0])]
    for name, after in zip(shown[1::2], shown[2::2], strict=True):
        kind = ".+?" if name in ("unit", "month", "place") else r"[\d.]+"
        parts += [f"(?P<{name}>{kind})", re.escape(after)]
    return re.compile("".join(parts), re.DOTALL)


HEAD, LINE = pattern("activity.page"), pattern("activity.line")
SILENT = pattern("activity.line_none")


async def city_and_places(supervisor: Listener) -> tuple[Said, dict[str, Said]]:
    """The head of the first page, and every line of all the pages behind it."""
    await supervisor.say("/donvi")
    unit = await supervisor.hears(sentence("staff.unit"))
    await supervisor.press(unit, WORDS.text(SHOW))
    first = await supervisor.hears(sentence("activity.page"))
    places = lines_of(first)
    async for page in _further(supervisor, first):
        places |= lines_of(page)
    return head_of(first)[1], places


async def places_within(supervisor: Listener, names: Iterable[str]) -> dict[str, dict[str, Said]]:
    """The lines behind the button of each of these places, found by leafing through the pages."""
    await supervisor.say("/donvi")
    unit = await supervisor.hears(sentence("staff.unit"))
    await supervisor.press(unit, WORDS.text(SHOW))
    first = await supervisor.hears(sentence("activity.page"))
    wanted, found = set(names), dict[str, dict[str, Said]]()
    for page in [first, *[page async for page in _further(supervisor, first)]]:
        for name in wanted.intersection(labels(page)):
            await supervisor.press(page, name)
            inside = await supervisor.hears(sentence("activity.page"))
            assert head_of(inside)[0] == name
            found[name] = lines_of(inside)
    return found


def head_of(page: Json) -> tuple[str, Said]:
    """Whose page it is, and its sums."""
    found = HEAD.match(page["text"])
    assert found is not None, page["text"]
    return found["unit"].removeprefix("📊 "), _said(found.groupdict())


def lines_of(page: Json) -> dict[str, Said]:
    """Every place on the page, those without a session as well."""
    found: dict[str, Said] = {}
    for line in page["text"].splitlines():
        if silent := SILENT.fullmatch(line):
            found[silent["place"]] = NONE
        elif told := LINE.match(line):
            found[told["place"]] = _said(told.groupdict())
    return found


def expected(
    this: tuple[Counter[str], Counter[str]], before: tuple[Counter[str], Counter[str]]
) -> Mapping[str, Said]:
    """By unit: sessions and people of a month, and of the one before."""
    units = set().union(*this, *before)
    return {u: Said(this[0][u], this[1][u], before[0][u], before[1][u]) for u in units}


def _said(told: Mapping[str, str]) -> Said:
    names = ("sessions", "people", "sessions_before", "people_before")
    return Said(*(int(told[name].replace(".", "")) for name in names))


async def _further(supervisor: Listener, page: Json) -> AsyncIterator[Json]:
    number = 2
    while (turn := WORDS.text(TURN, page=number)) in labels(page):
        await supervisor.press(page, turn)
        page = await supervisor.hears(sentence("activity.page"))
        yield page
        number += 1
