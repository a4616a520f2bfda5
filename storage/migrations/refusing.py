"""Triggers by which the database itself refuses what no code may do."""

from alembic import op

ALWAYS = "TRUE"


def refuse(name: str, event: str, when: str = ALWAYS) -> None:
    """Refuse an event such as `UPDATE OF text ON opinion` whenever the condition holds.

    The condition speaks of the row as OLD and NEW, in SQL that both databases read: `<>` beside
    `IS NULL` instead of SQLite's `IS NOT`; `CASE WHEN ... THEN 1 ELSE 0 END` instead of counting
    with a comparison; TRUE and FALSE; coalesce, substr and `||`; no printf, rowid or json_each.
    What may not be deleted cannot be emptied by TRUNCATE either, where there is such a thing.
    """
    said = name.replace("_", " ")
    if op.get_context().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} FOR EACH ROW WHEN {when} "
            f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
        )
        return
    verb, _, table = event.rpartition(" ON ")
    if "SELECT" in when:
        let = f"RETURN {'OLD' if verb == 'DELETE' else 'NEW'};"
        _trigger(name, event, "ROW", f"IF ({when}) THEN {_raise(said)} END IF; {let}")
    else:
        # A function costs every row many times what its condition does.
        _trigger(name, event, f"ROW WHEN ({when})", _raise(said))
    if verb == "DELETE":
        _trigger(f"{name}_at_once", f"TRUNCATE ON {table}", "STATEMENT", _raise(said))


def no_longer_refuse(name: str, table: str) -> None:
    """Take away a refusal on a table that a better one replaces."""
    if op.get_context().dialect.name == "sqlite":
        op.execute(f"DROP TRIGGER IF EXISTS {name}")
        return
    for one in (name, f"{name}_at_once"):
        op.execute(f"DROP TRIGGER IF EXISTS {one} ON {table}")
        op.execute(f"DROP FUNCTION IF EXISTS {one}()")


def _trigger(name: str, event: str, each: str, does: str) -> None:
    """A trigger of PostgreSQL and its function."""
    # A condition reads the real tables, whatever temporary ones a session has put before them.
    schema = op.get_bind().exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
        f"SET search_path = {schema}, pg_temp AS $$ BEGIN {does} END $$"
    )
    op.execute(f"CREATE TRIGGER {name} BEFORE {event} FOR EACH {each} EXECUTE FUNCTION {name}()")


def _raise(said: str) -> str:
    return f"RAISE EXCEPTION '{said}' USING ERRCODE = 'integrity_constraint_violation';"
