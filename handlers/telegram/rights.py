"""The door to a person's rights: what is kept, erasing it, taking consent back, the language."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

from domain.errors import Refusal
from domain.model.allowance import Act
from domain.model.data_request import DONE_WITHIN
from domain.model.delivery import ButtonFace
from domain.model.opinion_kind import OpinionKind
from domain.usecases.ask_office import AskOffice
from domain.usecases.choose_language import ChooseLanguage
from domain.usecases.own_cases import OwnCases
from handlers.faces import face, paired
from handlers.own_data import OwnData
from handlers.own_pictures import Album, archives_of
from handlers.periods import REQUEST_PERIODS, periods
from handlers.telegram.residents import ResidentsDoor
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn

RIGHT = "right_"
"""What a link to a right brings along, before its command."""
WAYS = ("xem", "sua", "xoa", "rutdongy", "hoi", "hua")
"""Below the notice: the rights, asking the office, and what the channel promises."""
ASKED = "hoi_"
"""Below that way: what the office is asked for."""


@dataclass(frozen=True, slots=True)
class RightsDoor:
    """Privacy and its rights (quyền riêng tư)."""

    rooms: Rooms
    speak: Speak

    async def privacy(self, turn: Turn) -> None:
        """/quyenriengtu"""
        root = await self.rooms.memory.root()
        body = root.issuing_body if root else ""
        # Links, and no buttons: that somebody read this need not stand in main.
        rows = paired(self._way(way, turn.language) for way in WAYS)
        await self.speak.reply(turn, "rights.privacy", rows, body=body, **periods(self.rooms.times))

    async def open(self, turn: Turn, way: str) -> None:
        """A link below the notice; only to look is done by it, all else is typed or pressed."""
        if way == "xem":
            await self.view(replace(turn, text=""))
        elif way == "hua":
            await self.speak.reply(turn, "rights.promises", **periods(self.rooms.times))
        elif way == "hoi":
            rows = paired(self._request(kind, turn.language) for kind in DONE_WITHIN)
            await self.speak.reply(turn, "rights.about_hoi", rows, **REQUEST_PERIODS)
        elif way.startswith(ASKED):
            await self._ask_office(turn, way.removeprefix(ASKED))
        elif way in WAYS:
            await self.speak.reply(turn, f"rights.about_{way}")
        else:
            await self.privacy(turn)

    async def _ask_office(self, turn: Turn, asked: str) -> None:
        """What cannot be done at once becomes a case, with the days that the law gives."""
        begun = await AskOffice(self.rooms.receive).begin(turn.visit, asked)
        await ResidentsDoor(self.rooms, self.speak).show(turn, begun)

    def _way(self, way: str, language: str) -> ButtonFace:
        return self._link(f"rights.way_{way}", way, language)

    def _request(self, kind: OpinionKind, language: str) -> ButtonFace:
        return self._link(f"rights.ask_{kind}", f"{ASKED}{kind}", language)

    def _link(self, key: str, way: str, language: str) -> ButtonFace:
        label = self.rooms.words.text(key, language)
        return ButtonFace(label, url=self.rooms.gateway.deep_link(f"{RIGHT}{way}"))

    async def languages(self, turn: Turn) -> None:
        """/ngonngu"""
        buttons = await ChooseLanguage(self.rooms.receive).offer(turn.visit)
        rows = (tuple(face(self.rooms.words, button) for button in buttons),)
        await self.speak.reply(turn, "rights.choose_language", rows)

    async def view(self, turn: Turn) -> None:
        """/xem, or with a code that case alone: its address may be gone"""
        if turn.arguments:
            await self._view_case(turn)
            return
        await self.rooms.keep_within.spend(turn.who, Act.OWN_DATA, turn.handle)
        kept = await self.rooms.rights.view_kept(turn.who)
        data = OwnData(self.rooms.words, turn.language)
        await self.speak.show(turn, data.page(kept))
        await self.speak.show_file(turn, data.file(kept), "own_cases.file")
        await self._show_files(turn, self.rooms.rights.files(kept))

    async def _view_case(self, turn: Turn) -> None:
        status = await self.rooms.open_by_code.look_up(turn.who, turn.arguments, turn.handle)
        own = OwnCases(self.rooms.memory, self.rooms.vault, self.rooms.clock)
        data = OwnData(self.rooms.words, turn.language)
        file = data.case_file(await own.whole(status.opinion))
        await self.speak.show_file(turn, file, "own_cases.file")

        async def theirs() -> AsyncIterator[Album]:
            yield status.opinion.code, await own.files(status.opinion)

        await self._show_files(turn, theirs())

    async def _show_files(self, turn: Turn, albums: AsyncIterator[Album]) -> None:
        """One archive after the other, so that not all of them are in memory at once."""
        async for archive in archives_of(albums):
            await self.speak.show_file(turn, archive, "own_cases.sent_files")

    async def erase(self, turn: Turn) -> None:
        """/xoa CODE"""
        if not turn.arguments:
            raise Refusal("follow.code_missing")
        opinion = await self.rooms.open_by_code.erase(
            turn.who, turn.arguments, turn.handle, turn.cause
        )
        await self.speak.reply(turn, "rights.erased", code=opinion.code)

    async def withdraw(self, turn: Turn) -> None:
        """/rutdongy, or with a code for that case alone: nothing of it can be worked on any more"""
        if turn.arguments:
            await self.erase(turn)
            return
        await self.rooms.rights.withdraw_consent(turn.who, turn.cause)
        await self.speak.reply(turn, "rights.withdrawn")
