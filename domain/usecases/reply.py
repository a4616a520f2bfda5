"""A resident adds what the office asked for; without it the case goes on in time."""

from dataclasses import dataclass, replace

from domain.errors import LostRace, Refusal
from domain.model.access import CLOCKWORK, RESIDENT, Permission
from domain.model.allowance import Act
from domain.model.audit import AuditEvent
from domain.model.button import Button
from domain.model.case_news import CaseNews
from domain.model.delivery import card, letter, to_person
from domain.model.opinion import OPEN_CASES, Addition, Opinion, OpinionState
from domain.model.resident import DraftStep, Written
from domain.ports import Memory, Work
from domain.usecases.announce import staff_destinations
from domain.usecases.keep_within import KeepWithin
from domain.usecases.one_by_one import one_by_one
from domain.usecases.ownership import with_present_owner
from domain.usecases.receive import Receive
from domain.usecases.visit import Intake, Visit

BELONGS, APART = "reply:belongs", "reply:apart"


@dataclass(frozen=True, slots=True)
class Reply:
    """Adding to a case (bổ sung thông tin). The words wait in the vault, as an opinion's do."""

    receive: Receive

    @property
    def memory(self) -> Memory:
        return self.receive.memory

    async def take(self, visit: Visit, words: Written | None) -> Intake:
        """Plain words: if just one case of theirs waits for some, they say whether it is these."""
        resident = visit.known.resident
        if words and resident.has_consented and await self.receive.draft_of(visit) is None:
            waiting = await self._waiting_for(visit)
            if len(waiting) == 1:
                draft = replace(self.receive.first_draft(visit), may_answer=waiting[0])
                draft = await self.receive.saved(draft.with_more(words), resident, visit)
                return await self.receive.show(visit, resident, draft)
        return await self.receive.begin_opinion(visit, words=words)

    async def decide(self, visit: Visit, button: Button) -> Intake:
        """They belong to that case, or are an opinion of their own; the words stay as they are."""
        if button.action == APART:
            return await self._set_apart(visit, button)
        resident, draft = await self.receive.pressed(visit, button, DraftStep.BELONGS)
        if draft.last_update != visit.cause.update_id:
            async with self.memory.begin() as work:
                _require_open(await work.opinions.get(draft.may_answer), corrects=False)
            draft = replace(draft, replies_to=draft.may_answer, may_answer="")
            draft = await self.receive.saved(draft, resident, visit)
        return await self.receive.show(visit, resident, draft, button)

    async def _set_apart(self, visit: Visit, button: Button) -> Intake:
        """Under another handle: main must not tell whose case waited when they wrote the new one.

        Its row says nothing of the press either: their time would lead to the new buttons.
        """
        resident, draft = visit.known.resident, visit.known.draft
        if draft is None or draft.handle != visit.handle:
            if draft is not None and draft.handle != button.subject:
                raise LostRace("button.stale")
            resident, draft = await self.receive.pressed(visit, button, DraftStep.BELONGS)
            draft = replace(draft, handle=visit.handle, may_answer="")
            draft = await self.receive.saved(draft, resident, visit)
        return await self.receive.show(visit, resident, draft)

    async def code_of(self, case_id: str) -> str:
        """The code by which its resident knows it, to be shown to them alone."""
        async with self.memory.begin(crowded=True) as work:
            return (await work.opinions.get(case_id)).code

    async def _waiting_for(self, visit: Visit) -> tuple[str, ...]:
        async with self.memory.begin(crowded=True) as work:
            asked = await work.opinions.asked_back()
        theirs = await self.receive.vault.theirs_among(visit.who, tuple(asked)) if asked else ()
        return tuple(asked[handle] for handle in theirs)

    async def begin(self, visit: Visit, button: Button) -> Intake:
        """Take the resident's next words as what was asked for; their own draft is kept safe."""
        return await self._begin(visit, button.subject)

    async def correct(self, visit: Visit, opinion_id: str, words: Written | None) -> Intake:
        """A correction of their own, in whatever state the case is: the first words stay."""
        return await self._begin(visit, opinion_id, words, corrects=True)

    async def _begin(
        self,
        visit: Visit,
        opinion_id: str,
        words: Written | None = None,
        corrects: bool = False,
    ) -> Intake:
        before = await self.receive.draft_of(visit)
        if before is not None and before.may_answer == opinion_id:
            before = replace(before, replies_to=opinion_id, may_answer="")
        if before is not None and before.is_begun and before.replies_to != opinion_id:
            raise Refusal("reply.own_words_first")
        async with self.memory.begin() as work:
            _require_open(await work.opinions.get(opinion_id), corrects)
        if before is None or before.replies_to != opinion_id:
            before = replace(self.receive.first_draft(visit), replies_to=opinion_id)
        before = replace(before, corrects=corrects)
        before = before.with_more(words) if words else before
        resident = visit.known.resident
        draft = await self.receive.saved(before, resident, visit)
        return await self.receive.show(visit, resident, draft)

    async def send(self, visit: Visit, button: Button) -> Opinion:
        """Put it beside the case, word for word; whoever has the case is told."""
        _, draft = await self.receive.pressed(visit, button, DraftStep.CONFIRM)
        now, within = self.receive.clock.now(), KeepWithin(self.receive.vault, self.receive.clock)
        await within.spend(visit.who, Act.OPINION, draft.handle)
        async with self.memory.begin(visit.cause) as work:
            was = await work.opinions.get(draft.replies_to)
            RESIDENT.require(Permission.OPINION_FOLLOW, await work.units.lineage(was.unit_id))
            _require_open(was, draft.corrects)
            opinion = was
            if was.state is OpinionState.MORE_INFO_ASKED:
                opinion = was.moved_to(OpinionState.IN_PROGRESS, now)
                await work.opinions.save(opinion, was)
            # Under the draft's name, so that a replay finds it handed in.
            added = Addition(draft.handle, opinion.id, draft.text, now)
            await work.opinions.add_addition(added)
            await self._tell(work, opinion, CaseNews.REPLIED, added.id)
            if opinion.handle:
                words = self.receive.letterhead.reply_receipt(opinion)
                about = f"{CaseNews.REPLIED}:{added.id}"
                owed = letter(self.receive.ids.new(), about, opinion.handle, words)
                await work.outbox.add([owed])
            action = Permission.OPINION_FOLLOW
            await work.audit.append(AuditEvent(now, RESIDENT.id, action, opinion.id, "reply"))
            await work.buttons.use(button.id, now)
            await work.commit()
        await self.receive.vault.clear_draft(draft.handle)
        return opinion

    async def go_on_unanswered(self) -> int:
        """Cases for which nothing came in their time go on; returns how many were due."""
        async with self.memory.begin() as work:
            silent = await work.opinions.unreplied(self.receive.clock.now())
        await one_by_one(silent, self._go_on)
        return len(silent)

    async def _go_on(self, silent: Opinion) -> None:
        """Both sides are told; a reply may have come since it was looked for."""
        now = self.receive.clock.now()
        async with self.memory.begin() as work:
            if await work.opinions.get(silent.id) != silent:
                return
            opinion = silent.moved_to(OpinionState.IN_PROGRESS, now)
            await work.opinions.save(opinion, silent)
            about = str(opinion.version)
            await self._tell(work, opinion, CaseNews.NO_REPLY, about)
            if opinion.handle:
                words = self.receive.letterhead.no_reply_letter(opinion)
                about = f"{CaseNews.NO_REPLY}:{opinion.id}:{about}"
                owed = letter(self.receive.ids.new(), about, opinion.handle, words)
                await work.outbox.add([owed])
            event = AuditEvent(now, CLOCKWORK.id, Permission.OPINION_ASK_BACK, opinion.id, "over")
            await work.audit.append(event)
            await work.commit()

    async def _tell(self, work: Work, opinion: Opinion, news: CaseNews, about: str) -> None:
        """Whoever has the case and may still answer it, else the unit."""
        opinion = await with_present_owner(work, self.receive.clock, opinion)
        unit = await work.units.get(opinion.unit_id)
        places: tuple[str, ...] = await staff_destinations(work, unit.id)
        if opinion.owner_id:
            places = (to_person(opinion.owner_id),)
        payload = self.receive.letterhead.news_card(news, opinion, unit)
        about = f"{news}:{opinion.id}:{about}"
        for place in places:
            await work.outbox.add([card(self.receive.ids.new(), about, place, payload)])


def _require_open(opinion: Opinion, corrects: bool) -> None:
    """A correction is taken for as long as there is anything to correct."""
    is_erased = opinion.state is OpinionState.WITHDRAWN or not opinion.text
    if is_erased if corrects else opinion.state not in OPEN_CASES:
        raise LostRace("reply.too_late")
