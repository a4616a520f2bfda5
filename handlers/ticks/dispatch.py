"""Keeps sends under way: as many side by side as the setting says, each chat one at a time."""

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass, field

from domain.errors import CredentialsRefused, MemoryLost
from domain.model.sending import IN_FLIGHT, Claimed, Done
from domain.usecases.deliver import Claims, Deliver

log = logging.getLogger(__name__)

LOOK_AHEAD = 16
"""Entries looked at beyond the room there is, once chats have to wait: they hold up no others."""
AFTER_FAILURE = 5.0
"""Seconds before a destination is tried again after an error of our own."""
AFTER_LOSS = 1.0
"""Seconds until a database that is away is asked again."""
IDLE = 0.3
"""Seconds between two looks when there is nothing to send."""
GATHER = 0.005
"""Seconds that an outcome waits for others to be written down with it, while many are awaited."""
ENOUGH = 4
"""Once this part of what may be in flight has ended, nothing is waited for."""


@dataclass(slots=True)
class Dispatch:
    """The sender's loop (gửi tin); there is one for each bot."""

    deliver: Deliver
    in_flight: int = IN_FLIGHT
    sends: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    """What is being sent, by destination."""
    resting: dict[str, float] = field(default_factory=dict)
    """Until when (on the clock that never jumps) a destination has no turn or is left alone."""
    done: list[Done] = field(default_factory=list)
    """Sends that have ended and are not written down yet."""
    alarm: asyncio.TimerHandle | None = None
    """When what has ended is written down at the latest."""
    more_ready: bool = False
    """Whether the last round left room, though more of what is in line may be sent now."""
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    round: asyncio.Future[int] | None = None
    """The latest round, which may still be under way when the loop is stopped."""

    async def run(self) -> None:
        """Send what is ready until cancelled; a failure that no retry mends is raised."""
        while True:
            try:
                await self._whole_round()
                await self._rest()
            except MemoryLost as lost:
                log.error("nothing can be claimed or settled: %s", lost)
                await asyncio.sleep(AFTER_LOSS)

    async def _whole_round(self) -> None:
        """A round that a stop meets comes to its end: what it claims is sent, or put back."""
        self.round = asyncio.ensure_future(self.once())
        await asyncio.shield(self.round)

    async def once(self) -> int:
        """Write down what has ended and start what there is room for; how many of either."""
        done, self.done = self.done, []
        try:
            claims = await self._go_round(done, self.in_flight - len(self.sends))
        except MemoryLost:
            self.done = done + self.done
            raise
        now = self.deliver.clock.monotonic()
        looked_ahead = bool(self.resting)
        self.resting.update({place: now + wait for place, wait in claims.waits})
        first_to_wait = bool(self.resting) and not looked_ahead
        self.more_ready = claims.taken > len(claims.claimed) or first_to_wait
        for claimed in claims.claimed:
            self._start(claimed)
        return len(done) + claims.taken

    async def drain(self, seconds: float) -> None:
        """Let the sends that have begun come to their ends, and write those down."""
        until = self.deliver.clock.monotonic() + seconds
        if self.round is not None:
            await asyncio.wait({self.round}, timeout=seconds)
        if self.sends:
            await asyncio.wait(self.sends.values(), timeout=seconds)
        while self.done:
            done, self.done = self.done, []
            try:
                await self._go_round(done, 0)
            except MemoryLost:
                if self.deliver.clock.monotonic() >= until:
                    raise
                self.done = done + self.done
                await asyncio.sleep(AFTER_LOSS)

    async def _go_round(self, done: list[Done], room: int) -> Claims:
        self._wake_rested()
        try:
            look = LOOK_AHEAD if self.resting else 0
            return await self.deliver.go_round(done, room, self.resting, look)
        except (MemoryLost, CredentialsRefused):
            raise
        except Exception:
            if not done:
                raise
            await self._one_by_one(done)
            return Claims()

    async def _one_by_one(self, done: list[Done]) -> None:
        """One outcome that cannot be written down must not keep the others from it."""
        refused = None
        for one in done:
            try:
                await self.deliver.go_round([one], 0)
            except MemoryLost:
                raise
            except CredentialsRefused as error:
                refused = error
            except Exception:
                # Its claim lapses, and it is uncertain: which is what it is.
                log.exception("the outcome of entry %s was not written down", one.entry.id)
        if refused is not None:
            raise refused

    def _wake_rested(self) -> None:
        now = self.deliver.clock.monotonic()
        self.resting = {place: until for place, until in self.resting.items() if until > now}

    async def _rest(self) -> None:
        """Until enough has ended to be worth a commit, or for a moment."""
        self.ended.clear()
        self.alarm = None
        self._look_up()
        # Not wait_for: on Python 3.11 it forgets a stop that comes as a send ends.
        with suppress(TimeoutError):
            async with asyncio.timeout(IDLE):
                await self.ended.wait()

    def _look_up(self) -> None:
        """Wake the loop if there is something to do, at once or in a moment."""
        enough = len(self.done) * ENOUGH >= self.in_flight or not self.sends
        if self.more_ready or (self.done and enough):
            self.ended.set()
        elif self.done and self.alarm is None:
            self.alarm = asyncio.get_running_loop().call_later(GATHER, self.ended.set)

    def _start(self, claimed: Claimed) -> None:
        task = asyncio.create_task(self._send(claimed))
        self.sends[claimed.entry.destination] = task

    async def _send(self, claimed: Claimed) -> None:
        destination = claimed.entry.destination
        try:
            done = await self.deliver.send(claimed)
            self.done.append(done)
        except Exception:
            # The claim lapses into `uncertain`.
            log.exception("sending entry %s failed", claimed.entry.id)
            self.resting[destination] = self.deliver.clock.monotonic() + AFTER_FAILURE
        finally:
            self.sends.pop(destination, None)
            self._look_up()
