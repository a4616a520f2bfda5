"""The door to one's units, /donvi, and behind it to those who carry the work there."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from domain.clock import LOCAL_ZONE
from domain.model.access import Grant, Permission
from domain.model.button import Button
from domain.model.delivery import ButtonFace, ButtonRows
from domain.model.dialog import Awaited, Dialog
from domain.model.field_work import field_grants
from domain.model.roster import TeamRole
from domain.model.roster_check import Found
from domain.model.unit import Unit
from domain.usecases.check_roster import CheckRoster
from domain.usecases.keep_people import MOVE_TO, PERSON, UNIT, KeepPeople, PersonPage, UnitPage
from handlers.faces import label, shortened
from handlers.telegram.activity import ActivityDoor
from handlers.telegram.commend import CommendDoor
from handlers.telegram.deputies import DeputiesDoor
from handlers.telegram.groups import GroupsDoor
from handlers.telegram.labels import LabelsDoor
from handlers.telegram.letter_templates import LetterTemplatesDoor
from handlers.telegram.monthly_plan import MonthlyPlanDoor
from handlers.telegram.population import PopulationDoor
from handlers.telegram.presses import Route
from handlers.telegram.review_rules import ReviewRulesDoor
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn

LONGEST_LABEL = 40


@dataclass(frozen=True, slots=True)
class UnitsDoor:
    """Units and their people in the chat (đơn vị, nhân sự)."""

    rooms: Rooms
    speak: Speak

    def presses(self) -> dict[str, Route]:
        """The buttons behind /donvi and the monthly check."""
        return {
            "staff:unit": self.show_unit,
            "staff:units": self.show_unit,
            "staff:people": self.show_people,
            "staff:person": self.show_person,
            "staff:ask_leave": self.ask_leave,
            "staff:move": self.ask_place,
            "staff:move_to": self.decide,
            Permission.ROSTER_KEEP: self.decide,
            "roster_check:list": self.show_findings,
            **ActivityDoor(self.rooms, self.speak).presses(),
            **PopulationDoor(self.rooms, self.speak).presses(),
            **MonthlyPlanDoor(self.rooms, self.speak).presses(),
            **CommendDoor(self.rooms, self.speak).presses(),
            **ReviewRulesDoor(self.rooms, self.speak).presses(),
            **LetterTemplatesDoor(self.rooms, self.speak).presses(),
            **LabelsDoor(self.rooms, self.speak).presses(),
            **DeputiesDoor(self.rooms, self.speak).presses(),
            **GroupsDoor(self.rooms, self.speak).presses(),
        }

    @property
    def _check(self) -> CheckRoster:
        rooms = self.rooms
        return CheckRoster(rooms.memory, rooms.clock, rooms.ids, rooms.letterhead)

    @property
    def _people(self) -> KeepPeople:
        rooms = self.rooms
        return KeepPeople(rooms.memory, rooms.clock, rooms.ids, rooms.letterhead)

    async def take_words(self, turn: Turn, dialog: Dialog) -> None:
        """A plain message that answers what was asked here."""
        match dialog.awaited:
            case Awaited.MONTHLY_PLAN:
                await MonthlyPlanDoor(self.rooms, self.speak).take_plan(turn, dialog)
            case Awaited.DEPUTY_TERM:
                await DeputiesDoor(self.rooms, self.speak).take_term(turn, dialog)
            case Awaited.LETTER_TEMPLATE:
                await LetterTemplatesDoor(self.rooms, self.speak).take_template(turn, dialog)
            case Awaited.LABEL:
                await LabelsDoor(self.rooms, self.speak).take_label(turn, dialog)
            case Awaited.POPULATION:
                await PopulationDoor(self.rooms, self.speak).take_population(turn, dialog)
            case Awaited.GROUP_TAGS:
                await GroupsDoor(self.rooms, self.speak).take_tags(turn, dialog)
            case _:
                await CommendDoor(self.rooms, self.speak).take_words(turn, dialog)

    async def open(self, turn: Turn) -> None:
        """/donvi"""
        page = await self._people.open(turn.actor, turn.cause)
        await self._show_unit(turn, page)

    async def show_unit(self, turn: Turn, button: Button) -> None:
        page = await self._people.show_unit(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self._show_unit(turn, page)

    async def show_people(self, turn: Turn, button: Button) -> None:
        page = await self._people.show_people(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        names = {person.id: person.name for person in page.people}
        key = "staff.people" if names else "staff.nobody"
        rows = self._rows(turn, page.buttons, names, PERSON)
        await self.speak.reply(turn, key, rows, unit=page.unit.name, count=len(names))

    async def show_person(self, turn: Turn, button: Button) -> None:
        page = await self._people.show_person(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self._show_person(turn, page)

    async def ask_leave(self, turn: Turn, button: Button) -> None:
        page = await self._people.ask_leave(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        said = {"name": page.person.name, "unit": page.unit.name}
        await self.speak.reply(turn, "staff.ask_leave", self._rows(turn, page.buttons), **said)

    async def ask_place(self, turn: Turn, button: Button) -> None:
        page = await self._people.ask_place(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        rows = self._rows(turn, page.buttons, _names(page.places), MOVE_TO)
        await self.speak.reply(turn, "staff.ask_place", rows, name=page.person.name)

    async def decide(self, turn: Turn, button: Button) -> None:
        """Rest, return, leave or move"""
        page = await self._people.decide(turn.actor, button, turn.cause)
        await self.speak.close_press(turn, "staff.decided")
        await self._show_person(turn, page)

    async def show_findings(self, turn: Turn, button: Button) -> None:
        """A list behind the monthly check"""
        page = await self._check.show(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        lines = [self._found(turn, one) for one in page.lines]
        if page.left_out:
            lines.append(self._words(turn, "roster_check.more", count=page.left_out))
        head = self._words(turn, f"roster_check.head_{page.finding}", unit=page.unit.name)
        none = [self._words(turn, "roster_check.none_left")]
        await self.speak.show(turn, Markup("\n").join([head, *(lines or none)]))

    def _found(self, turn: Turn, found: Found) -> Markup:
        name = shortened(found.name, LONGEST_LABEL)
        place = Markup(" – {}").format(found.place) if found.place else ""
        line = Markup("• {}{}").format(name, place)
        if found.day is None:
            return line
        day = self.rooms.words.date(found.day, turn.language)
        return Markup("{} ({})").format(line, day)

    async def _show_unit(self, turn: Turn, page: UnitPage) -> None:
        rows = self._rows(turn, page.buttons, _names(page.places), UNIT)
        if page.unit is None or page.headcount is None:
            await self.speak.reply(turn, "staff.choose_unit", rows)
            return
        count = page.headcount
        figures = {"people": count.people, "joined": count.joined, "resting": count.resting}
        await self.speak.reply(turn, "staff.unit", rows, unit=page.unit.name, **figures)

    async def _show_person(self, turn: Turn, page: PersonPage) -> None:
        grants = field_grants(page.person, page.unit.id)
        lines = [self._said(turn, grant) for grant in dict.fromkeys(grants)]
        for seat in page.seats:
            key = "staff.leads" if seat.role is TeamRole.LEADER else "staff.sits"
            lines.append(self._words(turn, key, team=seat.team))
        key = "staff.has_joined" if page.person.account else "staff.not_joined"
        lines.append(self._words(turn, key))
        said = {"name": page.person.name, "unit": page.unit.name}
        rows = self._rows(turn, page.buttons)
        await self.speak.reply(turn, "staff.person", rows, lines=Markup("\n").join(lines), **said)

    def _said(self, turn: Turn, grant: Grant) -> Markup:
        """A role, its term, its decision, and whether it rests or is over."""
        words, language = self.rooms.words, turn.language
        today = self.rooms.clock.now().astimezone(LOCAL_ZONE).date()
        parts = [self._words(turn, "staff.role", role=words.text(f"role.{grant.role}", language))]
        for key, day in (("staff.from", grant.valid_from), ("staff.until", grant.valid_until)):
            parts += [self._words(turn, key, day=words.date(day, language))] if day else []
        if grant.decision:
            parts.append(self._words(turn, "staff.by_decision", decision=grant.decision))
        if grant.has_left_by(today):
            parts.append(self._words(turn, "staff.has_left"))
        elif grant.suspended_on:
            parts.append(self._words(turn, "staff.rests"))
        return Markup("").join(parts)

    def _words(self, turn: Turn, key: str, **values: object) -> Markup:
        return self.rooms.words.html(key, turn.language, **values)

    def _rows(
        self,
        turn: Turn,
        buttons: Sequence[Button],
        names: dict[str, str] | None = None,
        named: str = "",
    ) -> ButtonRows:
        """One below the other; those that lead to a thing are called what it is called."""
        names = names or {}
        words = self.rooms.words
        return tuple(
            (
                ButtonFace(
                    shortened(names[b.choice], LONGEST_LABEL)
                    if b.action == named
                    else label(words, b, turn.language),
                    press=b.id,
                ),
            )
            for b in buttons
        )


def _names(places: Sequence[Unit]) -> dict[str, str]:
    return {place.id: place.name for place in places}
