"""Forgetting on time: what was promised about how long anything is kept."""

from dataclasses import dataclass
from datetime import timedelta

from domain.clock import Clock
from domain.model.access import CLOCKWORK, Permission
from domain.model.audit import AuditEvent
from domain.model.conference import KEPT
from domain.model.deadline import ADDRESS_DIES_AFTER_CLOSING, TEXT_DIES_AFTER_ADDRESS
from domain.model.session_media import MEDIA_KEPT
from domain.ports import Inbox, Memory, Retention, Vault

INBOX_KEPT = timedelta(days=7)
"""How long the blank row of a handled update stays, so that a late repeat is recognised."""
PARKED_KEPT = timedelta(days=30)
"""How long the operator has to look into an update that could not be handled."""
UNSENT_KEPT = timedelta(days=90)
"""How long a resident's question waits in a draft; a session is logged within sixty days."""
UNUSED_KEPT = timedelta(days=1)
"""How long a file stays that belongs to no draft any more and was never handed over."""
ORPHAN_AGE = timedelta(days=2)


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
        drafts = await self.vault.purge_drafts(now)
        addresses = await self._forget_addresses()
        orphans = await self._sweep_orphans()
        await self.inbox.purge(now - INBOX_KEPT, now - PARKED_KEPT)
        async with self.memory.begin() as work:
            kept = ADDRESS_DIES_AFTER_CLOSING + TEXT_DIES_AFTER_ADDRESS
            texts = await work.opinions.erase_texts(now - kept, now)
            await work.sessions.forget_carriers(now - ADDRESS_DIES_AFTER_CLOSING)
            await work.sessions.forget_unsent_questions(now - UNSENT_KEPT)
            await work.conferences.forget(now - KEPT, now)
            media = await work.media.forget(now - MEDIA_KEPT)
            await work.bulletin_media.forget(now - UNUSED_KEPT)
            buttons = await work.buttons.purge(now)
            removed = Retention(drafts, addresses, texts, orphans, buttons, media)
            if addresses or texts or media:
                detail = f"addresses={addresses} texts={texts} media={media}"
                await work.audit.append(
                    AuditEvent(now, CLOCKWORK.id, Permission.RETENTION_PURGE, "retention", detail)
                )
            await work.commit()
        return removed

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
        swept = 0
        for handle in await self.vault.handles(self.clock.now() - ORPHAN_AGE):
            async with self.memory.begin() as work:
                known = await work.opinions.by_handle(handle) is not None
            if not known:
                await self.vault.forget_address(handle)
                swept += 1
        return swept
