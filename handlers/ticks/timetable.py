"""What the clock does by itself; the scheduler only wakes us, a due time is a column."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from domain.usecases.check_roster import CheckRoster
from handlers.telegram.rooms import Rooms

log = logging.getLogger(__name__)

Tick = Callable[[], Awaitable[object]]
EVERY_SECOND, EVERY_MINUTE, EVERY_TEN_MINUTES = 1, 60, 600


Ticks = Mapping[str, tuple[int, Tick]]
"""What comes round, and every how many seconds."""


def of_office(rooms: Rooms) -> Ticks:
    """What is done once, however many bots there are."""
    check = CheckRoster(rooms.memory, rooms.clock, rooms.ids, rooms.letterhead)
    return {
        "release due": (EVERY_SECOND, rooms.release.release_due),
        "line up": (EVERY_SECOND, rooms.line_up.line_up_released),
        "line up polls": (EVERY_SECOND, rooms.line_up.line_up_polls),
        "count polls": (EVERY_SECOND, rooms.count_polls.count_ended),
        "finish settled": (EVERY_SECOND, rooms.release.finish_settled),
        "follow up withdrawals": (EVERY_SECOND, rooms.withdraw.follow_up),
        "look again at withdrawals": (EVERY_MINUTE, rooms.withdraw.look_again),
        "plan next": (EVERY_MINUTE, rooms.schedule.plan_next),
        "owe morning cards": (EVERY_MINUTE, rooms.morning_cards.owe_due),
        "forget read marks": (EVERY_MINUTE, rooms.morning.forget_marks),
        "owe session digests": (EVERY_TEN_MINUTES, rooms.session_digest.owe_due),
        "follow conferences": (EVERY_MINUTE, rooms.follow_conferences.follow_due),
        "remind approvers": (EVERY_MINUTE, rooms.remind_approvers.remind_due),
        "check rosters": (EVERY_MINUTE, check.check_due),
        "remind staff": (EVERY_MINUTE, rooms.remind_staff.remind_due),
        "go on unanswered": (EVERY_TEN_MINUTES, rooms.reply.go_on_unanswered),
        "close answered": (EVERY_TEN_MINUTES, rooms.triage.close_answered),
        "reseal": (EVERY_TEN_MINUTES, rooms.reseal.reseal_all),
        "forget expired": (EVERY_MINUTE, rooms.purge.forget_expired),
    }


def of_bot(rooms: Rooms) -> Ticks:
    """What is done for each bot."""
    return {
        "recover lapsed": (EVERY_SECOND, rooms.deliver.recover_lapsed),
        "delete expired": (EVERY_SECOND, rooms.take_back.delete_expired),
        "close polls": (EVERY_SECOND, rooms.close_polls.close_due),
    }


@dataclass(frozen=True, slots=True)
class Timetable:
    """The ticks and how often each comes round (nhịp đồng hồ)."""

    ticks: Ticks

    async def run(self) -> None:
        """Tick until cancelled."""
        scheduler = AsyncIOScheduler(timezone="UTC")
        for name, (seconds, tick) in self.ticks.items():
            scheduler.add_job(
                _guarded(name, tick),
                "interval",
                seconds=seconds,
                max_instances=1,
                coalesce=True,
                misfire_grace_time=None,
            )
        scheduler.start()
        try:
            await asyncio.Event().wait()
        finally:
            scheduler.shutdown(wait=False)


def _guarded(name: str, tick: Tick) -> Tick:
    """A tick whose failure is written down and tried again next time round."""

    async def run() -> None:
        try:
            await tick()
        except Exception:
            log.exception("tick %r failed; it comes round again", name)

    return run
