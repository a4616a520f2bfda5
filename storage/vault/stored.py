"""Many updates into the inbox at once: how each database does it in one go."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

COLUMNS = ("bot_id", "update_id", "said", "name", "line", "epoch", "sealed", "most")
"""What is known of an update that comes in; `most` is how many of its line may wait."""

_INTO = """
    INSERT INTO inbox (bot_id, update_id, said, name, line, epoch, sealed, state, tries, reason)
"""
# SQLite is asked once for each row, which costs it nothing more; a server's answer has to travel.
_ROW_BY_ROW = f"""
    {_INTO} SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, 'waiting', 0, ''
    WHERE (
        SELECT count(*) FROM inbox WHERE bot_id = ?1 AND state = 'waiting' AND line = ?5
    ) < ?8
    ON CONFLICT DO NOTHING
"""  # noqa: S608 - put together from constants of this module
_AT_ONCE = f"""
    {_INTO} SELECT bot_id, update_id, said, name, line, epoch, sealed, 'waiting', 0, ''
    FROM (
        SELECT came.*, row_number() OVER (PARTITION BY bot_id, line ORDER BY number) AS place
        FROM unnest(
            $1::bigint[], $2::bigint[], $3::text[], $4::text[],
            $5::text[], $6::text[], $7::bytea[], $8::bigint[]
        ) WITH ORDINALITY
        AS came (bot_id, update_id, said, name, line, epoch, sealed, most, number)
    ) AS arriving
    WHERE place <= most - (
        SELECT count(*) FROM inbox AS ahead
        WHERE ahead.bot_id = arriving.bot_id AND state = 'waiting' AND ahead.line = arriving.line
    )
    ORDER BY number
    ON CONFLICT DO NOTHING
"""  # noqa: S608 - put together from constants of this module


# A plan made while the inbox was nearly empty reads all of it for each row, and a server keeps
# that plan for as long as nothing has been counted anew.
_PLAN_ANEW = "SET LOCAL plan_cache_mode = force_custom_plan"


async def stored(connection: AsyncConnection, arriving: Sequence[tuple[Any, ...]]) -> int:
    """How many of them were new and had room; each is a tuple of COLUMNS."""
    if connection.dialect.name == "postgresql":
        await connection.exec_driver_sql(_PLAN_ANEW)
        by_column = tuple(list(values) for values in zip(*arriving, strict=True))
        return (await connection.exec_driver_sql(_AT_ONCE, by_column)).rowcount
    return (await connection.exec_driver_sql(_ROW_BY_ROW, list(arriving))).rowcount
