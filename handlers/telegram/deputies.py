"""The door to deputies, behind /donvi: who stands in for whom, another one, an early end."""

from dataclasses import dataclass

from markupsafe import Markup

from domain.model.button import Button
from domain.model.delivery import ButtonFace, ButtonRows
from domain.model.deputy import Deputy, Place
from domain.model.dialog import Dialog
from domain.usecases.name_deputy import (
    END,
    LIST,
    NAME,
    PEOPLE,
    PLACES,
    TERM,
    DeputyPage,
    NameDeputy,
)
from handlers.faces import label, shortened
from handlers.telegram.presses import Route
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn

LONGEST_LABEL = 40


@dataclass(frozen=True, slots=True)
class DeputiesDoor:
    """Deputies in the chat (ủy quyền)."""

    rooms: Rooms
    speak: Speak

    def presses(self) -> dict[str, Route]:
        """The button beside a unit, and those on the way to a deputy."""
        return {
            LIST: self.show,
            PLACES: self.ask_place,
            PEOPLE: self.ask_person,
            TERM: self.ask_term,
            NAME: self.name_for_weeks,
            END: self.end_early,
        }

    @property
    def _deputies(self) -> NameDeputy:
        rooms = self.rooms
        return NameDeputy(rooms.memory, rooms.clock, rooms.ids, rooms.letterhead)

    async def show(self, turn: Turn, button: Button) -> None:
        page = await self._deputies.list_deputies(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self._show(turn, page)

    async def ask_place(self, turn: Turn, button: Button) -> None:
        page = await self._deputies.ask_place(turn.actor, button, turn.cause)
        await self._ask(turn, page, "deputy.ask_place")

    async def ask_person(self, turn: Turn, button: Button) -> None:
        page = await self._deputies.ask_person(turn.actor, button, turn.cause)
        await self._ask(turn, page, "deputy.ask_person")

    async def ask_term(self, turn: Turn, button: Button) -> None:
        page = await self._deputies.ask_term(turn.actor, button, turn.cause)
        holder, deputy = page.people
        await self._ask(turn, page, "deputy.ask_term", deputy=deputy.name, holder=holder.name)

    async def name_for_weeks(self, turn: Turn, button: Button) -> None:
        page = await self._deputies.name_for_weeks(turn.actor, button, turn.cause)
        await self.speak.close_press(turn, "deputy.is_named")
        await self._show(turn, page)

    async def take_term(self, turn: Turn, dialog: Dialog) -> None:
        """A plain message: from which day to which."""
        page = await self._deputies.name_by_words(turn.actor, dialog, turn.text, turn.cause)
        await self.speak.reply(turn, "deputy.is_named")
        await self._show(turn, page)

    async def end_early(self, turn: Turn, button: Button) -> None:
        page = await self._deputies.end_early(turn.actor, button, turn.cause)
        await self.speak.close_press(turn, "deputy.is_ended")
        await self._show(turn, page)

    async def _ask(self, turn: Turn, page: DeputyPage, key: str, **values: object) -> None:
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self.speak.reply(turn, key, self._rows(turn, page), unit=page.unit.name, **values)

    async def _show(self, turn: Turn, page: DeputyPage) -> None:
        key = "deputy.page" if page.deputies else "deputy.nobody_yet"
        lines = Markup("\n").join(self._line(turn, one) for one in page.deputies)
        rows = self._rows(turn, page)
        await self.speak.reply(turn, key, rows, unit=page.unit.name, lines=lines)

    def _line(self, turn: Turn, one: Deputy) -> Markup:
        words, language = self.rooms.words, turn.language
        first, last = one.grant.valid_from, one.grant.valid_until
        return words.html(
            "deputy.line",
            language,
            deputy=one.person.name,
            holder=one.holder.name,
            role=words.text(f"role.{one.grant.role}", language),
            first=words.date(first, language) if first else "…",
            last=words.date(last, language) if last else "…",
        )

    def _rows(self, turn: Turn, page: DeputyPage) -> ButtonRows:
        return tuple((self._face(turn, page, button),) for button in page.buttons)

    def _face(self, turn: Turn, page: DeputyPage, button: Button) -> ButtonFace:
        """Under the name of whoever it is about, if it is about somebody."""
        words, language = self.rooms.words, turn.language
        names = {one.id: one.name for one in page.people}
        if button.action == PEOPLE and not button.choice.isdecimal():
            place = Place.of(button.choice)
            role = words.text(f"role.{place.role}", language)
            said = shortened(f"{names[place.holder_id]} – {role}", LONGEST_LABEL)
        elif button.action == TERM:
            said = shortened(names[button.choice], LONGEST_LABEL)
        elif button.action == NAME:
            said = words.text("button.deputy_name", language, n=int(button.choice))
        elif button.action == END:
            ending = {one.person.id: one.person.name for one in page.deputies}
            name = ending[button.choice.partition("|")[0]]
            said = words.text("button.deputy_end", language, name=shortened(name, LONGEST_LABEL))
        else:
            said = label(words, button, language)
        return ButtonFace(said, press=button.id)
