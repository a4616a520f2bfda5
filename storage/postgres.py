"""PostgreSQL: how it is reached, how a transaction is alone there, and what its errors mean."""

from typing import Any

from sqlalchemy import URL, Connection, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.engine.interfaces import DBAPIConnection, Dialect
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.errors import StorageUnusable, Unusable

CONNECTIONS = 5
"""For each process and database: one transaction that is alone, the rest beside it."""
CONNECT_SECONDS = 10.0
COMMAND_SECONDS = 60.0
ALONE = 1
RECORD = 2
"""Whose turn it is, as keys of advisory locks that end with the transaction."""
BYTEWISE = frozenset({"C", "POSIX", "C.UTF-8", "C.utf8"})
"""Locales in which text is in the same order as in SQLite."""

IDLE_LIMIT = "idle_in_transaction_session_timeout"
SETTINGS = {
    "application_name": "haichieu",
    "timezone": "UTC",
    "jit": "off",
    # A process that was frozen, or a machine that is gone, must not keep the others waiting: not
    # even as long as they wait for a sign of life before one of them takes over.
    IDLE_LIMIT: "5s",
    "tcp_keepalives_idle": "5",
    "tcp_keepalives_interval": "2",
    "tcp_keepalives_count": "2",
}
LOOKS_ALIKE = {"plan_cache_mode": "force_generic_plan"}
"""For connections that only look: each statement is planned once, and not for each look anew."""

# By SQLSTATE, or by its first two letters. https://www.postgresql.org/docs/current/errcodes-appendix.html
_REASONS = {
    "08": Unusable.UNREACHABLE,
    "25006": Unusable.UNWRITABLE,
    "25P03": Unusable.UNREACHABLE,
    "28": Unusable.DENIED,
    "3D000": Unusable.NO_DATABASE,
    "40": Unusable.LOCKED,
    "42501": Unusable.DENIED,
    "53": Unusable.FULL,
    "53300": Unusable.UNREACHABLE,
    "55P03": Unusable.LOCKED,
    "57": Unusable.UNREACHABLE,
    "57014": Unusable.LOCKED,
    "58": Unusable.DAMAGED,
    "XX001": Unusable.DAMAGED,
    "XX002": Unusable.DAMAGED,
}
_QUOTES_A_VALUE = "22"
"""The class of errors whose first line repeats what was sent."""


def make_engine(
    url: URL, busy_seconds: float, queue_seconds: float, only_looks: bool = False
) -> AsyncEngine:
    """An engine for one database; nothing is opened yet."""
    settings = SETTINGS | {"lock_timeout": f"{int(busy_seconds * 1000)}ms"}
    engine = create_async_engine(
        _for_driver(url),
        connect_args={
            "timeout": CONNECT_SECONDS,
            "command_timeout": COMMAND_SECONDS,
            "server_settings": settings | (LOOKS_ALIKE if only_looks else {}),
        },
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_timeout=queue_seconds,
        hide_parameters=True,
    )
    place = place_of(url)

    def reach(dialect: Dialect, _record: Any, args: Any, more: Any) -> DBAPIConnection:
        try:
            return dialect.connect(*args, **more)
        except Exception as error:
            reason = Unusable.UNREACHABLE if isinstance(error, OSError) else _reason(error)
            if reason is None:
                raise
            raise StorageUnusable(place, reason) from error

    def explain(context: ExceptionContext) -> StorageUnusable | None:
        if not isinstance(context.original_exception, Exception):
            return None  # whoever asked was stopped: the database is as well as before
        _keep_values_out(context)
        lost = context.is_disconnect or isinstance(context.original_exception, OSError)
        reason = _reason(context.original_exception) or (Unusable.UNREACHABLE if lost else None)
        return StorageUnusable(place, reason) if reason else None

    event.listen(engine.sync_engine, "do_connect", reach)
    event.listen(engine.sync_engine, "handle_error", explain)
    event.listen(engine.sync_engine, "checkout", _require_open)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def place_of(url: URL) -> str:
    """The database, for messages: no password, wherever in the address it may be."""
    host = url.host or str(url.query.get("host", ""))
    user = f"{url.username}@" if url.username else ""
    port = f":{url.port}" if url.port else ""
    return f"postgresql://{user}{host}{port}/{url.database}"


def is_bytewise(connection: Connection) -> bool:
    """Whether this database orders text byte by byte and keeps every letter."""
    asked = connection.exec_driver_sql(
        "SELECT datcollate, pg_encoding_to_char(encoding), datlocprovider"
        " FROM pg_database WHERE datname = current_database()"
    )
    collation, encoding, provider = asked.one()
    return collation in BYTEWISE and encoding == "UTF8" and provider in ("c", b"c")


def _for_driver(url: URL) -> URL:
    """The address with the driver's own name for what every other client calls sslmode."""
    query = dict(url.query)
    if "sslmode" in query:
        query["ssl"] = query.pop("sslmode")
    return url.set(drivername="postgresql+asyncpg", query=query)


def _require_open(connection: DBAPIConnection, _record: Any, _proxy: Any) -> None:
    # A server that was restarted has closed what we kept: the pool then opens another one.
    if connection.driver_connection.is_closed():
        raise DisconnectionError


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    driver: Any = connection.connection.dbapi_connection
    is_reading = options.get("reading", False)
    if is_reading or driver.readonly:
        # The driver says this along with its BEGIN, which is sent with the first statement.
        driver.readonly = is_reading
        driver.isolation_level = "repeatable_read" if is_reading else None
    if not is_reading and not options.get("crowded"):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ALONE})")


def _reason(error: BaseException) -> Unusable | None:
    code = getattr(error, "sqlstate", None) or ""
    return _REASONS.get(code) or _REASONS.get(code[:2])


def _keep_values_out(context: ExceptionContext) -> None:
    """The server's details quote what was written, which may be a resident's words."""
    said = [context.sqlalchemy_exception, context.original_exception]
    said.append(getattr(context.original_exception, "__cause__", None))
    for error in said:
        if error is None:
            continue
        if hasattr(error, "detail") and not isinstance(error.detail, list):
            error.detail = None
        error.args = tuple(_first_line(context, one) for one in error.args)


def _first_line(context: ExceptionContext, said: Any) -> Any:
    code = getattr(context.original_exception, "sqlstate", None) or ""
    if code.startswith(_QUOTES_A_VALUE):
        return f"a value of the wrong form ({code})"
    return said.partition("\nDETAIL")[0] if isinstance(said, str) else said
