"""Forgetting on time: what was promised about how long anything is kept."""

import logging
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from domain.clock import Clock
from domain.model.access import CLOCKWORK, Permission
from domain.model.audit import AuditEvent
from domain.model.conference import KEPT
from domain.model.deadline import ADDRESS_DIES_AFTER_CLOSING, TEXT_DIES_AFTER_ADDRESS
from domain.model.session_media import MEDIA_KEPT
from domain.ports import Cause, Inbox, Memory, Retention, Vault, Work

log = logging.getLogger(__name__)

INBOX_KEPT = timedelta(days=7)
"""How long the blank row of a handled update stays, so that a late repeat is recognised."""
PARKED_KEPT = timedelta(days=30)
"""How long the operator has to look into an update that could not be handled."""
MARKS_KEPT = timedelta(days=30)
"""How long an update's mark stays: the channel repeats for a day, the inbox knows it for a week."""
READINGS_KEPT = timedelta(days=400)
"""How long it is known how many read on a day: the year's report, and a month to write it."""
UNSENT_KEPT = timedelta(days=90)
"""How long a resident's question waits in a draft; a session is logged within sixty days."""
UNUSED_KEPT = timedelta(days=1)
"""How long a file stays that belongs to no draft any more and was never handed over."""
ORPHAN_AGE = timedelta(days=2)
AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class Purge:
    """Forgetting (xóa khi hết hạn)."""

    memory: Memory
    vault: Vault
    inbox: Inbox
    clock: Clock

    async def forget_expired(self) -> Retention:
        """One round of forgetting; returns what it removed."""
        now = self.clock.now()
        await self.vault.purge_spent(now)
        removed = Retention(
            drafts=await self.vault.purge_drafts(now),
            addresses=await self._forget_addresses(),
            orphans=await self._sweep_orphans(),
            updates=await self.inbox.purge(now - INBOX_KEPT, now - PARKED_KEPT),
        )
        waiting = await self._waiting(now)
        async with self.memory.begin() as work:
            removed = await self._forget_rows(work, removed, now, waiting)
            if removed.addresses or removed.texts or removed.media:
                await self._record(work, removed, now)
            await work.commit()
        told = {name: count for name, count in asdict(removed).items() if count}
        if told:
            log.info("forgotten on time: %s", " ".join(f"{n}={c}" for n, c in told.items()))
        return removed

    async def would_forget(self) -> Retention:
        """What a round would remove if it came now; nothing changes."""
        now = self.clock.now()
        found = Retention(
            drafts=await self.vault.expired_drafts(now),
            addresses=await self._overdue_addresses(),
            orphans=len(await self._orphans()),
            updates=await self.inbox.expired(now - INBOX_KEPT, now - PARKED_KEPT),
        )
        waiting = await self._waiting(now)
        async with self.memory.begin() as work:
            # Counted by doing it, in a transaction that is never committed.
            return await self._forget_rows(work, found, now, waiting)

    async def _forget_rows(
        self, work: Work, so_far: Retention, now: datetime, waiting: frozenset[Cause]
    ) -> Retention:
        kept = ADDRESS_DIES_AFTER_CLOSING + TEXT_DIES_AFTER_ADDRESS
        texts = await work.opinions.erase_texts(now - kept, now)
        await work.sessions.forget_carriers(now - ADDRESS_DIES_AFTER_CLOSING)
        await work.sessions.forget_unsent_questions(now - UNSENT_KEPT)
        await work.conferences.forget(now - KEPT, now)
        media = await work.media.forget(now - MEDIA_KEPT)
        await work.bulletin_media.forget(now - UNUSED_KEPT)
        readings = await work.mornings.forget_counts((now - READINGS_KEPT).date())
        marks = await work.marks.forget((now - MARKS_KEPT).date(), waiting)
        buttons = await work.buttons.purge(now)
        return replace(
            so_far, texts=texts, buttons=buttons, media=media, readings=readings, marks=marks
        )

    async def _waiting(self, now: datetime) -> frozenset[Cause]:
        """Updates that may still be handled: their marks stay, however old they are."""
        async with self.memory.begin(crowded=True) as work:
            old = await work.marks.made_before((now - MARKS_KEPT).date())
        return await self.inbox.unhandled() if old else frozenset()

    async def _record(self, work: Work, removed: Retention, now: datetime) -> None:
        detail = f"addresses={removed.addresses} texts={removed.texts} media={removed.media}"
        action = Permission.RETENTION_PURGE
        await work.audit.append(AuditEvent(now, CLOCKWORK.id, action, "retention", detail))

    async def _overdue_addresses(self) -> int:
        async with self.memory.begin() as work:
            before = self.clock.now() - ADDRESS_DIES_AFTER_CLOSING
            return len(await work.opinions.closed_before(before))

    async def _forget_addresses(self) -> int:
        """Erase the address of every case closed 30 days ago: vault first, then its handle."""
        async with self.memory.begin() as work:
            over = await work.opinions.closed_before(self.clock.now() - ADDRESS_DIES_AFTER_CLOSING)
        for opinion in over:
            if opinion.handle is not None:
                await self.vault.forget_address(opinion.handle)
                async with self.memory.begin() as work:
                    await work.opinions.drop_handle(opinion.id)
                    await work.commit()
        return len(over)

    async def _sweep_orphans(self) -> int:
        """Erase sealed addresses that no case names: left where a crash parted the two files."""
        orphans = await self._orphans()
        for handle in orphans:
            await self.vault.forget_address(handle)
        return len(orphans)

    async def _orphans(self) -> list[str]:
        orphans: list[str] = []
        sealed = await self.vault.handles(self.clock.now() - ORPHAN_AGE)
        for start in range(0, len(sealed), AT_A_TIME):
            some = sealed[start : start + AT_A_TIME]
            async with self.memory.begin(crowded=True) as work:
                named = await work.opinions.named_by(some)
            orphans += [handle for handle in some if handle not in named]
        return orphans
