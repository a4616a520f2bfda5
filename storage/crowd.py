"""What nearly every update asks of main and leaves there: in one transaction for many of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC

from sqlalchemy import bindparam, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.clock import LOCAL_ZONE, Clock
from domain.errors import AlreadyProcessed
from domain.model.unit import Unit
from domain.ports.memory import Caller, Cause, Offer
from storage.buttons import SqlButtons
from storage.dialogs import SqlDialogs
from storage.engine import briefly, connection_of, transaction
from storage.group_commit import GroupCommit
from storage.people import registered
from storage.tables.record import ProcessedRow
from storage.units import SqlUnits

Call = tuple[str, str]
"""An account, and the id of the button that it presses; '' for none."""


@dataclass(eq=False, slots=True)
class Crowd:
    """Those who come at the same time (đám đông); see ports.Memory for what each asks."""

    engine: AsyncEngine
    clock: Clock
    callers: GroupCommit[Call, Caller] = field(init=False)
    roots: GroupCommit[None, Unit | None] = field(init=False)
    offers: GroupCommit[Offer, None] = field(init=False)

    def __post_init__(self) -> None:
        self.callers = GroupCommit(self._callers)
        self.roots = GroupCommit(self._root)
        self.offers = GroupCommit(self._offer)

    async def processed(self, bot_id: int, update_ids: Sequence[int]) -> frozenset[int]:
        if not update_ids:
            return frozenset()
        asked = {"bot_id": bot_id, "update_ids": update_ids}
        async with transaction(self.engine, crowded=True) as session:
            connection = await session.connection()
            return frozenset((await connection.execute(_MARKED, asked)).scalars())

    async def _callers(self, calls: Sequence[Call]) -> list[Caller]:
        async with transaction(self.engine, crowded=True) as session:
            today = self.clock.now().astimezone(LOCAL_ZONE).date()
            accounts = [account for account, _ in calls]
            people = await registered(await session.connection(), accounts, today)
            asked = await SqlDialogs(session).of_all([one.id for one in people if one])
            pressed = await SqlButtons(session).all([press for _, press in calls if press])
        return [
            Caller(person, asked.get(person.id) if person else None, pressed.get(press))
            for person, (_, press) in zip(people, calls, strict=True)
        ]

    async def _root(self, asked: Sequence[None]) -> list[Unit | None]:
        async with transaction(self.engine, crowded=True) as session:
            return [await SqlUnits(session).root()] * len(asked)

    async def _offer(self, offers: Sequence[Offer]) -> list[None]:
        async with transaction(self.engine, crowded=True) as session:
            await mark(session, [offer.cause for offer in offers], self.clock)
            buttons = SqlButtons(session)
            await buttons.add([button for offer in offers for button in offer.buttons])
            for offer in offers:
                if offer.pressed is not None:
                    await buttons.use(offer.pressed.id, offer.at)
            await session.commit()
        return [None] * len(offers)


async def mark(session: AsyncSession, causes: Sequence[Cause], clock: Clock) -> None:
    """Note that these updates have had their effect; AlreadyProcessed if one of them had."""
    today = clock.now().astimezone(UTC).date()
    marks = [
        {"bot_id": cause.bot_id, "update_id": cause.update_id, "marked_on": today}
        for cause in causes
    ]
    try:
        with briefly(session, len(marks)):
            await connection_of(session).execute(_MARK, marks)
    except IntegrityError as error:
        raise AlreadyProcessed from error


_PROCESSED = ProcessedRow.metadata.tables["processed"]
_MARK = insert(_PROCESSED)
_MARKED = select(_PROCESSED.c.update_id).where(
    _PROCESSED.c.bot_id == bindparam("bot_id"),
    _PROCESSED.c.update_id.in_(bindparam("update_ids", expanding=True)),
)
