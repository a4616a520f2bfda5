"""The same figures for a person to read."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from tests.bench.lines import FIELDS, Line

MARKS = {True: "[green]✓[/]", False: "[red]✗[/]", None: ""}
WIDTH = 150
"""Columns where the output is no terminal."""


def show(lines: Sequence[Line]) -> None:
    """One table on the error stream; the lines themselves go to the output."""
    console = Console(stderr=True)
    if not console.is_terminal:
        console = Console(stderr=True, width=WIDTH)
    table = Table(*FIELDS)
    for one in lines:
        told = [cell(one[field]) for field in FIELDS[:-1]]
        table.add_row(*told, MARKS[one["met"]])
    console.print(table)


def cell(value: object) -> str:
    """A number without noise, nothing for None."""
    if isinstance(value, float | int) and not isinstance(value, bool):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
    return "" if value is None else str(value)
