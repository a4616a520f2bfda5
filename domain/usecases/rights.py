"""A resident's rights over what is kept: seeing it, and taking consent back."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from domain.clock import Clock
from domain.model.allowance import NOTHING, Spent
from domain.model.attachment import Attachment
from domain.model.chat import Address
from domain.model.opinion_picture import as_shown
from domain.model.opinion_voice import voice_shown
from domain.model.public_reply import PublicReply
from domain.model.resident import OpinionDraft, Resident
from domain.ports import Cause, Memory, Vault
from domain.usecases.own_cases import OwnCase, OwnCases


@dataclass(frozen=True, slots=True)
class Kept:
    """All that is kept about one account (dữ liệu đang lưu)."""

    resident: Resident
    draft: OpinionDraft | None
    replies: tuple[PublicReply, ...] = ()
    """Written in groups, and waiting for consent."""
    spent: Spent = NOTHING
    cases: tuple[OwnCase, ...] = ()
    """Those whose sealed address is still there; of the others nobody can tell whose they are."""

    @property
    def has_consented(self) -> bool:
        return self.resident.has_consented

    @property
    def has_draft(self) -> bool:
        return bool(self.draft or self.replies)


@dataclass(frozen=True, slots=True)
class Rights:
    """Seeing and withdrawing (quyền của người dân)."""

    memory: Memory
    vault: Vault
    clock: Clock

    async def view_kept(self, who: Address) -> Kept:
        known = await self.vault.known(who, self.clock.now())
        waiting = await self.vault.held_replies(who, self.clock.now())
        spent = (await self.vault.spent(who, self.clock.now())).lasting(self.clock.now())
        own = OwnCases(self.memory, self.vault, self.clock)
        return Kept(known.resident, known.draft, waiting, spent, await own.all_of(who))

    async def files(self, kept: Kept) -> AsyncIterator[tuple[str, tuple[Attachment, ...]]]:
        """What was sent along, case by case, by its code; what was not filed yet without one."""
        if kept.draft and (kept.draft.pictures or kept.draft.voice):
            yield "", await self._unfiled(kept.draft)
        own = OwnCases(self.memory, self.vault, self.clock)
        for one in kept.cases:
            yield one.opinion.code, await own.files(one.opinion)

    async def _unfiled(self, draft: OpinionDraft) -> tuple[Attachment, ...]:
        """All that lies there; of a recording that was not agreed to there is nothing."""
        held = await self.vault.held_files(draft.handle)
        said = draft.voice.number if draft.voice else 0
        seen = [one.content for one in held if one.number != said]
        heard = [voice_shown(one.content) for one in held if one.number == said]
        return (*(as_shown(number, one) for number, one in enumerate(seen, 1)), *heard)

    async def withdraw_consent(self, who: Address, cause: Cause | None = None) -> None:
        """Erase language, consent and draft; nothing is taken in again before a new consent."""
        await self.vault.forget_resident(who)
        async with self.memory.begin(cause) as work:
            # Nothing on record: no case is touched, and a line would stand beside the person's own
            # erasures of that minute, and join them.
            await work.commit()
