"""The door to a unit's population, behind /donvi."""

from dataclasses import dataclass

from domain.model.button import Button
from domain.model.dialog import Dialog
from domain.usecases.set_population import SHOW, SetPopulation
from handlers.telegram.presses import Route
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn


@dataclass(frozen=True, slots=True)
class PopulationDoor:
    """How many people live in a unit, in the chat (dân số)."""

    rooms: Rooms
    speak: Speak

    def presses(self) -> dict[str, Route]:
        """The button on a unit's page."""
        return {SHOW: self.show}

    async def show(self, turn: Turn, button: Button) -> None:
        unit = await self._use.show_population(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        key = "population.stands" if unit.population else "population.unknown"
        await self.speak.reply(turn, key, unit=unit.name, people=unit.population)

    async def take_population(self, turn: Turn, dialog: Dialog) -> None:
        """A plain message: how many people."""
        unit = await self._use.set_population(turn.actor, dialog.subject, turn.text, turn.cause)
        await self.speak.reply(turn, "population.set", unit=unit.name, people=unit.population)

    @property
    def _use(self) -> SetPopulation:
        return SetPopulation(self.rooms.memory, self.rooms.clock)
