"""Cases about the same: found by their texts, joined and taken apart by people."""

from dataclasses import dataclass, replace

from domain.clock import Clock
from domain.errors import LostRace
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.button import Button, require_version
from domain.model.case_news import CaseNews
from domain.model.delivery import card
from domain.model.joined import joined, set_apart, speaking_for
from domain.model.likeness import ALIKE, MOST_COMPARED, MOST_SUGGESTED, Gist, telling
from domain.model.opinion import ALLOWED_MOVES, Opinion, OpinionState
from domain.ports import Cause, Letterhead, Memory, Work
from domain.usecases.announce import staff_destinations
from domain.usecases.case_in_hand import case_buttons, case_for, case_to_move, put_on_record
from domain.usecases.hand_over import HandOver

JOIN = "merge:into"


@dataclass(frozen=True, slots=True)
class Alike:
    """A case and those of its unit that say much the same, the most alike in front."""

    opinion: Opinion
    found: tuple[Opinion, ...]
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class JoinCases:
    """Joining cases about the same (gộp ý kiến trùng)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def list_alike(self, actor: Actor, button: Button, cause: Cause | None = None) -> Alike:
        """Compare its words with those of its unit's open cases; nothing else is looked at."""
        async with self.memory.begin(cause) as work:
            opinion = await self._case(work, actor, button.subject)
            found = await _most_alike(work, opinion)
            asked = [(JOIN, one.id) for one in found]
            buttons = case_buttons(self.ids, self.clock, actor, opinion, asked)
            await work.buttons.add(buttons)
            await work.commit()
        return Alike(opinion, found, buttons)

    async def join(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> tuple[Opinion, Opinion]:
        """Let the other case be answered for both; returns this one and that one."""
        now, permission = self.clock.now(), Permission.OPINION_MERGE
        async with self.memory.begin(cause) as work:
            was = await self._case(work, actor, button.subject)
            require_version(button.version, was.version)
            chosen = await case_for(work, self.clock, actor, button.choice, permission)
            opinion = joined(was, chosen, now)
            master = speaking_for(chosen, opinion)
            await work.opinions.save(master, chosen)
            await work.opinions.save(opinion, was)
            for other in await work.opinions.joined_to(was.id):
                moved = replace(other, master_id=master.id, version=other.version + 1)
                await work.opinions.save(moved, other)
            await self._tell(work, actor, (was, opinion), master)
            detail = f"to={master.id}"
            await put_on_record(work, self.clock, actor, permission, opinion, detail)
            await work.buttons.use(button.id, now)
            await work.commit()
        return opinion, master

    async def set_apart(self, actor: Actor, button: Button, cause: Cause | None = None) -> Opinion:
        """It is answered by itself again; the unit is told that somebody should take it."""
        now, permission = self.clock.now(), Permission.OPINION_SET_APART
        async with self.memory.begin(cause) as work:
            was = await case_for(work, self.clock, actor, button.subject, permission)
            require_version(button.version, was.version)
            if was.state is not OpinionState.DUPLICATE_OF:
                raise LostRace("opinion.moved_on", code=was.number)
            opinion = set_apart(was, now)
            await work.opinions.save(opinion, was)
            await offer_again(work, self.ids, self.letterhead, opinion)
            await put_on_record(work, self.clock, actor, permission, opinion)
            await work.buttons.use(button.id, now)
            await work.commit()
        return opinion

    async def _case(self, work: Work, actor: Actor, opinion_id: str) -> Opinion:
        permission = Permission.OPINION_MERGE
        opinion = await case_to_move(work, self.clock, actor, opinion_id, permission)
        if OpinionState.DUPLICATE_OF not in ALLOWED_MOVES[opinion.state]:
            raise LostRace("opinion.moved_on", code=opinion.number)
        return opinion

    async def _tell(
        self, work: Work, actor: Actor, moved: tuple[Opinion, Opinion], master: Opinion
    ) -> None:
        (was, opinion), hands = (
            moved,
            HandOver(self.memory, self.clock, self.ids, self.letterhead),
        )
        if was.owner_id:
            await hands.tell(work, actor, opinion, {was.owner_id: CaseNews.TAKEN_AWAY})
        if master.owner_id:
            await hands.tell(work, actor, master, {master.owner_id: CaseNews.JOINED})


async def offer_again(work: Work, ids: Ids, letterhead: Letterhead, opinion: Opinion) -> None:
    """Tell the unit of a case that waits for nobody else any more: somebody should take it."""
    unit = await work.units.get(opinion.unit_id)
    payload = letterhead.news_card(CaseNews.GIVEN_BACK, opinion, unit)
    about = f"{CaseNews.GIVEN_BACK}:{opinion.id}:{opinion.version}"
    for place in await staff_destinations(work, unit.id):
        await work.outbox.add([card(ids.new(), about, place, payload)])


async def _most_alike(work: Work, opinion: Opinion) -> tuple[Opinion, ...]:
    gist = Gist.of(opinion.text)
    compared = await work.opinions.alike(opinion, telling(opinion.text), MOST_COMPARED)
    likeness = {one.id: gist.likeness(Gist.of(one.text)) for one in compared}
    found = [one for one in compared if likeness[one.id] >= ALIKE]
    found.sort(key=lambda one: likeness[one.id], reverse=True)
    return tuple(found[:MOST_SUGGESTED])
