"""The tables of main: SQLModel classes that never leave this room."""

from storage.tables import (
    bulletin_media,
    cases,
    checks,
    commendations,
    conferences,
    imported_bulletins,
    index,
    materials,
    matters,
    mornings,
    news,
    offices,
    outbox,
    polls,
    record,
    reviews,
    sessions,
)
from storage.tables.registry import MainTable

MAIN = MainTable.metadata
FAMILIES = (
    offices,
    news,
    imported_bulletins,
    bulletin_media,
    reviews,
    outbox,
    cases,
    index,
    matters,
    checks,
    mornings,
    sessions,
    commendations,
    conferences,
    materials,
    polls,
    record,
)

__all__ = ["FAMILIES", "MAIN"]
