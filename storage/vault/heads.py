"""Which updates are next: the first of each line, found without reading those behind it."""

from sqlalchemy import BigInteger, Integer, LargeBinary, String, bindparam, text

_WAITING = "FROM inbox WHERE bot_id = :bot_id AND state = 'waiting'"

# From one line straight to the next in the index: a line with ten thousand waiting updates costs
# as little as one with two. Grouping would read every entry of it, for every update.
HEADS = (
    text(f"""
    WITH RECURSIVE lines(line) AS (
        SELECT min(line) {_WAITING}
        UNION ALL
        SELECT (SELECT min(line) {_WAITING} AND line > lines.line)
        FROM lines WHERE lines.line IS NOT NULL
    )
    SELECT id, update_id, line, name, epoch, sealed, tries FROM inbox
    WHERE id IN (
        SELECT (SELECT id {_WAITING} AND line = lines.line ORDER BY update_id LIMIT 1)
        FROM lines WHERE lines.line IS NOT NULL
    )
    ORDER BY update_id LIMIT :most
    """)  # noqa: S608 - put together from constants of this module
    .bindparams(bindparam("bot_id", type_=BigInteger), bindparam("most", type_=Integer))
    .columns(
        id=Integer,
        update_id=BigInteger,
        line=String,
        name=String,
        epoch=String,
        sealed=LargeBinary,
        tries=Integer,
    )
)
