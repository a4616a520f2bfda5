"""One process at a time: it beats while it lives, and whoever sees it stand still takes over."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.model.duty import EVERY, STILL, Watch
from domain.ports import Memory, Work


@dataclass(slots=True)
class StandWatch:
    """Being on duty for one thing (trực)."""

    # A beat is counted and not dated: two machines need not agree on the time of day. Whoever
    # waits measures the silence on its own clock, which never jumps.

    memory: Memory
    clock: Clock
    name: str
    me: str
    alone: bool = False
    """No other process can be there: whoever is on record died with the one before."""
    term: int = 0
    """The term of duty that was taken; 0 before that."""
    seen: Watch | None = None
    seen_at: float = 0.0
    beaten_at: float = 0.0

    async def take(self) -> bool:
        """Go on duty if nobody is, or if whoever is has not been heard of for too long."""
        async with self.memory.begin() as work:
            watch = await work.duties.look(self.name)
            if not self._is_free(watch):
                return False
            taken = await work.duties.take(self.name, self.me, watch)
            await work.commit()
        if taken:
            self.term, self.beaten_at = watch.term + 1, self.clock.monotonic()
        return taken

    async def beat(self) -> bool:
        """A sign of life; False if somebody else has taken over."""
        async with self.memory.begin(crowded=True) as work:
            alive = await work.duties.beat(self.name, self.me, self.term)
            await work.commit()
        if alive:
            self.beaten_at = self.clock.monotonic()
        return alive

    def is_overdue(self) -> bool:
        """Whether the last beat is so long ago that somebody may be about to take over."""
        return self.clock.monotonic() - self.beaten_at > STILL - EVERY

    async def leave(self) -> None:
        """Go off duty, so that the next one need not wait."""
        async with self.memory.begin(crowded=True) as work:
            await work.duties.leave(self.name, self.me, self.term)
            await work.commit()

    async def holds(self, work: Work) -> bool:
        """Whether this very transaction may still act for the duty."""
        return await work.duties.holds(self.name, self.me, self.term)

    def _is_free(self, watch: Watch) -> bool:
        now = self.clock.monotonic()
        if watch != self.seen:
            self.seen, self.seen_at = watch, now
        return self.alone or not watch.holder or now - self.seen_at >= STILL
