"""A released broadcast takes its place in the outbox: one entry for each group, some at a time."""

from dataclasses import dataclass
from datetime import datetime

from domain.clock import Clock
from domain.errors import Tampered
from domain.model.broadcast import Broadcast
from domain.model.bulletin import BulletinClass
from domain.model.delivery import Lane
from domain.model.unit import QuietHours
from domain.ports import Memory, Work
from domain.usecases.one_by_one import one_by_one

LANES = {
    BulletinClass.ORDINARY: Lane.BULK,
    BulletinClass.PRIORITY: Lane.PRIORITY,
    BulletinClass.EMERGENCY: Lane.PERSON,
}
AT_A_TIME = 5_000
"""Groups in one transaction: others must not wait long behind it."""


@dataclass(frozen=True, slots=True)
class LineUp:
    """From an audience to entries (xếp hàng gửi)."""

    memory: Memory
    clock: Clock
    at_a_time: int = AT_A_TIME

    async def line_up_released(self) -> int:
        """Give every released broadcast its entries; a crash in the middle costs nothing."""
        async with self.memory.begin() as work:
            unlined = await work.broadcasts.unlined()
        await one_by_one(unlined, self._all_groups)
        return len(unlined)

    async def line_up_polls(self) -> int:
        """Behind words that surely arrived stands the poll that they announce, and behind an
        album in a channel the button that it cannot have.
        """
        async with self.memory.begin() as work:
            count = await work.polls.line_up() + await work.broadcasts.line_up_feet()
            await work.commit()
        return count

    async def _all_groups(self, broadcast: Broadcast) -> None:
        while await self._next_groups(broadcast):
            pass

    async def _next_groups(self, broadcast: Broadcast) -> bool:
        now = self.clock.now()
        async with self.memory.begin() as work:
            try:
                text = await work.bulletins.frozen_text(broadcast.revision_id)
            except Tampered:
                # No more groups: so it comes to be settled, and is stopped and told of there.
                await work.broadcasts.line_up(broadcast, Lane.BULK, now, [], 0)
                await work.commit()
                return False
            lane = LANES[text.revision.bulletin_class]
            # An emergency wakes people up.
            quiet = [] if text.revision.is_template else await _going_on(work, now)
            more = await work.broadcasts.line_up(broadcast, lane, now, quiet, self.at_a_time)
            await work.commit()
        return more


async def _going_on(work: Work, now: datetime) -> list[tuple[QuietHours, datetime]]:
    """The quiet hours in which some unit keeps quiet at this moment, and when they end."""
    kept = await work.units.quiet_hours()
    return [(hours, hours.over_at(now)) for hours in kept if hours.over_at(now) > now]
