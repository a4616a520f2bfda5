"""A case goes to the unit that can answer it; the resident hears of it, the clock starts once."""

from dataclasses import dataclass, field, replace

from domain.clock import Clock
from domain.errors import LostRace
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.button import Button, around, require_version
from domain.model.case_news import CaseNews
from domain.model.case_times import CaseTimes
from domain.model.delivery import Payload, card, letter
from domain.model.frozen import fingerprint
from domain.model.joined import going_with
from domain.model.opinion import Opinion, OpinionState
from domain.model.unit import Unit
from domain.ports import Cause, Letterhead, Memory, Work
from domain.usecases.announce import root_of, staff_destinations
from domain.usecases.case_in_hand import case_buttons, case_to_move, put_on_record
from domain.usecases.hand_over import HandOver
from domain.usecases.send_letter import HIDDEN_CODE

PLACE, CHOOSE, SEND = "forward:place", "forward:choose", "forward:send"
PLACES_ON_A_PAGE = 8


@dataclass(frozen=True, slots=True)
class Places:
    """A place to which a case can go, and the ways from there: up, and to what lies below."""

    opinion: Opinion
    place: Unit
    around: tuple[Unit, ...]
    """What the buttons lead to, for their names."""
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class ForwardPreview:
    """What will happen, and the letter that the resident will get; None if there is no address."""

    opinion: Opinion
    unit: Unit
    letter: Payload | None
    buttons: tuple[Button, ...]
    lost: tuple[str, ...] = ()
    """The labels that the new unit does not know, by name: they come off."""


