"""A supervisor sees who carries the work in the field, and decides how it goes on."""

from dataclasses import dataclass
from datetime import date

from domain.clock import LOCAL_ZONE, Clock
from domain.errors import Forbidden, LostRace, Refusal
from domain.ids import Ids
from domain.model.access import Actor, Permission, Person
from domain.model.audit import AuditEvent
from domain.model.button import Button, one_page
from domain.model.delivery import card, to_person
from domain.model.field_work import Headcount, ServiceAct, decided, is_listed, possible
from domain.model.roster import Change, Member, Seat
from domain.model.unit import Unit
from domain.ports import Cause, Letterhead, Memory, Work
from domain.usecases.own_buttons import put_own_buttons

ON_A_PAGE = 8
UNIT, UNITS, PEOPLE, PERSON = "staff:unit", "staff:units", "staff:people", "staff:person"
DECIDE, ASK_LEAVE = Permission.ROSTER_KEEP, "staff:ask_leave"
MOVE, MOVE_TO = "staff:move", "staff:move_to"
SHOW_MONTH = "activity:show"
"""Answered by review_activity.py."""
COMMEND = "commendation:list"
"""Answered by commend.py."""
SHOW_POPULATION = "population:show"
"""Answered by set_population.py."""
DEPUTIES = "deputy:list"
"""Answered by name_deputy.py."""
REVIEW_RULES = "review_rule:show"
"""Answered by set_review_rule.py."""
TEMPLATES = "letter_template:list"
"""Answered by keep_templates.py."""
LABELS = "label:list"
"""Answered by keep_labels.py."""
SHOW_GROUPS = "group:list"
"""Answered by describe_group.py."""
CALL_THEM = "conference:new"
"""Answered by call_conference.py."""
KEEP = Permission.ROSTER_KEEP


@dataclass(frozen=True, slots=True)
class UnitPage:
    """A unit, or the choice of one (trang đơn vị)."""

    unit: Unit | None
    headcount: Headcount | None
    places: tuple[Unit, ...]
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Those at one unit (trang nhân sự)."""

    unit: Unit
    people: tuple[Person, ...]
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Somebody at one unit (trang một người)."""

    unit: Unit
    person: Person
    seats: tuple[Seat, ...]
    buttons: tuple[Button, ...]
    places: tuple[Unit, ...] = ()
    """Where they could go, while that is asked."""


