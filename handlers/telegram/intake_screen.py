"""What somebody who writes in is shown at each step, and the buttons below it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from markupsafe import Markup

from content.catalog import Words
from domain.model.button import Button
from domain.model.delivery import ButtonFace, ButtonRows
from domain.model.heard import Heard
from domain.model.opinion_kind import DATA_REQUESTS, names_formal_matter
from domain.model.resident import DraftStep, OpinionDraft
from domain.model.text import masked
from domain.usecases.visit import Intake
from handlers.faces import face, label, paired, told_apart

STEPS = {
    DraftStep.CONSENT: "intake.notice",
    DraftStep.VOICE: "voice.ask_consent",
    DraftStep.TEXT: "intake.ask_text",
    DraftStep.BELONGS: "reply.ask_belongs",
    DraftStep.KIND: "intake.ask_kind",
    DraftStep.FIELD: "intake.ask_field",
    DraftStep.UNIT: "intake.ask_unit",
    DraftStep.CONFIRM: "intake.confirm",
}

CORRECTION_STEPS = STEPS | {
    DraftStep.TEXT: "correction.ask_text",
    DraftStep.CONFIRM: "correction.confirm",
}
REPLY_STEPS = STEPS | {DraftStep.TEXT: "reply.ask_text", DraftStep.CONFIRM: "reply.confirm"}
WALK_IN_STEPS = STEPS | {
    DraftStep.CONSENT: "walk_in.ask_consent",
    DraftStep.TEXT: "walk_in.ask_text",
    DraftStep.UNIT: "walk_in.ask_unit",
    DraftStep.CONFIRM: "walk_in.confirm",
}
REQUEST_STEPS = STEPS | {DraftStep.TEXT: "rights.ask_text", DraftStep.CONFIRM: "rights.confirm"}
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
SIDE_BY_SIDE = (
    {*CHOSEN},
    {"intake:kind", "intake:field"},
    {"intake:formal"},
    {"intake:fields"},
    {"voice:agree", "voice:decline"},
    {"intake:back", "intake:rewrite"},
    {"language:choose"},
)
"""Buttons of one of these stand two by two, or all in one row if they are tongues."""


@dataclass(frozen=True, slots=True)
class IntakeScreen:
    """The steps of writing in, as they are read (màn hình góp ý)."""

    words: Words

    def shown(self, intake: Intake, draft: OpinionDraft, body: str, code: str = "") -> Markup:
        """The present step, in the language the person has just chosen."""
        language = intake.resident.language
        own = REQUEST_STEPS if draft.kind in DATA_REQUESTS else STEPS
        own = REPLY_STEPS if draft.replies_to else own
        own = CORRECTION_STEPS if draft.corrects else own
        own = WALK_IN_STEPS if draft.at_desk else own
        key = (HEARD_STEPS if draft.heard else own)[draft.step]
        beside = self._heard(intake, draft) if draft.heard else self._said(intake, draft)
        place = intake.unit.name if intake.unit else ""
        beside |= {"body": body, "code": code, "place": place}
        return self.words.html(key, language, text=self._text(draft, language), **beside)

    def rows(self, intake: Intake) -> ButtonRows:
        """Choices and tongues side by side; the rest below each other."""
        rows: list[tuple[ButtonFace, ...]] = []
        for group in _grouped(intake.buttons):
            faces = [self._face(intake, button) for button in group]
            if group[0].action == "language:choose":
                rows.append(tuple(faces))
            else:
                rows += paired(faces)
        return tuple(rows)

    def _face(self, intake: Intake, button: Button) -> ButtonFace:
        language = intake.resident.language
        if button.action == "language:choose":
            return face(self.words, button)
        if button.action in CHOSEN:
            named = self.words.text(f"{CHOSEN[button.action]}.{button.choice}", language)
            return ButtonFace(named, press=button.id)
        place = told_apart(intake.choices).get(button.choice)
        return ButtonFace(place or label(self.words, button, language), press=button.id)

    def _said(self, intake: Intake, draft: OpinionDraft) -> dict[str, object]:
        """What its writer said of it, and that a complaint is filed elsewhere."""
        words, language = self.words, intake.resident.language
        open_ = words.text("intake.left_open", language)
        formal = draft.step is DraftStep.KIND and names_formal_matter(draft.text)
        return {
            "kind": words.text(f"kind.{draft.kind}", language) if draft.kind else open_,
            "field": words.text(f"field.{draft.about}", language) if draft.about else open_,
            "urgent": words.html("intake.is_urgent", language) if draft.urgent else "",
            "pictures": self._along(draft, language),
            "point": self._point(draft, language),
            "hint": words.html("intake.formal_hint", language) if formal else "",
            "notes": self._numbers(draft, language) if draft.at_desk else "",
            "seconds": draft.voice.seconds if draft.voice else 0,
        }

    def _text(self, draft: OpinionDraft, language: str) -> str:
        """The words; of a recording alone, that it is one."""
        if draft.text or not draft.voice:
            return draft.text
        return self.words.text("voice.alone", language, seconds=draft.voice.seconds)

    def _along(self, draft: OpinionDraft, language: str) -> Markup:
        """How many pictures go along with it, and how long a recording."""
        along, count = Markup(""), len(draft.pictures)
        if count:
            along += self.words.html("intake.with_pictures", language, count=count)
        if draft.voice:
            seconds = draft.voice.seconds
            along += self.words.html("intake.with_voice", language, seconds=seconds)
        return along

    def _point(self, draft: OpinionDraft, language: str) -> Markup | str:
        """That a place goes along, where it is, and who will see it."""
        if draft.point is None:
            return ""
        return self.words.html("intake.with_point", language, point=draft.point.written())

    def _heard(self, intake: Intake, draft: OpinionDraft) -> dict[str, object]:
        """What was said of something heard, and what to think of before it goes."""
        words, language, heard = self.words, intake.resident.language, draft.heard or Heard()
        notes = self._numbers(draft, language)
        if intake.by_few:
            notes += Markup("\n\n") + words.html("heard.by_few", language)
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
        return {**named, "notes": notes}

    def _numbers(self, draft: OpinionDraft, language: str) -> Markup:
        """That somebody's number may stand in it, which they who type it are to think of."""
        if masked(draft.text) == draft.text:
            return Markup("")
        return Markup("\n\n") + self.words.html("heard.has_numbers", language)


def _grouped(buttons: Iterable[Button]) -> list[list[Button]]:
    """Those that stand side by side, each group where its first one is; tongues come last."""
    groups: dict[object, list[Button]] = {}
    for button in buttons:
        together = next((n for n, of in enumerate(SIDE_BY_SIDE) if button.action in of), button.id)
        groups.setdefault(together, []).append(button)
    return sorted(groups.values(), key=lambda group: group[0].action == "language:choose")
