"""The tables of main: SQLModel classes that never leave this room."""

from storage.tables import (
    cases,
    checks,
    commendations,
    mornings,
    news,
    offices,
    outbox,
    record,
    sessions,
)
from storage.tables.registry import MainTable

MAIN = MainTable.metadata
FAMILIES = (offices, news, outbox, cases, checks, mornings, sessions, commendations, record)

__all__ = ["FAMILIES", "MAIN"]
