"""A case changes hands inside its unit: given to a colleague, or back to everybody."""

from dataclasses import dataclass

from domain.clock import LOCAL_ZONE, Clock
from domain.errors import Forbidden
from domain.ids import Ids
from domain.model.access import Actor, Permission, Person
from domain.model.button import Button, one_page, require_version
from domain.model.case_news import CaseNews
from domain.model.delivery import card, to_person
from domain.model.opinion import Opinion
from domain.ports import Cause, Letterhead, Memory, Work
from domain.usecases.announce import staff_destinations
from domain.usecases.case_in_hand import case_buttons, case_to_move, put_on_record

GIVE_TO = "opinion:give_to"
PAGE = "opinion:colleagues"
PEOPLE_ON_A_PAGE = 8


@dataclass(frozen=True, slots=True)
class Colleagues:
    """Those to whom a case can be given, a page at a time."""

    opinion: Opinion
    people: tuple[Person, ...]
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class HandOver:
    """Giving and giving back (phân công, trả lại)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def list_colleagues(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> Colleagues:
        """Whoever may answer it, but for the one who has it."""
        page = int(button.choice or "0")
        async with self.memory.begin(cause) as work:
            opinion = await self._case(work, actor, button.subject)
            people = await self._able(work, opinion)
            names = [person.id for person in people]
            asked = one_page(GIVE_TO, PAGE, names, page, PEOPLE_ON_A_PAGE)
            buttons = case_buttons(self.ids, self.clock, actor, opinion, asked)
            await work.buttons.add(buttons)
            await work.commit()
        return Colleagues(opinion, people, buttons)

    async def assign_case(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> tuple[Opinion, Person]:
        """Give it to a colleague, who is told in private; so is whoever had it until now."""
        now = self.clock.now()
        async with self.memory.begin(cause) as work:
            was = await self._case(work, actor, button.subject)
            require_version(button.version, was.version)
            colleague = await work.people.get(button.choice)
            today = now.astimezone(LOCAL_ZONE).date()
            lineage = await work.units.lineage(was.unit_id)
            if not colleague.actor_on(today).may(Permission.OPINION_ANSWER, lineage):
                raise Forbidden("moves.cannot_answer")
            opinion = was.assigned_to(colleague.id, now)
            await work.opinions.save(opinion, was)
            told = {colleague.id: CaseNews.ASSIGNED}
            if was.owner_id:
                told[was.owner_id] = CaseNews.TAKEN_AWAY
            await self.tell(work, actor, opinion, told)
            is_anothers = was.owner_id not in (None, actor.id)
            permission = Permission.OPINION_REASSIGN if is_anothers else Permission.OPINION_ASSIGN
            detail = f"to={colleague.id}"
            await put_on_record(work, self.clock, actor, permission, opinion, detail)
            await work.buttons.use(button.id, now)
            await work.commit()
        return opinion, colleague

    async def give_back(self, actor: Actor, button: Button, cause: Cause | None = None) -> Opinion:
        """Nobody has it any more; the unit is told that somebody should take it."""
        now, permission = self.clock.now(), Permission.OPINION_GIVE_BACK
        async with self.memory.begin(cause) as work:
            was = await case_to_move(work, self.clock, actor, button.subject, permission)
            require_version(button.version, was.version)
            opinion = was.given_back(now)
            await work.opinions.save(opinion, was)
            unit = await work.units.get(opinion.unit_id)
            payload = self.letterhead.news_card(CaseNews.GIVEN_BACK, opinion, unit)
            about = f"given_back:{opinion.id}:{opinion.version}"
            for place in await staff_destinations(work, opinion.unit_id):
                await work.outbox.add([card(self.ids.new(), about, place, payload)])
            await put_on_record(work, self.clock, actor, permission, opinion)
            await work.buttons.use(button.id, now)
            await work.commit()
        return opinion

    async def tell(
        self,
        work: Work,
        actor: Actor,
        opinion: Opinion,
        told: dict[str, CaseNews],
        occasion: str = "",
    ) -> None:
        """A card in private for each of these people but for whoever did it.

        Of one move of the case each hears once, of what is no move once for each occasion.
        """
        unit, by = await work.units.get(opinion.unit_id), await work.people.get(actor.id)
        for person_id, news in told.items():
            if person_id != actor.id:
                payload = self.letterhead.news_card(news, opinion, unit, by.name)
                about = f"{news}:{opinion.id}:{occasion or opinion.version}"
                place = to_person(person_id)
                await work.outbox.add([card(self.ids.new(), about, place, payload)])

    async def _case(self, work: Work, actor: Actor, opinion_id: str) -> Opinion:
        return await case_to_move(work, self.clock, actor, opinion_id, Permission.OPINION_ASSIGN)

    async def _able(self, work: Work, opinion: Opinion) -> tuple[Person, ...]:
        lineage = await work.units.lineage(opinion.unit_id)
        able = await work.people.holding(Permission.OPINION_ANSWER, lineage)
        return tuple(one for one in able if one.id != opinion.owner_id)
