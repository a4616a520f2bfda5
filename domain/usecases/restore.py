"""A start with an older state: nothing is sent twice unasked, nothing erased comes back."""

from dataclasses import dataclass, replace
from datetime import datetime

from domain.clock import Clock
from domain.errors import Tampered
from domain.ids import Ids
from domain.model.access import OPERATOR, Permission
from domain.model.audit import AuditEvent
from domain.model.broadcast import BroadcastState
from domain.model.delivery import OutboxEntry
from domain.model.erasure import Erased
from domain.model.opinion import OpinionState
from domain.model.unit import Lineage
from domain.ports import Letterhead, Memory, Vault, Work
from domain.usecases.conclude import Conclude
from domain.usecases.line_up import LANES
from domain.usecases.purge import Purge

AT_A_TIME = 5_000


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What a restore had to put right."""

    doubtful: int
    """Sends of which nobody knows whether they went out since the backup."""
    erased: int
    """Cases, addresses, consents, unread words, photos and voice notes that the backup had brought
    back."""


@dataclass(frozen=True, slots=True)
class Restore:
    """Going on from a backup (khôi phục); may be repeated."""

    memory: Memory
    vault: Vault
    purge: Purge
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def go_on_from(self, taken_at: datetime) -> Aftermath:
        """Make a database of that moment fit to be worked with now; nothing may run on it yet."""
        OPERATOR.require(Permission.BACKUP_RESTORE, Lineage(()))
        erased = await self.vault.erased()
        count = await self.vault.erase_again(erased)
        # What is sealed under a key that was destroyed since is dead, and drops off.
        count += sum((await self.vault.chest.forget_unreadable()).values())
        async with self.memory.begin() as work:
            await self._line_up_what_was_due(work)
            doubtful = await work.outbox.doubt_all(self.clock.now())
            # Only now, when no letter is being sent any more: its words go as well.
            count += await self._erase_again(work, erased)
            await self._follow_up(work, doubtful)
            await work.duties.free_all()
            await self._audit(work, taken_at, Aftermath(len(doubtful), count))
            await work.commit()
        await self.purge.forget_expired()
        return Aftermath(len(doubtful), count)

    async def _line_up_what_was_due(self, work: Work) -> None:
        """What fell due since may have gone out: its sends are as doubtful as those in line."""
        now = self.clock.now()
        due = await work.broadcasts.due(now)
        for broadcast in (*due, *await work.broadcasts.unlined()):
            try:
                text = await work.bulletins.frozen_text(broadcast.revision_id)
            except Tampered:
                continue  # found again where it is sent or released: there it is stopped
            await work.broadcasts.save_state(broadcast, BroadcastState.RELEASED)
            lane = LANES[text.revision.bulletin_class]
            released = replace(broadcast, state=BroadcastState.RELEASED)
            while await work.broadcasts.line_up(released, lane, now, (), AT_A_TIME):
                pass

    async def _erase_again(self, work: Work, erased: Erased) -> int:
        now, count = self.clock.now(), 0
        for opinion_id in erased.cases:
            opinion = await work.opinions.find(opinion_id)
            if opinion is not None and opinion.state is not OpinionState.WITHDRAWN:
                await work.opinions.erase(opinion, now)
                count += 1
        for handle in erased.addresses:
            nameless = await work.opinions.by_handle(handle)
            if nameless is not None:
                await work.opinions.drop_handle(nameless.id)
        count += await work.opinions.erase_pictures_again(erased.media)
        count += await work.voices.erase_again(erased.media)
        return count + await work.media.erase_again(erased.media)

    async def _follow_up(self, work: Work, doubtful: tuple[OutboxEntry, ...]) -> None:
        """Cards to staff are repeated, and say so; about letters staff are asked."""
        conclude = Conclude(self.clock, self.ids, self.letterhead)
        for entry in doubtful:
            await conclude.after_unknown(work, entry)

    async def _audit(self, work: Work, taken_at: datetime, found: Aftermath) -> None:
        at = taken_at.isoformat(timespec="seconds")
        detail = f"backup={at} doubtful={found.doubtful} erased={found.erased}"
        action = Permission.BACKUP_RESTORE
        await work.audit.append(AuditEvent(self.clock.now(), OPERATOR.id, action, "backup", detail))
