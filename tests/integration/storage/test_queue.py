"""Lists of cases: whatever is asked for, page after page, as counting them one by one gives."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from itertools import product
from random import Random

import pytest

from domain.model.access import EVERYWHERE
from domain.model.bulletin import Field
from domain.model.label import Label
from domain.model.opinion import OPEN_CASES, Opinion, OpinionState
from domain.model.opinion_words import Level, Sought
from domain.model.queue import QueueEntry, QueueMark, QueueView, Whose
from domain.ports import Work
from domain.ports.queue import Reader
from storage import queue, queue_pages
from storage.unit_of_work import SqlMemory, SqlWork
from tests.integration.storage.cast import (
    CITY,
    GIANG,
    HANH,
    NOW,
    OPINION,
    OTHER_WARD,
    QUARTER,
    WARD,
)

BELOW = {
    CITY.id: {CITY.id, WARD.id, QUARTER.id, OTHER_WARD.id},
    WARD.id: {WARD.id, QUARTER.id},
    QUARTER.id: {QUARTER.id},
    EVERYWHERE: {CITY.id, WARD.id, QUARTER.id, OTHER_WARD.id},
}
FIELDS = (None, Field.DISASTERS, Field.OTHER)
CASES, AT_ONCE = 240, 7


def any_case(number: int, chance: Random) -> Opinion:
    state = chance.choice(tuple(OpinionState))
    return replace(
        OPINION,
        id=f"o{number}",
        code=f"HC-{number}",
        number=f"YK-{number}",
        handle=f"h{number}",
        unit_id=chance.choice(sorted(BELOW[CITY.id])),
        field=chance.choice(FIELDS),
        state=state,
        filed_at=NOW + timedelta(minutes=number),
        # Many are due at one moment, so that the order among them matters.
        due_at=NOW + timedelta(hours=chance.randrange(-5, 5)),
        owner_id=chance.choice([None, GIANG.id, HANH.id]),
        closed_at=NOW if state is OpinionState.CLOSED else None,
        waits_until=NOW,
        urgent=chance.random() < 0.3,
    )


@pytest.fixture
async def filed(memory: SqlMemory) -> AsyncIterator[tuple[SqlWork, list[Opinion]]]:
    cases = [any_case(number, Random(number)) for number in range(1, CASES + 1)]
    async with memory.begin() as work:
        for case in cases:
            await work.opinions.add(case)
        yield work, cases


LABELS = ("l0", "l1", "l2")


def labels_of(number: int) -> list[str]:
    """Two stand on many cases, some of them on both; the third stands on none."""
    return [name for name, every in zip(LABELS, (2, 3), strict=False) if number % every == 0]


async def put_labels(work: Work, cases: list[Opinion]) -> None:
    for name in LABELS:
        await work.labels.add(Label(name, CITY.id, name, HANH.id, NOW))
    for number, case in enumerate(cases):
        for name in labels_of(number):
            await work.labels.put_on(case.id, name)


def counted(cases: list[Opinion], place: str, view: QueueView) -> list[str]:
    """What a list should hold, found by going through all of them."""
    places = BELOW[view.unit_id or place]
    owners = {Whose.MINE: (GIANG.id,), Whose.NOBODY: (None,)}.get(view.whose)
    those = [
        (number, case)
        for number, case in enumerate(cases)
        if case.unit_id in places
        and (view.field is None or case.field is view.field)
        and (not view.states or case.state in view.states)
        and (owners is None or case.owner_id in owners)
        and (not view.is_overdue or case.due_at < NOW)
        and (not view.is_urgent or case.urgent)
        and (not view.label_id or view.label_id in labels_of(number))
    ]
    if view.is_due_first:
        those.sort(key=lambda pair: (pair[1].due_at, pair[0]))
    else:
        those.reverse()
    return [case.id for _, case in those]


async def listed(work: Work, place: str, view: QueueView) -> list[str]:
    """All pages one after the other."""
    ids: list[str] = []
    mark: QueueMark | None = None
    while found := await work.queue.page(Reader(GIANG.id, [place], NOW), view, AT_ONCE, mark):
        ids += [entry.id for entry in found]
        mark = found[-1].mark
    return ids


VIEWS = [
    QueueView(field=field, state=state, is_open=is_open, whose=whose, is_overdue=is_overdue)
    for field, (state, is_open), whose, is_overdue in product(
        (None, Field.OTHER),
        ((None, True), (None, False), (OpinionState.NEW, True), (OpinionState.CLOSED, True)),
        Whose,
        (False, True),
    )
]
VIEWS += [replace(view, is_urgent=True) for view in VIEWS[::5]]


@pytest.mark.parametrize("merged", [queue.MERGED, 1])
@pytest.mark.parametrize("place", BELOW)
async def test_every_list_is_what_counting_gives(
    filed: tuple[SqlWork, list[Opinion]], place: str, merged: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    work, cases = filed
    monkeypatch.setattr(queue, "MERGED", merged)

    for view in VIEWS:
        assert await listed(work, place, view) == counted(cases, place, view), view


@pytest.mark.parametrize("place", BELOW)
async def test_every_list_of_a_label_is_what_counting_gives(
    filed: tuple[SqlWork, list[Opinion]], place: str
) -> None:
    work, cases = filed
    await put_labels(work, cases)

    for view in (replace(view, label_id=name) for view in VIEWS for name in LABELS):
        assert await listed(work, place, view) == counted(cases, place, view), view


async def test_a_labelled_case_is_listed_as_it_stands_after_each_move(
    filed: tuple[SqlWork, list[Opinion]],
) -> None:
    """Closed, it leaves what is due; taken up anew, it is back in its place."""
    work, cases = filed
    await put_labels(work, cases)
    chance = Random(0)
    for number, case in enumerate(cases):
        state = chance.choice(sorted(set(OpinionState) - {OpinionState.DUPLICATE_OF}))
        moved = replace(
            case,
            state=state,
            due_at=case.due_at + timedelta(hours=chance.randrange(-3, 3)),
            closed_at=NOW if state is OpinionState.CLOSED else None,
            version=case.version + 1,
        )
        await work.opinions.save(moved, case)
        cases[number] = moved

    for view in (QueueView(label_id="l1"), QueueView(label_id="l1", is_open=False)):
        assert await listed(work, CITY.id, view) == counted(cases, CITY.id, view)


async def test_words_are_looked_for_among_what_a_label_stands_on(
    filed: tuple[SqlWork, list[Opinion]],
) -> None:
    work, cases = filed
    await put_labels(work, cases)
    view = QueueView(is_open=False, label_id="l1")
    sought = Sought.of(OPINION.text.split()[0], Level.EXACT)
    found = await work.queue.find(Reader(GIANG.id, [CITY.id], NOW), view, sought, CASES)

    assert [entry.id for entry in found.entries] == counted(cases, CITY.id, view)


async def test_a_unit_below_can_be_looked_at_alone(
    filed: tuple[SqlWork, list[Opinion]],
) -> None:
    work, cases = filed
    view = QueueView(unit_id=QUARTER.id, is_open=False)

    assert await listed(work, CITY.id, view) == counted(cases, CITY.id, view)


async def test_a_list_has_the_cases_of_a_unit_that_has_just_come(
    filed: tuple[SqlWork, list[Opinion]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """How many there are is asked once a day: it must not matter to what is listed."""
    work, cases = filed
    monkeypatch.setattr(queue, "MERGED", 2)
    assert await listed(work, WARD.id, QueueView()) == counted(cases, WARD.id, QueueView())

    await work.units.add(replace(QUARTER, id="kv2", code="kv2", name="Khu vực 2"))
    new = replace(any_case(CASES + 1, Random(1)), unit_id="kv2", state=OpinionState.NEW)
    await work.opinions.add(replace(new, closed_at=None))

    assert new.id in await listed(work, WARD.id, QueueView())


async def test_a_page_keeps_its_place_when_cases_come_meanwhile(
    filed: tuple[SqlWork, list[Opinion]],
) -> None:
    work, cases = filed
    reader, view = Reader(GIANG.id, [CITY.id], NOW), QueueView(is_open=False)
    first = await work.queue.page(reader, view, AT_ONCE)
    await work.opinions.add(any_case(CASES + 1, Random(0)))

    second = await work.queue.page(reader, view, AT_ONCE, first[-1].mark)

    assert [e.id for e in (*first, *second)] == counted(cases, CITY.id, view)[: 2 * AT_ONCE]


def test_a_list_has_no_room_for_words() -> None:
    assert "text" not in QueueEntry.__dataclass_fields__
    assert "text" not in queue_pages.SHOWN
    assert not {"code", "handle", "bearer_id"} & set(queue_pages.SHOWN)


def test_what_is_open_is_listed_by_when_it_is_due() -> None:
    assert QueueView().is_due_first
    assert all(QueueView(state=state).is_due_first for state in OPEN_CASES)
    assert not QueueView(is_open=False).is_due_first
    assert not QueueView(state=OpinionState.CLOSED).is_due_first
