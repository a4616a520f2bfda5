"""A matter is answered: by a bulletin to everybody, and by it to whoever wrote in, one by one."""

from collections import Counter
from dataclasses import dataclass, field

from domain.clock import LOCAL_ZONE, Clock
from domain.errors import LostRace, Refusal
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.audit import AuditEvent
from domain.model.bulletin import Bulletin, BulletinState, Draft
from domain.model.button import Button, require_version
from domain.model.case_times import CaseTimes
from domain.model.delivery import Payload, card, to_person
from domain.model.matter import Halt, Hindrance, Matter, MatterCase, MatterNews, Reasons
from domain.model.office_word import ANSWER as WORD
from domain.model.opinion import Opinion, OpinionState
from domain.model.text import units_over
from domain.model.unit import Lineage, Unit
from domain.ports import Cause, Letterhead, Memory, Work
from domain.usecases.approve_letter import ApproveLetter, needs_second
from domain.usecases.left_unanswered import present_hindrance, why_gone, why_refused
from domain.usecases.own_buttons import put_own_buttons
from domain.usecases.preview_letter import LONGEST_LETTER
from domain.usecases.public_answer import GONE, PublicAnswer, public_answer
from domain.usecases.send_letter import SendLetter

SEND = "matter:send"
COMPOSE = Permission.BULLETIN_COMPOSE
AT_ONCE = 200
"""Cases that are looked at in one statement."""


@dataclass(frozen=True, slots=True)
class Begun:
    """The draft that answers a matter, or else the names of those who were asked for one."""

    bulletin_id: str
    heading: str = ""
    """The title that the draft begins with."""
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerPreview:
    """The letter as the first of them will read it, how many get it, and who does not yet."""

    matter: Matter
    letter: Payload | None
    """None where nobody can be answered now."""
    count: int
    waits: bool
    """Whether a second person has to agree to each letter first."""
    left: Reasons
    buttons: tuple[Button, ...]


@dataclass(slots=True)
class Answered:
    """What became of a matter's cases when they were answered."""

    said: int = 0
    submitted: int = 0
    """Letters that wait for a second person now."""
    left: Reasons = field(default_factory=Counter)
    halt: Halt | None = None
    """Why whoever was left gets nothing; None where each had their turn."""


