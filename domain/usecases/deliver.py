"""One outbox entry from queued to its end: claim, re-hash, send, settle."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from domain.clock import Clock
from domain.errors import CredentialsRefused, Tampered, Unreadable
from domain.ids import Ids
from domain.model.access import Permission
from domain.model.broadcast import Broadcast, BroadcastState
from domain.model.button import GOOD_FOR, STAFF, offer
from domain.model.chat import Address, ChatState
from domain.model.delivery import (
    CARD_ATTEMPTS,
    LEASE,
    LONGEST_CLAIMED_WAIT,
    EntryState,
    Held,
    Lost,
    Moved,
    NotSent,
    OriginKind,
    OutboxEntry,
    Payload,
    Rejected,
    SendOutcome,
    Sent,
    Unauthorised,
    Unknown,
    back_off,
    card,
    to_person,
)
from domain.ports import Gateway, Letterhead, Memory, NoSteps, Steps, Vault, Work
from domain.usecases.announce import staff_destinations

NO_ADDRESS = Lost("no address")


@dataclass(frozen=True, slots=True)
class Deliver:
    """Sending what is owed (gửi): three transactions, none of them open around the network."""

    memory: Memory
    vault: Vault
    gateway: Gateway
    clock: Clock
    ids: Ids
    letterhead: Letterhead
    bot_id: int
    steps: Steps = field(default_factory=NoSteps)

    async def ready_entries(self, limit: int) -> tuple[OutboxEntry, ...]:
        """What could be sent now, the most urgent first."""
        async with self.memory.begin() as work:
            return await work.outbox.ready(self.clock.now(), limit)

    async def deliver_entry(self, entry: OutboxEntry) -> float:
        """Send one entry, unless its chat must wait: then the seconds until it may be tried."""
        address = await self._address(entry)
        wait = self.gateway.wait(address) if isinstance(address, Address) else 0.0
        if wait > LONGEST_CLAIMED_WAIT:
            return wait
        self.steps.reached("before claim")
        claimed = await self._claim(entry, address)
        if claimed is None or not isinstance(address, Address):
            return 0.0
        entry, payload = claimed
        self.steps.reached("claimed")
        outcome = await self.gateway.send(address, payload, entry.lane)
        self.steps.reached("sent")
        await self._settle(entry, address, outcome)
        self.steps.reached("settled")
        return 0.0

    async def recover_lapsed(self, at_start: bool = False) -> int:
        """Call every send that nobody finished uncertain; only cards to staff are repeated."""
        async with self.memory.begin() as work:
            lapsed = await work.outbox.lapse(self.clock.now(), everything=at_start)
            for entry in lapsed:
                await self._after_unknown(work, entry)
            await work.commit()
        return len(lapsed)

    async def _address(self, entry: OutboxEntry) -> Address | Lost | Rejected:
        """Where it goes, or why it can go nowhere."""
        kind, _, name = entry.destination.partition(":")
        try:
            if kind == "handle":
                return await self.vault.address(name) or NO_ADDRESS
        except Unreadable:
            return Rejected("address unreadable")
        async with self.memory.begin() as work:
            if kind == "person":
                return (await work.people.get(name)).private_chat(self.bot_id) or NO_ADDRESS
            chat = await work.chats.get(name)
            return chat.address if chat.state is ChatState.ACTIVE else NO_ADDRESS

    async def _claim(
        self, entry: OutboxEntry, address: Address | Lost | Rejected
    ) -> tuple[OutboxEntry, Payload] | None:
        """The entry and its words if they may be sent now; otherwise it is settled or put back."""
        now = self.clock.now()
        async with self.memory.begin() as work:
            claimed = await work.outbox.claim(entry.id, now + LEASE)
            if claimed is None:
                return None
            verdict = await self._verdict(work, claimed, address, now)
            if isinstance(verdict, EntryState):
                await work.outbox.settle(claimed, verdict, now, None)
            elif isinstance(verdict, Lost | Rejected):
                await self._end(work, claimed, verdict)
            elif isinstance(verdict, datetime):
                await work.outbox.put_back(claimed, verdict)
            await work.commit()
        return (claimed, verdict) if isinstance(verdict, Payload) else None

    async def _verdict(
        self, work: Work, entry: OutboxEntry, address: Address | Lost | Rejected, now: datetime
    ) -> Payload | EntryState | Lost | Rejected | datetime:
        """The words to send, or the end it has come to, or when to look at it again."""
        if entry.not_after is not None and now >= entry.not_after:
            return EntryState.EXPIRED
        if not isinstance(address, Address):
            return address
        held = await work.outbox.held_until(address, now)
        if held is not None:
            return held
        if entry.origin.kind is OriginKind.BROADCAST:
            return await self._approved_words(work, entry, now)
        if entry.payload is None:
            return Rejected("words forgotten")
        repeated = entry.origin.kind is OriginKind.CARD and entry.attempt > 1
        return self.letterhead.possible_repeat(entry.payload) if repeated else entry.payload

    async def _approved_words(
        self, work: Work, entry: OutboxEntry, now: datetime
    ) -> Payload | EntryState | Rejected | datetime:
        broadcast = await work.broadcasts.get(entry.origin.id)
        if broadcast.state is not BroadcastState.RELEASED:
            return EntryState.CANCELLED
        chat = await work.chats.get(entry.destination.removeprefix("chat:"))
        quiet = (await work.units.get(chat.unit_id)).quiet_hours
        if quiet is not None and quiet.over_at(now) > now:
            return quiet.over_at(now)
        return await self._rehashed(work, broadcast, chat.id, chat.language)

    async def _rehashed(
        self, work: Work, broadcast: Broadcast, chat_id: str, language: str
    ) -> Payload | Rejected:
        """The frozen words, if they still are what was approved, for this very group."""
        try:
            frozen = await work.bulletins.revision(broadcast.revision_id)
        except Tampered:
            return Rejected("words do not match their approval")
        if frozen.hash != broadcast.revision_hash or chat_id not in frozen.chat_ids:
            return Rejected("words do not match their approval")
        return Payload(frozen.in_language(language))

    async def _settle(self, entry: OutboxEntry, address: Address, outcome: SendOutcome) -> None:
        """Write down at once how it went; a certain refusal queues it again."""
        now = self.clock.now()
        async with self.memory.begin() as work:
            match outcome:
                case Sent():
                    await work.outbox.settle(entry, EntryState.SENT, now, outcome)
                case Unknown():
                    await work.outbox.settle(entry, EntryState.UNCERTAIN, now, outcome)
                    await self._after_unknown(work, entry)
                case Lost() | Rejected():
                    await self._end(work, entry, outcome)
                case NotSent() | Held() | Moved() | Unauthorised():
                    await self._put_back(work, entry, address, outcome)
            await work.commit()
        if isinstance(outcome, Unauthorised):
            raise CredentialsRefused(outcome.reason)

    async def _put_back(
        self,
        work: Work,
        entry: OutboxEntry,
        address: Address,
        outcome: NotSent | Held | Moved | Unauthorised,
    ) -> None:
        """It surely did not arrive: queue it again, for when it makes sense to try."""
        now = self.clock.now()
        match outcome:
            case NotSent():
                entry = replace(entry, refusals=entry.refusals + 1)
                await work.outbox.put_back(entry, now + back_off(entry.refusals))
            case Held(seconds):
                until = now + timedelta(seconds=seconds)
                await work.outbox.hold(address, entry.destination, until)
                await work.outbox.put_back(entry, until)
            case Moved(chat):
                if await work.chats.move(entry.destination.removeprefix("chat:"), chat):
                    await work.outbox.put_back(entry, now)
                else:
                    # Somebody bound the new address before the old one heard of the move.
                    await self._end(work, entry, Lost("bound anew at its new address"))
            case Unauthorised():
                await work.outbox.put_back(entry, now)

    async def _after_unknown(self, work: Work, entry: OutboxEntry) -> None:
        """A card may be repeated, and says so; anything else waits for a named person."""
        if entry.origin.kind is OriginKind.CARD and entry.attempt < CARD_ATTEMPTS:
            await work.outbox.send_again(entry.id)
        elif entry.origin.kind is OriginKind.LETTER:
            await self._ask_about_letter(work, entry)

    async def _ask_about_letter(self, work: Work, entry: OutboxEntry) -> None:
        """Let staff decide whether a resident's letter goes again, without seeing the chat."""
        opinion = await work.opinions.by_handle(entry.destination.removeprefix("handle:"))
        if opinion is None:
            return
        about = f"unknown:{entry.id}:{entry.attempt}"
        for destination in await staff_destinations(work, opinion.unit_id):
            buttons = offer(
                self.ids,
                [("letter:settle", "again"), ("letter:settle", "leave")],
                subject=entry.id,
                version=entry.attempt,
                holder=STAFF,
                expires_at=self.clock.now() + GOOD_FOR,
            )
            await work.buttons.add(buttons)
            payload = self.letterhead.unknown_letter_card(opinion, buttons)
            await work.outbox.add([card(self.ids.new(), about, destination, payload)])

    async def _end(self, work: Work, entry: OutboxEntry, outcome: Lost | Rejected) -> None:
        """A refusal for good: it failed, and somebody is told."""
        await work.outbox.settle(entry, EntryState.FAILED, self.clock.now(), outcome)
        kind, _, name = entry.destination.partition(":")
        if kind == "handle":
            await self._tell_undeliverable(work, name)
        elif kind == "chat" and isinstance(outcome, Lost):
            if await work.chats.lose(name):
                await self._tell_chat_lost(work, name)
            await self._readdress(work, entry, name)

    async def _readdress(self, work: Work, entry: OutboxEntry, lost_chat_id: str) -> None:
        """A card for a staff group that is gone goes to whoever is told in its place."""
        if entry.origin.kind is not OriginKind.CARD or entry.payload is None:
            return
        unit_id = (await work.chats.get(lost_chat_id)).unit_id
        for destination in await staff_destinations(work, unit_id):
            again = card(self.ids.new(), entry.origin.id, destination, entry.payload)
            await work.outbox.add([replace(again, part=entry.part)])

    async def _tell_chat_lost(self, work: Work, chat_id: str) -> None:
        chat = await work.chats.get(chat_id)
        payload = self.letterhead.chat_lost_card(chat)
        lineage = await work.units.lineage(chat.unit_id)
        for person in await work.people.holding(Permission.CHAT_BIND, lineage):
            about = f"lost:{chat_id}:{chat.bound_at.isoformat()}"
            await work.outbox.add([card(self.ids.new(), about, to_person(person.id), payload)])

    async def _tell_undeliverable(self, work: Work, handle: str) -> None:
        opinion = await work.opinions.by_handle(handle)
        if opinion is None:
            return
        payload = self.letterhead.undeliverable_card(opinion)
        about = f"undeliverable:{opinion.id}:{opinion.version}"
        for destination in await staff_destinations(work, opinion.unit_id):
            await work.outbox.add([card(self.ids.new(), about, destination, payload)])
