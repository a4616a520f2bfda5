"""The door to a unit's rules for approving: one or two people, and when they are reminded."""

from dataclasses import dataclass

from markupsafe import Markup

from domain.model.button import Button
from domain.model.delivery import ButtonFace
from domain.model.review_rule import AS_ABOVE, RuleAbout, read_choice
from domain.usecases.set_review_rule import SET, SHOW, RuleLine, RulesPage
from handlers.faces import face
from handlers.telegram.presses import Route
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn

LINES = {
    RuleAbout.REMINDER: "review_rule.reminder",
    RuleAbout.GAP: "review_rule.gap",
    RuleAbout.LETTER: "review_rule.letter",
}
BUTTONS = {
    RuleAbout.REMINDER: "button.review_rule_set_reminder",
    RuleAbout.GAP: "button.review_rule_set_gap",
    RuleAbout.LETTER: "button.review_rule_set_letter",
}
NAMES = {
    RuleAbout.REMINDER: "review_rule.reminders",
    RuleAbout.GAP: "review_rule.gaps",
    RuleAbout.LETTER: "review_rule.letters",
}
"""What is no class of bulletins is called in its own words."""


@dataclass(frozen=True, slots=True)
class ReviewRulesDoor:
    """Rules for approving in the chat (quy định duyệt)."""

    rooms: Rooms
    speak: Speak

    def presses(self) -> dict[str, Route]:
        """The button beside a unit, and those of its page."""
        return {SHOW: self.show, SET: self.set_rule}

    async def show(self, turn: Turn, button: Button) -> None:
        page = await self.rooms.review_rules.show_rules(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self._show(turn, page)

    async def set_rule(self, turn: Turn, button: Button) -> None:
        page = await self.rooms.review_rules.set_rule(turn.actor, button, turn.cause)
        await self.speak.close_press(turn, "review_rule.is_set")
        await self._show(turn, page)

    async def _show(self, turn: Turn, page: RulesPage) -> None:
        lines = Markup("\n").join(self._line(turn, page, line) for line in page.lines)
        rows = tuple((self._face(turn, button),) for button in page.buttons)
        await self.speak.reply(turn, "review_rule.page", rows, unit=page.unit.name, lines=lines)

    def _line(self, turn: Turn, page: RulesPage, line: RuleLine) -> Markup:
        words, language = self.rooms.words, turn.language
        key = LINES.get(line.about, "review_rule.needs")
        said = words.html(key, language, about=self._about(turn, line.about), n=line.value)
        if line.set_at is None or line.set_at.id == page.unit.id:
            return said
        return said + words.html("review_rule.from_above", language, above=line.set_at.name)

    def _face(self, turn: Turn, button: Button) -> ButtonFace:
        words, language = self.rooms.words, turn.language
        if button.action != SET:
            return face(words, button, language)
        about, value = read_choice(button.choice)
        if value == AS_ABOVE:
            key = "button.review_rule_set_above"
        else:
            key = BUTTONS.get(about, "button.review_rule_set")
        said = words.text(key, language, about=self._about(turn, about), n=value)
        return ButtonFace(said, press=button.id)

    def _about(self, turn: Turn, about: RuleAbout) -> str:
        words = self.rooms.words
        return words.text(NAMES.get(about, f"class.{about}"), turn.language)
