"""A resident's own cases, found anew each time they ask; nowhere is written which are whose."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import datetime

from domain.clock import Clock
from domain.model.access import RESIDENT, Permission
from domain.model.attachment import Attachment
from domain.model.button import Button
from domain.model.case_note import CaseNote
from domain.model.chat import Address
from domain.model.label import Label
from domain.model.locality import Point
from domain.model.opinion import Addition, Answer, Opinion, OpinionState
from domain.model.opinion_picture import as_shown
from domain.model.opinion_voice import VoiceConsent, voice_shown
from domain.model.unit import Unit
from domain.ports import Memory, Vault, Work

OVER = frozenset({OpinionState.CLOSED, OpinionState.WITHDRAWN})
SETTLED_BY_RESIDENT = frozenset(
    {OpinionState.ANSWERED, OpinionState.REFERRED, OpinionState.DECLINED, OpinionState.CLOSED}
)
"""Where a resident's word on the office's is asked for, or can be taken back."""

PAGE = 8
"""Cases on one page: as many as a phone shows with their buttons."""


@dataclass(frozen=True, slots=True)
class OwnCase:
    """A case as its own writer sees it (ý kiến của tôi)."""

    opinion: Opinion
    unit: Unit
    answers: tuple[Answer, ...]
    additions: tuple[Addition, ...]
    formerly: Unit | None = None
    """The unit that it lay with until that one ended."""
    notes: tuple[CaseNote, ...] = ()
    """What staff noted on it: that is kept, so its writer may read it."""
    labels: tuple[Label, ...] = ()
    """Those that staff put on it, for the same reason."""
    point: Point | None = None
    """Where it is, if its writer said so."""
    matter: str = ""
    """What it was gathered under with others (việc chung), by its title; '' if nothing."""
    voice: VoiceConsent | None = None
    """To what they agreed for its recording, if it has one."""

    @property
    def place(self) -> tuple[datetime, str]:
        """Where it stands among others, whatever comes or goes meanwhile."""
        return self.opinion.filed_at, self.opinion.id


@dataclass(frozen=True, slots=True)
class OwnPage:
    """A page of one's own open cases (trang ý kiến của tôi)."""

    cases: tuple[OwnCase, ...]
    count: int
    """On all pages."""
    last: str
    """The code after which the next page begins; '' if there is none."""


@dataclass(frozen=True, slots=True)
class OwnCases:
    """Looking up one's own cases without their codes (ý kiến của tôi).

    The vault opens every address for it, on the request of that person alone. Nothing is stored:
    neither the list, nor that somebody asked, nor buttons, which would stand side by side in main.
    """

    memory: Memory
    vault: Vault
    clock: Clock

    async def open_ones(self, who: Address) -> tuple[OwnCase, ...]:
        """Those that are not over, the one filed last in front."""
        return _open(await self.all_of(who))

    async def page(self, who: Address, after: str = "") -> OwnPage:
        """Those filed before the case of this code; the first page if there is none of them."""
        mine = await self.all_of(who)
        begin = next((one.place for one in mine if one.opinion.code == after), None)
        found = _open(mine)
        left = [one for one in found if begin is None or one.place < begin] or list(found)
        shown = tuple(left[:PAGE])
        return OwnPage(shown, len(found), shown[-1].opinion.code if len(left) > PAGE else "")

    async def all_of(self, who: Address) -> tuple[OwnCase, ...]:
        """Those whose address is still there, the one filed last in front."""
        handles = await self.vault.handles_of(who)
        found = [one async for one in self._found(handles)]
        return tuple(sorted(found, key=lambda one: one.place, reverse=True))

    async def whole(self, opinion: Opinion) -> OwnCase:
        """All of a case whose code was let through."""
        async with self.memory.begin() as work:
            return await _whole(work, opinion)

    async def files(self, opinion: Opinion) -> tuple[Attachment, ...]:
        """What came along with one case."""
        if not (opinion.pictures or opinion.voice):
            return ()
        async with self.memory.begin() as work:
            pictures = await work.opinions.pictures(opinion.id)
            voice = await work.voices.of(opinion.id)
        shown = tuple(as_shown(number, content) for number, content in enumerate(pictures, 1))
        return (*shown, voice_shown(voice)) if voice else shown

    async def way_to_settle(self, opinion: Opinion) -> tuple[Button, ...]:
        """The buttons that came with the answer, as far as they can still be pressed."""
        if opinion.state not in SETTLED_BY_RESIDENT:
            return ()
        async with self.memory.begin() as work:
            buttons = await work.buttons.settling(opinion.id, self.clock.now())
        over = opinion.state is OpinionState.CLOSED
        return tuple(b for b in buttons if not over or b.choice == "not_solved")

    async def _found(self, handles: tuple[str, ...]) -> AsyncIterator[OwnCase]:
        # One by one: no statement may name several cases of one person.
        for handle in handles:
            async with self.memory.begin() as work:
                opinion = await work.opinions.by_handle(handle)
                if opinion is None:
                    continue
                lineage = await work.units.lineage(opinion.unit_id)
                RESIDENT.require(Permission.OPINION_FOLLOW, lineage)
                yield await _whole(work, opinion)


async def _whole(work: Work, opinion: Opinion) -> OwnCase:
    former = opinion.former_unit_id
    matter = await work.matters.with_case(opinion.id)
    return OwnCase(
        opinion,
        await work.units.get(opinion.unit_id),
        await work.opinions.answers(opinion.id),
        await work.opinions.additions(opinion.id),
        await work.units.get(former) if former else None,
        await work.notes.on(opinion.id),
        await work.labels.on(opinion.id),
        await work.opinions.point(opinion.id) if opinion.has_point else None,
        matter.title if matter else "",
        await work.voices.consent(opinion.id) if opinion.voice else None,
    )


def _open(cases: Iterable[OwnCase]) -> tuple[OwnCase, ...]:
    return tuple(one for one in cases if one.opinion.state not in OVER)
