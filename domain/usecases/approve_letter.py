"""A letter to a resident waits for a second person, where its unit demands two."""

from dataclasses import dataclass, replace

from domain.clock import Clock
from domain.errors import LostRace, Refusal
from domain.ids import Ids
from domain.model.access import Actor, Permission, Person
from domain.model.button import Button
from domain.model.case_news import CaseNews
from domain.model.case_times import CaseTimes
from domain.model.delivery import view
from domain.model.dialog import Awaited, Dialog
from domain.model.morning import local_day
from domain.model.office_word import BY_KIND, WaitingLetter, Word, reason_for
from domain.model.opinion import Opinion
from domain.model.review_rule import RuleAbout, value_for
from domain.model.unit import Lineage
from domain.ports import Cause, Letterhead, Memory, Work
from domain.usecases.case_in_hand import STAYS_IN_CHAT, case_buttons, case_for, put_on_record
from domain.usecases.hand_over import HandOver
from domain.usecases.send_letter import SendLetter

APPROVE, RETURN = Permission.OPINION_APPROVE_LETTER, Permission.OPINION_RETURN_LETTER


async def needs_second(work: Work, opinion: Opinion, word: Word) -> bool:
    """Whether such a letter of this unit goes through two people's hands."""
    if word.is_question:
        return False
    lineage = await work.units.lineage(opinion.unit_id)
    return value_for(await work.reviews.rules_above(lineage), lineage, RuleAbout.LETTER) > 1