@dataclass(frozen=True, slots=True)
class KeepPeople:
    """Looking after those in the field (nhân sự)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def open(self, actor: Actor, cause: Cause | None = None) -> UnitPage:
        """The unit of a supervisor, or the choice between several."""
        unit_ids = tuple(dict.fromkeys(actor.units_for(KEEP)))
        if not unit_ids:
            raise Forbidden("errors.forbidden")
        async with self.memory.begin(cause) as work:
            if len(unit_ids) == 1:
                page = await self._unit_page(work, actor, unit_ids[0], 0)
            else:
                places = [await work.units.get(unit_id) for unit_id in unit_ids]
                asked = [(UNIT, place.id) for place in places]
                buttons = await put_own_buttons(work, self, actor.id, asked, "")
                page = UnitPage(None, None, tuple(places), buttons)
            await work.commit()
        return page

    async def show_unit(self, actor: Actor, button: Button, cause: Cause | None) -> UnitPage:
        turning = button.action == UNITS
        unit_id = button.subject if turning else button.choice
        async with self.memory.begin(cause) as work:
            page = int(button.choice) if turning else 0
            shown = await self._unit_page(work, actor, unit_id, page)
            await work.commit()
        return shown

    async def show_people(self, actor: Actor, button: Button, cause: Cause | None) -> PeoplePage:
        async with self.memory.begin(cause) as work:
            unit = await self._kept(work, actor, button.subject)
            there = await work.people.at(unit.id)
            people = [one for one in there if is_listed(one, unit.id, self._today())]
            page = int(button.choice or 0)
            asked = one_page(PERSON, PEOPLE, [one.id for one in people], page, ON_A_PAGE)
            buttons = await put_own_buttons(work, self, actor.id, asked, unit.id)
            await work.commit()
        return PeoplePage(unit, tuple(people), buttons)

    async def show_person(self, actor: Actor, button: Button, cause: Cause | None) -> PersonPage:
        async with self.memory.begin(cause) as work:
            page = await self._person_page(work, actor, button.choice, button.subject)
            await work.commit()
        return page

    async def ask_leave(self, actor: Actor, button: Button, cause: Cause | None) -> PersonPage:
        """Leaving is asked twice: a thumb slips."""
        person_id, unit_id = _both(button)
        async with self.memory.begin(cause) as work:
            unit = await self._kept(work, actor, unit_id)
            person = await work.people.get(person_id)
            asked = [(DECIDE, ServiceAct.LEAVE)]
            buttons = await put_own_buttons(work, self, actor.id, asked, button.subject)
            await work.commit()
        return PersonPage(unit, person, (), buttons)

    async def ask_place(self, actor: Actor, button: Button, cause: Cause | None) -> PersonPage:
        """Where somebody could move: beside their unit, or below it."""
        person_id, unit_id = _both(button)
        async with self.memory.begin(cause) as work:
            unit = await self._kept(work, actor, unit_id)
            person = await work.people.get(person_id)
            places = await self._places(work, actor, unit)
            page = int(button.choice or 0)
            asked = one_page(MOVE_TO, MOVE, [one.id for one in places], page, ON_A_PAGE)
            buttons = await put_own_buttons(work, self, actor.id, asked, button.subject)
            await work.commit()
        return PersonPage(unit, person, (), buttons, places)

    async def decide(self, actor: Actor, button: Button, cause: Cause | None) -> PersonPage:
        """Rest, return, leave or move: it holds from this moment on, and whoever it is is told."""
        person_id, unit_id = _both(button)
        moves = button.action == MOVE_TO
        act, to = (ServiceAct.MOVE, button.choice) if moves else (ServiceAct(button.choice), "")
        now = self.clock.now()
        async with self.memory.begin(cause) as work:
            unit = await self._kept(work, actor, unit_id)
            there = await self._kept(work, actor, to) if to else unit
            person = await work.people.get(person_id)
            outcome = decided(act, person, unit_id, self._today(), to)
            if outcome.is_empty:
                raise LostRace("button.stale")
            member = Member(person.id, person.name, person.account is not None)
            change = Change(member, outcome.added, outcome.changed, None)
            await work.roster.change([change], lambda _: None)
            if act in (ServiceAct.LEAVE, ServiceAct.MOVE):
                await self._vacate(work, person.id, unit_id, to)
            if person.account is not None:
                payload = self.letterhead.service_card(person, act, there)
                about = f"service:{button.id}"
                await work.outbox.add([card(self.ids.new(), about, to_person(person.id), payload)])
            detail = " ".join(part for part in (act, unit_id, to) if part)
            await work.audit.append(AuditEvent(now, actor.id, KEEP, person.id, detail))
            await work.buttons.use(button.id, now)
            page = await self._person_page(work, actor, person.id, there.id)
            await work.commit()
        return page

    async def _vacate(self, work: Work, person_id: str, unit_id: str, to: str) -> None:
        """No seat stays behind, and no link that would bring back what was given up."""
        await work.roster.unseat(person_id, unit_id)
        if to:
            await work.roster.move_invites(person_id, unit_id, to)
        else:
            await work.roster.revoke_invites(person_id, unit_id, self.clock.now())

    async def _unit_page(self, work: Work, actor: Actor, unit_id: str, page: int) -> UnitPage:
        unit = await self._kept(work, actor, unit_id)
        services = await work.roster.services(unit.id, self._today())
        below = await work.units.children(unit.id)
        turned = one_page(UNIT, UNITS, [one.id for one in below], page, ON_A_PAGE)
        ways = [(PEOPLE, "0"), (SHOW_MONTH, "0"), (SHOW_GROUPS, "0")]
        ways += [(SHOW_POPULATION, ""), (CALL_THEM, ""), (REVIEW_RULES, "")]
        ways += [(TEMPLATES, ""), (LABELS, ""), (DEPUTIES, "")]
        buttons = await put_own_buttons(
            work, self, actor.id, [*([] if page else ways), *turned], unit.id
        )
        return UnitPage(unit, Headcount.of(services), below, buttons)

    async def _person_page(
        self, work: Work, actor: Actor, person_id: str, unit_id: str
    ) -> PersonPage:
        unit = await self._kept(work, actor, unit_id)
        person = await work.people.get(person_id)
        asked: list[tuple[str, str]] = []
        for act in possible(person, unit_id, self._today()):
            match act:
                case ServiceAct.LEAVE:
                    asked.append((ASK_LEAVE, ""))
                case ServiceAct.MOVE:
                    asked.append((MOVE, "0"))
                case _:
                    asked.append((DECIDE, act))
        asked.append((COMMEND, ""))
        buttons = await put_own_buttons(work, self, actor.id, asked, f"{person.id}@{unit_id}")
        back = await put_own_buttons(work, self, actor.id, [(PEOPLE, "0")], unit_id)
        seats = await work.roster.seats(person.id)
        here = tuple(seat for seat in seats if seat.unit_id == unit_id)
        return PersonPage(unit, person, here, (*buttons, *back))

    async def _places(self, work: Work, actor: Actor, unit: Unit) -> tuple[Unit, ...]:
        places = list(await work.units.children(unit.id))
        if unit.parent_id and actor.may(KEEP, await work.units.lineage(unit.parent_id)):
            places += await work.units.children(unit.parent_id)
        found = tuple(place for place in places if place.id != unit.id)
        if not found:
            raise Refusal("staff.nowhere")
        return found

    async def _kept(self, work: Work, actor: Actor, unit_id: str) -> Unit:
        actor.require(KEEP, await work.units.lineage(unit_id))
        return await work.units.get(unit_id)

    def _today(self) -> date:
        return self.clock.now().astimezone(LOCAL_ZONE).date()


def _both(button: Button) -> tuple[str, str]:
    """Of whom and at which unit a button speaks."""
    person_id, _, unit_id = button.subject.partition("@")
    return person_id, unit_id
