"""The supervisor's door to conferences and trainings: /hoinghi."""

import asyncio
from dataclasses import dataclass

from markupsafe import Markup

from domain.model.button import Button
from domain.model.delivery import ButtonFace, ButtonRows, Payload
from domain.model.dialog import Dialog
from domain.model.hall_code import spaced
from domain.usecases.attend_conference import AGAIN, NAME, PICTURE, TYPE_CODE, CodeView
from domain.usecases.call_conference import ConferenceList
from domain.usecases.change_conference import MOVE, Proposal
from domain.usecases.conference_screen import (
    ASK_CANCEL,
    ASK_CHANGE,
    ASK_MATERIAL,
    CALL,
    CANCEL,
    CHANGE,
    CHOOSE,
    CODE,
    DISCARD,
    EDIT,
    FIND,
    LIST,
    MARK,
    NEW,
    OPEN,
    SEND,
    ConferenceView,
)
from domain.usecases.send_conference_note import MATERIAL
from handlers.conference_papers import faces, facts, led_page, line, turnout
from handlers.faces import face, label, one_a_row, paired, shortened
from handlers.hall_pictures import picture_of
from handlers.telegram.invitations import HALL, InvitationsDoor
from handlers.telegram.presses import Route
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn

LONGEST_LABEL = 40


