"""Keeps sends under way: as many side by side as the setting says, each chat one at a time."""

import asyncio
import logging
from dataclasses import dataclass, field

from domain.errors import CredentialsRefused
from domain.model.delivery import OutboxEntry
from domain.usecases.deliver import Deliver

log = logging.getLogger(__name__)

IN_FLIGHT = 16
LOOK_AHEAD = 256
"""Entries looked at each time: those whose chats must wait do not hold up the others."""
AFTER_FAILURE = 5.0
"""Seconds before a destination is tried again after an error of our own."""
IDLE = 0.3
"""Seconds between two looks when there is nothing to send."""


@dataclass(slots=True)
class Dispatch:
    """The sender's loop (gửi tin); there is one for each bot."""

    deliver: Deliver
    in_flight: int = IN_FLIGHT
    sends: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    """What is being sent, by destination."""
    resting: dict[str, float] = field(default_factory=dict)
    """Until when (on the clock that never jumps) a destination's pacer has no turn for it."""
    refused: CredentialsRefused | None = None

    async def run(self) -> None:
        """Send what is ready until cancelled; a failure that no retry mends is raised."""
        while True:
            if self.refused is not None:
                raise self.refused
            if not await self.once():
                await asyncio.sleep(IDLE)

    async def once(self) -> int:
        """Start as many sends as there is room for; returns how many were started."""
        room = self.in_flight - len(self.sends)
        if room <= 0:
            await asyncio.wait(self.sends.values(), return_when=asyncio.FIRST_COMPLETED)
            return 1
        started = 0
        for entry in await self.deliver.ready_entries(LOOK_AHEAD):
            if started < room and self._has_turn(entry.destination):
                self._start(entry)
                started += 1
        await asyncio.sleep(0)
        return started

    async def drain(self, seconds: float) -> None:
        """Let the sends that have begun come to their ends."""
        if self.sends:
            await asyncio.wait(self.sends.values(), timeout=seconds)

    def _has_turn(self, destination: str) -> bool:
        if self.resting.get(destination, 0.0) > self.deliver.clock.monotonic():
            return False
        self.resting.pop(destination, None)
        return destination not in self.sends

    def _start(self, entry: OutboxEntry) -> None:
        task = asyncio.create_task(self._send(entry))
        self.sends[entry.destination] = task
        task.add_done_callback(lambda _: self.sends.pop(entry.destination, None))

    async def _send(self, entry: OutboxEntry) -> None:
        try:
            wait = await self.deliver.deliver_entry(entry)
            if wait:
                self.resting[entry.destination] = self.deliver.clock.monotonic() + wait
        except CredentialsRefused as refused:
            self.refused = refused
        except Exception:
            # A claim that was made lapses into `uncertain`; one that was not is still queued.
            log.exception("sending entry %s failed", entry.id)
            self.resting[entry.destination] = self.deliver.clock.monotonic() + AFTER_FAILURE
