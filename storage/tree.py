"""The tree of units is bent: one of them, with all below it, is laid below another."""

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from storage.tables.offices import UnitClosureRow, UnitRow

UNIT = UnitRow.metadata.tables["unit"]
CLOSURE = UnitClosureRow.metadata.tables["unit_closure"]
_BELOW = select(CLOSURE.c.descendant_id, CLOSURE.c.depth).where(
    CLOSURE.c.ancestor_id == bindparam("unit")
)
_ABOVE = select(CLOSURE.c.ancestor_id, CLOSURE.c.depth).where(
    CLOSURE.c.descendant_id == bindparam("unit")
)
_CHILDREN = select(UNIT.c.id).where(UNIT.c.parent_id == bindparam("unit")).order_by(UNIT.c.id)


class Above:
    """What lies above units, themselves included (đường lên): of each asked for once.

    For as long as the tree stands still, which is within one step of a transaction.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[str, tuple[str, ...]] = {}

    def of(self, unit_id: str) -> tuple[str, ...]:
        if unit_id not in self._known:
            found = self._connection.execute(_ABOVE, {"unit": unit_id})
            self._known[unit_id] = tuple(row.ancestor_id for row in found)
        return self._known[unit_id]


def below(connection: Connection, unit_id: str) -> dict[str, int]:
    """A unit and all below it, with how far down each lies."""
    found = connection.execute(_BELOW, {"unit": unit_id})
    return {row.descendant_id: row.depth for row in found}


def children(connection: Connection, unit_id: str) -> list[str]:
    """What lies one step below, be it ended or not."""
    return list(connection.execute(_CHILDREN, {"unit": unit_id}).scalars())


def hang(connection: Connection, unit_id: str, parent_id: str) -> None:
    """Lay it there: its links to all that was above it go, those to what is above it now come."""
    moved = below(connection, unit_id)
    above = [unit for unit, depth in connection.execute(_ABOVE, {"unit": unit_id}) if depth]
    if above:
        connection.execute(
            delete(CLOSURE).where(
                CLOSURE.c.descendant_id.in_(list(moved)), CLOSURE.c.ancestor_id.in_(above)
            )
        )
    there = connection.execute(_ABOVE, {"unit": parent_id}).all()
    links = [
        {"ancestor_id": unit, "descendant_id": one, "depth": up + 1 + down}
        for unit, up in there
        for one, down in moved.items()
    ]
    connection.execute(insert(CLOSURE), links)
    connection.execute(update(UNIT).where(UNIT.c.id == unit_id).values(parent_id=parent_id))
