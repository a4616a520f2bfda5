"""From queued to its end, many entries at a time: claim, re-hash, send, settle."""

import asyncio
import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from domain.clock import Clock
from domain.errors import CredentialsRefused, MemoryLost, Unreadable
from domain.ids import Ids
from domain.model.chat import Address
from domain.model.delivery import (
    LEASE,
    LONGEST_CLAIMED_WAIT,
    EntryState,
    Lost,
    OriginKind,
    OutboxEntry,
    Payload,
    Rejected,
    Sent,
    Unauthorised,
    to_handle,
)
from domain.model.sending import Claimed, Done, Parcel, Ready, Sender
from domain.model.text import units_over, visible
from domain.ports import Gateway, Letterhead, Memory, NoSteps, Steps, Vault, Work
from domain.usecases.close_polls import keep_copy
from domain.usecases.conclude import Conclude
from domain.usecases.frozen_words import FrozenWords, ThisRound
from domain.usecases.one_by_one import one_by_one
from domain.usecases.put_out import PutOut
from domain.usecases.stand_watch import StandWatch

log = logging.getLogger(__name__)

REMEMBERED = timedelta(seconds=60)
"""The longest window over which a channel counts what a group gets."""

NO_ADDRESS = Lost("no address")
AFTER_FAILURE = timedelta(seconds=30)
"""How long an entry rests after an error of our own."""
VAULT_AWAY = 5.0
"""Seconds until a vault that is away is asked for addresses again; all else goes on."""
PATIENCE = 2.0
"""Seconds that a round waits for the vault: main's transaction is open meanwhile."""
Verdict = Parcel | EntryState | Lost | Rejected | datetime
"""What to send, or the end it has come to, or when to look at it again."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What a round took in hand, and the seconds to wait for each chat that has no turn yet."""

    claimed: tuple[Claimed, ...] = ()
    taken: int = 0
    """How many entries were dealt with, those included that came to their end unsent."""
    waits: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Deliver:
    """Sending what is owed (gửi): no transaction is ever open around the network."""

    # One commit writes down every send that has ended and takes the next ones in hand: with a
    # file that really reaches the disk, commits are what a broadcast spends its time on.

    memory: Memory
    vault: Vault
    gateway: Gateway
    clock: Clock
    ids: Ids
    letterhead: Letterhead
    sender: Sender
    steps: Steps = field(default_factory=NoSteps)
    watch: StandWatch | None = None
    """What is claimed is claimed on this watch; None where nobody else can be on duty."""
    words: FrozenWords = field(default_factory=FrozenWords)

    async def go_round(
        self, done: Sequence[Done], room: int, resting: Collection[str] = (), look: int = 0
    ) -> Claims:
        """One commit: settle what has ended, and claim as much as there is room for.

        `resting` destinations are left alone; `look` more entries are looked at than there is room
        for. Raises CredentialsRefused, after the commit, if that is how a send ended.
        """
        now, refused = self.clock.now(), _refused(done)
        async with self.memory.begin(crowded=True) as work:
            await self._settle(work, done, now)
            claims = Claims()
            if room > 0 and refused is None and await self._is_on_duty(work):
                claims = await self._claim(work, room, resting, look, now)
            await work.commit()
        for _ in done:
            self.steps.reached("settled")
        for _ in claims.claimed:
            self.steps.reached("claimed")
        if refused is not None:
            raise refused
        return claims

    async def send(self, claimed: Claimed) -> Done:
        """Send one claimed entry; the outcome is not written down yet."""
        outcome = await PutOut(self.gateway).put(claimed)
        self.steps.reached("sent")
        return Done(claimed.entry, claimed.address, outcome)

    async def recover_lapsed(self, at_start: bool = False) -> int:
        """Call every send that nobody finished uncertain; only cards to staff are repeated.

        Trouble with what follows for one of them is raised after the others had their turn.
        """
        now = self.clock.now()
        lapsed: list[OutboxEntry] = []

        async def lapse(entry: OutboxEntry) -> None:
            async with self.memory.begin(crowded=True) as work:
                moved = await work.outbox.lapse(self.sender, now, at_start, only=entry.id)
                for one in moved:
                    await self._conclude.after_unknown(work, one)
                await work.commit()
            lapsed.extend(moved)

        async with self.memory.begin(crowded=True) as work:
            lapsing = await work.outbox.lapsing(self.sender, now, at_start)
        try:
            await one_by_one(lapsing, lapse)
        finally:
            if at_start:
                await self._remind_pacer(lapsing)
        return len(lapsed)

    async def _remind_pacer(self, lapsing: Sequence[OutboxEntry]) -> None:
        """What groups got before this process was there fills their windows all the same."""
        now = self.clock.now()
        async with self.memory.begin(crowded=True) as work:
            sent = await work.outbox.groups_sent_to(self.sender, now - REMEMBERED, lapsing)
        for address, at, messages in sent:
            # Never ahead of time, as it would seem after a clock was set back: the bot would wait.
            ago = max(0.0, (now - (at or now)).total_seconds())
            self.gateway.remember(address, ago, messages)

    async def _is_on_duty(self, work: Work) -> bool:
        """A process that was frozen for a while may have been replaced meanwhile."""
        return self.watch is None or await self.watch.holds(work)

    @property
    def _conclude(self) -> Conclude:
        return Conclude(self.clock, self.ids, self.letterhead)

    async def _settle(self, work: Work, done: Sequence[Done], now: datetime) -> None:
        """Receipts in one statement; everything else has something to follow it."""
        arrived = [(one.entry, one.outcome) for one in done if isinstance(one.outcome, Sent)]
        await work.outbox.settle_sent(arrived, now)
        for one in done:
            if isinstance(one.outcome, Sent) and one.outcome.poll_id:
                await keep_copy(work, one, one.outcome)
        for one in done:
            if not isinstance(one.outcome, Sent):
                await self._conclude.settle(work, one)

    async def _claim(
        self, work: Work, room: int, resting: Collection[str], look: int, now: datetime
    ) -> Claims:
        chosen, waits = await self._choose(work, room, resting, look, now)
        for _ in chosen:
            self.steps.reached("before claim")
        taken = await work.outbox.claim([ready.entry.id for ready, _ in chosen], now + LEASE)
        approved, claimed = self.words.during(work), []
        for ready, place in chosen:
            if ready.entry.id in taken:
                claimed.append(await self._judged(approved, ready, place, now))
        return Claims(tuple(one for one in claimed if one), len(taken), tuple(waits))

    async def _choose(
        self, work: Work, room: int, resting: Collection[str], look: int, now: datetime
    ) -> tuple[list[tuple[Ready, Address | Lost | Rejected]], list[tuple[str, float]]]:
        """The most urgent entries whose chats have a turn now, and how long the others wait."""
        chosen: list[tuple[Ready, Address | Lost | Rejected]] = []
        waits, is_away = [], False
        until = asyncio.get_running_loop().time() + PATIENCE
        for ready in await work.outbox.ready(self.sender, now, room + look + len(resting)):
            if ready.entry.destination in resting or len(chosen) == room:
                continue
            place = None if is_away and _is_sealed(ready) else await self._place(ready, until)
            is_away, wait = is_away or place is None, self._wait(place, ready.entry.messages)
            if place is None or wait > LONGEST_CLAIMED_WAIT:
                waits.append((ready.entry.destination, wait))
            else:
                chosen.append((ready, place))
        return chosen, waits

    def _wait(self, place: Address | Lost | Rejected | None, messages: int) -> float:
        """Seconds until it may go there, all of it."""
        if place is None:
            return VAULT_AWAY
        return self.gateway.wait(place, messages) if isinstance(place, Address) else 0.0

    async def _place(self, ready: Ready, until: float) -> Address | Lost | Rejected | None:
        """Where it goes, or why it can go nowhere; None if the vault does not say by then."""
        if not _is_sealed(ready):
            return ready.address or NO_ADDRESS
        try:
            handle = ready.entry.destination.removeprefix(to_handle(""))
            async with asyncio.timeout_at(until):
                return await self.vault.address(handle) or NO_ADDRESS
        except Unreadable:
            return Rejected("address unreadable")
        except (MemoryLost, TimeoutError) as away:
            log.error("letters to residents wait: %s", str(away) or "no answer from the vault")
            return None

    async def _judged(
        self, approved: ThisRound, ready: Ready, place: Address | Lost | Rejected, now: datetime
    ) -> Claimed | None:
        """The entry with its words if they may be sent; otherwise it is settled or put back."""
        work = approved.work
        entry = replace(ready.entry, state=EntryState.SENDING, lease_until=now + LEASE)
        if await self._goes_another_way(work, entry, place):
            return None
        try:
            verdict = await self._verdict(approved, ready, place, now)
        except MemoryLost:
            raise
        except Exception:
            # One entry that cannot be judged must not keep the others in line.
            log.exception("entry %s cannot be judged", entry.id)
            verdict = now + AFTER_FAILURE
        if isinstance(verdict, Parcel) and isinstance(place, Address):
            return Claimed(entry, place, verdict.payload, verdict.files)
        if isinstance(verdict, EntryState):
            await work.outbox.settle(entry, verdict, now, None)
        elif isinstance(verdict, Lost | Rejected):
            await self._conclude.end(work, entry, verdict)
        elif isinstance(verdict, datetime):
            await work.outbox.put_back(entry, verdict)
        return None

    async def _goes_another_way(
        self, work: Work, entry: OutboxEntry, place: Address | Lost | Rejected
    ) -> bool:
        """By another bot, or as a new message where none can be changed in its place."""
        if isinstance(place, Address) and place.bot_id != self.sender.bot_id:
            await work.outbox.hand_over(entry, place.bot_id)
            return True
        if entry.edits and not self.gateway.capabilities.edits:
            await work.outbox.send_anew(entry)
            return True
        return False

    async def _verdict(
        self, approved: ThisRound, ready: Ready, place: Address | Lost | Rejected, now: datetime
    ) -> Verdict:
        entry = ready.entry
        if entry.not_after is not None and now >= entry.not_after:
            return EntryState.EXPIRED
        if not isinstance(place, Address):
            return place
        if entry.origin.kind is OriginKind.BROADCAST:
            return await approved.parcel(ready, now)
        if entry.payload is None:
            return Rejected("words forgotten or changed")
        repeated = entry.origin.kind is OriginKind.CARD and entry.attempt > 1
        words = self._repeated(entry.payload) if repeated else entry.payload
        return await approved.card(words)

    def _repeated(self, payload: Payload) -> Payload:
        """Marked as perhaps sent twice; the longest page of a card has no room to say so."""
        marked = self.letterhead.possible_repeat(payload)
        room = self.gateway.capabilities.text_limit
        return payload if units_over(visible(marked.markup), room) else marked


def _is_sealed(ready: Ready) -> bool:
    """Whether only the vault knows where it goes."""
    return ready.entry.destination.startswith(to_handle(""))


def _refused(done: Sequence[Done]) -> CredentialsRefused | None:
    """The end of all sending, if that is how one of these sends ended."""
    refusals = (one.outcome.reason for one in done if isinstance(one.outcome, Unauthorised))
    reason = next(refusals, None)
    return None if reason is None else CredentialsRefused(reason)
