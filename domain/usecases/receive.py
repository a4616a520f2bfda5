"""A resident writes: notice, consent, place, a look at it, and only then it is filed."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from domain.clock import Clock
from domain.errors import LostRace, Refusal
from domain.ids import Ids
from domain.model.access import RESIDENT, Actor, Permission
from domain.model.allowance import Act
from domain.model.audit import AuditEvent
from domain.model.bulletin import Field
from domain.model.button import Button, offer, require_version
from domain.model.case_times import CaseTimes
from domain.model.deadline import CONSENT_WAIT
from domain.model.delivery import to_handle
from domain.model.heard import Heard
from domain.model.opinion import Opinion, OpinionState
from domain.model.resident import DraftStep, OpinionDraft, Resident, Written, speaking
from domain.model.unit import Unit
from domain.ports import Letterhead, Memory, NoSteps, Offer, Steps, Vault, Work
from domain.usecases.announce import root_of, tell_of_filing
from domain.usecases.filed_along import held_along
from domain.usecases.intake_steps import asked, is_by_few, places_open, was_handed_in
from domain.usecases.keep_within import KeepWithin
from domain.usecases.visit import Intake, Visit

DRAFT_WAIT = timedelta(hours=24)
"""How long a consented draft waits for its confirmation before it is erased."""


@dataclass(frozen=True, slots=True)
class Receive:
    """Taking an opinion in (tiếp nhận ý kiến)."""

    memory: Memory
    vault: Vault
    clock: Clock
    ids: Ids
    letterhead: Letterhead
    steps: Steps = field(default_factory=NoSteps)
    times: CaseTimes = field(default_factory=CaseTimes)

    async def greet(self, visit: Visit, unit_code: str = "") -> Intake:
        """Answer /start: the notice first; a poster's link brings the place along."""
        resident = visit.known.resident
        if resident.has_consented and not unit_code:
            return Intake(resident, greeting=True)
        return await self.begin_opinion(visit, unit_code)

    async def begin_opinion(
        self,
        visit: Visit,
        unit_code: str = "",
        words: Written | None = None,
        poll_field: Field | None = None,
        picture: int = 0,
    ) -> Intake:
        """Open a draft, or come back to the one being written; before consent it only waits.

        With what a poll is about, it is a comment on that poll; a picture is named by its message.
        """
        resident = visit.known.resident
        unit = await self._unit_by_code(unit_code) if unit_code else None
        draft = await self.draft_of(visit) or self.first_draft(visit)
        visit.require_heard(draft, self.clock.now())
        if draft.last_update != visit.cause.update_id:
            draft = draft.with_more(words) if words else draft
            draft = draft.with_picture(picture) if picture else draft
            place, about = unit.id if unit else draft.unit_id, poll_field or draft.poll_field
            draft = replace(draft.placed(place), poll_field=about)
            draft = await self.saved(draft, resident, visit)
        return await self.show(visit, speaking(resident, draft), draft)

    async def correct_draft(self, visit: Visit, words: Written) -> Intake:
        """A message was edited: before it is filed, its new words take the old ones' place."""
        draft = await self.draft_of(visit)
        if draft is None or not draft.holds(words.number):
            raise Refusal("start.edited")
        resident = visit.known.resident
        draft = await self.saved(draft.with_more(words), resident, visit)
        return await self.show(visit, speaking(resident, draft), draft)

    async def agree(self, visit: Visit, button: Button) -> Intake:
        """Consent, in so many words; what was written before may now be kept."""
        resident, draft = await self.pressed(visit, button, DraftStep.CONSENT)
        resident = speaking(resident, draft).consenting(self.clock.now())
        await self.vault.save_resident(visit.who, resident)
        draft = await self.saved(draft, resident, visit)
        return await self.show(visit, resident, draft, button)

    async def cancel_draft(self, visit: Visit, button: Button) -> None:
        """No consent, or a change of mind: the words are erased at once."""
        async with self.memory.begin() as work:
            filed = await work.opinions.by_handle(button.subject)
        if filed is not None:
            raise LostRace("intake.draft_gone")
        await self.vault.drop_draft(button.subject)
        async with self.memory.begin(visit.cause) as work:
            await work.buttons.use(button.id, self.clock.now())
            await work.commit()

    async def choose_unit(self, visit: Visit, button: Button) -> Intake:
        """A place chosen, or skipped (an empty choice): on to the last look."""
        resident, draft = await self.pressed(visit, button, DraftStep.UNIT)
        draft = replace(draft, unit_id=button.choice or await self._root_id())
        draft = await self.saved(draft, resident, visit)
        return await self.show(visit, resident, draft, button)

    async def turn_page(self, visit: Visit, button: Button) -> Intake:
        """Another page of places; nothing is chosen yet."""
        resident, draft = await self.pressed(visit, button, DraftStep.UNIT)
        return await self.show(visit, resident, draft, button, page=int(button.choice))

    async def rewrite(self, visit: Visit, button: Button) -> Intake:
        """Throw words and what goes along away and ask for them again; the place is kept."""
        resident, draft = await self.pressed(visit, button, DraftStep.CONFIRM)
        draft = await self.saved(draft.emptied(), resident, visit)
        await self.vault.drop_files(draft.handle)
        return await self.show(visit, resident, draft, button)

    async def file_opinion(self, visit: Visit, button: Button, by: Actor = RESIDENT) -> Intake:
        """File it: the address to the vault, the words to the queue, a code to whoever wrote.

        Main learns who it was only of somebody else than a resident.
        """
        resident, draft = await self.pressed(visit, button, DraftStep.CONFIRM)
        if not resident.has_consented:
            raise Refusal("intake.no_consent")
        await KeepWithin(self.vault, self.clock).spend(visit.who, Act.OPINION, visit.handle)
        now = self.clock.now()
        along = await held_along(self.vault, draft)
        await self.vault.seal_address(draft.handle, visit.who, now)
        self.steps.reached("sealed")
        async with self.memory.begin(visit.cause) as work:
            unit = await work.units.standing(draft.unit_id or (await root_of(work)).id)
            named = by is not RESIDENT
            permission = Permission.OPINION_HEAR if named else Permission.OPINION_FILE
            by.require(permission, await work.units.lineage(unit.id))
            opinion = await self.case_of(work, draft, unit, resident.language)
            opinion = along.said_of(replace(opinion, bearer_id=by.id if named else None))
            await work.opinions.add(opinion)
            await along.add(work, self.ids, opinion)
            await tell_of_filing(work, self.ids, self.letterhead, opinion, unit)
            await work.audit.append(AuditEvent(now, by.id, permission, opinion.id))
            await work.buttons.use(button.id, now)
            await work.commit()
        self.steps.reached("filed")
        await self.vault.clear_draft(draft.handle)
        return Intake(resident, unit=unit, filed=opinion)

    def first_draft(self, visit: Visit) -> OpinionDraft:
        return OpinionDraft(visit.handle, DraftStep.CONSENT, self.clock.now() + CONSENT_WAIT)

    async def draft_of(self, visit: Visit) -> OpinionDraft | None:
        """The person's draft; one that was filed just before a crash is cleared away here."""
        draft = visit.known.draft
        if draft is None:
            return None
        async with self.memory.begin() as work:
            filed = await was_handed_in(work, draft)
        if filed:
            await self.vault.clear_draft(draft.handle)
            return None
        return draft

    async def pressed(
        self, visit: Visit, button: Button, step: DraftStep | None = None
    ) -> tuple[Resident, OpinionDraft]:
        """The draft behind a button, if it still stands where it stood when that was shown."""
        draft = await self.draft_of(visit)
        if draft is None or draft.handle != button.subject:
            raise LostRace("intake.draft_gone")
        visit.require_heard(draft, self.clock.now())
        if draft.last_update != visit.cause.update_id:
            require_version(button.version, draft.version)
            if draft.step is not (step or draft.step):
                raise LostRace("button.stale")
        return visit.known.resident, draft

    async def saved(self, draft: OpinionDraft, resident: Resident, visit: Visit) -> OpinionDraft:
        """The draft at its next step, stored; a replayed update does not move it twice."""
        if draft.last_update != visit.cause.update_id:
            draft = self._advanced(draft, resident, visit)
            known = visit.known.draft
            # Another takes its place: what was handed in just before a crash is no longer there.
            is_same = known is None or known.handle == draft.handle
            before = known if is_same else await self.draft_of(visit)
            await self.vault.save_draft(visit.who, draft, before, self.clock.now())
        return draft

    def _advanced(self, draft: OpinionDraft, resident: Resident, visit: Visit) -> OpinionDraft:
        step = draft.next_step if draft.may_be_kept(resident) else DraftStep.CONSENT
        later = self.clock.now() + DRAFT_WAIT
        waits_until = draft.expires_at if step is DraftStep.CONSENT else later
        return draft.moved_to(step, visit.cause.update_id, waits_until)

    async def show(
        self,
        visit: Visit,
        resident: Resident,
        draft: OpinionDraft,
        pressed: Button | None = None,
        page: int = 0,
    ) -> Intake:
        """The present step with fresh buttons, committed together with the update's mark."""
        unit, choices, by_few = await self._places(draft, visit)
        buttons = self._buttons(draft, choices, page)
        await self.memory.offer(Offer(visit.cause, buttons, self.clock.now(), pressed))
        return Intake(resident, draft, unit, choices, buttons, by_few=by_few)

    def _buttons(
        self, draft: OpinionDraft, choices: tuple[Unit, ...], page: int
    ) -> tuple[Button, ...]:
        return offer(
            self.ids,
            asked(draft, choices, page),
            subject=draft.handle,
            version=draft.version,
            holder=to_handle(draft.handle),
            expires_at=draft.expires_at,
        )

    async def _places(
        self, draft: OpinionDraft, visit: Visit
    ) -> tuple[Unit | None, tuple[Unit, ...], bool]:
        """The place chosen so far, those that can be chosen now, whether few are there."""
        if not draft.unit_id and draft.step is not DraftStep.UNIT:
            return None, (), False
        async with self.memory.begin() as work:
            unit = await work.units.standing(draft.unit_id) if draft.unit_id else None
            if draft.step is DraftStep.UNIT:
                return unit, await places_open(work, draft, visit), False
            is_unnamed = draft.heard is not None and draft.heard.is_unnamed
            return unit, (), await is_by_few(work, unit) if unit and is_unnamed else False

    async def _unit_by_code(self, code: str) -> Unit | None:
        async with self.memory.begin() as work:
            unit = await work.units.by_code(code)  # a poster outlives its unit
            return await work.units.standing(unit.id) if unit else None

    async def _root_id(self) -> str:
        async with self.memory.begin() as work:
            return (await root_of(work)).id

    async def case_of(self, work: Work, draft: OpinionDraft, unit: Unit, language: str) -> Opinion:
        now, office = self.clock.now(), await work.calendar.office_days()
        heard = draft.heard or Heard()
        return Opinion(
            id=self.ids.new(),
            code=self.ids.code(),
            number=self.ids.number(),
            unit_id=unit.id,
            source=draft.source,
            text=self._words_of(draft, language),
            language=language,
            state=OpinionState.NEW,
            handle=draft.handle,
            filed_at=now,
            due_at=self.times.answer_due(now, office, draft.kind),
            field=draft.about,
            spread=heard.spread,
            interest=heard.interest,
            kind=draft.kind,
            urgent=draft.urgent,
            has_point=draft.point is not None,
        )

    def _words_of(self, draft: OpinionDraft, language: str) -> str:
        """Word for word; of a recording alone, that it is one."""
        if draft.text or not draft.voice:
            return draft.text
        return self.letterhead.voice_alone(draft.voice.seconds, language)
