"""Whoever writes a bulletin, or decides on it, sees what goes along with it."""

from dataclasses import dataclass

from domain.errors import Missing, Refusal, Tampered
from domain.model.access import Actor, Permission
from domain.model.attached import Enclosed
from domain.model.attachment import Attachment
from domain.ports import Memory, Work
from domain.usecases.drafting import own_bulletin


@dataclass(frozen=True, slots=True)
class OpenFiles:
    """Looking at the files of a bulletin (xem ảnh, tệp của bản tin)."""

    memory: Memory

    async def of_draft(self, actor: Actor, bulletin_id: str) -> tuple[Attachment, ...]:
        """What its author has added so far, in its order."""
        async with self.memory.begin() as work:
            await own_bulletin(work, actor, bulletin_id)
            draft = await work.bulletins.draft(bulletin_id)
            return await files_of(work, draft.attachments)

    async def of_revision(self, actor: Actor, revision_id: str) -> tuple[Attachment, ...]:
        """What was handed over with it, for those who may approve it."""
        async with self.memory.begin() as work:
            bulletin = await work.bulletins.of_revision(revision_id)
            lineage = await work.units.lineage(bulletin.unit_id)
            actor.require(Permission.BULLETIN_APPROVE, lineage)
            text = await work.bulletins.frozen_text(revision_id)
            return await files_of(work, text.revision.attachments)


async def files_of(work: Work, attached: Enclosed) -> tuple[Attachment, ...]:
    """Byte for byte; Refusal if what lies there is anything else."""
    try:
        return tuple([one.holding(await work.bulletin_media.read(one.sha256)) for one in attached])
    except (Missing, Tampered):
        raise Refusal("media.not_as_added") from None
