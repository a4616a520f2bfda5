"""Anybody reads what went out: word for word, and only what stands."""

from collections.abc import Collection
from dataclasses import dataclass

from domain.errors import Missing, Refusal, Tampered
from domain.model.attachment import Attachment
from domain.model.broadcast import Broadcast
from domain.model.publication import Publication
from domain.model.template import with_choices
from domain.ports import Memory, Work

ON_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class ReadPublications:
    """Reading what was published (xem tin đã phát); it needs no right, for it is said to all."""

    memory: Memory

    async def latest(self, page: int = 0) -> tuple[tuple[Publication, ...], bool]:
        """So many from a page on, the newest first, and whether there are older ones.

        What is no longer what was approved is left out.
        """
        async with self.memory.begin() as work:
            found = await work.publications.latest(ON_A_PAGE + 1, page * ON_A_PAGE)
            read = [await _sound(work, broadcast) for broadcast in found[:ON_A_PAGE]]
        return tuple(one for one in read if one), len(found) > ON_A_PAGE

    async def one(self, broadcast_id: str) -> Publication:
        """Missing if nothing of that name stands; Refusal if it was taken back."""
        async with self.memory.begin() as work:
            return await _standing(work, broadcast_id)

    async def file(
        self, broadcast_id: str, place: int, known: Collection[str] = ()
    ) -> tuple[str, Attachment | None]:
        """Its file at a place, counted from 1, with its SHA-256; no bytes if that is known.

        Missing if there is none, or its bytes are not what was approved; Refusal as above.
        """
        async with self.memory.begin() as work:
            attached = (await _standing(work, broadcast_id)).text.revision.attachments
            if not 1 <= place <= len(attached):
                raise Missing(f"{broadcast_id}/{place}")
            one = attached[place - 1]
            if one.sha256 in known:
                return one.sha256, None
            content = await work.bulletin_media.read(one.sha256)
        try:
            return one.sha256, one.holding(content)
        except Tampered:
            raise Missing(f"{broadcast_id}/{place}") from None


async def _standing(work: Work, broadcast_id: str) -> Publication:
    broadcast = await work.publications.find(broadcast_id)
    if broadcast is None:
        if await work.publications.was_withdrawn(broadcast_id):
            raise Refusal("publication.withdrawn")
        raise Missing(broadcast_id)
    publication = await _sound(work, broadcast)
    if publication is None:
        raise Missing(broadcast_id)
    return publication


async def _sound(work: Work, broadcast: Broadcast) -> Publication | None:
    """As it was approved and released; None if the file says something else by now."""
    try:
        approved = await work.bulletins.frozen_text(broadcast.revision_id)
        text = with_choices(approved, await work.broadcasts.chosen(broadcast.id))
    except Tampered:
        return None
    if approved.hash != broadcast.revision_hash:
        return None
    revision = text.revision
    return Publication(
        broadcast,
        text,
        await work.publications.of_revision(revision.corrects) if revision.corrects else "",
        await work.publications.correcting(revision.id),
        await work.publications.following(revision.id) if revision.poll else "",
        await work.publications.of_revision(revision.follows) if revision.follows else "",
    )
