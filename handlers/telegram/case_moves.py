"""The door of whoever moves a case along: to a colleague, back, to another unit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from domain.model.access import Permission
from domain.model.button import Button
from domain.model.delivery import ButtonFace, ButtonRows, Payload, Rejected
from domain.model.dialog import Dialog
from domain.model.office_word import BY_PERMISSION
from domain.model.opinion import OpinionState
from domain.usecases.forward import PLACE, SEND, Places
from domain.usecases.hand_over import GIVE_TO, PAGE
from domain.usecases.triage import FURTHER, USUAL
from domain.usecases.write_back import REWRITE, SUBMIT
from handlers.faces import face, one_a_row, paired
from handlers.periods import until_said
from handlers.telegram.letter_preview import show_preview
from handlers.telegram.presses import Route
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn
from handlers.telegram.use_template import UseTemplateDoor


@dataclass(frozen=True, slots=True)
class CaseMovesDoor:
    """Moving cases along in the chat (chuyển giao ý kiến)."""

    rooms: Rooms
    speak: Speak

    def presses(self) -> dict[str, Route]:
        """The buttons, by the action that their rows name."""
        return {
            FURTHER: self.turn_menu,
            USUAL: self.turn_menu,
            Permission.OPINION_ASSIGN: self.list_colleagues,
            PAGE: self.turn_colleagues,
            GIVE_TO: self.assign,
            Permission.OPINION_GIVE_BACK: self.give_back,
            Permission.OPINION_ALARM: self.sound_alarm,
            Permission.OPINION_FORWARD: self.look_around,
            PLACE: self.go_on_looking,
            **dict.fromkeys(BY_PERMISSION, self.ask_words),
            REWRITE: self.ask_words,
            "case_letter:send": self.send_words,
            SUBMIT: self.send_words,
            "forward:choose": self.preview_forward,
            SEND: self.forward,
        }

    async def turn_menu(self, turn: Turn, button: Button) -> None:
        """The buttons change, the words above them stay: a copy of them would never be deleted."""
        buttons = await self.rooms.triage.turn_menu(turn.actor, button, turn.cause)
        rows = paired(face(self.rooms.words, one) for one in buttons)
        await self.rooms.gateway.acknowledge(turn.press_id)
        shown = Payload(turn.pressed_markup, rows)
        edit = self.rooms.gateway.edit
        if not turn.pressed_markup or isinstance(
            await edit(turn.chat, turn.message_id, shown), Rejected
        ):
            await self.speak.reply(turn, "moves.menu", rows)

    async def list_colleagues(self, turn: Turn, button: Button) -> None:
        await self.rooms.gateway.acknowledge(turn.press_id)
        markup, rows = await self._colleagues(turn, button)
        await self.speak.show(turn, markup, rows)

    async def turn_colleagues(self, turn: Turn, button: Button) -> None:
        await self.speak.turn_page(turn, *await self._colleagues(turn, button))

    async def assign(self, turn: Turn, button: Button) -> None:
        opinion, colleague = await self.rooms.hand_over.assign_case(turn.actor, button, turn.cause)
        named = colleague.name
        await self.speak.close_press(turn, "moves.assigned", code=opinion.number, name=named)

    async def give_back(self, turn: Turn, button: Button) -> None:
        opinion = await self.rooms.hand_over.give_back(turn.actor, button, turn.cause)
        await self.speak.close_press(turn, "moves.given_back", code=opinion.number)

    async def sound_alarm(self, turn: Turn, button: Button) -> None:
        """Who was told, what to do now, and words to the resident that can be copied."""
        opinion, count = await self.rooms.sound_alarm.sound(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        key = "alarm.told" if count else "alarm.nobody"
        await self.speak.reply(turn, key, code=opinion.number, count=count)
        words = self.rooms.words.text("alarm.letter", opinion.language)
        await self.speak.reply(turn, "alarm.advice", words=words)

    async def look_around(self, turn: Turn, button: Button) -> None:
        places = await self.rooms.forward.show_places(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self.speak.show(turn, *self._places(places))

    async def go_on_looking(self, turn: Turn, button: Button) -> None:
        places = await self.rooms.forward.show_places(turn.actor, button, turn.cause)
        await self.speak.turn_page(turn, *self._places(places))

    async def preview_forward(self, turn: Turn, button: Button) -> None:
        preview = await self.rooms.forward.preview(turn.actor, button, turn.cause)
        words = self.rooms.words
        letter: Markup | str = words.html("moves.no_address")
        if preview.letter:
            letter = Markup(preview.letter.markup)  # noqa: S704 - escaped by the letterhead
        lost: Markup | str = ""
        if preview.lost:
            lost = words.html("label.lost", labels=", ".join(preview.lost))
        about = {"code": preview.opinion.number, "unit": preview.unit.name}
        values = {**about, "letter": letter, "lost": lost}
        rows = one_a_row(words, preview.buttons)
        await self.speak.turn_page(turn, words.html("moves.forward_preview", **values), rows)

    async def forward(self, turn: Turn, button: Button) -> None:
        opinion, unit = await self.rooms.forward.forward_case(turn.actor, button, turn.cause)
        await self.speak.close_press(turn, "moves.forwarded", code=opinion.number, unit=unit.name)

    async def ask_words(self, turn: Turn, button: Button) -> None:
        asked = await self.rooms.write_back.ask_words(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await UseTemplateDoor(self.rooms, self.speak).ask(turn, asked)

    async def take_words(self, turn: Turn, dialog: Dialog) -> None:
        """The text of a letter that was asked for: shown as the resident will read it."""
        preview = await self.rooms.write_back.preview(turn.actor, dialog, turn.text, turn.cause)
        await show_preview(self.rooms, self.speak, turn, preview)

    async def send_words(self, turn: Turn, button: Button) -> None:
        opinion, kind = await self.rooms.write_back.send(turn.actor, button, turn.cause)
        waits = opinion.state is OpinionState.IN_PROGRESS
        key = "letter.submitted" if waits else f"sent_letter.{kind}"
        days = self.rooms.times.more_info_days
        until = until_said(self.rooms.words, opinion, turn.language, days)
        await self.speak.close_press(turn, key, code=opinion.number, until=until)

    async def _colleagues(self, turn: Turn, button: Button) -> tuple[Markup, ButtonRows]:
        found = await self.rooms.hand_over.list_colleagues(turn.actor, button, turn.cause)
        key = "moves.to_whom" if found.people else "moves.nobody_else"
        names = {person.id: person.name for person in found.people}
        rows = paired(self._named(found.buttons, names))
        return self.rooms.words.html(key, code=found.opinion.number), rows

    def _places(self, places: Places) -> tuple[Markup, ButtonRows]:
        names = {f"{one.id}/0": one.name for one in places.around}
        above = places.place.parent_id
        if above:
            names[f"{above}/0"] = self.rooms.words.text("moves.up", unit=names[f"{above}/0"])
        names[places.place.id] = self.rooms.words.text("moves.to_here", unit=places.place.name)
        names |= {
            one.choice: self.rooms.words.text(
                "moves.page", page=int(one.choice.partition("/")[2]) + 1
            )
            for one in places.buttons
            if one.choice.startswith(f"{places.place.id}/")
        }
        shown = self.rooms.words.html(
            "moves.where_to", code=places.opinion.number, unit=places.place.name
        )
        return shown, paired(self._named(places.buttons, names))

    def _named(self, buttons: Iterable[Button], names: Mapping[str, str]) -> Iterable[ButtonFace]:
        """Names of people and places are theirs; what is none is a word of ours."""
        for one in buttons:
            shown = names.get(one.choice)
            yield ButtonFace(shown, press=one.id) if shown else face(self.rooms.words, one)
