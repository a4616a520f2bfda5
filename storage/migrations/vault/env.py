"""Alembic's entry to the migrations of the vault."""

from storage.migrations.running import run
from storage.vault.tables import VAULT

run(VAULT)
