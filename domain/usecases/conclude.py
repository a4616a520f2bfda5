"""What follows from how a send ended: written down, tried again, or told to somebody."""

from dataclasses import dataclass, replace
from datetime import timedelta

from domain.clock import Clock
from domain.ids import Ids
from domain.model.button import GOOD_FOR, STAFF, offer
from domain.model.chat import Address, ChatNews
from domain.model.delivery import (
    CARD_ATTEMPTS,
    EntryState,
    Held,
    Lost,
    Moved,
    NotSent,
    OriginKind,
    OutboxEntry,
    Rejected,
    Sent,
    Unauthorised,
    Unknown,
    back_off,
    card,
)
from domain.model.sending import Done
from domain.ports import Letterhead, Work
from domain.usecases.announce import staff_destinations, tell_of_chat
from domain.usecases.pass_on import PassOn


@dataclass(frozen=True, slots=True)
class Conclude:
    """Bringing one send to its end (kết thúc lượt gửi)."""

    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def settle(self, work: Work, done: Done) -> None:
        """Write down how it went; what surely did not arrive is queued again."""
        entry, now = done.entry, self.clock.now()
        match done.outcome:
            case Rejected() if entry.edits:
                await work.outbox.send_anew(entry)
            case Unknown(reason) if entry.edits:
                # The same words in the same place: doing it twice is doing it once.
                await self._put_back(work, entry, done.address, NotSent(reason))
            case Sent() as arrived:
                await work.outbox.settle(entry, EntryState.SENT, now, arrived)
            case Unknown() as unknown:
                if await work.outbox.settle(entry, EntryState.UNCERTAIN, now, unknown):
                    await self.after_unknown(work, entry)
            case Lost() | Rejected() as refused:
                await self.end(work, entry, refused)
            case NotSent() | Held() | Moved() | Unauthorised() as later:
                await self._put_back(work, entry, done.address, later)

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
                    await self.end(work, entry, Lost("bound anew at its new address"))
            case Unauthorised():
                await work.outbox.put_back(entry, now)

    async def after_unknown(self, work: Work, entry: OutboxEntry) -> None:
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

    async def end(self, work: Work, entry: OutboxEntry, outcome: Lost | Rejected) -> None:
        """A refusal for good: it failed, and somebody is told."""
        await work.outbox.settle(entry, EntryState.FAILED, self.clock.now(), outcome)
        kind, _, name = entry.destination.partition(":")
        if kind == "handle":
            await self._tell_undeliverable(work, name)
        elif kind == "chat" and isinstance(outcome, Lost) and await work.chats.lose(name):
            news = ChatNews.TOPIC_LOST if outcome.topic_only else ChatNews.LOST
            chat = await work.chats.get(name)
            await tell_of_chat(work, self.ids, self.letterhead, chat, news)
        await PassOn(self.clock, self.ids, self.letterhead).pass_on(work, entry)

    async def _tell_undeliverable(self, work: Work, handle: str) -> None:
        opinion = await work.opinions.by_handle(handle)
        if opinion is None:
            return
        payload = self.letterhead.undeliverable_card(opinion)
        about = f"undeliverable:{opinion.id}:{opinion.version}"
        for destination in await staff_destinations(work, opinion.unit_id):
            await work.outbox.add([card(self.ids.new(), about, destination, payload)])
