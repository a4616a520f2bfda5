"""Each index of a migrated database is as the code says: columns, order, uniqueness, rows.

Alembic's own comparison looks at names and columns and not at which rows an index is about.
"""

import re
from pathlib import Path

import pytest
from sqlalchemy import Connection, MetaData, create_engine, text

from storage.engine import make_engine
from storage.migrate import migrate
from storage.revisions import Which
from storage.tables import MAIN
from storage.vault.tables import VAULT

TABLES = {Which.MAIN: MAIN, Which.VAULT: VAULT}
IN_A_FILE = """
    SELECT held.name, list.name, list."unique", list.origin, coalesce(made.sql, ''),
           made.name IS NULL,
           (SELECT group_concat(info.name || ' ' || info."desc" || ' ' || info.coll, ', ')
              FROM pragma_index_xinfo(list.name) AS info WHERE info.key)
      FROM sqlite_master AS held, pragma_index_list(held.name) AS list
      LEFT JOIN sqlite_master AS made ON made.name = list.name AND made.type = 'index'
     WHERE held.type = 'table' AND held.name <> 'alembic_version'
"""
ON_A_SERVER = """
    SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()
       AND tablename <> 'alembic_version'
"""


def indexes(connection: Connection) -> set[str]:
    """Every definition as the database itself has it; one that a constraint made has no name.

    A file's table without hidden numbers is its key, which stands in no list but its own.
    """
    if connection.dialect.name == "sqlite":
        found = connection.execute(text(IN_A_FILE)).all()
        return {
            f"{table}: {name if origin == 'c' else ''} unique={unique} ({columns}){rows}"
            + " that is the table" * is_the_table
            for table, name, unique, origin, made, is_the_table, columns in found
            for rows in [rows_of(table, made)]
        }
    schema = connection.execute(text("SELECT current_schema()")).scalar_one()
    constraints = set(connection.execute(text("SELECT conname FROM pg_constraint")).scalars())
    return {
        f"{table}: {made.replace(f' ON {schema}.', ' ON ').replace(name, '', name in constraints)}"
        for table, name, made in connection.execute(text(ON_A_SERVER))
    }


def rows_of(table: str, made: str) -> str:
    """Which rows a file's index is about: a file keeps the words as they were written."""
    _, _, where = re.sub(r"\s+", " ", made).partition(" WHERE ")
    return f" WHERE {where.replace(f'{table}.', '')}" if where else ""


def as_the_code_says(connection: Connection, tables: MetaData) -> set[str]:
    """Of tables that are made by the code, beside those that are there."""
    if connection.dialect.name == "sqlite":
        engine = create_engine("sqlite://")
        with engine.begin() as aside:
            tables.create_all(aside)
            return indexes(aside)
    connection.execute(text("CREATE SCHEMA aside"))
    connection.execute(text("SET search_path TO aside"))
    tables.create_all(connection)
    return indexes(connection)


@pytest.mark.parametrize("which", Which)
async def test_each_index_is_the_one_that_the_code_says(which: Which, empty: Path | str) -> None:
    engine = make_engine(empty)
    await migrate(engine, which)
    async with engine.connect() as connection:
        migrated = await connection.run_sync(indexes)
        meant = await connection.run_sync(as_the_code_says, TABLES[which])
    await engine.dispose()

    assert sorted(migrated - meant) == []
    assert sorted(meant - migrated) == []