@dataclass(frozen=True, slots=True)
class ApproveLetter:
    """Two people for a letter (duyệt thư trả lời)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead
    times: CaseTimes

    @property
    def letters(self) -> SendLetter:
        return SendLetter(self.clock, self.ids, self.letterhead, self.times)

    async def send_or_submit(
        self, work: Work, actor: Actor, was: Opinion, word: Word, text: str
    ) -> Opinion:
        """By the rule of this moment, whatever held when the letter was looked at."""
        if await needs_second(work, was, word):
            return await self._submit(work, actor, was, word, text)
        written = await self.letters.written(work, actor.id, was, word, text)
        return await self.letters.say(work, actor, word.permission, was, written)

    async def _submit(
        self, work: Work, actor: Actor, was: Opinion, word: Word, text: str
    ) -> Opinion:
        """Keep the letter and tell those who may let it go; the resident hears of nothing yet."""
        opinion = was
        if was.owner_id != actor.id:
            opinion = was.taken_by(actor.id, self.clock.now())
            await work.opinions.save(opinion, was)
        waiting = WaitingLetter(
            self.ids.new(), opinion.id, actor.id, word.kind, text, "", self.clock.now()
        )
        waiting = replace(waiting, hash=await self._hash(work, opinion, waiting))
        await work.letters.keep(waiting)
        approvers = await self._approvers(work, opinion, waiting)
        if not approvers:
            raise Refusal("letter.no_approver")
        told = dict.fromkeys((person.id for person in approvers), CaseNews.LETTER_WAITS)
        await self._hands.tell(work, actor, opinion, told, waiting.id)
        await put_on_record(work, self.clock, actor, word.permission, opinion, "for approval")
        return opinion

    async def approve(self, actor: Actor, button: Button, cause: Cause | None = None) -> Opinion:
        """Let go the letter that stood above the button, letter for letter."""
        async with self.memory.begin(cause) as work:
            was, waiting = await self._decidable(
                work, actor, button.subject, button.choice, APPROVE
            )
            word = BY_KIND[waiting.kind]
            written = await self.letters.written(work, waiting.author_id, was, word, waiting.text)
            moved = button.version != was.version  # somebody else's case may have been joined
            if moved or self.letters.hash_of(was, written) != waiting.hash:
                raise LostRace("letter.changed")
            written = replace(written, approver_id=actor.id)
            opinion = await self.letters.say(work, actor, APPROVE, was, written)
            told = {waiting.author_id: CaseNews.LETTER_APPROVED}
            await self._hands.tell(work, actor, opinion, told, waiting.id)
            await work.buttons.use(button.id, self.clock.now())
            await work.commit()
        return opinion

    async def ask_reason(self, actor: Actor, button: Button, cause: Cause | None = None) -> Opinion:
        """Take the approver's next plain message as the reason for returning it."""
        async with self.memory.begin(cause) as work:
            shown = (button.subject, button.choice)
            opinion, waiting = await self._decidable(work, actor, *shown, RETURN)
            asked = Dialog(actor.id, Awaited.LETTER_REASON, opinion.id, waiting.id)
            await work.dialogs.open(asked)
            await work.commit()
        return opinion

    async def return_letter(
        self, actor: Actor, dialog: Dialog, text: str, cause: Cause | None = None
    ) -> Opinion:
        """Its author reads it again beside the case, with the reason."""
        reason = reason_for(text)
        async with self.memory.begin(cause) as work:
            opinion, waiting = await self._decidable(
                work, actor, dialog.subject, dialog.note, RETURN
            )
            await work.letters.keep(replace(waiting, returned_by=actor.id, reason=reason))
            told = {waiting.author_id: CaseNews.LETTER_RETURNED}
            await self._hands.tell(work, actor, opinion, told, waiting.id)
            await work.dialogs.close(actor.id)
            await put_on_record(work, self.clock, actor, RETURN, opinion)
            await work.commit()
        return opinion

    async def show(self, work: Work, actor: Actor, opinion: Opinion) -> None:
        """Owe whoever reads the case the letter that waits, and to those who may, the decision."""
        waiting = await work.letters.about(opinion.id)
        if waiting is None:
            return
        waiting = await self._as_it_reads_now(work, opinion, waiting)
        buttons: tuple[Button, ...] = ()
        lineage = await work.units.lineage(opinion.unit_id)
        if waiting.waits and _may_decide(actor, lineage, waiting):
            asked: list[tuple[str, str]] = [(APPROVE, waiting.id), (RETURN, waiting.id)]
            buttons = case_buttons(self.ids, self.clock, actor, opinion, asked)
            await work.buttons.add(buttons)
        names = [waiting.author_id, waiting.returned_by or waiting.author_id]
        author, by = [(await work.people.get(one)).name for one in names]
        written = await self.letters.written(
            work, waiting.author_id, opinion, BY_KIND[waiting.kind], waiting.text
        )
        shown = self.letters.shown(opinion, written)
        payload = self.letterhead.waiting_view(opinion, waiting, shown, (author, by), buttons)
        await work.outbox.add([view(self.ids.new(), opinion.id, actor.id, payload, STAYS_IN_CHAT)])

    async def _as_it_reads_now(
        self, work: Work, opinion: Opinion, waiting: WaitingLetter
    ) -> WaitingLetter:
        """What was agreed to in another wording does not count: buttons under it are stale."""
        present = await self._hash(work, opinion, waiting)
        if present == waiting.hash:
            return waiting
        renewed = replace(waiting, id=self.ids.new(), hash=present)
        await work.letters.keep(renewed)
        return renewed

    async def _hash(self, work: Work, opinion: Opinion, waiting: WaitingLetter) -> str:
        word = BY_KIND[waiting.kind]
        written = await self.letters.written(work, waiting.author_id, opinion, word, waiting.text)
        return self.letters.hash_of(opinion, written)

    async def _decidable(
        self, work: Work, actor: Actor, opinion_id: str, letter_id: str, permission: Permission
    ) -> tuple[Opinion, WaitingLetter]:
        opinion = await case_for(work, self.clock, actor, opinion_id, permission)
        waiting = await work.letters.about(opinion.id)
        if waiting is None or not waiting.waits:
            raise LostRace("letter.decided")
        rights = actor.in_whose_right(permission, await work.units.lineage(opinion.unit_id))
        waiting.require_open_to(actor.id, rights)
        waiting.require_standing(opinion)
        if waiting.id != letter_id:
            raise LostRace("letter.changed")
        return opinion, waiting

    async def _approvers(
        self, work: Work, opinion: Opinion, waiting: WaitingLetter
    ) -> list[Person]:
        lineage, today = await work.units.lineage(opinion.unit_id), local_day(self.clock.now())
        return [
            person
            for person in await work.people.holding(APPROVE, lineage)
            if _may_decide(person.actor_on(today), lineage, waiting)
        ]

    @property
    def _hands(self) -> HandOver:
        return HandOver(self.memory, self.clock, self.ids, self.letterhead)


def _may_decide(actor: Actor, lineage: Lineage, waiting: WaitingLetter) -> bool:
    rights = actor.in_whose_right(APPROVE, lineage)
    return actor.id != waiting.author_id and bool(rights - {waiting.author_id})
