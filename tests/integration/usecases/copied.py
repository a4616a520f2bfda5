"""What somebody sees who has copies of both databases, from several moments, and no key."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from storage.tables.registry import MainTable, VaultTable
from tests.integration.usecases.office import Office

Row = frozenset[str]

CHAINED = {"previous_hash"}
"""Joins every entry of the record to the next, whoever it is about."""
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2} ")
"""How a file keeps one; its minutes alone are no trace."""


@dataclass(slots=True)
class Thief:
    """Whoever copies the databases at every step (kẻ trộm bản sao)."""

    rows: set[Row] = field(default_factory=set)
    common: set[str] = field(default_factory=set)
    """What stands there anyway: it is no trace of anybody."""

    def copy(self, office: Office) -> None:
        """Every column of every table that there is."""
        for which, tables in (("main", MainTable), ("vault", VaultTable)):
            for table in tables.metadata.tables.values():
                names = [one.name for one in table.columns if one.name not in CHAINED]
                asked = ", ".join(f'"{name}"' for name in names)
                found = office.sql(f'SELECT {asked} FROM "{table.name}"', which=which)
                self.rows.update(frozenset(traces(row)) for row in found)

    def overlook(self) -> None:
        """All that has been seen by now is in everybody's rows."""
        self.common = {value for row in self.rows for value in row}

    def joined_to(self, trace: str) -> set[str]:
        """Whatever an equal value leads to from here, however many rows it takes."""
        rows_with = defaultdict[str, list[Row]](list)
        for row in self.rows:
            for value in row - self.common:
                rows_with[value].append(row)
        reached, ahead = {trace}, [trace]
        while ahead:
            beside = set[str]().union(*rows_with[ahead.pop()]) - self.common - reached
            reached |= beside
            ahead += beside
        return reached


def traces(row: Iterable[object]) -> Iterable[str]:
    """The values that could lead on; counters and yes or no could not."""
    for value in row:
        if isinstance(value, bytes | memoryview):
            yield bytes(value).hex()
        elif isinstance(value, int) and value > 10_000:
            yield str(value)
        elif isinstance(value, str) and value:
            yield value
            if not MOMENT.match(value):
                yield from (part for part in re.split(r"[^\w.-]", value) if part)
        elif isinstance(value, datetime):
            yield value.isoformat()
