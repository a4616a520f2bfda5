"""A roster's file once it was read: rows of text, and what is odd about some of their cells."""

from collections.abc import Sequence
from dataclasses import dataclass

Row = tuple[int, Sequence[str]]
"""Its number, as a spreadsheet shows it, and its cells."""


@dataclass(frozen=True, slots=True)
class Block:
    """Cells that were merged into one (ô gộp); both ends of rows and columns are included."""

    reference: str
    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file that was read (tệp danh sách)."""

    rows: Sequence[Row]
    file_hash: str
    """SHA-256 of its bytes: on the record it stands for the file."""
    merged: Sequence[Block] = ()
    formulas: frozenset[tuple[int, int]] = frozenset()
    """Rows, and places in them, where something is worked out."""