@dataclass(frozen=True, slots=True)
class Forward:
    """Forwarding (chuyển đơn vị có thẩm quyền)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead
    times: CaseTimes = field(default_factory=CaseTimes)

    async def show_places(self, actor: Actor, button: Button, cause: Cause | None = None) -> Places:
        """Look around in the tree of units, first right above the case's own."""
        where, _, page = button.choice.partition("/")
        async with self.memory.begin(cause) as work:
            opinion = await self._case(work, actor, button.subject)
            own = await work.units.get(opinion.unit_id)
            start = own.parent_id or (await root_of(work)).id
            place = await work.units.standing(where or start)
            above = (await work.units.get(place.parent_id),) if place.parent_id else ()
            below = await work.units.children(place.id)
            asked = [(CHOOSE, place.id)] if place.id != own.id else []
            asked += _page_of([one.id for one in below], place.id, int(page or "0"))
            asked += [(PLACE, f"{one.id}/0") for one in above]
            buttons = case_buttons(self.ids, self.clock, actor, opinion, asked)
            await work.buttons.add(buttons)
            await work.commit()
        return Places(opinion, place, (place, *above, *below), buttons)

    async def preview(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> ForwardPreview:
        """What it would be after the move, and what the resident would read."""
        async with self.memory.begin(cause) as work:
            was = await self._case(work, actor, button.subject)
            unit = await work.units.standing(button.choice)
            words = self._letter(await self._moved(work, was, unit), unit)
            lost = await _unknown_there(work, was, unit)
            choice = f"{unit.id}/{fingerprint(words.markup)}"
            buttons = case_buttons(self.ids, self.clock, actor, was, [(SEND, choice)])
            await work.buttons.add(buttons)
            await work.commit()
        return ForwardPreview(was, unit, words if was.handle else None, buttons, lost)

    async def forward_case(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> tuple[Opinion, Unit]:
        """Hand it on as it was previewed: the new unit gets a card, the resident the letter."""
        now, (unit_id, _, shown) = self.clock.now(), button.choice.partition("/")
        async with self.memory.begin(cause) as work:
            was = await self._case(work, actor, button.subject)
            require_version(button.version, was.version)
            unit = await work.units.standing(unit_id)
            opinion = await self._moved(work, was, unit)
            if fingerprint(self._letter(opinion, unit).markup) != shown:
                raise LostRace("button.stale")
            # Before it moves: after that, whoever did it may have no right there.
            detail = f"to={unit.id}"
            await put_on_record(work, self.clock, actor, Permission.OPINION_FORWARD, was, detail)
            await work.opinions.save(opinion, was)
            await work.labels.leave(opinion.id, await _known_there(work, unit))
            await work.opinions.take_back_views(opinion.id, now)
            await self._announce(work, opinion, unit)
            await self._take_along(work, actor, opinion, unit)
            await self._leave_matter(work, opinion)
            if was.owner_id:
                hands = HandOver(self.memory, self.clock, self.ids, self.letterhead)
                await hands.tell(work, actor, opinion, {was.owner_id: CaseNews.TAKEN_AWAY})
            await work.buttons.use(button.id, now)
            await work.commit()
        return opinion, unit

    async def _case(self, work: Work, actor: Actor, opinion_id: str) -> Opinion:
        permission = Permission.OPINION_FORWARD
        return await case_to_move(work, self.clock, actor, opinion_id, permission)

    async def _moved(self, work: Work, was: Opinion, unit: Unit) -> Opinion:
        if unit.id == was.unit_id:
            raise LostRace("moves.is_there_already", code=was.number)
        now, office = self.clock.now(), await work.calendar.office_days()
        return was.forwarded_to(unit.id, self.times.answer_due(now, office, was.kind), now)

    def _letter(self, opinion: Opinion, unit: Unit) -> Payload:
        """As the staffer sees it: the resident's key to the case is not theirs to know."""
        return self.letterhead.forwarded_letter(replace(opinion, code=HIDDEN_CODE), unit)

    async def _announce(self, work: Work, opinion: Opinion, unit: Unit) -> None:
        about = f"{OpinionState.FORWARDED}:{opinion.id}:{opinion.version}"
        payload = self.letterhead.news_card(CaseNews.FORWARDED, opinion, unit)
        for place in await staff_destinations(work, unit.id):
            await work.outbox.add([card(self.ids.new(), about, place, payload)])
        await self._owe_letter(work, opinion, unit)

    async def _take_along(self, work: Work, actor: Actor, master: Opinion, unit: Unit) -> None:
        """What was joined to it goes with it, and its writers hear of it too."""
        for was in await work.opinions.joined_to(master.id):
            detail, permission = f"to={unit.id} with={master.id}", Permission.OPINION_FORWARD
            await put_on_record(work, self.clock, actor, permission, was, detail)
            joined = going_with(was, master, self.clock.now())
            await work.opinions.save(joined, was)
            await work.labels.leave(joined.id, await _known_there(work, unit))
            await work.opinions.take_back_views(joined.id, self.clock.now())
            await self._leave_matter(work, joined)
            await self._owe_letter(work, joined, unit)

    async def _leave_matter(self, work: Work, opinion: Opinion) -> None:
        """What it was gathered under stays with its unit; what lies below is still of it."""
        if await work.matters.with_case(opinion.id) is None:
            await work.matters.take_out(opinion.id)

    async def _owe_letter(self, work: Work, opinion: Opinion, unit: Unit) -> None:
        if opinion.handle:
            about = f"{OpinionState.FORWARDED}:{opinion.id}:{opinion.version}"
            words = self.letterhead.forwarded_letter(opinion, unit)
            await work.outbox.add([letter(self.ids.new(), about, opinion.handle, words)])


async def _known_there(work: Work, unit: Unit) -> tuple[str, ...]:
    """Whose labels a case may bear that lies there."""
    return (await work.units.lineage(unit.id)).unit_ids


async def _unknown_there(work: Work, opinion: Opinion, unit: Unit) -> tuple[str, ...]:
    known = await _known_there(work, unit)
    moving = (opinion, *await work.opinions.joined_to(opinion.id))
    labels = [label for one in moving for label in await work.labels.on(one.id)]
    return tuple(dict.fromkeys(one.name for one in labels if one.unit_id not in known))


def _page_of(places: list[str], above: str, page: int) -> list[tuple[str, str]]:
    first = page * PLACES_ON_A_PAGE
    shown = places[first : first + PLACES_ON_A_PAGE]
    turning = around(PLACE, page, first + PLACES_ON_A_PAGE < len(places))
    return [
        *((PLACE, f"{one}/0") for one in shown),
        *((PLACE, f"{above}/{choice}") for _, choice in turning),
    ]
