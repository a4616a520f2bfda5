"""How every noun reads and writes its rows."""

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, Update, bindparam, or_, true
from sqlalchemy import Row as Columns
from sqlalchemy import select as columns
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import Delete, UpdateBase
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from domain.errors import Missing
from domain.model.access import EVERYWHERE
from storage.engine import connection_of
from storage.tables.offices import UnitClosureRow

Row = TypeVar("Row", bound=SQLModel)


async def add(session: AsyncSession, *rows: SQLModel) -> None:
    """Insert at once, so that what the database refuses is refused here."""
    session.add_all(rows)
    await session.flush()


async def add_if_new(session: AsyncSession, row: SQLModel) -> bool:
    """Insert unless a unique key is taken already; whether it was inserted."""
    values = row.model_dump(exclude_none=True)
    statement = insert(session, type(row)).values(**values).on_conflict_do_nothing()
    return await change(session, statement) > 0


def insert(session: AsyncSession, table: type[SQLModel]) -> sqlite.Insert | postgresql.Insert:
    """An insert that can say what happens on a conflict, for the database at hand."""
    on_postgres = session.get_bind().dialect.name == "postgresql"
    return postgresql.insert(table) if on_postgres else sqlite.insert(table)


async def change(session: AsyncSession, statement: Update | Delete | UpdateBase) -> int:
    """Run a conditional write; how many rows met the condition."""
    return (await session.exec(statement)).rowcount


async def find(session: AsyncSession, statement: SelectOfScalar[Row]) -> Row | None:
    return (await session.exec(statement.limit(1))).first()


async def get(session: AsyncSession, statement: SelectOfScalar[Row], name: str) -> Row:
    """The row that must be there; Missing names it."""
    found = await find(session, statement)
    if found is None:
        raise Missing(name)
    return found


def by_id(table: type[SQLModel]) -> Select[Any]:
    """The row of one id, as columns: for what is read so often that an object costs too much."""
    bare = table.metadata.tables[str(table.__tablename__)]
    return columns(bare).where(bare.c.id == bindparam("id"))


async def get_by_id(session: AsyncSession, statement: Select[Any], name: str) -> Columns[Any]:
    """The row that must be there; Missing names it."""
    result = await connection_of(session).execute(statement, {"id": name})
    found: Columns[Any] | None = result.first()
    if found is None:
        raise Missing(name)
    return found


def in_subtrees(unit_id: str, unit_ids: Sequence[str]) -> ColumnElement[bool]:
    """Whether a column's unit is one of these units or lies below one of them."""
    if EVERYWHERE in unit_ids:
        return true()
    below = select(UnitClosureRow.descendant_id)
    return col(unit_id).in_(below.where(col(UnitClosureRow.ancestor_id).in_(unit_ids)))


def near(unit_id: str, unit_ids: Sequence[str]) -> ColumnElement[bool]:
    """Whether a column's unit lies above, at or below one of these."""
    if EVERYWHERE in unit_ids:
        return true()
    above = select(UnitClosureRow.ancestor_id)
    reaching = above.where(col(UnitClosureRow.descendant_id).in_(unit_ids))
    return or_(in_subtrees(unit_id, unit_ids), col(unit_id).in_(reaching))
