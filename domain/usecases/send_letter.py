"""What the office writes goes out: the case moves, and everybody concerned is owed the letter."""

from dataclasses import dataclass, replace

from domain.clock import Clock
from domain.errors import LostRace, Refusal
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.button import ANYONE, Button, offer
from domain.model.case_times import CaseTimes
from domain.model.delivery import Payload, letter, to_handle
from domain.model.frozen import fingerprint
from domain.model.office_word import BY_KIND, Word
from domain.model.opinion import Answer, LetterKind, Opinion, OpinionSource, OpinionState
from domain.ports import Letterhead, Work
from domain.usecases.case_in_hand import case_for, put_on_record
from domain.usecases.one_answer import is_for_several, say_to_joined
from domain.usecases.raise_questions import RaiseQuestions

HIDDEN_CODE = "HC-•••••-•••••"
"""What staff see in a letter: the resident's key to the case is not theirs to know."""


@dataclass(frozen=True, slots=True)
class SendLetter:
    """Letters to residents, from their words to the outbox (gửi thư)."""

    clock: Clock
    ids: Ids
    letterhead: Letterhead
    times: CaseTimes

    async def case(self, work: Work, actor: Actor, opinion_id: str, word: Word) -> Opinion:
        """The case, if this person may write so about it now."""
        opinion = await case_for(work, self.clock, actor, opinion_id, word.permission)
        if opinion.owner_id not in (None, actor.id):
            raise LostRace("triage.taken_by_another", code=opinion.number)
        if opinion.state is not OpinionState.IN_PROGRESS:
            raise LostRace("opinion.moved_on", code=opinion.number)
        if word.is_question and opinion.handle is None:
            raise Refusal("moves.nobody_to_ask", code=opinion.number)
        return opinion

    async def written(
        self, work: Work, author_id: str, opinion: Opinion, word: Word, text: str
    ) -> Answer:
        """These words under the office's name."""
        body = (await work.units.get(opinion.unit_id)).issuing_body
        shared = not word.is_question and await is_for_several(work, opinion)
        now = self.clock.now()
        return Answer(self.ids.new(), opinion.id, author_id, body, text, now, word.kind, shared)

    def shown(self, opinion: Opinion, written: Answer) -> Payload:
        """The letter as staff see it: all that its resident will read, but for the code."""
        return self._paper(replace(opinion, code=HIDDEN_CODE), written, ())

    def hash_of(self, opinion: Opinion, written: Answer) -> str:
        """Of exactly the letter that goes out."""
        return fingerprint(self.shown(opinion, written).markup)

    async def say(
        self, work: Work, actor: Actor, permission: Permission, was: Opinion, written: Answer
    ) -> Opinion:
        """Move the case and those that were joined to it, and owe each its letter."""
        word = BY_KIND[written.kind]
        now = self.clock.now()
        moved = was.moved_to(word.state, now, self.times.waits_until(now, word.is_question))
        opinion = replace(moved, owner_id=written.author_id)
        await work.opinions.save(opinion, was)
        await work.opinions.add_answer(written)
        said = [(opinion, written)]
        if not word.is_question:
            about = (actor, permission, written)
            said += await say_to_joined(work, self.clock, self.ids, *about)
        for one in said:
            await self._owe(work, *one)
        await put_on_record(work, self.clock, actor, permission, opinion)
        return opinion

    def _paper(self, opinion: Opinion, written: Answer, buttons: tuple[Button, ...]) -> Payload:
        if written.kind is LetterKind.ANSWER:
            return self.letterhead.answer_letter(opinion, written, buttons)
        return self.letterhead.word_to_resident(opinion, written, buttons)

    async def _owe(self, work: Work, opinion: Opinion, written: Answer) -> None:
        """To the resident; what was asked at a session, to whoever brought it."""
        if opinion.source is OpinionSource.SESSION:
            raising = RaiseQuestions(self.clock, self.ids, self.letterhead)
            await raising.carry_back(work, opinion, written)
        if opinion.handle is None and not opinion.is_by_code:
            return
        asked = {
            LetterKind.QUESTION: [("opinion:reply", "")],
            LetterKind.ANSWER: [("opinion:settle", "solved"), ("opinion:settle", "not_solved")],
        }.get(written.kind, [("opinion:settle", "disagree")])
        buttons = offer(
            self.ids,
            asked,
            subject=opinion.id,
            version=opinion.version,
            holder=to_handle(opinion.handle) if opinion.handle else ANYONE,
            expires_at=opinion.buttons_until,
        )
        await work.buttons.add(buttons)
        if opinion.handle is None:
            return  # whoever looks it up by its code finds word and buttons there
        payload = self._paper(opinion, written, buttons)
        about = f"{written.kind}:{written.id}"
        await work.outbox.add([letter(self.ids.new(), about, opinion.handle, payload)])
