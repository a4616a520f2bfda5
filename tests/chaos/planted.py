"""Planted in a process by tests, in no other way: defects that must be found, and a world bent."""

import asyncio
import os
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from channels.pacer.limits import Limits, Window
from channels.telegram import gateway
from channels.telegram.gateway import TelegramGateway
from domain.clock import SystemClock
from domain.model.chat import Address
from domain.model.delivery import NotSent, Payload, SendOutcome, Sent, Unknown
from domain.model.sending import Done
from domain.ports import Received
from domain.usecases.deliver import Claims, Deliver
from storage.engine import transaction
from storage.vault import arrivals
from storage.vault.inbox import SqlInbox

HELD_BACK = 1.0
"""Seconds by which updates reach the disk later than their acknowledgement."""


def retry_on_timeout() -> None:
    """What nobody knows to have arrived counts as not sent, and so is sent again."""
    send = TelegramGateway.send

    async def sent_again(
        self: TelegramGateway, address: Address, payload: Payload, lane: int
    ) -> SendOutcome:
        outcome = await send(self, address, payload, lane)
        return NotSent(outcome.reason) if isinstance(outcome, Unknown) else outcome

    _plant(TelegramGateway, "send", sent_again)


def mark_then_send() -> None:
    """An entry is written down as sent before it is."""
    go_round = Deliver.go_round

    async def marked(self: Deliver, done: Sequence[Done], *rest: object) -> Claims:
        claims = await go_round(self, done, *rest)  # type: ignore[arg-type]
        believed = [(claimed.entry, Sent("")) for claimed in claims.claimed]
        async with self.memory.begin() as work:
            await work.outbox.settle_sent(believed, self.clock.now())
            await work.commit()
        return claims

    _plant(Deliver, "go_round", marked)


def acknowledge_then_store() -> None:
    """The next offset is asked for before what came is on the disk."""
    store = SqlInbox.store
    later = set[asyncio.Task[object]]()

    async def stored(
        self: SqlInbox, bot_id: int, updates: Sequence[Received]
    ) -> tuple[Received, ...]:
        async with transaction(self.engine) as session:
            moved = arrivals._cursors([(bot_id, tuple(updates))])
            await (await session.connection()).execute(arrivals._MOVE_CURSOR, moved)
            await session.commit()

        async def after_a_while() -> None:
            await asyncio.sleep(HELD_BACK)
            await store(self, bot_id, updates)

        task: asyncio.Task[object] = asyncio.create_task(after_a_while())
        later.add(task)
        task.add_done_callback(later.discard)
        return ()

    _plant(SqlInbox, "store", stored)


def a_clock_that_jumps() -> None:
    """The time of day is ahead by as many seconds as a file says; time goes by as ever."""
    really = SystemClock.now

    def bent(self: SystemClock) -> datetime:
        return really(self) + timedelta(seconds=float(Path(os.environ[AHEAD]).read_text()))

    _plant(SystemClock, "now", bent)


def no_pace() -> None:
    """As many messages as the channel takes."""
    endless = Window(10**9, 1)
    _plant(gateway, "Limits", partial(Limits, bot=endless, chat=endless, group=endless))


AHEAD = "CLOCK_IS_AHEAD"
"""The file's name, in the environment."""
DEFECTS: dict[str, Callable[[], None]] = {
    "retry on timeout": retry_on_timeout,
    "mark, then send": mark_then_send,
    "acknowledge, then store": acknowledge_then_store,
    "a clock that jumps": a_clock_that_jumps,
    "no pace": no_pace,
}


def _plant(where: object, name: str, defect: object) -> None:
    setattr(where, name, defect)
