"""The door of whoever gives good words: what was given, another one, one taken back."""

from dataclasses import dataclass

from markupsafe import Markup

from domain.model.button import Button
from domain.model.delivery import ButtonFace, ButtonRows
from domain.model.dialog import Dialog
from domain.usecases.commend import ASK, LIST, PAGE, TAKE_BACK, CommendationPage
from handlers.commendations import thanks_line
from handlers.faces import face
from handlers.telegram.presses import Route
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn


@dataclass(frozen=True, slots=True)
class CommendDoor:
    """Good words in the chat (lời khen)."""

    rooms: Rooms
    speak: Speak

    def presses(self) -> dict[str, Route]:
        """The buttons beside a person, and beside a session that waits."""
        return {LIST: self.show, PAGE: self.show, ASK: self.ask, TAKE_BACK: self.take_back}

    async def show(self, turn: Turn, button: Button) -> None:
        page = await self.rooms.commend.list_given(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self._show(turn, page)

    async def ask(self, turn: Turn, button: Button) -> None:
        person = await self.rooms.commend.ask_words(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self.speak.reply(turn, "commendation.ask", name=person.name)

    async def take_words(self, turn: Turn, dialog: Dialog) -> None:
        """A plain message: the good word itself."""
        give = self.rooms.commend.give
        page = await give(turn.actor, dialog.subject, turn.text, turn.cause)
        key = "commendation.sent" if page.person.account else "commendation.kept"
        await self.speak.reply(turn, key, name=page.person.name)
        await self._show(turn, page)

    async def take_back(self, turn: Turn, button: Button) -> None:
        page = await self.rooms.commend.take_back(turn.actor, button, turn.cause)
        await self.speak.close_press(turn, "commendation.taken_back")
        await self._show(turn, page)

    async def _show(self, turn: Turn, page: CommendationPage) -> None:
        words, language = self.rooms.words, turn.language
        about = {"name": page.person.name, "unit": page.unit.name}
        key = "commendation.list" if page.given else "commendation.none"
        lines = [thanks_line(words, one, language) for one in page.given]
        shown = Markup("\n").join([words.html(key, language, **about), *lines])
        await self.speak.show(turn, shown, self._rows(page, language))

    def _rows(self, page: CommendationPage, language: str) -> ButtonRows:
        """To another; and for each of one's own a way to take it back, by its day."""
        words = self.rooms.words
        days = {o.given.id: words.date(o.given.given_at, language) for o in page.given}
        return tuple(
            (
                ButtonFace(
                    words.text("button.commendation_take_back", language, day=days[b.choice]),
                    press=b.id,
                )
                if b.action == TAKE_BACK
                else face(words, b, language),
            )
            for b in page.buttons
        )
