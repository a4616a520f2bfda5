"""A supervisor names who stands in for whom, from one day to another, and ends it early."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.clock import LOCAL_ZONE, Clock
from domain.errors import LostRace, Refusal
from domain.ids import Ids
from domain.model.access import Actor, Grant, Permission, Person
from domain.model.audit import AuditEvent
from domain.model.button import Button, one_page
from domain.model.delivery import card, to_person
from domain.model.deputy import (
    Deputy,
    Place,
    deputies_at,
    places_at,
    read_term,
    require_free,
    require_held,
    require_term,
)
from domain.model.dialog import Awaited, Dialog
from domain.model.roster import Change, Member
from domain.model.unit import Unit
from domain.ports import Cause, Letterhead, Memory, Work
from domain.usecases.own_buttons import put_own_buttons

LIST, PLACES, PEOPLE, TERM, BACK = (
    "deputy:list",
    "deputy:places",
    "deputy:people",
    "deputy:term",
    "staff:unit",
)
NAME, END = Permission.DEPUTY_NAME, Permission.DEPUTY_END
WEEKS_OFFERED = (1, 2, 4)
ON_A_PAGE = 8


@dataclass(frozen=True, slots=True)
class DeputyPage:
    """Who stands in for whom at one unit, or a choice on the way to another (trang ủy quyền)."""

    unit: Unit
    deputies: tuple[Deputy, ...]
    people: tuple[Person, ...]
    """All whom the buttons may name."""
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class NameDeputy:
    """Naming deputies (ủy quyền)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def list_deputies(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> DeputyPage:
        async with self.memory.begin(cause) as work:
            page = await self._page(work, actor, button.subject)
            await work.commit()
        return page

    async def ask_place(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> DeputyPage:
        """For whom: everybody who holds a role there."""
        async with self.memory.begin(cause) as work:
            unit = await self._kept(work, actor, button.subject)
            people = await work.people.at(unit.id)
            written = [one.written for one in places_at(people, unit.id, self._today())]
            asked = one_page(PEOPLE, PLACES, written, int(button.choice or 0), ON_A_PAGE)
            buttons = await put_own_buttons(work, self, actor.id, asked, unit.id)
            await work.commit()
        return DeputyPage(unit, (), people, buttons)

    async def ask_person(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> DeputyPage:
        """Who stands in: anybody else who is registered there and has joined."""
        written, page = _turned(button)
        place = Place.of(written)
        async with self.memory.begin(cause) as work:
            unit = await self._kept(work, actor, place.unit_id)
            people = await work.people.at(unit.id)
            able = [one.id for one in people if one.account and one.id != place.holder_id]
            if not able:
                raise Refusal("deputy.nobody")
            asked = one_page(TERM, PEOPLE, able, page, ON_A_PAGE)
            buttons = await put_own_buttons(work, self, actor.id, asked, place.written)
            await work.commit()
        return DeputyPage(unit, (), people, buttons)

    async def ask_term(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> DeputyPage:
        """From when to when: by a button, or by the next plain message."""
        place = Place.of(button.subject)
        async with self.memory.begin(cause) as work:
            unit = await self._kept(work, actor, place.unit_id)
            deputy = await work.people.get(button.choice)
            holder = await work.people.get(place.holder_id)
            note = button.choice
            await work.dialogs.open(Dialog(actor.id, Awaited.DEPUTY_TERM, place.written, note))
            asked: list[tuple[str, str]] = [(NAME, str(weeks)) for weeks in WEEKS_OFFERED]
            subject = f"{place.written}|{deputy.id}"
            buttons = await put_own_buttons(work, self, actor.id, asked, subject)
            await work.commit()
        return DeputyPage(unit, (), (holder, deputy), buttons)

    async def name_for_weeks(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> DeputyPage:
        """From today on, for so many weeks."""
        written, _, deputy_id = button.subject.partition("|")
        today = self._today()
        last = today + timedelta(weeks=int(button.choice), days=-1)
        return await self._name(actor, Place.of(written), deputy_id, (today, last), cause, button)

    async def name_by_words(
        self, actor: Actor, dialog: Dialog, typed: str, cause: Cause | None = None
    ) -> DeputyPage:
        """From one typed day to another."""
        term = read_term(typed, self._today())
        return await self._name(actor, Place.of(dialog.subject), dialog.note, term, cause)

    async def end_early(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> DeputyPage:
        """It ends today, this moment; both are told."""
        now, today = self.clock.now(), self._today()
        async with self.memory.begin(cause) as work:
            await self._kept(work, actor, button.subject)
            one = await self._found(work, button)
            ended = replace(one.grant, left_on=today)
            await self._change(work, one.person, redated=((one.grant, ended),))
            await self._tell(work, replace(one, grant=ended), f"deputy_end:{button.id}", ends=True)
            detail = f"{one.grant.role} {one.grant.unit_id} deputy_of={one.holder.id}"
            await work.audit.append(AuditEvent(now, actor.id, END, one.person.id, detail))
            await work.buttons.use(button.id, now)
            page = await self._page(work, actor, button.subject)
            await work.commit()
        return page

    async def _name(
        self,
        actor: Actor,
        place: Place,
        deputy_id: str,
        term: tuple[date, date],
        cause: Cause | None,
        button: Button | None = None,
    ) -> DeputyPage:
        now, (first, last) = self.clock.now(), term
        require_term(first, last, self._today())
        async with self.memory.begin(cause) as work:
            await self._kept(work, actor, place.unit_id)
            deputy = await work.people.get(deputy_id)
            people = await work.people.at(place.unit_id)
            if place not in places_at(people, place.unit_id, self._today()):
                raise LostRace("deputy.not_held")
            holder = await work.people.get(place.holder_id)
            require_held(holder, place, first, last)
            require_free(deputy, place, first, last)
            grant = Grant(place.role, place.unit_id, first, last, deputy_of=place.holder_id)
            await self._change(work, deputy, added=(grant,))
            await self._tell(work, Deputy(deputy, grant, holder), f"deputy:{self.ids.new()}")
            detail = f"{place.role} {place.unit_id} deputy_of={holder.id} {first}..{last}"
            await work.audit.append(AuditEvent(now, actor.id, NAME, deputy.id, detail))
            await work.dialogs.close(actor.id)
            if button is not None:
                await work.buttons.use(button.id, now)
            page = await self._page(work, actor, place.unit_id)
            await work.commit()
        return page

    async def _change(
        self,
        work: Work,
        person: Person,
        added: tuple[Grant, ...] = (),
        redated: tuple[tuple[Grant, Grant], ...] = (),
    ) -> None:
        member = Member(person.id, person.name, person.account is not None)
        await work.roster.change([Change(member, added, redated, None)], lambda _: None)

    async def _tell(self, work: Work, one: Deputy, about: str, ends: bool = False) -> None:
        """Whoever stands in, and whom they stand in for."""
        unit = await work.units.get(one.grant.unit_id)
        for person in (one.person, one.holder):
            if person.account is not None:
                payload = self.letterhead.deputy_card(one, unit, person, ends)
                await work.outbox.add([card(self.ids.new(), about, to_person(person.id), payload)])

    async def _found(self, work: Work, button: Button) -> Deputy:
        for one in await self._deputies(work, button.subject):
            if _named(one) == button.choice:
                return one
        raise LostRace("deputy.over")

    async def _deputies(self, work: Work, unit_id: str) -> tuple[Deputy, ...]:
        people = await work.people.at(unit_id)
        found = deputies_at(people, unit_id, self._today())
        return tuple(
            [replace(one, holder=await work.people.get(one.grant.deputy_of or "")) for one in found]
        )

    async def _page(self, work: Work, actor: Actor, unit_id: str) -> DeputyPage:
        unit = await self._kept(work, actor, unit_id)
        deputies = await self._deputies(work, unit_id)
        asked: list[tuple[str, str]] = [(END, _named(one)) for one in deputies]
        buttons = await put_own_buttons(work, self, actor.id, [*asked, (PLACES, "0")], unit_id)
        back = await put_own_buttons(work, self, actor.id, [(BACK, unit_id)], "")
        return DeputyPage(unit, deputies, (), (*buttons, *back))

    async def _kept(self, work: Work, actor: Actor, unit_id: str) -> Unit:
        """The unit; who only stands in for its supervisor names nobody further."""
        lineage = await work.units.lineage(unit_id)
        actor.require(NAME, lineage)
        if actor.stands_in_for(NAME, lineage):
            raise Refusal("deputy.by_deputy")
        return await work.units.get(unit_id)

    def _today(self) -> date:
        return self.clock.now().astimezone(LOCAL_ZONE).date()


def _turned(button: Button) -> tuple[str, int]:
    """The place that was chosen, and which page of people: the first, or one that was turned to."""
    if button.choice.isdecimal():
        return button.subject, int(button.choice)
    return button.choice, 0


def _named(one: Deputy) -> str:
    """What tells one deputy from the others, as a button carries it."""
    return f"{one.person.id}|{one.grant.role}|{one.grant.deputy_of}|{one.grant.valid_from}"
