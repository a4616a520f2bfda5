"""How long a call and its answer are under way."""

import asyncio
import random

from channels.telegram.sandbox.records import Settings


class Road:
    """Half the latency each way, and each way a share of the jitter, drawn by the seed."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._seed = settings.seed
        self._draw = random.Random(self._seed)  # noqa: S311 - delays to test with, no secret

    async def travel(self) -> None:
        if milliseconds := self.next_delay():
            await asyncio.sleep(milliseconds / 1000)

    def next_delay(self) -> float:
        """Milliseconds for one way."""
        if self._seed != self._settings.seed:
            self._seed = self._settings.seed
            self._draw.seed(self._seed)
        jitter = self._settings.jitter_ms
        return self._settings.latency_ms / 2 + (self._draw.uniform(0, jitter) if jitter else 0)
