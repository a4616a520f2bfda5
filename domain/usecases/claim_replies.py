"""Whoever answered in a group agrees to it in private, or does not: filed, or erased."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from domain.errors import LostRace
from domain.model.allowance import Act
from domain.model.button import Button, offer
from domain.model.delivery import to_handle
from domain.model.opinion import Opinion
from domain.model.opinion_kind import FormalMatter, names_formal_matter
from domain.model.public_reply import PublicReply, agreed_to, next_shown, text_of
from domain.ports import NoSteps, Offer, Steps
from domain.usecases.intake_steps import LANGUAGES
from domain.usecases.keep_within import KeepWithin
from domain.usecases.take_reply import TakeReply
from domain.usecases.visit import Visit

AGREE, DECLINE, SPEAK = "reply:agree", "reply:decline", "reply:language"
FORMAL = "reply:formal"


@dataclass(frozen=True, slots=True)
class OwnReplies:
    """What somebody wrote in groups and has not agreed to yet (lời công khai đang chờ)."""

    shown: tuple[PublicReply, ...] = ()
    """What the buttons are about: no more than one case, and whole."""
    language: str = ""
    buttons: tuple[Button, ...] = ()
    more: int = 0
    """How many others wait, to be shown after these."""
    has_consented: bool = False
    filed: Opinion | None = None

    @property
    def names_formal_matter(self) -> bool:
        """Whether to ask if it is a complaint or a denunciation; their writer alone says so."""
        return names_formal_matter(text_of(self.shown))


@dataclass(frozen=True, slots=True)
class ClaimReplies:
    """Consent to what was said in public (đồng ý gửi lời đã nói trong nhóm)."""

    taking: TakeReply
    steps: Steps = field(default_factory=NoSteps)

    async def open(self, visit: Visit) -> OwnReplies:
        """The notice with their words; of whoever has agreed since, the words alone."""
        waiting = await self._waiting(visit)
        resident = visit.known.resident
        if not waiting:
            return OwnReplies(language=visit.known.language)
        language = resident.language if resident.has_consented else waiting[0].language
        return await self._ask(visit, waiting, language)

    async def choose_language(self, visit: Visit, button: Button) -> OwnReplies:
        """The same in another language; nothing is kept of that before consent."""
        waiting, _ = await self._pressed(visit, button)
        return await self._ask(visit, waiting, button.choice, button)

    async def agree(self, visit: Visit, button: Button) -> OwnReplies:
        """Consent, in so many words; what was shown is filed as it was said, and nothing else."""
        waiting, shown = await self._pressed(visit, button)
        within = KeepWithin(self.taking.vault, self.taking.clock)
        await within.spend(visit.who, Act.OPINION, shown[-1].handle)
        resident = replace(visit.known.resident, language=button.choice)
        if not resident.has_consented:
            resident = resident.consenting(self.taking.clock.now())
        await self.taking.vault.save_resident(visit.who, resident)
        filed = await self._file(visit, shown, resident.language, button)
        more = len(waiting) - len(shown)
        return OwnReplies(language=resident.language, more=more, filed=filed)

    async def decline(self, visit: Visit, button: Button) -> int:
        """No consent: the words are erased at once; returns how many others wait."""
        waiting, shown = await self._pressed(visit, button)
        await self.taking.vault.drop_replies([one.handle for one in shown], filed=False)
        async with self.taking.memory.begin(visit.cause) as work:
            await work.buttons.use(button.id, self.taking.clock.now())
            await work.commit()
        return len(waiting) - len(shown)

    async def lead_elsewhere(self, visit: Visit, button: Button) -> FormalMatter:
        """It is a complaint or a denunciation: its words are erased, and nothing is filed."""
        await self.decline(visit, button)
        return FormalMatter(button.choice)

    async def _file(
        self,
        visit: Visit,
        shown: Sequence[PublicReply],
        language: str,
        pressed: Button,
    ) -> Opinion:
        """The address first, then the case; then these wait no more."""
        now = self.taking.clock.now()
        await self.taking.vault.seal_address(shown[-1].handle, visit.who, now)
        self.steps.reached("sealed")
        async with self.taking.memory.begin(visit.cause) as work:
            filed = await self.taking.file(work, shown, language)
            await work.buttons.use(pressed.id, now)
            await work.commit()
        self.steps.reached("filed")
        await self.taking.vault.drop_replies([one.handle for one in shown], filed=True)
        return filed

    async def _waiting(self, visit: Visit) -> tuple[PublicReply, ...]:
        """What waits; what was filed just before a crash is cleared away here."""
        held = await self.taking.vault.held_replies(visit.who, self.taking.clock.now())
        ends: list[PublicReply] = []
        for one in held:
            # One by one: no statement may name several cases of one person.
            async with self.taking.memory.begin() as work:
                if await work.opinions.by_handle(one.handle) is not None:
                    ends.append(one)
        filed = [one.handle for one in held if any(one.is_filed_with(last) for last in ends)]
        if filed:
            await self.taking.vault.drop_replies(filed, filed=True)
        return tuple(one for one in held if one.handle not in filed)

    async def _pressed(
        self, visit: Visit, button: Button
    ) -> tuple[tuple[PublicReply, ...], tuple[PublicReply, ...]]:
        """All that waits, and of it what stood above the button, if it reads as it did there."""
        waiting = await self._waiting(visit)
        if button.subject not in {one.handle for one in waiting}:
            raise LostRace("reply.gone")
        shown = agreed_to(waiting, button.version)
        if not shown:
            raise LostRace("reply.changed")
        return waiting, shown

    async def _ask(
        self,
        visit: Visit,
        waiting: tuple[PublicReply, ...],
        language: str,
        pressed: Button | None = None,
    ) -> OwnReplies:
        shown = next_shown(waiting)
        for one in shown:
            await self.taking.vault.hold_reply(visit.who, one)
        asked = [(AGREE, language), (DECLINE, "")]
        if names_formal_matter(text_of(shown)):
            asked += [(FORMAL, matter) for matter in FormalMatter]
        asked += [(SPEAK, other) for other in LANGUAGES if other != language]
        buttons = offer(
            self.taking.ids,
            asked,
            subject=shown[0].handle,
            version=shown[0].shown,
            holder=to_handle(shown[0].handle),
            expires_at=min(one.expires_at for one in shown),
        )
        await self.taking.memory.offer(
            Offer(visit.cause, buttons, self.taking.clock.now(), pressed)
        )
        more, consented = len(waiting) - len(shown), visit.known.resident.has_consented
        return OwnReplies(shown, language, buttons, more, consented)
