"""Anybody reads what went out: word for word, and only what stands."""

from dataclasses import dataclass

from domain.errors import Missing, Refusal, Tampered
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
    corrects = text.revision.corrects
    return Publication(
        broadcast,
        text,
        await work.publications.of_revision(corrects) if corrects else "",
        await work.publications.correcting(text.revision.id),
    )
