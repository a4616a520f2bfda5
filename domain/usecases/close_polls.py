"""Polls come to their end: each copy is closed when its time has come, and its counts are kept."""

import asyncio
import logging
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from domain.clock import Clock
from domain.errors import Tampered
from domain.model.delivery import ButtonRows, Held, Lost, Moved, Rejected, SendOutcome, Sent
from domain.model.poll_copy import (
    COUNTS_COME_WITHIN,
    AlreadyClosed,
    Closed,
    CopyState,
    PollCopy,
)
from domain.model.sending import Done, Sender
from domain.ports import Cause, Gateway, Memory, NoSteps, Steps, Work

log = logging.getLogger(__name__)

AFTER_TROUBLE = timedelta(seconds=10)
"""When nobody knows whether it was closed: to close it once more does no harm."""


@dataclass(frozen=True, slots=True)
class ClosePolls:
    """Closing polls in groups (đóng thăm dò)."""

    memory: Memory
    gateway: Gateway
    clock: Clock
    sender: Sender
    steps: Steps = field(default_factory=NoSteps)

    async def close_due(self, limit: int = 20) -> int:
        """One round; returns how many were to be closed. No transaction is open meanwhile."""
        async with self.memory.begin() as work:
            due = await work.polls.due(self.sender, self.clock.now(), limit)
            feet = [await _foot(work, copy) for copy in due]
        if not due:
            return 0
        outcomes = await asyncio.gather(*map(self._close, due, feet))
        now = self.clock.now()
        async with self.memory.begin() as work:
            for copy, outcome in zip(due, outcomes, strict=True):
                await _settle(work, copy, outcome, now)
            await work.commit()
        return len(due)

    async def hear_end(self, poll_id: str, closed: Closed, cause: Cause) -> bool:
        """The channel says by itself how a poll ended; whether it was one of ours."""
        async with self.memory.begin(cause) as work:
            entry_id = await work.polls.of_poll(self.sender.bot_id, poll_id)
            if entry_id:
                await work.polls.count(entry_id, closed)
            await work.commit()
        return bool(entry_id)

    async def _close(self, copy: PollCopy, below: ButtonRows) -> SendOutcome:
        if not copy.message_id:
            return Lost("number not known")
        outcome = await self.gateway.stop_poll(copy.address, copy.message_id, below)
        self.steps.reached("stopped")
        return outcome


async def _foot(work: Work, copy: PollCopy) -> ButtonRows:
    """What stands below it in a channel, and is to stay there."""
    if not copy.address.is_channel:
        return ()
    revision_id = (await work.broadcasts.get(copy.broadcast_id)).revision_id
    try:
        text = await work.bulletins.frozen_text(revision_id)
    except Tampered:
        return ()
    foot = text.foot_in((await work.chats.get(copy.chat_id)).language)
    return foot.rows if foot else ()


async def keep_copy(work: Work, done: Done, sent: Sent) -> None:
    """A poll has arrived in a group: remember when it is to be closed there.

    One that is not what was approved any more is closed at once: nobody knows how long it was for.
    """
    entry = done.entry
    broadcast = await work.broadcasts.get(entry.origin.id)
    closes_at = broadcast.went_out_at
    try:
        poll = (await work.bulletins.frozen_text(broadcast.revision_id)).revision.poll
    except Tampered:
        # Others' receipts are in the same commit: they must not be lost with it.
        log.exception("the poll of broadcast %s is closed: it was tampered with", broadcast.id)
    else:
        if poll is None:
            return
        closes_at = poll.closes(broadcast.went_out_at)
    chat_id = entry.destination.removeprefix("chat:")
    place = (sent.poll_id, sent.message_id, chat_id, done.address)
    await work.polls.add(PollCopy(entry.id, broadcast.id, *place, closes_at))


async def _settle(work: Work, copy: PollCopy, outcome: SendOutcome, now: datetime) -> None:
    match outcome:
        case Closed():
            await work.polls.count(copy.entry_id, outcome)
        case AlreadyClosed():
            await _await_counts(work, copy, now)
        case Lost() | Rejected():
            await work.polls.end(copy.entry_id, CopyState.LOST)
        case Moved(chat):
            await work.chats.move(copy.chat_id, chat)
            await work.polls.put_off(copy, now)
        case Held(seconds):
            await work.polls.put_off(copy, now + timedelta(seconds=seconds))
        case _:
            await work.polls.put_off(copy, now + AFTER_TROUBLE)


async def _await_counts(work: Work, copy: PollCopy, now: datetime) -> None:
    """An answer was lost: the counts come by themselves, or they never will."""
    found = replace(copy, ended_at=copy.ended_at or now)
    if found.ended_at and now >= found.ended_at + COUNTS_COME_WITHIN:
        await work.polls.end(copy.entry_id, CopyState.UNCOUNTED)
    else:
        await work.polls.put_off(found, now + AFTER_TROUBLE)
