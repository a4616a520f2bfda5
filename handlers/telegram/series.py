"""The door to series: which part of which topic a draft is."""

from dataclasses import dataclass

from domain.model.button import Button
from domain.model.delivery import ButtonFace
from domain.usecases.choose_series import CHOOSE, LEAVE, OPEN, ChooseSeries, SeriesPage
from handlers.faces import label, shortened
from handlers.schedules import series_said
from handlers.telegram.compose import ComposeDoor
from handlers.telegram.presses import Route
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn

LONGEST_LABEL = 40


@dataclass(frozen=True, slots=True)
class SeriesDoor:
    """Choosing a series in the chat (loạt bài)."""

    rooms: Rooms
    speak: Speak
    compose: ComposeDoor

    def presses(self) -> dict[str, Route]:
        """The buttons, by the action that their rows name."""
        return {OPEN: self.open, CHOOSE: self.choose, LEAVE: self.choose}

    async def open(self, turn: Turn, button: Button) -> None:
        page = await self._use.open(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        rows = tuple((ButtonFace(self._label(one), press=one.id),) for one in page.buttons)
        await self.speak.reply(turn, "series.ask", rows, now=self._now(page))

    async def choose(self, turn: Turn, button: Button) -> None:
        preview = await self._use.choose(turn.actor, button, turn.cause)
        words, series = self.rooms.words, preview.draft.series
        said = series_said(words, series) if series else words.text("series.no_series")
        await self.speak.close_press(turn, "compose.chosen", choice=said)
        await self.compose.show(turn, preview)

    def _now(self, page: SeriesPage) -> str:
        words, series = self.rooms.words, page.draft.series
        return series_said(words, series) if series else words.text("series.no_series")

    def _label(self, button: Button) -> str:
        words = self.rooms.words
        match button.action:
            case "series:choose":
                return shortened(button.choice, LONGEST_LABEL)
            case "compose:open":
                return words.text("button.reach_done")
            case _:
                return label(words, button)

    @property
    def _use(self) -> ChooseSeries:
        return ChooseSeries(self.rooms.compose)
