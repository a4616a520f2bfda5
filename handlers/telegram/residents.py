"""The residents' door: from the notice to the code, and from the code to the answer."""

from dataclasses import dataclass
from enum import StrEnum

from markupsafe import Markup

from domain.errors import Refusal, TooLong
from domain.model.button import Button
from domain.model.delivery import ButtonFace, ButtonRows
from domain.model.heard import Heard
from domain.model.opinion import OpinionState
from domain.model.resident import DraftStep, OpinionDraft
from domain.model.text import masked
from domain.usecases.visit import Intake
from handlers.faces import face, label, one_a_row, paired, told_apart
from handlers.telegram.presses import Route
from handlers.telegram.questions import drop_question
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn

STEPS = {
    DraftStep.CONSENT: "intake.notice",
    DraftStep.TEXT: "intake.ask_text",
    DraftStep.UNIT: "intake.ask_unit",
    DraftStep.CONFIRM: "intake.confirm",
}

HEARD_STEPS = {
    DraftStep.CONSENT: "intake.notice",
    DraftStep.BEARING: "heard.ask_bearing",
    DraftStep.TEXT: "heard.ask_text",
    DraftStep.FIELD: "heard.ask_field",
    DraftStep.UNIT: "heard.ask_unit",
    DraftStep.SPREAD: "heard.ask_spread",
    DraftStep.INTEREST: "heard.ask_interest",
    DraftStep.CONFIRM: "heard.confirm",
}
CHOSEN = {
    "heard:bearing": "bearing",
    "heard:field": "field",
    "heard:spread": "spread",
    "heard:interest": "interest",
}
"""Whose names the choices of these actions bear."""


