"""What the clock does by itself; the scheduler only wakes us, a due time is a column."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from handlers.telegram.rooms import Rooms

log = logging.getLogger(__name__)

Tick = Callable[[], Awaitable[object]]
EVERY_SECOND, EVERY_MINUTE, EVERY_TEN_MINUTES = 1, 60, 600


@dataclass(slots=True)
class Timetable:
    """The ticks and how often each comes round (nhịp đồng hồ)."""

    rooms: Rooms
    scheduler: AsyncIOScheduler | None = None

    def ticks(self) -> dict[str, tuple[int, Tick]]:
        rooms = self.rooms
        return {
            "release due": (EVERY_SECOND, rooms.release.release_due),
            "finish settled": (EVERY_SECOND, rooms.release.finish_settled),
            "recover lapsed": (EVERY_SECOND, rooms.deliver.recover_lapsed),
            "delete expired": (EVERY_MINUTE, rooms.take_back.delete_expired),
            "close answered": (EVERY_TEN_MINUTES, rooms.triage.close_answered),
            "forget expired": (EVERY_MINUTE, rooms.purge.forget_expired),
        }

    def start(self) -> None:
        self.scheduler = AsyncIOScheduler(timezone="UTC")
        for name, (seconds, tick) in self.ticks().items():
            self.scheduler.add_job(
                _guarded(name, tick),
                "interval",
                seconds=seconds,
                max_instances=1,
                coalesce=True,
                misfire_grace_time=None,
            )
        self.scheduler.start()

    def stop(self) -> None:
        if self.scheduler is not None:
            self.scheduler.shutdown(wait=False)


def _guarded(name: str, tick: Tick) -> Tick:
    """A tick whose failure is written down and tried again next time round."""

    async def run() -> None:
        try:
            await tick()
        except Exception:
            log.exception("tick %r failed; it comes round again", name)

    return run
