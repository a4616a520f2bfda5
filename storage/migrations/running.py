"""How both lines of migrations run: on the connection they are handed, in one transaction."""

from alembic import context
from sqlalchemy import MetaData


def run(tables: MetaData) -> None:
    """Run what Alembic was asked for; a half-done migration is rolled back as a whole."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=tables,
        render_as_batch=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