@dataclass(frozen=True, slots=True)
class AnswerMatter:
    """Answering a matter (trả lời việc chung)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead
    times: CaseTimes

    async def begin_bulletin(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> Begun:
        """An ordinary draft that names the matter and nothing of its cases.

        Of whoever may not write it, those who may are told that it is wanted.
        """
        async with self.memory.begin(cause) as work:
            was, unit = await self._open(work, button.subject)
            lineage = await work.units.lineage(was.unit_id)
            await _require_none(work, was)
            if not actor.may(COMPOSE, lineage):
                actor.require(Permission.MATTER_GATHER, lineage)
                begun = Begun("", asked=await self._ask_authors(work, was, lineage))
            else:
                begun = await self._begin(work, actor, was, unit)
                await work.buttons.use(button.id, self.clock.now())
            await work.commit()
        return begun

    async def preview(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> AnswerPreview:
        """Whom it would answer, and with which letter; nothing is sent yet."""
        async with self.memory.begin(cause) as work:
            matter, answer = await self._answerable(work, actor, button.subject)
            for language in self.letterhead.languages():
                self._words(answer, language)
            free, left = await self._standing(work, actor, matter)
            asked = [(SEND, answer.text.hash)] if free else []
            about = (matter.id, matter.version)
            buttons = await put_own_buttons(work, self, actor.id, asked, *about)
            letter, waits = await self._letter(work, actor, answer, free[:1])
            await work.commit()
        return AnswerPreview(matter, letter, len(free), waits, left, buttons)

    async def begin_answers(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> Matter:
        """The press that answers: good once, for the words and the cases that were shown."""
        async with self.memory.begin(cause) as work:
            matter, answer = await self._answerable(work, actor, button.subject)
            require_version(button.version, matter.version)
            if answer.text.hash != button.choice:
                raise LostRace("button.stale")
            await work.buttons.use(button.id, self.clock.now())
            await work.commit()
        return matter

    async def answer_all(self, actor: Actor, button: Button) -> Answered:
        """Answer one case after the other, each in a transaction of its own.

        Whatever ends it in the middle, each case is answered or not; who presses again answers
        the rest. Rights, words and the case are read anew for each, and of those that were there
        at the press each is counted: answered, or left with its reason; none after a halt.
        """
        answered = Answered()
        async with self.memory.begin() as work:
            listed = await _all_cases(work, button.subject)
        for case in listed:
            await self._answer_next(actor, button, case, answered)
            if answered.halt:
                break
        return answered

    async def _begin(self, work: Work, actor: Actor, was: Matter, unit: Unit) -> Begun:
        bulletin = Bulletin(self.ids.new(), unit.id, actor.id, BulletinState.DRAFT, 0)
        heading, body = self.letterhead.matter_heading(was), unit.issuing_body
        draft = Draft(bulletin.id, unit.id, unit.id, title=heading, issuing_body=body)
        await work.bulletins.add(bulletin, draft)
        await work.matters.save(was.answered_by(bulletin.id), was)
        event = AuditEvent(self.clock.now(), actor.id, COMPOSE, bulletin.id, was.id)
        await work.audit.append(event)
        return Begun(bulletin.id, heading)

    async def _ask_authors(self, work: Work, matter: Matter, lineage: Lineage) -> tuple[str, ...]:
        able = await work.people.holding(COMPOSE, lineage)
        if not able:
            raise Refusal("matter.no_author")
        payload = self.letterhead.matter_card(MatterNews.WANTED, matter, 0)
        about = f"matter:{matter.id}:{MatterNews.WANTED}:{matter.bulletin_id or ''}"
        owed = [card(self.ids.new(), about, to_person(one.id), payload) for one in able]
        await work.outbox.add(owed)
        return tuple(one.name for one in able)

    async def _answer_next(
        self, actor: Actor, button: Button, listed: MatterCase, answered: Answered
    ) -> None:
        try:
            async with self.memory.begin() as work:
                present = await self._still(work, actor)
                matter = await work.matters.get(button.subject)
                answer = await public_answer(work, matter)
                if answer is None or answer.text.hash != button.choice:
                    answered.halt = Halt.BULLETIN
                    return
                if matter.closed_at is not None:
                    answered.halt = Halt.CLOSED
                    return
                reason = await self._hindrance(work, present, matter, listed)
                if reason is not None:
                    answered.left[reason] += 1
                    return
                opinion = await self._say(work, present, listed.id, answer)
                await work.commit()
        except Refusal as refused:
            answered.left[why_refused(refused)] += 1
            return
        if opinion.state is OpinionState.ANSWERED:
            answered.said += 1
        else:
            answered.submitted += 1

    async def _say(
        self, work: Work, actor: Actor, opinion_id: str, answer: PublicAnswer
    ) -> Opinion:
        """As any answer goes: at once, or to a second person where the unit demands one."""
        was = await self._letters.case(work, actor, opinion_id, WORD)
        rooms = (self.memory, self.clock, self.ids, self.letterhead, self.times)
        approving = ApproveLetter(*rooms)
        words = self._words(answer, was.language)
        return await approving.send_or_submit(work, actor, was, WORD, words)

    async def _letter(
        self, work: Work, actor: Actor, answer: PublicAnswer, first: list[MatterCase]
    ) -> tuple[Payload | None, bool]:
        if not first:
            return None, False
        opinion = await self._letters.case(work, actor, first[0].id, WORD)
        words = self._words(answer, opinion.language)
        written = await self._letters.written(work, actor.id, opinion, WORD, words)
        waits = await needs_second(work, opinion, WORD)
        return self._letters.shown(opinion, written), waits

    async def _standing(
        self, work: Work, actor: Actor, matter: Matter
    ) -> tuple[list[MatterCase], Reasons]:
        """Those that can be answered now, and why the others cannot."""
        free: list[MatterCase] = []
        left: Reasons = Counter()
        for case in await _all_cases(work, matter.id):
            reason = await present_hindrance(work, self.clock, actor, case)
            if reason is None:
                free.append(case)
            else:
                left[reason] += 1
        return free, left

    async def _hindrance(
        self, work: Work, actor: Actor, matter: Matter, listed: MatterCase
    ) -> Hindrance | None:
        """Of a case that was there at the press, as it stands by now."""
        found = await work.matters.cases(matter.id, listed.seq - 1, 1)
        if not found or found[0].id != listed.id:
            return await why_gone(work, matter, listed.id)
        return await present_hindrance(work, self.clock, actor, found[0])

    async def _answerable(
        self, work: Work, actor: Actor, matter_id: str
    ) -> tuple[Matter, PublicAnswer]:
        matter, _ = await self._open(work, matter_id)
        actor.require(WORD.permission, await work.units.lineage(matter.unit_id))
        answer = await public_answer(work, matter)
        if answer is None:
            raise LostRace("matter.not_said_yet", title=matter.title)
        return matter, answer

    async def _open(self, work: Work, matter_id: str) -> tuple[Matter, Unit]:
        matter = await work.matters.get(matter_id)
        matter.require_open()
        return matter, await work.units.get(matter.unit_id)

    async def _still(self, work: Work, actor: Actor) -> Actor:
        """Whoever pressed, with the rights of this moment."""
        person = await work.people.get(actor.id)
        return person.actor_on(self.clock.now().astimezone(LOCAL_ZONE).date())

    def _words(self, answer: PublicAnswer, language: str) -> str:
        """What was approved, word for word, in a language or in Vietnamese; Refusal if too long."""
        words = self.letterhead.public_answer(answer.text, answer.said_at, language)
        if over := units_over(words, LONGEST_LETTER):
            raise Refusal("matter.too_long", limit=LONGEST_LETTER, over=over)
        return words

    @property
    def _letters(self) -> SendLetter:
        return SendLetter(self.clock, self.ids, self.letterhead, self.times)


async def _all_cases(work: Work, matter_id: str) -> list[MatterCase]:
    listed: list[MatterCase] = []
    found = await work.matters.cases(matter_id, 0, AT_ONCE)
    while found:
        listed += found
        found = await work.matters.cases(matter_id, found[-1].seq, AT_ONCE)
    return listed


async def _require_none(work: Work, matter: Matter) -> None:
    """LostRace, naming whoever it is, if somebody has begun the public answer already."""
    if matter.bulletin_id is None:
        return
    begun = await work.bulletins.get(matter.bulletin_id)
    if begun.state not in GONE:
        author = await work.people.get(begun.author_id)
        raise LostRace("matter.begun_already", name=author.name)
