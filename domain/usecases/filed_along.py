"""What goes along with an opinion, filed in the same commit as its words."""

from dataclasses import dataclass, replace

from domain.errors import Refusal
from domain.ids import Ids
from domain.model.opinion import Opinion
from domain.model.opinion_picture import HeldFile
from domain.model.resident import OpinionDraft
from domain.ports import Vault, Work


@dataclass(frozen=True, slots=True)
class Along:
    """The files of a draft, out of their seals (tệp kèm theo)."""

    draft: OpinionDraft
    pictures: tuple[HeldFile, ...] = ()
    voice: HeldFile | None = None

    def said_of(self, opinion: Opinion) -> Opinion:
        """The case, which says how much came with it."""
        seconds = self.draft.voice.seconds if self.voice and self.draft.voice else 0
        return replace(opinion, pictures=len(self.pictures), voice=seconds)

    async def add(self, work: Work, ids: Ids, opinion: Opinion) -> None:
        """Beside the words; the recording with the consent that it is kept by."""
        pictures = [(ids.new(), one.content) for one in self.pictures]
        await work.opinions.add_pictures(opinion.id, pictures)
        if self.draft.point is not None:
            await work.opinions.add_point(opinion.id, self.draft.point)
        consent = self.draft.voice.consent if self.draft.voice else None
        if self.voice and consent:
            await work.voices.add(ids.new(), opinion.id, consent, self.voice.content)


async def held_along(vault: Vault, draft: OpinionDraft) -> Along:
    """What was agreed to and is there; Refusal if a recording that its writer saw is not."""
    if not (draft.pictures or draft.voice):
        return Along(draft)
    held = {one.number: one for one in await vault.held_files(draft.handle)}
    pictures = tuple(held[number] for number in sorted(draft.pictures) if number in held)
    agreed = draft.voice if draft.voice and draft.voice.consent else None
    voice = held.get(agreed.number) if agreed else None
    if voice is None and draft.voice:
        raise Refusal("voice.lost")
    return Along(draft, pictures, voice)
