"""Cards and letters about a case: what staff see of it, and what its resident gets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from content.catalog import Words
from domain.model.button import Button
from domain.model.delivery import ButtonFace, Payload
from domain.model.opinion import Answer, Opinion, OpinionSource
from domain.model.text import masked
from domain.model.unit import Unit
from handlers.faces import one_a_row, shortened

EARLIER_ANSWER = 400
"""UTF-16 units shown of an answer below the words of a case."""


@dataclass(frozen=True)  # two parts with slots of their own cannot be put together
class CasePapers:
    """The part of the letterhead that is about cases (ý kiến và phản hồi)."""

    words: Words
    deep_link: Callable[[str], str]

    def case_card(self, opinion: Opinion, unit: Unit, reopened: bool) -> Payload:
        """What the staff group sees: code, unit and due date; never the text."""
        key = "triage.card_reopened" if reopened else "triage.card"
        card = self.words.html(
            key, code=opinion.number, unit=unit.name, due=self.words.date(opinion.due_at)
        )
        link = self.deep_link(f"case_{opinion.id}")
        return Payload(card, ((ButtonFace(self.words.text("button.opinion_open"), url=link),),))

    def case_view(
        self,
        opinion: Opinion,
        unit: Unit,
        answers: Sequence[Answer],
        buttons: Sequence[Button],
        numbers_shown: bool,
        bearer: str,
    ) -> Payload:
        """The case as a staffer reads it in private: the words, masked unless asked for."""
        text = opinion.text if numbers_shown else masked(opinion.text)
        view = self.words.html(
            "triage.view",
            code=opinion.number,
            unit=unit.name,
            filed=self.words.date(opinion.filed_at),
            due=self.words.date(opinion.due_at),
            state=self.words.text(f"opinion_state.{opinion.state}"),
            tongue=self.words.text(f"language.{opinion.language}"),
            text=text,
            source=self._source(opinion, bearer),
            answers=self._earlier_answer(answers[-1]) if answers else "",
        )
        hidden = text != opinion.text
        shown = [b for b in buttons if hidden or b.action != "opinion:numbers"]
        return Payload(view, one_a_row(self.words, shown))

    def undeliverable_card(self, opinion: Opinion) -> Payload:
        return Payload(self.words.html("triage.undeliverable", code=opinion.number))

    def unknown_letter_card(self, opinion: Opinion, buttons: Sequence[Button]) -> Payload:
        card = self.words.html("triage.unknown_letter", code=opinion.number)
        return Payload(card, one_a_row(self.words, buttons))

    def receipt_letter(self, opinion: Opinion, unit: Unit) -> Payload:
        language = opinion.language
        letter = self.words.html(
            "intake.receipt",
            language,
            code=opinion.code,
            body=unit.issuing_body,
            due=self.words.date(opinion.due_at, language),
        )
        return Payload(letter)

    def answer_letter(self, opinion: Opinion, answer: Answer, buttons: Sequence[Button]) -> Payload:
        letter = self.words.html(
            "answer.letter",
            opinion.language,
            body=answer.signed_as,
            code=opinion.code,
            text=answer.text,
        )
        return Payload(letter, one_a_row(self.words, buttons, opinion.language))

    def carried_answer(
        self, opinion: Opinion, answer: Answer, buttons: Sequence[Button]
    ) -> Payload:
        """To a communicator, so in Vietnamese and with the number; the code is nobody's."""
        card = self.words.html(
            "answer.carried",
            code=opinion.number,
            filed=self.words.date(opinion.filed_at),
            body=answer.signed_as,
            text=answer.text,
        )
        return Payload(card, one_a_row(self.words, buttons))

    def case_status(
        self, opinion: Opinion, unit: Unit, answers: Sequence[Answer], language: str
    ) -> Payload:
        """What the code opens: the newest answer whole, and how many there were before it."""
        status = self.words.html(
            "follow.status",
            language,
            code=opinion.code,
            body=unit.issuing_body,
            filed=self.words.date(opinion.filed_at, language),
            due=self.words.date(opinion.due_at, language),
            state=self.words.text(f"case_state.{opinion.state}", language),
            answers=self._newest_answer(answers, language) if answers else "",
        )
        return Payload(status)

    def closed_letter(self, opinion: Opinion) -> Payload:
        return Payload(self.words.html("follow.closed", opinion.language, code=opinion.code))

    def _source(self, opinion: Opinion, bearer: str) -> Markup | str:
        """How it came in, if it is not the writer's own; by whom only if they said so."""
        if opinion.source is OpinionSource.SESSION:
            return self.words.html("triage.from_session")
        if opinion.source is OpinionSource.POLL_COMMENT and opinion.field:
            field = self.words.text(f"field.{opinion.field}")
            return self.words.html("poll.comment", field=field)
        if not (opinion.field and opinion.spread and opinion.interest):
            return ""
        return self.words.html(
            "triage.heard",
            bearer=bearer or self.words.text("triage.bearer_unnamed"),
            field=self.words.text(f"field.{opinion.field}"),
            spread=self.words.text(f"spread.{opinion.spread}"),
            interest=self.words.text(f"interest.{opinion.interest}"),
        )

    def _earlier_answer(self, answer: Answer) -> Markup:
        return self.words.html(
            "triage.earlier_answer",
            when=self.words.moment(answer.answered_at),
            text=shortened(answer.text, EARLIER_ANSWER),
        )

    def _newest_answer(self, answers: Sequence[Answer], language: str) -> Markup:
        newest = self.words.html(
            "follow.answer",
            language,
            body=answers[-1].signed_as,
            when=self.words.date(answers[-1].answered_at, language),
            text=answers[-1].text,
        )
        before = len(answers) - 1
        if not before:
            return newest
        return newest + self.words.html("follow.earlier_answers", language, count=before)
