"""The index of opinions' words from the newest case on, in pages as small as serves it best."""

from alembic import op

from storage.opinion_index import rebuild

revision = "main_0081"
down_revision = "main_0080"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        rebuild(op.get_bind())