@dataclass(frozen=True, slots=True)
class ConferencesDoor:
    """Conferences in the chat (hội nghị, tập huấn)."""

    rooms: Rooms
    speak: Speak
    invitations: InvitationsDoor

    def presses(self) -> dict[str, Route]:
        """The buttons behind /hoinghi."""
        return {
            LIST: self.show_list,
            NEW: self.prepare,
            OPEN: self.open,
            EDIT: self.open,
            CHOOSE: self.choose,
            DISCARD: self.discard,
            CALL: self.call,
            ASK_CHANGE: self.ask_change,
            CHANGE: self.change,
            ASK_CANCEL: self.ask_cancel,
            CANCEL: self.cancel,
            CODE: self.show_code,
            FIND: self.ask_name,
            MARK: self.mark,
            ASK_MATERIAL: self.ask_material,
            SEND: self.send,
            **self.invitations.presses(),
        }

    async def start(self, turn: Turn) -> None:
        """/hoinghi, alone or with the code that the hall is shown"""
        if turn.arguments or not turn.actor.units_for(CALL):
            await self.invitations.start(turn)
            return
        await self._show_list(
            turn, await self.rooms.call_conference.list_conferences(turn.actor, turn.cause)
        )

    async def show_list(self, turn: Turn, _: Button) -> None:
        listed = await self.rooms.call_conference.list_conferences(turn.actor, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self._show_list(turn, listed)

    async def prepare(self, turn: Turn, button: Button) -> None:
        view = await self.rooms.call_conference.prepare(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self._show(turn, view)

    async def open(self, turn: Turn, button: Button) -> None:
        view = await self.rooms.call_conference.open(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self._show(turn, view)

    async def choose(self, turn: Turn, button: Button) -> None:
        view = await self.rooms.call_conference.choose(turn.actor, button, turn.cause)
        chosen = self._choice(button, turn.language)
        await self.speak.close_press(turn, "conference.chosen", choice=chosen)
        await self._show(turn, view)

    async def discard(self, turn: Turn, button: Button) -> None:
        await self.rooms.call_conference.discard(turn.actor, button, turn.cause)
        await self.speak.close_press(turn, "conference.discarded")

    async def call(self, turn: Turn, button: Button) -> None:
        view = await self.rooms.call_conference.call(turn.actor, button, turn.cause)
        await self.speak.close_press(turn, "conference.called", count=view.turnout.invited)
        await self._show(turn, view)

    async def ask_change(self, turn: Turn, button: Button) -> None:
        what = await self.rooms.change_conference.ask(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self.speak.reply(turn, f"conference_ask.{what}")

    async def change(self, turn: Turn, button: Button) -> None:
        view = await self.rooms.change_conference.change(turn.actor, button, turn.cause)
        await self.speak.close_press(turn, "conference.everybody_told")
        await self._show(turn, view)

    async def ask_cancel(self, turn: Turn, button: Button) -> None:
        proposal = await self.rooms.change_conference.ask_cancel(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self._propose(turn, proposal)

    async def cancel(self, turn: Turn, button: Button) -> None:
        view = await self.rooms.change_conference.cancel(turn.actor, button, turn.cause)
        await self.speak.close_press(turn, "conference.everybody_told")
        await self._show(turn, view)

    async def ask_material(self, turn: Turn, button: Button) -> None:
        await self.rooms.send_conference_note.ask(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self.speak.reply(turn, "conference.ask_material")

    async def send(self, turn: Turn, button: Button) -> None:
        view = await self.rooms.send_conference_note.send(turn.actor, button, turn.cause)
        await self.speak.close_press(turn, "conference.everybody_told")
        await self._show(turn, view)

    async def show_code(self, turn: Turn, button: Button) -> None:
        """The code; the next one takes its place in the same message. Or a picture to scan."""
        view = await self.rooms.attend.show_code(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        if button.choice == PICTURE:
            await self._show_picture(turn, view)
            return
        page, rows = self._code_page(turn, view)
        if button.choice == AGAIN:
            await self.rooms.gateway.edit(turn.chat, turn.message_id, Payload(page, rows))
        else:
            await self.speak.show(turn, page, rows)

    async def ask_name(self, turn: Turn, button: Button) -> None:
        await self.rooms.attend.ask_name(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self.speak.reply(turn, "conference.ask_name")

    async def mark(self, turn: Turn, button: Button) -> None:
        person = await self.rooms.attend.mark(turn.actor, button, turn.cause)
        await self.speak.close_press(turn, "conference.marked", name=person.name)

    async def take_words(self, turn: Turn, dialog: Dialog) -> None:
        """A plain message: whatever was asked last."""
        actor, about, cause = turn.actor, dialog.subject, turn.cause
        match dialog.note:
            case note if note == TYPE_CODE:
                await self.invitations.check_in(turn, turn.text)
            case note if note == NAME:
                await self._find(turn, about)
            case note if note == MATERIAL:
                change = await self.rooms.send_conference_note.propose(
                    actor, about, turn.text, cause
                )
                await self._propose(turn, change)
            case note if note in MOVE.values():
                changing = self.rooms.change_conference
                await self._propose(
                    turn, await changing.propose(actor, about, note, turn.text, cause)
                )
            case key:
                view = await self.rooms.call_conference.say(actor, about, key, turn.text, cause)
                await self._show(turn, view)

    async def _find(self, turn: Turn, conference_id: str) -> None:
        found = await self.rooms.attend.find(turn.actor, conference_id, turn.text, turn.cause)
        names = {one.person_id: f"{one.name}, {one.unit_name}" for one in found.people}
        rows = tuple(
            (ButtonFace(shortened(names[b.choice], LONGEST_LABEL), press=b.id),)
            for b in found.buttons
        )
        lines = [self._words(turn, "conference.found" if rows else "conference.found_nobody")]
        lines += [self._words(turn, "conference.found_here", name=one.name) for one in found.here]
        if found.left_out:
            lines.append(self._words(turn, "conference.found_more", count=found.left_out))
        await self.speak.show(turn, Markup("\n").join(lines), rows)

    async def _show_list(self, turn: Turn, listed: ConferenceList) -> None:
        known = {one.id: one for one in listed.conferences}
        places = {place.id: place.name for place in listed.places}
        lines = [line(self.rooms.words, one, turn.language) for one in listed.conferences]
        head = self._words(turn, "conference.list" if lines else "conference.list_empty")
        rows = []
        for button in listed.buttons:
            name = label(self.rooms.words, button, turn.language)
            if button.action == OPEN:
                name = known[button.subject].title or name
            elif button.action == NEW and len(places) > 1:
                name = f"{name}: {places[button.subject]}"
            rows.append((ButtonFace(shortened(name, LONGEST_LABEL), press=button.id),))
        await self.speak.show(turn, Markup("\n").join([head, *lines]), tuple(rows))

    async def _show(self, turn: Turn, view: ConferenceView) -> None:
        words, language = self.rooms.words, turn.language
        if not view.asked:
            rows = paired(self._way(button, language) for button in view.buttons)
            await self.speak.show(turn, led_page(words, view, language), rows)
            return
        asked = words.html(f"conference_ask.{view.asked}", language)
        rows = paired(self._way(button, language) for button in view.buttons)
        await self.speak.show(turn, asked, rows)

    async def _propose(self, turn: Turn, proposal: Proposal) -> None:
        about = facts(self.rooms.words, proposal.conference, turn.language)
        page = self._words(
            turn,
            f"conference_propose.{proposal.what}",
            facts=about,
            count=proposal.people,
            text=proposal.text,
        )
        await self.speak.show(
            turn, page, one_a_row(self.rooms.words, proposal.buttons, turn.language)
        )

    async def _show_picture(self, turn: Turn, view: CodeView) -> None:
        link = self.rooms.gateway.deep_link(f"{HALL}{view.code}")
        picture = await asyncio.to_thread(picture_of, link)
        until = self.rooms.words.clock(view.until, turn.language)
        said = {"title": view.conference.title, "code": spaced(view.code), "until": until}
        await self.speak.show_file(turn, picture, "conference.scan", **said)

    def _code_page(self, turn: Turn, view: CodeView) -> tuple[Markup, ButtonRows]:
        words = self.rooms.words
        page = self._words(
            turn,
            "conference.code",
            title=view.conference.title,
            code=spaced(view.code),
            until=words.clock(view.until, turn.language),
            **turnout(view.turnout),
        )
        return page, faces(words, view.buttons, turn.language)

    def _way(self, button: Button, language: str) -> ButtonFace:
        if button.action == CHOOSE:
            return ButtonFace(self._choice(button, language), press=button.id)
        return face(self.rooms.words, button, language)

    def _choice(self, button: Button, language: str) -> str:
        """What a button says about a draft, by the kind of thing it says."""
        words, (key, _, value) = self.rooms.words, button.choice.partition(":")
        match key:
            case "kind":
                return words.text(f"conference_kind.{value}", language)
            case "audience":
                return words.text(f"conference_audience.{value}", language)
            case "minutes":
                return words.text("conference.minutes", language, minutes=value)
            case _:
                return words.text("conference.no_note", language)

    def _words(self, turn: Turn, key: str, **values: object) -> Markup:
        return self.rooms.words.html(key, turn.language, **values)
