"""The sign of life that `post` leaves for `desk`, which sees neither its bot nor its vault."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from domain.clock import Clock

log = logging.getLogger(__name__)

EVERY = 10.0
SILENT_AFTER = timedelta(seconds=30)

Counts = Callable[[], Awaitable[dict[str, int]]]


@dataclass(frozen=True, slots=True)
class Pulse:
    """When `post` was last seen alive, and how many updates were in which state then."""

    seen_at: datetime
    updates: Mapping[str, int]
    done: int
    """Updates handled since `post` started; rows of handled updates do not stay."""
    refused: Mapping[str, int] = field(default_factory=dict)
    """Updates that never came to the inbox since `post` started, by what became of them."""

    def is_alive(self, now: datetime) -> bool:
        return now - self.seen_at < SILENT_AFTER


@asynccontextmanager
async def beat(
    path: Path, counts: Counts, clock: Clock, refused: Mapping[str, int]
) -> AsyncIterator[None]:
    """Leave a sign every few seconds while this is open; then take it away."""
    beating = asyncio.create_task(_beat(path, counts, clock, refused))
    try:
        yield
    finally:
        beating.cancel()
        with suppress(asyncio.CancelledError):
            await beating
        take_away(path)


async def _beat(path: Path, counts: Counts, clock: Clock, refused: Mapping[str, int]) -> None:
    done, before = 0, None
    while True:
        try:
            updates = await counts()
            now_done = updates["done"]
            done += max(0, now_done - (now_done if before is None else before))
            before = now_done
            seen_at = clock.now().isoformat()
            sign = {"seen_at": seen_at, "updates": updates, "done": done, "refused": refused}
            _write_whole(path, json.dumps(sign))
        except Exception:
            log.exception("no sign of life could be left")
        await asyncio.sleep(EVERY)


def take_away(path: Path) -> None:
    path.unlink(missing_ok=True)


def _write_whole(path: Path, text: str) -> None:
    """Write a file that is never seen half-written."""
    aside = path.with_name(f".{path.name}")
    aside.write_text(text)
    aside.replace(path)


def read_pulse(path: Path) -> Pulse | None:
    """The last sign, however old; None if there is none or it cannot be read."""
    try:
        sign = json.loads(path.read_text())
        seen_at = datetime.fromisoformat(sign["seen_at"])
        return Pulse(seen_at, sign["updates"], sign["done"], sign["refused"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