@dataclass(frozen=True, slots=True)
class ResidentsDoor:
    """Writing in and following up (góp ý, tra cứu)."""

    rooms: Rooms
    speak: Speak

    def presses(self) -> dict[str, Route]:
        """The buttons, by the action that their rows name."""
        return {
            "intake:agree": self.agree,
            "intake:decline": self.cancel,
            "intake:cancel": self.cancel,
            "intake:unit": self.choose_unit,
            "intake:page": self.turn_page,
            "intake:rewrite": self.rewrite,
            "intake:file": self.file,
            "language:choose": self.choose_language,
            "opinion:settle": self.settle,
        }

    async def greet(self, turn: Turn, unit_code: str = "") -> None:
        """/start, perhaps from a poster that names a place"""
        await self.show(turn, await self.rooms.receive.greet(turn.visit, unit_code))

    async def begin(self, turn: Turn) -> None:
        """/gopy, perhaps with the words in the same message"""
        await drop_question(self.rooms, turn)
        words = turn.written(turn.arguments)
        await self.show(turn, await self.rooms.receive.begin_opinion(turn.visit, words=words))

    async def take_words(self, turn: Turn) -> None:
        """Any private words of a resident; what is full already can still be sent as it is."""
        words = turn.written(turn.text)
        try:
            intake = await self.rooms.receive.begin_opinion(turn.visit, words=words)
        except TooLong as refusal:
            await self.speak.refuse(turn, refusal)
            intake = await self.rooms.receive.begin_opinion(turn.visit)
        await self.show(turn, intake)

    async def correct(self, turn: Turn) -> None:
        """Words that were edited before they were sent."""
        text = turn.arguments if turn.text.startswith("/gopy") else turn.text
        words = turn.written(text)
        if words is None or text.startswith("/"):
            raise Refusal("start.edited")
        intake = await self.rooms.receive.correct_draft(turn.visit, words)
        await self.speak.reply(turn, "intake.corrected")
        await self.show(turn, intake)

    async def look_up(self, turn: Turn) -> None:
        """/tracuu CODE"""
        if not turn.arguments:
            raise Refusal("follow.code_missing")
        status = await self.rooms.follow.look_up(turn.arguments)
        answers, language = status.answers, turn.language
        card = self.rooms.letterhead.case_status(status.opinion, status.unit, answers, language)
        await self.speak.show(turn, card.markup)

    async def agree(self, turn: Turn, button: Button) -> None:
        await drop_question(self.rooms, turn)
        intake = await self.rooms.receive.agree(turn.visit, button)
        await self.speak.close_press(turn, "intake.agreed")
        await self.show(turn, intake)

    async def cancel(self, turn: Turn, button: Button) -> None:
        await self.rooms.receive.cancel_draft(turn.visit, button)
        await self.speak.close_press(turn, "intake.cancelled")

    async def choose_unit(self, turn: Turn, button: Button) -> None:
        intake = await self.rooms.receive.choose_unit(turn.visit, button)
        place = intake.unit.name if intake.unit else ""
        await self.speak.close_press(turn, "intake.place_chosen", place=place)
        await self.show(turn, intake)

    async def turn_page(self, turn: Turn, button: Button) -> None:
        intake = await self.rooms.receive.turn_page(turn.visit, button)
        await self.speak.close_press(turn, "intake.next_page")
        await self.show(turn, intake)

    async def rewrite(self, turn: Turn, button: Button) -> None:
        intake = await self.rooms.receive.rewrite(turn.visit, button)
        await self.speak.close_press(turn, "intake.rewriting")
        await self.show(turn, intake)

    async def file(self, turn: Turn, button: Button) -> None:
        await self.rooms.receive.file_opinion(turn.visit, button)
        await self.speak.close_press(turn, "intake.filed")

    async def settle(self, turn: Turn, button: Button) -> None:
        settled = await self.rooms.follow.settle_case(button, turn.cause)
        solved = settled.opinion.state is OpinionState.CLOSED
        key = "follow.solved_note" if solved else "follow.reopened_note"
        rows = one_a_row(self.rooms.words, settled.way_back, turn.language)
        await self.speak.close_press(turn, key, rows, code=settled.opinion.code)

    async def choose_language(self, turn: Turn, button: Button) -> None:
        intake = await self.rooms.receive.choose_language(turn.visit, button)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self.show(turn, intake)

    async def show(self, turn: Turn, intake: Intake) -> None:
        """The present step, in the language the person has just chosen."""
        language = intake.resident.language
        words, rows = self.rooms.words, self._rows(intake, language)
        draft = intake.draft
        if draft is None:
            await self.speak.show(turn, words.html("start.resident", language), rows)
            return
        body = await self._office() if draft.step is DraftStep.CONSENT else ""
        place = intake.unit.name if intake.unit else ""
        key = (HEARD_STEPS if draft.heard else STEPS)[draft.step]
        beside = self._beside(intake, draft, language) if draft.heard else {}
        shown = words.html(key, language, body=body, place=place, text=draft.text, **beside)
        await self.speak.show(turn, shown, rows)

    def _beside(self, intake: Intake, draft: OpinionDraft, language: str) -> dict[str, object]:
        """What was said of something heard, and what to think of before it goes."""
        words, heard = self.rooms.words, draft.heard or Heard()
        notes = []
        if masked(draft.text) != draft.text:
            notes.append(words.html("heard.has_numbers", language))
        if intake.by_few:
            notes.append(words.html("heard.by_few", language))
        said: dict[str, StrEnum | None] = {
            "bearing": heard.bearing,
            "field": heard.field,
            "spread": heard.spread,
            "interest": heard.interest,
        }
        named = {
            name: words.text(f"{name}.{value}", language) if value else ""
            for name, value in said.items()
        }
        return {**named, "notes": Markup("").join(Markup("\n\n") + note for note in notes)}

    async def _office(self) -> str:
        root = await self.rooms.memory.root()
        if root is None:
            raise Refusal("errors.no_office")
        return root.issuing_body

    def _rows(self, intake: Intake, language: str) -> ButtonRows:
        """Places and languages by their names, side by side; the rest below each other."""
        words = self.rooms.words
        names = told_apart(intake.choices)
        names |= {
            button.choice: words.text(f"{CHOSEN[button.action]}.{button.choice}", language)
            for button in intake.buttons
            if button.action in CHOSEN
        }
        tongues = tuple(face(words, b) for b in intake.buttons if b.action == "language:choose")
        rows: list[tuple[ButtonFace, ...]] = []
        chosen = [b for b in intake.buttons if b.action in CHOSEN]
        rows += paired(ButtonFace(names[b.choice], press=b.id) for b in chosen)
        for button in intake.buttons:
            if button.action == "language:choose" or button in chosen:
                continue
            shown = names.get(button.choice) or label(words, button, language)
            rows.append((ButtonFace(shown, press=button.id),))
        return (*rows, tongues) if tongues else tuple(rows)
