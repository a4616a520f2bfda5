"""Alembic's entry to the migrations of main."""

from storage.migrations.running import run
from storage.tables import MAIN

run(MAIN)
