"""What came of a poll, in words: the published table and what it is not, in each language."""

from collections.abc import Sequence

from content.catalog import FIRST_LANGUAGE, Words
from domain.model.poll import PollWords
from domain.model.poll_copy import Ended
from domain.model.publishing import Cell, Published, Row

BAR = 10
"""Blocks of a full bar."""


def told(
    words: Words,
    asked: PollWords,
    table: Published,
    ended: Ended,
    language: str = FIRST_LANGUAGE,
) -> str:
    """The table for a message; the question in the words in which it was asked."""
    lines = _lines(words, asked, table.groups, table.cells, language)
    options = "\n".join(
        f"{line}\n{bar(cell)}" for line, cell in zip(lines, table.cells, strict=True)
    )
    uncounted = ""
    if ended.uncounted:
        uncounted = words.text("poll.uncounted", language, groups=ended.uncounted)
    parts = [
        words.text("poll.result_head", language, question=asked.question),
        options,
        _total(words, table, ended, language),
        *(_place(words, asked, table, row, language) for row in table.rows),
        uncounted,
        words.text("poll.no_survey", language),
    ]
    return "\n\n".join(part for part in parts if part)


def bar(cell: Cell) -> str:
    """A share as blocks, for readers who see it sooner than they read it."""
    full = min(BAR, max(1, round(cell.percent * BAR / 100)))
    return "▰" * full + "▱" * (BAR - full)


def _total(words: Words, table: Published, ended: Ended, language: str) -> str:
    if table.votes is None:
        return words.text("poll.too_few", language)
    if not table.cells:
        return words.text("poll.only_total", language, votes=table.votes)
    return words.text("poll.total", language, votes=table.votes, groups=ended.counted)


def _place(words: Words, asked: PollWords, table: Published, row: Row, language: str) -> str:
    key = "poll.place" if len(row.places) == 1 else "poll.places"
    places = words.listed(row.places, language)
    head = words.text(key, language, places=places, votes=row.votes)
    return "\n".join([head, *_lines(words, asked, table.groups, row.cells, language)])


def _lines(
    words: Words,
    asked: PollWords,
    groups: Sequence[Sequence[int]],
    cells: Sequence[Cell],
    language: str,
) -> list[str]:
    """One option in each, or several that are only told together; none if none can be told."""
    return [
        f"• {' / '.join(asked.options[n] for n in group)}: {_said(words, cell, language)}"
        for group, cell in zip(groups, cells, strict=True)
    ]


def _said(words: Words, cell: Cell, language: str) -> str:
    share = words.text("poll.share", language, percent=cell.percent)
    if cell.is_nearly_all:
        share = words.text("poll.nearly_all", language)
    elif cell.is_hardly_any:
        share = words.text("poll.hardly_any", language)
    if cell.count is None:
        return share
    return words.text("poll.votes", language, votes=cell.count, share=share)
