"""One bot of an office is the one that people talk to, however many processes run its bots."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.errors import LostRace
from domain.model.duty import FRONT_BOT, of_bot
from domain.ports import Memory
from domain.usecases.stand_watch import StandWatch


@dataclass(slots=True)
class StandInFront:
    """Being the bot that people talk to (bot giao tiếp)."""

    # Cards and letters wait for whichever bot that is. A second one would take half of them, and
    # could write to nobody who has never spoken to it.

    memory: Memory
    clock: Clock
    bot_id: int
    me: str
    alone: bool = False
    """No other process can be there."""
    rival: StandWatch | None = None

    async def take(self) -> bool:
        """Be it, unless another bot is; False while nobody can tell whether that one is at work.

        LostRace if it is. One that stands still for too long has lost its place.
        """
        async with self.memory.begin() as work:
            seen = await work.duties.look(FRONT_BOT)
        if seen.holder == str(self.bot_id):
            return True
        if seen.holder and not self.alone and not await self._is_gone(seen.holder):
            return False
        async with self.memory.begin() as work:
            taken = await work.duties.take(FRONT_BOT, str(self.bot_id), seen)
            await work.commit()
        return taken

    async def _is_gone(self, bot: str) -> bool:
        watch = self.rival
        if watch is None or watch.name != of_bot(int(bot)):
            watch = self.rival = StandWatch(self.memory, self.clock, of_bot(int(bot)), self.me)
        before = watch.seen
        if await watch.take():
            # Should it only be frozen, it comes past here again before it sends anything.
            await watch.leave()
            return True
        if watch.seen is not None and watch.seen.holder == self.me:
            return True  # it works beside this one, in this very process
        if before is not None and watch.seen != before:
            raise LostRace("cli.another_front", other=bot, bot=str(self.bot_id))
        return False
