"""A new draft from an old bulletin: the same once more, or the next part of its series."""

from dataclasses import dataclass, fields, replace

from domain.clock import Clock
from domain.errors import Refusal, Tampered
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.audit import AuditEvent
from domain.model.bulletin import Bulletin, BulletinClass, BulletinState, Draft, Revision
from domain.ports import Cause, Memory, Work

NOT_COPIED = {"bulletin_id", "version", "send_at", "recurrence", "corrects", "corrected_at"}
"""What a copy begins anew: it goes out when its author says so, and corrects nothing."""
OF_ITS_WORDS = ("text", "title", "marks", "translations", "talking_points", "attachments")
"""What the next part says anew, with the pictures that belong to it."""


@dataclass(frozen=True, slots=True)
class CopyBulletin:
    """Copying a bulletin (sao chép bản tin)."""

    memory: Memory
    clock: Clock
    ids: Ids

    async def copy(self, actor: Actor, bulletin_id: str, cause: Cause | None = None) -> str:
        """A draft that says the same; returns its id."""
        async with self.memory.begin(cause) as work:
            old = await self._old(work, actor, bulletin_id)
            draft = self._draft(old)
            await self._begin(work, actor, draft, bulletin_id)
            await work.commit()
        return draft.bulletin_id

    async def next_part(self, actor: Actor, bulletin_id: str, cause: Cause | None = None) -> str:
        """A draft without words for the part that follows; returns its id."""
        async with self.memory.begin(cause) as work:
            old = await self._old(work, actor, bulletin_id)
            if old.series is None:
                raise Refusal("series.none")
            blank = Draft("", "", "")
            without = {name: getattr(blank, name) for name in OF_ITS_WORDS if hasattr(blank, name)}
            draft = replace(self._draft(old), series=old.series.following(), **without)
            await self._begin(work, actor, draft, bulletin_id)
            await work.commit()
        return draft.bulletin_id

    async def _old(self, work: Work, actor: Actor, bulletin_id: str) -> Revision:
        bulletin = await work.bulletins.get(bulletin_id)
        lineage = await work.units.lineage(bulletin.unit_id)
        actor.require(Permission.BULLETIN_COMPOSE, lineage)
        try:
            old = (await work.bulletins.newest_revision(bulletin_id)).revision
        except Tampered:
            raise Refusal("release.not_as_approved") from None
        if old.bulletin_class is BulletinClass.EMERGENCY:
            raise Refusal("correct.emergency")
        return old

    def _draft(self, old: Revision) -> Draft:
        names = {field.name for field in fields(Draft)} & {field.name for field in fields(Revision)}
        kept = {name: getattr(old, name) for name in names - NOT_COPIED}
        return Draft(bulletin_id=self.ids.new(), **kept)

    async def _begin(self, work: Work, actor: Actor, draft: Draft, copied: str) -> None:
        bulletin = Bulletin(draft.bulletin_id, draft.unit_id, actor.id, BulletinState.DRAFT, 0)
        await work.bulletins.add(bulletin, draft)
        action = Permission.BULLETIN_COMPOSE
        event = AuditEvent(self.clock.now(), actor.id, action, bulletin.id, copied)
        await work.audit.append(event)
