"""The door to one's own cases: /ykiencuatoi, and from there each of them."""

from dataclasses import dataclass

from domain.model.allowance import Act
from domain.model.delivery import ButtonFace, ButtonRows
from domain.usecases.own_cases import OwnCases, OwnPage
from handlers.own_data import OwnData
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn

MINE, MORE = "mine_", "more_"
"""What a link to a case, or to those filed before it, brings along before its code."""


@dataclass(frozen=True, slots=True)
class OwnCasesDoor:
    """One's own cases (ý kiến của tôi)."""

    rooms: Rooms
    speak: Speak

    async def show(self, turn: Turn, after: str = "") -> None:
        """/ykiencuatoi, or a link to the page after one of them"""
        await self.rooms.keep_within.spend(turn.who, Act.OWN_DATA, turn.handle)
        page = await self._own.page(turn.who, after)
        if not page.cases:
            await self.speak.reply(turn, "own_cases.none")
            return
        lines = OwnData(self.rooms.words, turn.language).lines(page.cases)
        rows = self._links(page, turn.language)
        await self.speak.reply(turn, "own_cases.list", rows, count=page.count, lines=lines)

    @property
    def _own(self) -> OwnCases:
        return OwnCases(self.rooms.memory, self.rooms.vault, self.rooms.clock)

    def _links(self, page: OwnPage, language: str) -> ButtonRows:
        """Links, and no buttons: the rows of those would stand side by side in main."""
        words, rows = self.rooms.words, list[tuple[ButtonFace]]()
        for one in page.cases:
            label = words.text("own_cases.open", language, code=one.opinion.code)
            rows.append(self._link(label, MINE, one.opinion.code))
        if page.last:
            rows.append(self._link(words.text("own_cases.further", language), MORE, page.last))
        return tuple(rows)

    def _link(self, label: str, way: str, code: str) -> tuple[ButtonFace]:
        return (ButtonFace(label, url=self.rooms.gateway.deep_link(f"{way}{code}")),)
