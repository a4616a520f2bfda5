"""The sign of life that `post` leaves for `desk`, which sees neither its bot nor its vault."""

import asyncio
import json
import os
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from domain.clock import Clock

EVERY = 5.0
SILENT_AFTER = timedelta(seconds=20)

Counts = Callable[[], Awaitable[dict[str, int]]]


@dataclass(frozen=True, slots=True)
class Pulse:
    """When `post` was last seen alive, and how many updates were in which state then."""

    seen_at: datetime
    updates: Mapping[str, int]

    def is_alive(self, now: datetime) -> bool:
        return now - self.seen_at < SILENT_AFTER


async def beat(path: Path, counts: Counts, clock: Clock) -> None:
    """Leave a sign every few seconds, until cancelled; then take it away."""
    aside = path.with_name(f".{path.name}")
    try:
        while True:
            sign = {"seen_at": clock.now().isoformat(), "updates": await counts()}
            aside.write_text(json.dumps(sign))
            os.replace(aside, path)  # noqa: PTH105 - says better than rename what happens
            await asyncio.sleep(EVERY)
    finally:
        with suppress(OSError):
            path.unlink()


def read_pulse(path: Path) -> Pulse | None:
    """The last sign, however old; None if there is none or it cannot be read."""
    try:
        sign = json.loads(path.read_text())
        return Pulse(datetime.fromisoformat(sign["seen_at"]), sign["updates"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
