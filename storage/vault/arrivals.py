"""How updates come into the vault: many in one statement and one commit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import BigInteger, bindparam, or_, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel import col, select

from domain.ids import Ids
from domain.ports.vault import Received
from storage.engine import connection_of, transaction
from storage.vault.forms import write_body
from storage.vault.keys import KeyRing
from storage.vault.sealing import MonthKey
from storage.vault.stored import COLUMNS, stored
from storage.vault.tables import InboxRow, bound_to

LINE, SAID = "line", "said"
MOST_WAITING = 300
"""Updates of one line that may wait: hours of typing by hand, a few seconds of a machine's."""
ANY_NUMBER = 2**31
Parcel = tuple[int, tuple[Received, ...]]
"""A bot, and what came for it at one time."""
Row = Mapping[str, object]

_MOVE_CURSOR = text("""
    INSERT INTO cursor (bot_id, next_offset) VALUES (:bot_id, :next_offset)
    ON CONFLICT (bot_id) DO UPDATE SET next_offset = excluded.next_offset
""").bindparams(*(bindparam(name, type_=BigInteger) for name in ("bot_id", "next_offset")))
_BEHIND = text("SELECT 1 FROM inbox WHERE state = 'waiting' AND line < :epoch LIMIT 1")


@dataclass(slots=True)
class Arrivals:
    """What has just come in (thư mới đến)."""

    engine: AsyncEngine
    keys: KeyRing
    ids: Ids
    caught_up: str = ""
    """The month in which nothing waits any more in a line named under an older one's key."""

    async def commit(self, parcels: Sequence[Parcel]) -> list[tuple[Received, ...]]:
        """Store all of them and commit; of each parcel, what was turned away."""
        key = self.keys.current()
        async with transaction(self.engine, crowded=True) as session:
            connection = connection_of(session)
            older = await self._older_lines(connection, key, parcels)
            arriving = [
                [self._row(key, bot_id, received, older) for received in updates]
                for bot_id, updates in parcels
            ]
            flat = [row for rows in arriving for row in rows]
            missing = await _turned_away(connection, flat)
            await connection.execute(_MOVE_CURSOR, _cursors(parcels))
            await session.commit()
        return [
            tuple(one for one, row in zip(updates, rows, strict=True) if row["name"] in missing)
            for (_, updates), rows in zip(parcels, arriving, strict=True)
        ]

    def _row(
        self,
        key: MonthKey,
        bot_id: int,
        received: Received,
        older: Mapping[tuple[int, str], str],
    ) -> Row:
        name = self.ids.new()
        body, bound = write_body(self.ids.new(), received.body), bound_to("inbox", name, key.epoch)
        return {
            "bot_id": bot_id,
            "update_id": received.update_id,
            "said": key.index(SAID, received.said) if received.said else name,
            "name": name,
            "line": older.get((bot_id, received.line)) or _line(key, received.line),
            "epoch": key.epoch,
            "sealed": key.seal(body, bound),
            "most": MOST_WAITING if received.bounded else ANY_NUMBER,
        }

    async def _older_lines(
        self, connection: AsyncConnection, key: MonthKey, parcels: Iterable[Parcel]
    ) -> dict[tuple[int, str], str]:
        """The lines that keep last month's name, since something still waits under it."""
        if self.caught_up == key.epoch:
            return {}
        if await connection.scalar(_BEHIND, {"epoch": key.epoch}) is None:
            self.caught_up = key.epoch
            return {}
        named = {(bot_id, one.line) for bot_id, updates in parcels for one in updates}
        found = {place: await self._waits_as(connection, *place) for place in named}
        return {place: line for place, line in found.items() if line}

    async def _waits_as(self, connection: AsyncConnection, bot_id: int, name: str) -> str | None:
        lines = [_line(key, name) for key in self.keys.newest_first()]
        ahead = select(InboxRow.line).where(
            InboxRow.bot_id == bot_id, InboxRow.state == "waiting", col(InboxRow.line).in_(lines)
        )
        found: str | None = await connection.scalar(ahead.limit(1))
        return found


def _line(key: MonthKey, name: str) -> str:
    # With the month in front, so that it shows what still waits from the months before.
    return f"{key.epoch}:{key.index(LINE, name)}"


def _cursors(parcels: Iterable[Parcel]) -> list[Row]:
    # Not the highest ever seen: after a quiet week the channel starts from a new number.
    last = {bot_id: max(one.update_id for one in updates) for bot_id, updates in parcels}
    return [{"bot_id": bot_id, "next_offset": number + 1} for bot_id, number in last.items()]


async def _turned_away(connection: AsyncConnection, arriving: Sequence[Row]) -> set[object]:
    """Store them; the names of those for which there is no room."""
    count = await stored(connection, [tuple(row[c] for c in COLUMNS) for row in arriving])
    missing = set() if count == len(arriving) else await _missing(connection, arriving)
    if missing and count + len(missing) < len(arriving):
        # Where all are stored in one go, what had come before was counted as if it needed room.
        return await _turned_away(connection, [row for row in arriving if row["name"] in missing])
    return missing


async def _missing(connection: AsyncConnection, arriving: Sequence[Row]) -> set[object]:
    """The names of what is not in the inbox now, and did not come at an earlier time either."""
    here = select(InboxRow.bot_id, InboxRow.update_id, InboxRow.said).where(
        col(InboxRow.bot_id).in_({row["bot_id"] for row in arriving}),
        or_(
            col(InboxRow.update_id).in_({row["update_id"] for row in arriving}),
            col(InboxRow.said).in_({row["said"] for row in arriving}),
        ),
    )
    known = {(bot, name) for bot, *names in await connection.execute(here) for name in names}
    return {
        row["name"]
        for row in arriving
        if not {(row["bot_id"], row["update_id"]), (row["bot_id"], row["said"])} & known
    }
