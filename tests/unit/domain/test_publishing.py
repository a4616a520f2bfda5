"""What is shown of a poll's counts: ten votes behind each number, rounded, bounds at the ends."""

import json

from hypothesis import given
from hypothesis import strategies as st

from domain.model.publishing import FEWEST, STEP, Cell, PlaceCounts, Published, publish, rounded


def place(name: str, *chosen: int, votes: int | None = None) -> PlaceCounts:
    return PlaceCounts(name, sum(chosen) if votes is None else votes, chosen)


@given(st.integers(0, 100_000))
def test_a_number_is_moved_by_two_at_most(count: int) -> None:
    assert rounded(count) % STEP == 0
    assert abs(rounded(count) - count) <= STEP // 2


def test_fewer_than_ten_votes_are_no_number_at_all() -> None:
    assert publish([place("Ấp 1", 5, 4)]).votes is None
    assert publish([]).votes is None


def test_a_small_place_is_shown_with_others_only() -> None:
    table = publish([place("Ấp 1", 60, 40), place("Ấp 2", 30, 30), place("Ấp 3", 12, 3)])
    assert [row.places for row in table.rows] == [("Ấp 1",), ("Ấp 3", "Ấp 2")]


def test_a_place_where_nobody_voted_is_not_told_apart() -> None:
    table = publish([place("Ấp 1", 60, 40), place("Ấp 2", 30, 30), place("Ấp 3", 0, 0)])
    assert ("Ấp 3", "Ấp 2") in [row.places for row in table.rows]


def test_a_place_where_nearly_all_chose_the_same_is_shown_with_others_only() -> None:
    table = publish([place("Ấp 1", 60, 40), place("Ấp 2", 30, 30), place("Ấp 3", 380, 20)])
    assert ("Ấp 3",) not in [row.places for row in table.rows]


def test_nearly_all_of_many_is_a_bound_and_no_number() -> None:
    table = publish([place("Ấp 1", 470, 30), place("Ấp 2", 480, 20)])
    assert [(cell.count, cell.is_nearly_all) for cell in table.cells] == [
        (None, True),
        (None, False),
    ]
    assert table.cells[1].is_hardly_any
    assert table.rows == ()


def test_options_that_few_chose_are_shown_as_one() -> None:
    table = publish([place("Ấp 1", 60, 40, 4, 7)])
    assert table.groups == ((0,), (1,), (2, 3))
    assert table.cells[2] == Cell(10, 9)


def test_of_one_answer_each_the_shares_add_up() -> None:
    table = publish([place("Ấp 1", 12, 0, 4), place("Ấp 2", 6, 10, 0)])
    assert [(cell.count, cell.percent) for cell in table.cells] == [(20, 55), (15, 45)]


def test_of_several_answers_each_the_share_is_of_those_who_voted() -> None:
    table = publish([place("Ấp 1", 80, 60, votes=100)])
    assert [cell.percent for cell in table.cells] == [80, 60]


def test_a_table_is_read_back_as_it_was_written() -> None:
    table = publish([place("Ấp 1", 60, 40, 4, 7), place("Ấp 2", 60, 40, 4, 7)])
    assert Published.of(json.loads(json.dumps(table.form()))) == table


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8))
def test_every_number_that_is_shown_stands_for_ten(counts: list[tuple[int, int]]) -> None:
    table = publish([place(str(n), *chosen) for n, chosen in enumerate(counts)])
    numbers = [cell.count for row in table.rows for cell in row.cells]
    numbers += [cell.count for cell in table.cells]
    assert all(number is None or number >= FEWEST for number in numbers)
