"""The residents' door: from the notice to the code, and from the code to the answer."""

from dataclasses import dataclass

from markupsafe import Markup

from domain.errors import Refusal, TooLong
from domain.model.button import Button
from domain.model.delivery import ButtonFace, ButtonRows
from domain.model.opinion import OpinionState
from domain.model.resident import DraftStep
from domain.usecases.choose_language import ChooseLanguage
from domain.usecases.own_cases import OwnCases
from domain.usecases.reply import APART, BELONGS
from domain.usecases.visit import Intake
from handlers.faces import one_a_row
from handlers.telegram.intake_screen import IntakeScreen
from handlers.telegram.presses import Route
from handlers.telegram.questions import drop_question
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn

CORRECT = "fix_"
"""What a link brings along to correct a case, before its code."""


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
            "intake:kind": self.choose,
            "intake:field": self.choose,
            "intake:fields": self.turn_fields,
            "intake:formal": self.lead_elsewhere,
            "intake:back": self.go_back,
            "intake:urgent": self.mark_urgent,
            "intake:rewrite": self.rewrite,
            "intake:file": self.file,
            "language:choose": self.choose_language,
            "opinion:settle": self.settle,
            "opinion:object": self.object_to,
            "opinion:reply": self.begin_reply,
            "reply:send": self.send_reply,
            BELONGS: self.decide,
            APART: self.decide,
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
            intake = await self.rooms.reply.take(turn.visit, words)
        except TooLong as refusal:
            await self.speak.refuse(turn, refusal)
            intake = await self.rooms.receive.begin_opinion(turn.visit)
        if turn.is_forwarded:
            await self.speak.reply(turn, "intake.forwarded")
        await self.show(turn, intake)

    async def correct(self, turn: Turn) -> None:
        """Words that were edited before they were sent."""
        text = turn.arguments if turn.text.startswith("/gopy") else turn.text
        text = text or (turn.file.caption if turn.file else "")
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
        await self.open_case(turn, turn.arguments)

    async def open_case(self, turn: Turn, code: str) -> None:
        """How far it has come, and what its writer may say to that."""
        status = await self.rooms.open_by_code.look_up(turn.who, code, turn.handle)
        language = turn.language
        card = self.rooms.letterhead.case_status(
            status.opinion, status.unit, status.answers, language, status.formerly
        )
        own = OwnCases(self.rooms.memory, self.rooms.vault, self.rooms.clock)
        buttons = await own.way_to_settle(status.opinion)
        rows = one_a_row(self.rooms.words, buttons, language)
        link = self.rooms.gateway.deep_link(f"{CORRECT}{status.opinion.code}")
        more = ButtonFace(self.rooms.words.text("correction.begin", language), url=link)
        await self.speak.show(turn, card.markup, (*rows, (more,)))

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

    async def begin_reply(self, turn: Turn, button: Button) -> None:
        """What the office asked for comes with the next message."""
        intake = await self.rooms.reply.begin(turn.visit, button)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self.show(turn, intake)

    async def decide(self, turn: Turn, button: Button) -> None:
        """Whether what they wrote answers what the office asked."""
        await self._go_on(turn, await self.rooms.reply.decide(turn.visit, button))

    async def send_reply(self, turn: Turn, button: Button) -> None:
        await self.rooms.reply.send(turn.visit, button)
        await self.speak.close_press(turn, "reply.sent")

    async def settle(self, turn: Turn, button: Button) -> None:
        settled = await self.rooms.follow.settle_case(button, turn.cause)
        solved = settled.opinion.state is OpinionState.CLOSED
        key = "follow.solved_note" if solved else "follow.reopened_note"
        words, opinion = self.rooms.words, settled.opinion
        rows = one_a_row(words, settled.further, turn.language)
        due = words.date(opinion.due_at, turn.language)
        await self.speak.close_press(turn, key, rows, code=opinion.code, due=due)

    async def object_to(self, turn: Turn, button: Button) -> None:
        """Why it is not solved."""
        await self.rooms.follow.object_to(button, turn.cause)
        await self.speak.close_press(turn, "follow.objection_noted")

    async def choose_language(self, turn: Turn, button: Button) -> None:
        intake = await ChooseLanguage(self.rooms.receive).choose(turn.visit, button)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self.show(turn, intake)

    async def choose(self, turn: Turn, button: Button) -> None:
        """What it is, or what about; the next question takes this one's place."""
        await self._go_on(turn, await self.rooms.describe_opinion.choose(turn.visit, button))

    async def turn_fields(self, turn: Turn, button: Button) -> None:
        await self._go_on(turn, await self.rooms.describe_opinion.turn_fields(turn.visit, button))

    async def go_back(self, turn: Turn, button: Button) -> None:
        await self._go_on(turn, await self.rooms.describe_opinion.go_back(turn.visit, button))

    async def mark_urgent(self, turn: Turn, button: Button) -> None:
        await self._go_on(turn, await self.rooms.describe_opinion.mark_urgent(turn.visit, button))

    async def lead_elsewhere(self, turn: Turn, button: Button) -> None:
        """A complaint or a denunciation: where it is filed, and that nothing is kept here."""
        matter = await self.rooms.describe_opinion.lead_elsewhere(turn.visit, button)
        await self.speak.replace_pressed(turn)
        await self.speak.reply(turn, f"formal.{matter}")

    async def show(self, turn: Turn, intake: Intake) -> None:
        """The present step, or where to begin if there is none."""
        await self.speak.show(turn, *await self.screen(intake))

    async def _go_on(self, turn: Turn, intake: Intake) -> None:
        """The last look names all that was chosen: the questions need not stay."""
        await self.speak.replace_pressed(turn)
        await self.show(turn, intake)

    async def screen(self, intake: Intake) -> tuple[Markup, ButtonRows]:
        """What an intake looks like, and the buttons below it."""
        words, screen = self.rooms.words, IntakeScreen(self.rooms.words)
        if intake.draft is None:
            greeting = words.html("start.resident", intake.resident.language)
            return greeting, screen.rows(intake)
        body = await self.office() if intake.draft.step is DraftStep.CONSENT else ""
        asked = intake.draft.may_answer
        code = await self.rooms.reply.code_of(asked) if asked else ""
        return screen.shown(intake, intake.draft, body, code), screen.rows(intake)

    async def office(self) -> str:
        root = await self.rooms.memory.root()
        if root is None:
            raise Refusal("errors.no_office")
        return root.issuing_body
