"""A resident adds pictures to an opinion: sealed with the draft, and filed along with its words."""

from dataclasses import dataclass

from domain.model.allowance import Act
from domain.model.opinion_picture import HeldFile
from domain.model.resident import OpinionDraft, Written
from domain.ports import Gateway
from domain.usecases.keep_within import KeepWithin
from domain.usecases.receive import Receive
from domain.usecases.visit import Intake, Visit


@dataclass(frozen=True, slots=True)
class AttachPictures:
    """Adding pictures (gửi ảnh kèm ý kiến)."""

    receive: Receive
    gateway: Gateway

    async def add(
        self, visit: Visit, file: str, number: int, words: Written | None = None
    ) -> Intake:
        """Keep what is seen on a picture, and the words below it as part of the opinion."""
        vault, clock = self.receive.vault, self.receive.clock
        draft = await self._draft_with(visit, number, words)
        await KeepWithin(vault, clock).spend(visit.who, Act.MEDIA, visit.handle)
        content = await self.gateway.fetch_picture(file)
        # Before the draft names it: what no draft names is swept, and a replay comes here again.
        held = HeldFile(draft.handle, number, content)
        await vault.hold_file(held, clock.now())
        self.receive.steps.reached("held")
        return await self.receive.begin_opinion(visit, words=words, picture=number)

    async def _draft_with(self, visit: Visit, number: int, words: Written | None) -> OpinionDraft:
        """As it will be; whatever is refused is refused before anything is fetched."""
        draft = await self.receive.draft_of(visit) or self.receive.first_draft(visit)
        draft = draft.with_picture(number)
        return draft.with_more(words) if words else draft
